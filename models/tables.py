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
    Label,
    Null,
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
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from minutebook.models.actions import Action
from minutebook.models.authorities import Authority
from minutebook.models.committees import Committee
from minutebook.models.completeness import HAS_MINUTES, completeness, year_of
from minutebook.models.decisions import Recommendation, Resolution
from minutebook.models.delegated import DelegatedDecision
from minutebook.models.derived import LargestSum, Numbers
from minutebook.models.documents import Document, DocumentVersion
from minutebook.models.evidence import Evidence
from minutebook.models.gather import FACTS, FactModel
from minutebook.models.interests import Interest
from minutebook.models.meetings import AgendaItem, Meeting
from minutebook.models.people import Attendance, Person
from minutebook.models.readings import Page, Reading, ReadingWarning, SetAside
from minutebook.models.runs import Run, RunError
from minutebook.models.status import UNREAD_PAGES
from minutebook.models.sureness import sure
from minutebook.models.troubles import Trouble
from minutebook.models.votes import RecordedVote

Columns = Sequence[InstrumentedAttribute[Any] | Label[Any]]


@dataclass(frozen=True)
class Table:
    """One published table; `references` maps a column to the table whose id it holds.

    `indexes` are those beside the ones on all that is referred to, faceted or sorted.
    """

    name: str
    rows: Select[*tuple[Any, ...]]
    references: Mapping[str, str] = field(default_factory=dict)
    search: Sequence[str] = ()
    indexes: Sequence[Sequence[str]] = ()


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
    kinds = (model.procedural, model.exempt, type_coerce(model.text, LargestSum).label("amount"))
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
        HAS_MINUTES.label("has_minutes"),
        _public(Meeting.url).label("source_url"),
        Meeting.committee_id,
        Meeting.authority_id,
    )
    .join(Committee, Committee.id == Meeting.committee_id)
    .join(Authority, Authority.id == Meeting.authority_id)
)

