"""Loading what a crawl hands over and what was read: each meeting and each document in one transaction.

Loading the same again changes nothing, and the order of loading does not matter: the facts of a meeting are brought
together afresh from all that is stored about it (`settle`, then `gather`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from minutebook.models.authorities import Authority
from minutebook.models.base import stable_id
from minutebook.models.checks import checked_facts
from minutebook.models.committees import Committee
from minutebook.models.documents import BoundMinutes, Document, DocumentVersion, Link
from minutebook.models.errors import StoreError
from minutebook.models.gather import gather
from minutebook.models.loaded import Loaded, fingerprint, is_loaded, note_loaded
from minutebook.models.meetings import AgendaItem, Meeting
from minutebook.models.people import AttendanceRecord
from minutebook.models.readings import Page, Reading, ReadingWarning, SetAside
from minutebook.models.rows import Scope
from minutebook.models.settle import settle
from minutebook.models.versions import keep_versions
from minutebook.models.votes import RecordedVote, vote_columns
from minutebook.models.writing import forget, keep, transaction

ATTENDANCE_COLUMNS = ("name", "role", "attendance", "party", "ward", "representing", "member_id")
ITEM_COLUMNS = ("source_id", "position", "title", "number", "minute_number", "restricted")
LINK_COLUMNS = ("title", "url", "role", "agenda_item", "restricted", "error")


def load_authority(session: Session, authority: Mapping[str, Any]) -> None:
    """Store an authority, a `crawlers.items.Authority` as a dictionary. Raises `StoreError`."""
    columns = {name: authority[name] for name in ("code", "name", "system", "base_url")}
    with transaction(session):
        keep(session, Authority, [{"id": stable_id("authority", authority["code"])} | columns])


def load_meeting(session: Session, meeting: Mapping[str, Any]) -> None:
    """Store a meeting with its committee, items, attendance and documents, a `crawlers.items.Meeting` as a dictionary.

    Items, attendance lines and votes that its website lists no more are deleted; documents are kept. A meeting that is
    handed over as it was last time is left as it is. Raises `StoreError`, also if the authority was not loaded before.
    """
    with transaction(session):
        seen = fingerprint(meeting)
        if is_loaded(session, meeting, seen):
            return
        scope = _keep_meeting(session, meeting)
        _keep_lines(session, scope, meeting)
        documents = _keep_documents(session, scope, meeting["documents"])
        documents += _documents_about(session, scope, _date(meeting["date"]))
        _gather_all(session, settle(session, documents) | {scope})
        note_loaded(session, scope.meeting_id, seen)


def withhold_meeting(session: Session, authority: str, source_id: str) -> None:
    """Take back a meeting that its website shows no more: its papers count as restricted, its items and lists go.

    What was published of it is gone with the next publishing. A meeting that was never stored is left alone.
    """
    scope = Scope(stable_id("authority", authority), stable_id("meeting", authority, source_id))
    with transaction(session):
        if session.get(Meeting, scope.meeting_id) is None:
            return
        forget(session, Loaded, Loaded.id == scope.meeting_id, [])
        forget(session, AgendaItem, AgendaItem.meeting_id == scope.meeting_id, [])
        forget(session, AttendanceRecord, AttendanceRecord.meeting_id == scope.meeting_id, [])
        forget(session, RecordedVote, RecordedVote.meeting_id == scope.meeting_id, [])
        session.execute(update(Link).where(Link.meeting_id == scope.meeting_id).values(restricted=True))
        documents = list(session.scalars(select(Link.document_id).where(Link.meeting_id == scope.meeting_id)))
        _gather_all(session, settle(session, documents) | {scope})


def load_facts(session: Session, sha256: str, facts: Mapping[str, Any]) -> None:
    """Store what was read in a document: the contract's object, with `page_texts` if the evidence page is to show them.

    Raises `StoreError` if the object breaks the contract, or a quote is not what stands at its place.
    """
    checked = checked_facts(sha256, facts)
    extractor = checked["extractor"]
    reading_id = stable_id("reading", sha256, extractor)
    texts = checked.pop("page_texts")
    pages = [
        {"id": stable_id("page", reading_id, number), "reading_id": reading_id, "number": number, "text": text}
        for number, text in enumerate(texts or [], start=1)
    ]
    warnings = [
        {"id": stable_id("warning", sha256, place), "sha256": sha256, **warning}
        for place, warning in enumerate(checked["warnings"])
    ]
    with transaction(session):
        keep(session, Reading, [{"id": reading_id, "sha256": sha256, "extractor": extractor, "facts": checked}])
        if texts is not None:
            forget(session, Page, Page.reading_id == reading_id, pages)
            keep(session, Page, pages)
        forget(session, ReadingWarning, ReadingWarning.sha256 == sha256, warnings)
        keep(session, ReadingWarning, warnings)
        session.execute(delete(SetAside).where(SetAside.sha256 == sha256))
        holding = select(DocumentVersion.document_id).where(DocumentVersion.sha256 == sha256)
        _gather_all(session, settle(session, session.scalars(holding)))


def set_aside(session: Session, sha256: str, extractor: str, code: str, message: str) -> None:
    """Note that this extractor version could not read a document, and why; what was read in it before stays."""
    row = {"sha256": sha256, "extractor": extractor, "code": code, "message": message}
    with transaction(session):
        forget(session, ReadingWarning, ReadingWarning.sha256 == sha256, [])
        keep(session, SetAside, [{"id": stable_id("set aside", sha256)} | row])


def _keep_meeting(session: Session, meeting: Mapping[str, Any]) -> Scope:
    code = meeting["authority"]
    authority_id = stable_id("authority", code)
    if session.get(Authority, authority_id) is None:
        message = f"The meeting {meeting['url']} is of {code!r}, which is not in the store. Load the authority first."
        raise StoreError("unknown_authority", message)
    committee = {name: meeting["committee"][name] for name in ("source_id", "name", "category", "url", "expired")}
    committee |= {"id": stable_id("committee", code, committee["source_id"]), "authority_id": authority_id}
    committee["former"] = _former_names(session, committee)
    names = ("source_id", "url", "time", "venue", "status", "status_raw")
    row = {name: meeting[name] for name in names} | {"date": _date(meeting["date"])}
    row |= {"id": stable_id("meeting", code, row["source_id"]), "authority_id": authority_id}
    keep(session, Committee, [committee])
    keep(session, Meeting, [row | {"committee_id": committee["id"]}])
    return Scope(authority_id, row["id"])


def _former_names(session: Session, committee: Mapping[str, Any]) -> list[str] | None:
    """The names that a committee bore before; minutes printed under one of them are still its own."""
    stored = session.get(Committee, committee["id"])
    names = {*(stored.former or ()), stored.name} - {committee["name"]} if stored else set()
    return sorted(names) or None


def _keep_lines(session: Session, scope: Scope, meeting: Mapping[str, Any]) -> None:
    """The agenda items and the website's attendance list, exactly as they stand now."""
    items = [
        {name: item[name] for name in ITEM_COLUMNS}
        | {"id": scope.id_of("item", item["source_id"]), "meeting_id": scope.meeting_id}
        for item in meeting["agenda_items"]
    ]
    lines = [
        {name: line[name] for name in ATTENDANCE_COLUMNS}
        | {"id": scope.id_of("line", position), "meeting_id": scope.meeting_id, "position": position}
        for position, line in enumerate(meeting["attendances"], start=1)
    ]
    forget(session, AgendaItem, AgendaItem.meeting_id == scope.meeting_id, items)
    keep(session, AgendaItem, items)
    forget(session, AttendanceRecord, AttendanceRecord.meeting_id == scope.meeting_id, lines)
    keep(session, AttendanceRecord, lines)
    if meeting.get("recorded_votes") is not None:
        _keep_votes(session, scope, meeting["recorded_votes"])


