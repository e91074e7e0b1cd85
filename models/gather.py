"""All that is known of one meeting, brought together again from its website's lists and from every document about it.

The rows are a function of what is stored, never of the order in which it came; what did not change is not written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from sqlalchemy import delete, exists, func, null, select, update
from sqlalchemy.orm import Session

from minutebook.models.actions import Action
from minutebook.models.attendance import presences
from minutebook.models.decisions import Recommendation, Resolution
from minutebook.models.documents import BoundMinutes, Document
from minutebook.models.evidence import Evidence
from minutebook.models.interests import Interest
from minutebook.models.meetings import AgendaItem
from minutebook.models.merge import Source, approved, one_row_each, same_action, same_decision, same_interest
from minutebook.models.people import Attendance, AttendanceRecord, Person
from minutebook.models.readings import Read, readings_of
from minutebook.models.rows import (
    Scope,
    Stated,
    action_rows,
    attendance_rows,
    decision_rows,
    evidence_rows,
    interest_rows,
    person_rows,
    title_finder,
)
from minutebook.models.writing import Row, forget, keep

FactModel = type[Attendance | Resolution | Recommendation | Action | Interest]
FACTS: dict[FactModel, str] = {
    Attendance: "attendance_id",
    Resolution: "resolution_id",
    Recommendation: "recommendation_id",
    Action: "action_id",
    Interest: "interest_id",
}
Line = TypeVar("Line", AttendanceRecord, AgendaItem)


def gather(session: Session, scope: Scope) -> None:
    """Bring the scope's people, attendances, decisions, actions, interests and evidence up to date."""
    sources = approved(_sources(session, scope))
    present = presences(
        [source for source in sources if not source.bears_out], _lines(session, AttendanceRecord, scope)
    )
    title_of = title_finder(_lines(session, AgendaItem, scope))
    facts: dict[FactModel, list[Stated]] = {
        Attendance: attendance_rows(scope, present),
        Resolution: decision_rows(scope, "resolutions", one_row_each(sources, "resolutions", same_decision), title_of),
        Recommendation: decision_rows(
            scope, "recommendations", one_row_each(sources, "recommendations", same_decision), title_of
        ),
        Action: action_rows(scope, one_row_each(sources, "actions", same_action), title_of),
        Interest: interest_rows(scope, one_row_each(sources, "interests", same_interest), title_of),
    }
    _write(session, scope, person_rows(scope, present), facts)


def _write(session: Session, scope: Scope, people: Sequence[Row], facts: dict[FactModel, list[Stated]]) -> None:
    """Forget first what refers, then what is referred to; keep in the opposite order."""
    evidence = list(chain(*(evidence_rows(scope, FACTS[model], stated) for model, stated in facts.items())))
    before = _names(session, scope)
    for model, stated in facts.items():
        _remember_when(session, scope, model, [row for row, _ in stated])
    forget(session, Evidence, scope.rows_of(Evidence), evidence)
    for model, stated in facts.items():
        forget(session, model, scope.rows_of(model), [row for row, _ in stated])
    keep(session, Person, people)
    for model, stated in facts.items():
        keep(session, model, [row for row, _ in stated])
    keep(session, Evidence, evidence)
    _name_people(session, {person for person, _ in before ^ _names(session, scope)})


def _remember_when(session: Session, scope: Scope, model: FactModel, rows: Sequence[Row]) -> None:
    """A fact stays as old as it is when a new version of its document says it again."""
    if not rows:
        return
    stored = session.execute(select(model.id, model.found_on).where(scope.rows_of(model)))
    found_on = {row.id: row.found_on for row in stored}
    for row in rows:
        row["found_on"] = min(filter(None, (row["found_on"], found_on.get(row["id"]))), default=None)


def _names(session: Session, scope: Scope) -> set[tuple[int, str]]:
    """Who is at the meeting, under which form of the name."""
    found = session.execute(select(Attendance.person_id, Attendance.name).where(scope.rows_of(Attendance)))
    return {(row.person_id, row.name) for row in found}


def _name_people(session: Session, changed: Iterable[int]) -> None:
    """A person bears the fullest form of the name, in any order of loading; one who is at no meeting any more goes."""
    person = Person.id.in_(sorted(changed))
    session.execute(delete(Person).where(person, ~exists().where(Attendance.person_id == Person.id)))
    fullest = select(func.max(Attendance.name)).where(Attendance.person_id == Person.id).scalar_subquery()
    session.execute(update(Person).where(person, Person.name != fullest).values(name=fullest))


def _lines(session: Session, model: type[Line], scope: Scope) -> list[Line]:
    return list(session.scalars(select(model).where(model.meeting_id == scope.meeting_id).order_by(model.position)))


def _sources(session: Session, scope: Scope) -> list[Source]:
    """What was read in each public document of the scope, or of its minutes in a pack; the same bytes count once."""
    belongs = Document.meeting_id == scope.meeting_id
    if scope.meeting_id is None:
        belongs = Document.meeting_id.is_(None) & (Document.id == scope.document_id)
    public = select(Document.id, Document.title).where(~Document.restricted).order_by(Document.source_id)
    whole = public.add_columns(null().label("part")).where(belongs)
    bound = public.add_columns(BoundMinutes.part).join(BoundMinutes, BoundMinutes.document_id == Document.id)
    documents = session.execute(whole).all()
    if scope.meeting_id is not None:
        documents = [*documents, *session.execute(bound.where(BoundMinutes.meeting_id == scope.meeting_id))]
    read = readings_of(session, [document.id for document in documents])
    sources: dict[tuple[str, int | None], Source] = {}
    for document in documents:
        if found := read.get(document.id):
            source = _source(found, document.title, document.part)
            sources.setdefault((source.sha256, document.part), source)
    return list(sources.values())


def _source(found: Read, title: str, part: int | None) -> Source:
    """A document as read, or the minutes that are a part of it."""
    facts = found.reading.facts
    if part is not None:
        facts = {"kind": "minutes", "media_type": facts["media_type"]} | facts["parts"][part]["minutes"]
    return Source(
        document_id=found.document_id,
        reading_id=found.reading.id,
        sha256=found.reading.sha256,
        title=title,
        seen_on=found.first_seen[:10],
        facts=facts,
        bound=part is not None,
    )
