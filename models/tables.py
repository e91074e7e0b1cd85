"""The published tables: for each, the rows to take from the store, what they refer to and what can be searched.

Titles, descriptions, facets and sort orders stand in `datasette/datasette.yaml`. Only what is selected here is public.
`pictures.py` fills in the places on the pictures of pages.
Facts that are not sure are not, nor is their evidence, nor a person who is known from them alone: see `sureness.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from minutebook.models.actions import Action
from minutebook.models.authorities import Authority
from minutebook.models.committees import Committee
from minutebook.models.completeness import completeness, year_of
from minutebook.models.decisions import Recommendation, Resolution
from minutebook.models.delegated import DelegatedDecision
from minutebook.models.documents import Document, DocumentVersion
from minutebook.models.evidence import Evidence
from minutebook.models.gather import FACTS, FactModel
from minutebook.models.interests import Interest
from minutebook.models.meetings import Meeting
from minutebook.models.people import Attendance, Person
from minutebook.models.readings import Page, Reading
from minutebook.models.sureness import sure
from minutebook.models.troubles import Trouble
from minutebook.models.votes import RecordedVote

Columns = Sequence[InstrumentedAttribute[Any]]


@dataclass(frozen=True)
class Table:
    """One published table; `references` maps a column to the table whose id it holds."""

    name: str
    rows: Select[*tuple[Any, ...]]
    references: Mapping[str, str] = field(default_factory=dict)
    search: Sequence[str] = ()


def _public(url: Any) -> ColumnElement[str | None]:
    """A web address as it is; anything else (`javascript:` and the like) as null."""
    return case((url.like("http://%") | url.like("https://%"), url))


def _page_address(document: type[Document]) -> ColumnElement[str | None]:
    """The council's own copy, a PDF opened at the page of the evidence."""
    at_page = document.url + literal("#page=") + cast(Evidence.page, String)
    is_pdf = DocumentVersion.media_type == "application/pdf"
    return case((is_pdf, _public(at_page)), else_=_public(document.url))