def _keep_votes(session: Session, scope: Scope, votes: Iterable[Mapping[str, Any]]) -> None:
    rows = [
        vote_columns(vote)
        | {"id": scope.id_of("recorded vote", position), "meeting_id": scope.meeting_id, "position": position}
        for position, vote in enumerate(votes, start=1)
    ]
    forget(session, RecordedVote, RecordedVote.meeting_id == scope.meeting_id, rows)
    keep(session, RecordedVote, rows)


def _keep_documents(session: Session, scope: Scope, documents: Iterable[Mapping[str, Any]]) -> list[int]:
    """The documents with their versions and links; the ids of all that this meeting links or linked."""
    by_id = {stable_id("document", scope.authority_id, document["source_id"]): document for document in documents}
    links = [
        {name: document[name] for name in LINK_COLUMNS}
        | {"id": stable_id("link", scope.meeting_id, key), "meeting_id": scope.meeting_id, "document_id": key}
        | {"listed": True}
        for key, document in by_id.items()
    ]
    known = [
        {"id": key, "authority_id": scope.authority_id, "source_id": document["source_id"]}
        for key, document in by_id.items()
    ]
    keep(session, Document, known)
    keep_versions(session, by_id)
    of_meeting = Link.meeting_id == scope.meeting_id
    session.execute(update(Link).where(of_meeting, Link.document_id.not_in(by_id), Link.listed).values(listed=False))
    keep(session, Link, links)
    return list(session.scalars(select(Link.document_id).where(of_meeting)))


def _documents_about(session: Session, scope: Scope, date: datetime.date) -> list[int]:
    """The documents that record this meeting, or that name its date and may turn out to; packs with its minutes too."""
    about = (Document.stated_date == date) | (Document.meeting_id == scope.meeting_id)
    bound = (BoundMinutes.stated_date == date) | (BoundMinutes.meeting_id == scope.meeting_id)
    documents = select(Document.id).where(Document.authority_id == scope.authority_id, about)
    packs = select(BoundMinutes.document_id).where(BoundMinutes.authority_id == scope.authority_id, bound)
    return [*session.scalars(documents), *session.scalars(packs)]


def _gather_all(session: Session, scopes: Iterable[Scope]) -> None:
    for scope in sorted(scopes, key=lambda scope: (scope.meeting_id or 0, scope.document_id or 0)):
        gather(session, scope)


def _date(date: datetime.date | str) -> datetime.date:
    return datetime.date.fromisoformat(str(date))
