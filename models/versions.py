"""Which bytes a document had, and when others took their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from minutebook.models.base import stable_id
from minutebook.models.documents import DocumentVersion
from minutebook.models.writing import Row, keep


def keep_versions(session: Session, documents: Mapping[int, Mapping[str, Any]]) -> None:
    """Store the versions of documents by their id; one that was not fetched this time changes nothing."""
    table = DocumentVersion.__table__
    stored = session.execute(select(table).where(table.c.document_id.in_(documents))).mappings().all()
    rows: list[Row] = []
    for key, document in documents.items():
        versions = [dict(row) for row in stored if row["document_id"] == key]
        rows += _succeed(versions, _version(key, document)) if document["fetched_at"] else versions
    keep(session, DocumentVersion, rows)


def _version(document_id: int, document: Mapping[str, Any]) -> Row:
    return {
        "id": stable_id("version", document_id, document["sha256"]),
        "document_id": document_id,
        "sha256": document["sha256"],
        "media_type": document["media_type"],
        "size": document["size"],
        "first_seen": document["fetched_at"],
        "replaced_at": None,
    }


def _succeed(versions: Iterable[Row], fetched: Row) -> list[Row]:
    """The versions after a fetch; a fetch older than the present version finds that already in its place."""
    by_id = {version["id"]: version for version in versions}
    known = by_id.setdefault(fetched["id"], fetched)
    known["first_seen"] = min(known["first_seen"], fetched["first_seen"])
    for other in by_id.values():
        if other is known or other["replaced_at"]:
            continue
        if fetched["first_seen"] < other["first_seen"]:
            known["replaced_at"] = known["replaced_at"] or other["first_seen"]
            return list(by_id.values())
        other["replaced_at"] = fetched["first_seen"]
    known["replaced_at"] = None
    return list(by_id.values())
