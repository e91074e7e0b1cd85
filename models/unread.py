"""What is in the archive already, and what of it an extractor version has neither read nor set aside."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from minutebook.models.authorities import Authority
from minutebook.models.base import stable_id
from minutebook.models.committees import Committee
from minutebook.models.documents import Document, DocumentVersion, Link
from minutebook.models.meetings import Meeting
from minutebook.models.readings import Reading, ReadingWarning, SetAside
from minutebook.models.writing import transaction


@dataclass(frozen=True)
class UnreadDocument:
    """Bytes to read, and what is known of them from the first meeting that links them."""

    sha256: str
    media_type: str | None
    authority_code: str
    authority: str
    committee: str
    meeting_date: datetime.date
    role: str
    title: str
    url: str


def unread_documents(session: Session, extractor_version: str, curable: Collection[str] = ()) -> list[UnreadDocument]:
    """The current versions of public documents that this extractor version still has to read, each content once.

    One that it set aside or warned of under a `curable` code is read again: what it wanted is installed now.
    """
    version = DocumentVersion
    tried = [
        exists().where(table.sha256 == version.sha256, table.extractor == extractor_version)
        for table in (Reading, SetAside)
    ]
    cured = [
        exists().where(table.sha256 == version.sha256, table.code.in_(curable)) for table in (ReadingWarning, SetAside)
    ]
    found = (
        select(
            version.sha256,
            version.media_type,
            Authority.code.label("authority_code"),
            Authority.name.label("authority"),
            Committee.name.label("committee"),
            Meeting.date.label("meeting_date"),
            Link.role,
            Link.title,
            Link.url,
        )
        .join(Document, Document.id == version.document_id)
        .join(Authority, Authority.id == Document.authority_id)
        .join(Link, Link.document_id == Document.id)
        .join(Meeting, Meeting.id == Link.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(version.replaced_at.is_(None), ~Document.restricted, ~or_(*tried) | or_(*cured))
        .order_by(Meeting.date.desc(), Meeting.id.desc(), Document.source_id.desc())
    )
    with transaction(session):
        first = {row["sha256"]: UnreadDocument(**row) for row in session.execute(found).mappings()}
    return list(reversed(first.values()))


def archived(session: Session, authority: str, source_id: str) -> str | None:
    """The sha256 of the present version of an authority's document; null if it was never fetched."""
    document_id = stable_id("document", stable_id("authority", authority), source_id)
    present = DocumentVersion.replaced_at.is_(None) & (DocumentVersion.document_id == document_id)
    with transaction(session):
        return session.scalar(select(DocumentVersion.sha256).where(present))
