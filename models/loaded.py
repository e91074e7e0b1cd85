"""What a crawl handed over of each meeting last time: most meetings are the same every night, and cost nothing then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session

from minutebook import __version__
from minutebook.models.base import Base, Id, stable_id
from minutebook.models.documents import DocumentVersion
from minutebook.models.writing import keep

FETCHED = ("sha256", "media_type", "size", "fetched_at")


class Loaded(Base):
    """The sha256 of a meeting as it was loaded by a version of this program; `id` is the meeting's."""

    __tablename__ = "loaded"

    id: Mapped[Id]
    fingerprint: Mapped[str]


def is_loaded(session: Session, meeting: Mapping[str, Any], seen: str) -> bool:
    """Whether a meeting of this fingerprint was loaded, and its documents still have these bytes."""
    loaded = session.get(Loaded, stable_id("meeting", meeting["authority"], meeting["source_id"]))
    if loaded is None or loaded.fingerprint != seen:
        return False
    authority_id = stable_id("authority", meeting["authority"])
    present = {
        stable_id("version", stable_id("document", authority_id, document["source_id"]), document["sha256"])
        for document in meeting["documents"]
        if document["fetched_at"]
    }
    held = select(func.count()).where(DocumentVersion.id.in_(present), DocumentVersion.replaced_at.is_(None))
    return not present or session.scalar(held) == len(present)


def note_loaded(session: Session, meeting_id: int | None, seen: str) -> None:
    """Note how it was loaded, in the transaction that loads it."""
    keep(session, Loaded, [{"id": meeting_id, "fingerprint": seen}])


def fingerprint(meeting: Mapping[str, Any]) -> str:
    """All but what was fetched: whether that is stored is looked up."""
    documents = [document | dict.fromkeys(FETCHED) for document in meeting["documents"]]
    stated = json.dumps([__version__, dict(meeting) | {"documents": documents}], sort_keys=True, default=str)
    return hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()
