"""What attendances, decisions, actions and interests share: where they belong, and the words they came from."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Id


class Fact:
    """A fact of a meeting, or (`meeting_id` null) of a document whose meeting is not in the store.

    `position` is its place in the meeting. `quote` and `evidence_id` are of its best evidence. `found_on` is the day on
    which the first document that states it was fetched.
    """

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    position: Mapped[int]
    quote: Mapped[str | None]
    evidence_id: Mapped[int | None]
    found_on: Mapped[str | None]
    confidence: Mapped[float | None]