_AGENDA_ITEMS = (
    select(
        AgendaItem.id,
        AgendaItem.number,
        AgendaItem.minute_number,
        AgendaItem.title,
        Meeting.date.label("meeting_date"),
        Committee.name.label("committee"),
        Authority.name.label("authority"),
        AgendaItem.restricted,
        year_of(Meeting.date).label("year"),
        AgendaItem.position,
        AgendaItem.meeting_id,
        Meeting.authority_id,
    )
    .join(Meeting, Meeting.id == AgendaItem.meeting_id)
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

# Why a paper, or some of its pages, could not be read, in a reader's words.
REASONS = {
    "encrypted": "The file is locked with a password.",
    "damaged": "The file is damaged.",
    "damaged_page": "These pages are damaged.",
    "empty": "The file is empty.",
    "no_text": "There is no text in it.",
    "unknown_format": "It is a kind of file that cannot be read.",
    "too_large": "The file is too large.",
    "too_long": "The paper is too long.",
    "too_slow": "Reading it took too long.",
    "no_text_layer": "These pages are pictures of text.",
    "broken_text_layer": "The letters of these pages come out as nonsense.",
    "ocr_limit": "These pages are pictures of text, and there are too many of them.",
    "ocr_failed": "These pages are pictures of text that could not be made out.",
    "ocr_empty": "These pages are pictures in which no text was found.",
}


def _gaps(noted: type[SetAside] | type[ReadingWarning], pages: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The present papers that could not be read, or not all, with the number of those `pages`."""
    return (
        select(
            Document.title,
            func.coalesce(Meeting.date, Document.stated_date).label("meeting_date"),
            func.coalesce(Committee.name, Document.stated_committee).label("committee"),
            Authority.name.label("authority"),
            case(REASONS, value=noted.code, else_="It could not be read.").label("reason"),
            pages.label("pages"),
            _public(Document.url).label("source_url"),
            Document.id.label("document_id"),
            Document.authority_id,
        )
        .join(DocumentVersion, (DocumentVersion.document_id == Document.id) & DocumentVersion.replaced_at.is_(None))
        .join(noted, noted.sha256 == DocumentVersion.sha256)
        .join(Authority, Authority.id == Document.authority_id)
        .outerjoin(Meeting, Meeting.id == Document.meeting_id)
        .outerjoin(Committee, Committee.id == Meeting.committee_id)
        .where(~Document.restricted)
    )


def _numbered(*parts: Select[*tuple[Any, ...]], order: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Several selects as one, its rows numbered from 1 in an order."""
    rows = union_all(*parts).subquery()
    number = func.row_number().over(order_by=[rows.c[name] for name in order])
    return select(type_coerce(number, Integer).label("id"), *rows.c)


_UNREAD = (
    _gaps(ReadingWarning, func.count(ReadingWarning.page))
    .where(ReadingWarning.code.in_(UNREAD_PAGES))
    .group_by(Document.id, ReadingWarning.code, Meeting.id, Committee.id, Authority.id)
)
_GAPS = _numbered(_gaps(SetAside, cast(Null(), Integer)), _UNREAD, order=["authority_id", "document_id", "reason"])

_RUNS = select(
    Run.id,
    Run.stage,
    Run.state,
    Run.started_at,
    Run.finished_at,
    _count(RunError, RunError.run_id == Run.id).label("errors"),
    type_coerce(Run.counts, Numbers).label("counts"),
)


def _tally(model: FactModel, value: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """How many facts of a kind there are of each authority, year and value, and how many are kept back as doubtful."""
    year = year_of(func.coalesce(Meeting.date, Document.stated_date))
    certain = case((sure(model), 1), else_=0)
    return (
        select(
            Authority.name.label("authority"),
            year.label("year"),
            literal(model.__tablename__).label("kind"),
            value.label("value"),
            func.sum(certain).label("number"),
            func.sum(1 - certain).label("kept_back"),
            model.authority_id,
        )
        .join(Authority, Authority.id == model.authority_id)
        .outerjoin(Meeting, Meeting.id == model.meeting_id)
        .outerjoin(Evidence, Evidence.id == model.evidence_id)
        .outerjoin(Document, Document.id == Evidence.document_id)
        .group_by(model.authority_id, Authority.name, year, value)
    )


_TALLIES = _numbered(
    _tally(Resolution, Resolution.outcome.expression),
    _tally(Recommendation, Recommendation.outcome.expression),
    _tally(Attendance, Attendance.status.expression),
    _tally(Action, Action.tier.expression),
    _tally(Interest, Interest.kind.expression),
    order=["authority_id", "kind", "year", "value"],
)

_PLACE = {"meeting_id": "meetings", "authority_id": "authorities"}

# In the order in which they can be made: what is referred to comes first.
TABLES = (
    Table("authorities", _AUTHORITIES),
    Table("committees", _COMMITTEES, {"authority_id": "authorities"}, ["name"]),
    Table("meetings", _MEETINGS, {"committee_id": "committees", "authority_id": "authorities"}, ["title", "venue"]),
    Table("agenda_items", _AGENDA_ITEMS, _PLACE, ["title"]),
    Table("documents", _DOCUMENTS, _PLACE, ["title"]),
    Table("people", _PEOPLE, {"authority_id": "authorities"}, ["name"]),
    Table(
        "attendances",
        _ATTENDANCES,
        {"person_id": "people"} | _PLACE,
        ["name", "role", "organisation"],
        [["person_id", "status", "meeting_date"]],  # who missed how many meetings, without reading the rows
    ),
    Table("resolutions", _decisions(Resolution), _PLACE, ["text", "item_title"]),
    Table("recommendations", _decisions(Recommendation), _PLACE, ["text", "item_title", "addressed_to"]),
    Table("actions", _ACTIONS, _PLACE, ["text", "owner", "item_title"]),
    Table("interests", _INTERESTS, _PLACE, ["text", "name", "matter", "item_title"]),
    Table("recorded_votes", _RECORDED_VOTES, _PLACE, ["title", "item"]),
    Table("delegated_decisions", _DELEGATED, {"authority_id": "authorities"}, ["title", "text", "maker"]),
    Table("completeness", completeness(), {"authority_id": "authorities"}),
    Table("troubles", _TROUBLES, {"authority_id": "authorities"}),
    Table("gaps", _GAPS, {"document_id": "documents", "authority_id": "authorities"}),
    Table("runs", _RUNS),
    Table("tallies", _TALLIES, {"authority_id": "authorities"}),
    Table("pages", _PAGES, search=["text"]),
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
