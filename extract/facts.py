"""The facts of one document: the JSON object of the contract, as types. `minutebook schema` prints its schema."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

DocumentKind = Literal[
    "minutes",
    "agenda_item",
    "meeting_page",
    "agenda",
    "report",
    "scoping",
    "decision_notice",
    "action_log",
    "pack",
    "other",
]
Status = Literal["present", "in_attendance", "apologies", "absent", "substitute", "inferred", "invited"]
Outcome = Literal[
    "carried",
    "noted",
    "lost",
    "deferred",
    "withdrawn",
    "referred",
    "refused",
    "lapsed",
    "recommended",
    "proposed",
    "accepted",
    "partially_accepted",
    "rejected",
]
Manner = Literal["unanimous", "show_of_hands", "recorded", "majority", "casting_vote", "assent"]
InterestKind = Literal[
    "disclosable_pecuniary", "pecuniary", "registrable", "non_registrable", "prejudicial", "personal", "non_pecuniary"
]
Tier = Literal["explicit", "inline", "implicit"]
Confidence = Annotated[float, Field(ge=0, le=1)]
# The habit by which a fact was found: for `minutebook evaluate` alone, and never printed or stored.
How = Annotated[SkipJsonSchema[str], Field(exclude=True)]


class Model(BaseModel):
    """A strict object: a field that the contract does not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Evidence(Model):
    """The words a fact came from: `text_of(page)[start:end] == quote`, always."""

    page: Annotated[int, Field(ge=1, description="1-based page; for a web page, the block or agenda item")]
    start: Annotated[int, Field(ge=0, description="offset of the first character in the page's canonical text")]
    end: Annotated[int, Field(ge=0, description="offset after the last character")]
    quote: str


class Fact(Model):
    """Anything that is stated by a document; a fact that crosses a page has two pieces of evidence."""

    evidence: Annotated[list[Evidence], Field(min_length=1)]


class Attendee(Fact):
    """One person at, or excused from, the meeting (guide 8.3)."""

    name: str
    title: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    ward: str | None = None
    status: Status
    substitute_for: str | None = None
    as_written: str
    confidence: Confidence
    how: How = ""


class Speaker(Fact):
    """A person or an office minuted as speaking (guide 8.6); one of `name` and `office` is null."""

    name: str | None = None
    office: str | None = None


class VoteNames(Model):
    """Named votes, as printed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    for_: Annotated[list[str], Field(alias="for")] = []
    against: list[str] = []
    abstain: list[str] = []


class Vote(Model):
    """A vote: tallies that are not printed are null."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    for_: Annotated[int | None, Field(alias="for")] = None
    against: int | None = None
    abstain: int | None = None
    manner: Manner | None = None
    names: VoteNames = VoteNames()


class Decision(Fact):
    """A resolution or a recommendation (guide 8.4); `ref` is the printed label of its clause."""

    ref: str | None = None
    text: str
    outcome: Outcome
    procedural: bool = False
    item: str | None = None
    mover: str | None = None
    seconder: str | None = None
    vote: Vote | None = None
    addressed_to: str | None = None
    exempt: Annotated[bool, Field(description="taken with the press and public shut out")] = False
    confidence: Confidence
    how: How = ""


class Action(Fact):
    """A task for somebody (guide 8.5)."""

    text: str
    owner: str | None = None
    owner_as_written: str | None = None
    due: str | None = None
    due_date: str | None = None
    tier: Tier
    state: str | None = None
    item: str | None = None
    confidence: Confidence
    how: How = ""


class Interest(Fact):
    """An interest that a person declared in one item (guide 3.8); one in two items is two.

    `item` is the printed number of the item it concerns and `matter` what that is called, each null where not said.
    `kind` is null where it is none of ours or not said. `took_part` is false for who stayed and did not vote.
    """

    name: str
    title: str | None = None
    text: str
    item: str | None = None
    matter: str | None = None
    kind: InterestKind | None = None
    kind_as_written: str | None = None
    left_room: bool | None = None
    took_part: bool | None = None
    confidence: Confidence
    how: How = ""


class Item(Fact):
    """A numbered item of business."""

    number: str | None = None
    title: str
    exempt: Annotated[bool, Field(description="taken with the press and public shut out")] = False


class Record(Model):
    """What minutes record; `draft` where they say that they are still to be approved."""

    draft: bool = False
    attendees: list[Attendee] = []
    speakers: list[Speaker] = []
    resolutions: list[Decision] = []
    recommendations: list[Decision] = []
    actions: list[Action] = []
    interests: list[Interest] = []
    items: list[Item] = []


class Part(Model):
    """One paper of a pack: pages `first_page` to `last_page`, both counted from 1, and how its beginning was told.

    `number` is that of the agenda item it belongs to. `kind` is "appendix" for what is attached to another paper.
    `committee` and `meeting_date` are of the meeting it belongs to: minutes in a pack to another one, which is null
    where their title does not name it, all else to the pack's. `minutes` is what those record.
    """

    number: str | None = None
    title: str | None = None
    kind: DocumentKind | Literal["appendix"]
    first_page: Annotated[int, Field(ge=1)]
    last_page: Annotated[int, Field(ge=1)]
    found_by: Literal["bookmark", "stamp", "title"]
    committee: str | None = None
    meeting_date: str | None = None
    minutes: Record | None = None


class Notice(Model):
    """Something a reader should know about how the document was read."""

    code: str
    page: int | None = None
    message: str


class PageReader(Model):
    """Who read a page (counted from 1), and the signs of its layout that decided it."""

    page: int
    reader: str
    reason: str


class Head(Model):
    """What a document is, and what its head says of the meeting."""

    source: str
    sha256: str
    media_type: str
    pages: int
    extractor: str
    kind: DocumentKind
    authority: str | None = None
    committee: str | None = None
    title: str | None = None
    meeting_date: str | None = None
    started_at: str | None = None
    ended_at: str | None = None
    venue: str | None = None
    quorate: Annotated[bool | None, Field(description="whether the meeting had a quorum, where it is said")] = None


class Facts(Record, Head):
    """Everything one document states."""

    parts: Annotated[list[Part], Field(description="the papers of a pack; empty for any other kind of document")] = []
    warnings: list[Notice] = []
    page_texts: Annotated[
        list[str] | None,
        Field(description="canonical text of every page, only with `--text`; evidence offsets count in it"),
    ] = None
    page_readers: Annotated[
        list[PageReader] | None, Field(description="who read each page and why, only with `--explain`")
    ] = None
