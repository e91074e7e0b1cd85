"""What follows for a document from its links and its text: its title, and the meeting it records."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from minutebook.models.base import stable_id
from minutebook.models.committees import Committee
from minutebook.models.documents import BoundMinutes, Document, Link
from minutebook.models.meetings import Meeting
from minutebook.models.place import Sitting, Stated, meeting_of, minuted
from minutebook.models.readings import Read, readings_of
from minutebook.models.rows import Scope
from minutebook.models.writing import Row, forget, keep

Links = list[tuple[Link, Sitting]]
Day = tuple[int, datetime.date]


def settle(session: Session, documents: Iterable[int]) -> set[Scope]:
    """Work these documents out again, by id; return the scopes whose facts may differ now."""
    ids = sorted(set(documents))
    found = session.execute(select(Document.__table__).where(Document.id.in_(ids))).mappings()
    before: list[Row] = [dict(document) for document in found]
    links = _links(session, ids)
    read = readings_of(session, ids)
    stating = [stated for found in read.values() for stated in (found.reading.facts, *_minutes(found).values())]
    days = _sittings_on(session, {date for stated in stating if (date := stated_date(stated))})
    rows = [_settled(document, links[document["id"]], read.get(document["id"]), days) for document in before]
    keep(session, Document, rows)
    bound = [row for document in before for row in _bound(document, links[document["id"]], read, days)]
    return _settle_bound(session, ids, bound) | {
        _scope(document) for document in [*before, *rows] if document["id"] in read
    }


def _settle_bound(session: Session, documents: Sequence[int], bound: Sequence[Row]) -> set[Scope]:
    """Store the minutes bound into these documents; return the meetings that they record or recorded before."""
    of_documents = BoundMinutes.document_id.in_(documents)
    found = session.execute(select(BoundMinutes.__table__).where(of_documents)).mappings()
    before: list[Row] = [dict(row) for row in found]
    forget(session, BoundMinutes, of_documents, bound)
    keep(session, BoundMinutes, bound)
    return {Scope(row["authority_id"], row["meeting_id"]) for row in [*before, *bound] if row["meeting_id"]}


def _minutes(read: Read) -> dict[int, Row]:
    """The parts of a pack, by place, that record a meeting."""
    parts = enumerate(read.reading.facts.get("parts", []))
    return {place: part for place, part in parts if part.get("minutes")}


def _bound(document: Row, links: Links, read: Mapping[int, Read], days: Mapping[Day, Sequence[Sitting]]) -> list[Row]:
    """A row for each of the minutes in a pack; their meeting is that of their committee and day."""
    rows: list[Row] = []
    for place, part in _minutes(read[document["id"]]).items() if document["id"] in read else ():
        if date := stated_date(part):
            stated = Stated("other", "minutes", date, part["committee"])
            that_day = days.get((document["authority_id"], date), [])
            rows.append(
                {
                    "id": stable_id("bound minutes", document["id"], place),
                    "document_id": document["id"],
                    "authority_id": document["authority_id"],
                    "part": place,
                    "stated_date": date,
                    "meeting_id": minuted(stated, [sitting for _, sitting in links], that_day),
                }
            )
    return rows


def stated_date(facts: Row) -> datetime.date | None:
    """The meeting date a document states; null if it states none, or a day there never was."""
    try:
        return datetime.date.fromisoformat(facts["meeting_date"] or "")
    except ValueError:
        return None


def _settled(document: Row, links: Links, read: Read | None, days: Mapping[Day, Sequence[Sitting]]) -> Row:
    """The document's row; its title and address are those in the first meeting that links it."""
    first = links[0][0]
    facts = read.reading.facts if read else {"kind": None, "committee": None, "meeting_date": None}
    stated = Stated(role=first.role, kind=facts["kind"], date=stated_date(facts), committee=facts["committee"])
    that_day = days.get((document["authority_id"], stated.date), []) if stated.date else []
    return {
        "id": document["id"],
        "authority_id": document["authority_id"],
        "source_id": document["source_id"],
        "title": first.title,
        "url": first.url,
        "role": first.role,
        "restricted": any(link.restricted for link, _ in links),
        "kind": stated.kind,
        "stated_committee": stated.committee,
        "stated_date": stated.date,
        "meeting_id": meeting_of(stated, [sitting for _, sitting in links], that_day),
    }


def _scope(document: Row) -> Scope:
    meeting_id = document["meeting_id"]
    return Scope(document["authority_id"], meeting_id, None if meeting_id else document["id"])


def _sittings() -> Select[*tuple[Any, ...]]:
    return (
        select(Meeting.id, Meeting.date, Meeting.authority_id, Meeting.committee_id, Committee.name)
        .add_columns(Committee.former)
        .join(Committee, Committee.id == Meeting.committee_id)
        .order_by(Meeting.date, Meeting.id)
    )


def _links(session: Session, documents: Sequence[int]) -> Mapping[int, Links]:
    """By document id, the links to it with their meetings, earliest meeting first."""
    found = session.execute(
        _sittings().add_columns(Link).join(Link, Link.meeting_id == Meeting.id).where(Link.document_id.in_(documents))
    )
    links: dict[int, Links] = defaultdict(list)
    for row in found:
        links[row.Link.document_id].append((row.Link, _sitting(row)))
    return links


def _sittings_on(session: Session, dates: Iterable[datetime.date]) -> Mapping[Day, Sequence[Sitting]]:
    days: dict[Day, list[Sitting]] = defaultdict(list)
    for row in session.execute(_sittings().where(Meeting.date.in_(sorted(dates)))):
        days[row.authority_id, row.date].append(_sitting(row))
    return days


def _sitting(row: Any) -> Sitting:
    return Sitting(row.id, row.date, row.committee_id, row.name, tuple(row.former or ()))
