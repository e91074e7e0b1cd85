"""People, and who was at which meeting: as the website's own list has it, and as the papers print it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id
from minutebook.models.facts import Fact


class Person(Base):
    """A name within one authority: people are never merged across authorities, nor by anything but their name."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("authority_id", "folded_name"),)

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    folded_name: Mapped[str]
    name: Mapped[str] = mapped_column(default="")


class AttendanceRecord(Base):
    """A line of the website's own attendance list, as printed."""

    __tablename__ = "attendance_records"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[str | None]
    attendance: Mapped[str | None]
    party: Mapped[str | None]
    ward: Mapped[str | None]
    representing: Mapped[str | None]
    member_id: Mapped[str | None]


class Attendance(Fact, Base):
    """One person at one meeting; `status` weighs what the papers say and what the website's own list says."""

    __tablename__ = "attendances"
    __table_args__ = (Index(None, "person_id", "name"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    title: Mapped[str | None]
    role: Mapped[str | None]
    organisation: Mapped[str | None]
    party: Mapped[str | None]
    ward: Mapped[str | None]
    status: Mapped[str | None]
    papers_status: Mapped[str | None]
    website_status: Mapped[str | None]
    website_as_written: Mapped[str | None]
    substitute_for: Mapped[str | None]
    as_written: Mapped[str]
