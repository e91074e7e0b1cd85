"""Documents, the versions of their bytes, and the meetings that link them."""

from __future__ import annotations

import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id


class Document(Base):
    """An attachment or page of a website, known by the website's own id for it, never by its URL.

    All but the ids is worked out by `settle` from the links and from what was read: the same from any order of loading.
    `meeting_id` is the meeting it records, which may be another than the ones that link it.
    """

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("authority_id", "source_id"),)

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    source_id: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="other")
    restricted: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[str | None]
    stated_committee: Mapped[str | None]
    stated_date: Mapped[datetime.date | None] = mapped_column(index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)


class DocumentVersion(Base):
    """The bytes a document had, by sha256. Times are ISO 8601 UTC; `replaced_at` is null for the present version."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "sha256"),)

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    sha256: Mapped[str] = mapped_column(index=True)
    media_type: Mapped[str | None]
    size: Mapped[int | None]
    first_seen: Mapped[str]
    replaced_at: Mapped[str | None]


class BoundMinutes(Base):
    """Minutes that a pack carries to the next meeting: part `part` of it (from 0), and the meeting they record."""

    __tablename__ = "bound_minutes"
    __table_args__ = (UniqueConstraint("document_id", "part"),)

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    part: Mapped[int]
    stated_date: Mapped[datetime.date] = mapped_column(index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)


class Link(Base):
    """A meeting lists a document, under this title. Kept, with `listed` false, when the meeting lists it no more."""

    __tablename__ = "links"
    __table_args__ = (UniqueConstraint("meeting_id", "document_id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    title: Mapped[str]
    url: Mapped[str]
    role: Mapped[str]
    agenda_item: Mapped[str | None]
    restricted: Mapped[bool]
    error: Mapped[str | None]
    listed: Mapped[bool]
