"""Readings: what one version of the extractor read in one document, its warnings, and what it could not read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.base import Base, Id, Object
from minutebook.models.documents import DocumentVersion


class Reading(Base):
    """The facts of one sha256 by one extractor version, the contract's object; older readings stay as history."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("sha256", "extractor"),)

    id: Mapped[Id]
    sha256: Mapped[str]
    extractor: Mapped[str]
    facts: Mapped[Object]


class Page(Base):
    """The canonical text of one page (`number` counts from 1): the text that the offsets of the evidence count in."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("reading_id", "number"),)

    id: Mapped[Id]
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    number: Mapped[int]
    text: Mapped[str]


class SetAside(Base):
    """A document that could not be read, by which extractor version, and why; it goes once one can read it."""

    __tablename__ = "set_aside"

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(unique=True)
    extractor: Mapped[str]
    code: Mapped[str]
    message: Mapped[str]


class ReadingWarning(Base):
    """Something the last reading of a document warns of, such as a page (from 1) that is a scan; null is all of it."""

    __tablename__ = "warnings"

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    page: Mapped[int | None]
    message: Mapped[str]


@dataclass(frozen=True)
class Read:
    """A document as last read: the version of its bytes, and the reading by the highest extractor version."""

    document_id: int
    first_seen: str
    reading: Reading


def readings_of(session: Session, documents: Iterable[int]) -> dict[int, Read]:
    """By document id; a version that nobody could read yet does not take away what was read in the one before."""
    versions = session.execute(
        select(DocumentVersion.document_id, DocumentVersion.sha256, DocumentVersion.first_seen)
        .where(DocumentVersion.document_id.in_(set(documents)))
        .order_by(DocumentVersion.replaced_at.is_(None), DocumentVersion.replaced_at)
    ).all()
    contents = {version.sha256 for version in versions}
    found = session.scalars(select(Reading).where(Reading.sha256.in_(contents)))
    latest = {reading.sha256: reading for reading in sorted(found, key=lambda reading: _order(reading.extractor))}
    return {
        version.document_id: Read(version.document_id, version.first_seen, latest[version.sha256])
        for version in versions
        if version.sha256 in latest
    }


def _order(extractor: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", extractor)], extractor
