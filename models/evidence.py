"""Evidence: the very words a fact came from."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id


class Evidence(Base):
    """A stretch of a page: `page text[start:end] == quote`, offsets in characters.

    It belongs to the one fact whose id is not null. `position` counts within the fact from 0, the best document first.
    `meeting_id` is the fact's.
    """

    __tablename__ = "evidence"

    id: Mapped[Id]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolutions.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(ForeignKey("recommendations.id"), index=True)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("actions.id"), index=True)
    interest_id: Mapped[int | None] = mapped_column(ForeignKey("interests.id"), index=True)
    attendance_id: Mapped[int | None] = mapped_column(ForeignKey("attendances.id"), index=True)
    position: Mapped[int]
    page: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
