"""What a spider hands over: one meeting at a time, with everything its source states. Validated when made.

`models.load` takes these as plain dictionaries (`dataclasses.asdict`), so that the store never imports a crawler.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from pydantic import ConfigDict, NonNegativeFloat

from minutebook.crawlers.errors import SourceError

System = Literal["moderngov", "cmis", "jadu", "linklist"]
MeetingStatus = Literal["confirmed", "cancelled", "postponed", "provisional", "other"]
DocumentRole = Literal["meeting_page", "meeting_xml", "minutes", "agenda", "decisions", "pack", "report", "other"]


def _require(where: str, **values: object) -> None:
    """Raise `SourceError` naming the first value that is empty."""
    for name, value in values.items():
        if value in (None, ""):
            raise SourceError("incomplete_item", f"{where}: the source gives no {name}")


@dataclass
class Listing:
    """A page that lists papers by date, and how to read it; selectors are CSS.

    `url` is relative to the authority's, and `{year}` in it stands for every year. `rows` are what a date and papers
    stand in: an element, or a heading with what follows it. `links` says which links are papers (else those whose
    address ends like a file), `committee_at` where a row names its committee, `date` is a pattern around the date,
    `pages` are links to further pages of the list: of other years, the next page, the page of each paper.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    committee: str
    url: str = ""
    rows: str = "tr, li"
    links: str | None = None
    committee_at: str | None = None
    date: str | None = None
    pages: str | None = None


@dataclass
class Authority:
    """A council, panel or fire authority, as configured (never as guessed from a page): see `authorities.toml`.

    `delay` is the least number of seconds between requests to its site, `committees` a pattern of the names that count,
    `hosts` are others that its papers lie on, and `lists` the pages of a site that runs no system.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")  # a misspelt key is a mistake

    code: str
    name: str
    system: System
    base_url: str
    nation: str | None = None
    delay: NonNegativeFloat = 0.0
    verify_tls: bool = True
    committees: str | None = None
    retired: str | None = None
    succeeded_by: str | None = None
    hosts: list[str] = field(default_factory=list)
    lists: list[Listing] = field(default_factory=list)

    def __post_init__(self) -> None:
        _require(f"authority {self.code}", code=self.code, name=self.name, base_url=self.base_url)

    def has(self, committee: str) -> bool:
        """Whether a committee of its site is its own: councils that share an install divide them by name."""
        return self.committees is None or re.search(self.committees, committee) is not None


@dataclass
class Committee:
    """A committee; `source_id` is the install's own number for it."""

    authority: str
    source_id: str
    name: str
    category: str | None = None
    url: str | None = None
    expired: bool = False

    def __post_init__(self) -> None:
        _require(f"committee of {self.authority}", source_id=self.source_id, name=self.name)


@dataclass
class Attendance:
    """A line of the source's own attendance record; strings as printed."""

    name: str
    role: str | None = None
    attendance: str | None = None
    party: str | None = None
    ward: str | None = None
    representing: str | None = None
    member_id: str | None = None


@dataclass
class Vote:
    """How one member voted, as printed."""

    name: str
    vote: str
    member_id: str | None = None


@dataclass
class RecordedVote:
    """A vote by name in the source's own list; `item` is the title of the agenda item, `outcome` as printed."""

    title: str
    item: str | None
    outcome: str | None
    votes: list[Vote]


@dataclass
class AgendaItem:
    """An agenda item as listed by the source; `position` counts from 1."""

    source_id: str
    position: int
    title: str
    number: str | None = None
    minute_number: str | None = None
    restricted: bool = False


@dataclass
class Document:
    """A document the meeting links. The last block is null until it is fetched; `error` says why it was not."""

    source_id: str
    title: str
    url: str
    role: DocumentRole = "other"
    agenda_item: str | None = None
    restricted: bool = False
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = None
    fetched_at: str | None = None
    error: str | None = None


@dataclass
class Meeting:
    """One meeting with its items, attendance and documents: the unit that is loaded in one transaction.

    `recorded_votes` is null where the source was not asked, or did not answer: what is stored then stays.
    """

    authority: str
    committee: Committee
    source_id: str
    url: str
    date: date
    time: str | None = None
    venue: str | None = None
    status: MeetingStatus = "other"
    status_raw: str | None = None
    attendances: list[Attendance] = field(default_factory=list)
    agenda_items: list[AgendaItem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    recorded_votes: list[RecordedVote] | None = None

    def __post_init__(self) -> None:
        _require(f"meeting of {self.authority}", source_id=self.source_id, url=self.url, date=self.date)


@dataclass
class Decision:
    """A decision published on its own, as its page states it; `meeting_id` is that of the meeting which took it.

    `key` and `call_in` say whether it is a key decision, and whether it can be called in. The last block is its texts.
    """

    authority: str
    source_id: str
    title: str
    url: str
    maker: str | None = None
    status: str | None = None
    key: bool | None = None
    call_in: bool | None = None
    published: date | None = None
    decided: date | None = None
    effective: date | None = None
    meeting_id: str | None = None
    lead_officer: str | None = None
    sha256: str | None = None

    purpose: str | None = None
    text: str | None = None
    reasons: str | None = None
    alternatives: str | None = None

    def __post_init__(self) -> None:
        _require(f"decision of {self.authority}", source_id=self.source_id, title=self.title, url=self.url)
