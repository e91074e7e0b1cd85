"""Meetings and their agenda items, as their website lists them."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id


class Meeting(Base):
    """One meeting of a committee; `status_raw` is the source's word for `status`."""

    __tablename__ = "meetings"
    __table_args__ = (UniqueConstraint("authority_id", "source_id"),)

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    committee_id: Mapped[int] = mapped_column(ForeignKey("committees.id"), index=True)
    source_id: Mapped[str]
    url: Mapped[str]
    date: Mapped[datetime.date] = mapped_column(index=True)
    time: Mapped[str | None]
    venue: Mapped[str | None]
    status: Mapped[str]
    status_raw: Mapped[str | None]


class AgendaItem(Base):
    """An item of business; `number` is the agenda's, `minute_number` the minutes', both as printed."""

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "source_id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    source_id: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    number: Mapped[str | None]
    minute_number: Mapped[str | None]
    restricted: Mapped[bool]