def _count(model: Any, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(model).where(condition).scalar_subquery()


def _facts(model: FactModel, first: Columns, rest: Columns) -> Select[*tuple[Any, ...]]:
    """A table of facts: its first columns, where, when and the way to the words, then the rest.

    A fact without a meeting in the store takes date and committee from its document.
    """
    date = func.coalesce(Meeting.date, Document.stated_date)
    return (
        select(model.id, *first)
        .add_columns(
            date.label("meeting_date"),
            func.coalesce(Committee.name, Document.stated_committee).label("committee"),
            Authority.name.label("authority"),
            model.evidence_id,
            func.coalesce(_page_address(Document), _public(Meeting.url)).label("source_url"),
            *rest,
            model.quote,
            model.confidence,
            model.found_on,
            year_of(date).label("year"),
            model.position,
            model.meeting_id,
            model.authority_id,
        )
        .join(Authority, Authority.id == model.authority_id)
        .outerjoin(Meeting, Meeting.id == model.meeting_id)
        .outerjoin(Committee, Committee.id == Meeting.committee_id)
        .outerjoin(Evidence, Evidence.id == model.evidence_id)
        .outerjoin(Document, Document.id == Evidence.document_id)
        .outerjoin(Reading, Reading.id == Evidence.reading_id)
        .outerjoin(
            DocumentVersion,
            (DocumentVersion.document_id == Document.id) & (DocumentVersion.sha256 == Reading.sha256),
        )
        .where(sure(model))
    )


def _decisions(model: type[Resolution | Recommendation]) -> Select[*tuple[Any, ...]]:
    item = (model.item, model.item_title, model.ref, model.mover, model.seconder)
    votes = (model.votes_for, model.votes_against, model.votes_abstain, model.vote_manner, model.named_votes)
    kinds = (model.procedural, model.exempt)
    return _facts(model, [model.text, model.outcome, model.addressed_to], [*item, *votes, *kinds])


_AUTHORITIES = select(
    Authority.id,
    Authority.name,
    Authority.code,
    Authority.system,
    _public(Authority.base_url).label("url"),
    _count(Meeting, Meeting.authority_id == Authority.id).label("meetings"),
)

_COMMITTEES = select(
    Committee.id,
    Committee.name,
    Authority.name.label("authority"),
    Committee.category,
    Committee.expired,
    _public(Committee.url).label("url"),
    _count(Meeting, Meeting.committee_id == Committee.id).label("meetings"),
    Committee.authority_id,
).join(Authority, Authority.id == Committee.authority_id)

_MEETINGS = (
    select(
        Meeting.id,
        (Committee.name + literal(", ") + cast(Meeting.date, String)).label("title"),
        Meeting.date.label("meeting_date"),
        year_of(Meeting.date).label("year"),
        Committee.name.label("committee"),
        Authority.name.label("authority"),
        Meeting.time,
        Meeting.venue,
        Meeting.status,
        Meeting.status_raw.label("status_as_written"),
        _count(Resolution, (Resolution.meeting_id == Meeting.id) & sure(Resolution)).label("resolutions"),
        _public(Meeting.url).label("source_url"),
        Meeting.committee_id,
        Meeting.authority_id,
    )
    .join(Committee, Committee.id == Meeting.committee_id)
    .join(Authority, Authority.id == Meeting.authority_id)
)

_DOCUMENTS = (
    select(
        Document.id,
        Document.title,
        Document.kind,
        func.coalesce(Meeting.date, Document.stated_date).label("meeting_date"),
        year_of(func.coalesce(Meeting.date, Document.stated_date)).label("year"),
        func.coalesce(Committee.name, Document.stated_committee).label("committee"),
        Authority.name.label("authority"),
        _public(Document.url).label("source_url"),
        DocumentVersion.media_type,
        DocumentVersion.sha256,
        DocumentVersion.first_seen.label("fetched_at"),
        Document.meeting_id,
        Document.authority_id,
    )
    .join(Authority, Authority.id == Document.authority_id)
    .outerjoin(Meeting, Meeting.id == Document.meeting_id)
    .outerjoin(Committee, Committee.id == Meeting.committee_id)
    .outerjoin(DocumentVersion, (DocumentVersion.document_id == Document.id) & DocumentVersion.replaced_at.is_(None))
    .where(~Document.restricted)
)

_ATTENDED = (Attendance.person_id == Person.id) & sure(Attendance)

_PEOPLE = (
    select(
        Person.id,
        select(func.max(Attendance.name)).where(_ATTENDED).scalar_subquery().label("name"),
        Authority.name.label("authority"),
        _count(Attendance, _ATTENDED).label("meetings"),
        Person.authority_id,
    )
    .join(Authority, Authority.id == Person.authority_id)
    .where(exists().where(_ATTENDED))
)

_ATTENDANCES = _facts(
    Attendance,
    [Attendance.name, Attendance.status],
    [
        Attendance.title,
        Attendance.role,
        Attendance.organisation,
        Attendance.party,
        Attendance.ward,
        Attendance.substitute_for,
        Attendance.papers_status,
        Attendance.website_status,
        Attendance.website_as_written,
        Attendance.as_written,
        Attendance.person_id,
    ],
)

_ACTIONS = _facts(
    Action,
    [Action.text, Action.owner, Action.due],
    [Action.due_date, Action.state, Action.tier, Action.owner_as_written, Action.item, Action.item_title],
)

_INTERESTS = _facts(
    Interest,
    [Interest.name, Interest.matter, Interest.kind, Interest.left_room, Interest.took_part],
    [Interest.text, Interest.item, Interest.item_title, Interest.title, Interest.kind_as_written],
)

_RECORDED_VOTES = (
    select(
        RecordedVote.id,
        RecordedVote.title,
        RecordedVote.outcome,
        RecordedVote.votes_for,
        RecordedVote.votes_against,
        RecordedVote.votes_abstain,
        Meeting.date.label("meeting_date"),
        Committee.name.label("committee"),
        Authority.name.label("authority"),
        _public(Meeting.url).label("source_url"),
        RecordedVote.item,
        RecordedVote.votes,
        year_of(Meeting.date).label("year"),
        RecordedVote.position,
        RecordedVote.meeting_id,
        Meeting.authority_id,
    )
    .join(Meeting, Meeting.id == RecordedVote.meeting_id)
    .join(Committee, Committee.id == Meeting.committee_id)
    .join(Authority, Authority.id == Meeting.authority_id)
)

_DELEGATED = select(
    DelegatedDecision.id,
    DelegatedDecision.title,
    DelegatedDecision.text,
    DelegatedDecision.maker,
    DelegatedDecision.decided,
    Authority.name.label("authority"),
    _public(DelegatedDecision.url).label("source_url"),
    DelegatedDecision.status,
    DelegatedDecision.key,
    DelegatedDecision.call_in,
    DelegatedDecision.published,
    DelegatedDecision.effective,
    DelegatedDecision.lead_officer,
    DelegatedDecision.purpose,
    DelegatedDecision.reasons,
    DelegatedDecision.alternatives,
    year_of(DelegatedDecision.decided).label("year"),
    DelegatedDecision.authority_id,
).join(Authority, Authority.id == DelegatedDecision.authority_id)

# Whether a piece of evidence states something that is published.
STATES = or_(*(exists().where(model.id == getattr(Evidence, owner), sure(model)) for model, owner in FACTS.items()))

_EVIDENCE = (
    select(
        Evidence.id,
        Evidence.quote,
        Document.title.label("document"),
        Evidence.page,
        _page_address(Document).label("source_url"),
        Evidence.start,
        Evidence.end,
        cast(null(), String).label("boxes"),
        Reading.sha256,
        DocumentVersion.first_seen.label("fetched_at"),
        Reading.extractor,
        Evidence.resolution_id,
        Evidence.recommendation_id,
        Evidence.action_id,
        Evidence.interest_id,
        Evidence.attendance_id,
        Evidence.document_id,
        Page.id.label("page_id"),
    )
    .join(Document, Document.id == Evidence.document_id)
    .join(Reading, Reading.id == Evidence.reading_id)
    .join(DocumentVersion, (DocumentVersion.document_id == Document.id) & (DocumentVersion.sha256 == Reading.sha256))
    .outerjoin(Page, (Page.reading_id == Reading.id) & (Page.number == Evidence.page))
    .where(STATES)
)

_PAGES = (
    select(
        Page.id,
        Reading.sha256,
        Page.number.label("page"),
        Page.text,
        cast(null(), Integer).label("width"),
        cast(null(), Integer).label("height"),
    )
    .join(Reading, Reading.id == Page.reading_id)
    .where(Page.reading_id.in_(select(Evidence.reading_id).where(STATES)))
)

_TROUBLES = select(
    Trouble.id,
    Trouble.message,
    Authority.name.label("authority"),
    Trouble.committee,
    Trouble.code,
    Trouble.since,
    Trouble.authority_id,
).join(Authority, Authority.id == Trouble.authority_id)

_PLACE = {"meeting_id": "meetings", "authority_id": "authorities"}

# In the order in which they can be made: what is referred to comes first.
TABLES = (
    Table("authorities", _AUTHORITIES),
    Table("committees", _COMMITTEES, {"authority_id": "authorities"}, ["name"]),
    Table("meetings", _MEETINGS, {"committee_id": "committees", "authority_id": "authorities"}, ["title", "venue"]),
    Table("documents", _DOCUMENTS, _PLACE, ["title"]),
    Table("people", _PEOPLE, {"authority_id": "authorities"}, ["name"]),
    Table("attendances", _ATTENDANCES, {"person_id": "people"} | _PLACE, ["name", "role", "organisation"]),
    Table("resolutions", _decisions(Resolution), _PLACE, ["text", "item_title"]),
    Table("recommendations", _decisions(Recommendation), _PLACE, ["text", "item_title", "addressed_to"]),
    Table("actions", _ACTIONS, _PLACE, ["text", "owner", "item_title"]),
    Table("interests", _INTERESTS, _PLACE, ["name", "matter", "item_title"]),
    Table("recorded_votes", _RECORDED_VOTES, _PLACE, ["title", "item"]),
    Table("delegated_decisions", _DELEGATED, {"authority_id": "authorities"}, ["title", "text", "maker"]),
    Table("completeness", completeness(), {"authority_id": "authorities"}),
    Table("troubles", _TROUBLES, {"authority_id": "authorities"}),
    Table("pages", _PAGES),
    Table(
        "evidence",
        _EVIDENCE,
        {
            "resolution_id": "resolutions",
            "recommendation_id": "recommendations",
            "action_id": "actions",
            "interest_id": "interests",
            "attendance_id": "attendances",
            "document_id": "documents",
            "page_id": "pages",
        },
        ["quote"],
    ),
)
