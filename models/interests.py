"""Declarations of interest: who declared which kind in what, and whether they left the room."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from minutebook.models.base import Base
from minutebook.models.facts import Fact


class Interest(Fact, Base):
    """An interest in one item: `item` is its printed number and `matter` what it is called in the declaration."""

    __tablename__ = "interests"

    name: Mapped[str]
    title: Mapped[str | None]
    text: Mapped[str]
    item: Mapped[str | None]
    item_title: Mapped[str | None]
    matter: Mapped[str | None]
    kind: Mapped[str | None]
    kind_as_written: Mapped[str | None]
    left_room: Mapped[bool | None]
    took_part: Mapped[bool | None]
