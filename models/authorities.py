"""Authorities: the councils, panels and fire authorities whose papers are read."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id


class Authority(Base):
    """A council, panel or fire authority, as configured; `code` is the short name used on the command line."""

    __tablename__ = "authorities"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    system: Mapped[str]
    base_url: Mapped[str]
