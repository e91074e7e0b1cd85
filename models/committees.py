"""Committees: the bodies of an authority that meet."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id, Object


class Committee(Base):
    """A committee; `source_id` is the number its own website gives it, `former` the names it bore there before."""

    __tablename__ = "committees"
    __table_args__ = (UniqueConstraint("authority_id", "source_id"),)

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    source_id: Mapped[str]
    name: Mapped[str]
    former: Mapped[Object | None]
    category: Mapped[str | None]
    url: Mapped[str | None]
    expired: Mapped[bool]
