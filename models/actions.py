"""Actions: who was asked, or undertook, to do what by when."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from minutebook.models.base import Base
from minutebook.models.facts import Fact


class Action(Fact, Base):
    """A task; `due` is the printed phrase and `due_date` the day it means, where that is certain."""

    __tablename__ = "actions"

    text: Mapped[str]
    owner: Mapped[str | None]
    owner_as_written: Mapped[str | None]
    due: Mapped[str | None]
    due_date: Mapped[str | None]
    tier: Mapped[str]
    state: Mapped[str | None]
    item: Mapped[str | None]
    item_title: Mapped[str | None]
