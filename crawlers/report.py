"""What a crawl did, in numbers that add up, and everything that went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Place = tuple[str, str]  # an authority's code and a committee's name; without it, the authority's own pages


@dataclass(frozen=True)
class Problem:
    """One failure: whose site, which address, and what a person should know. `code` is for the run log."""

    authority: str
    url: str
    code: str
    message: str


@dataclass
class Visit:
    """What one committee cost and gave; what each number counts is said in `models/visits.py`."""

    authority: str
    committee: str
    sweep: bool = False
    listed: int = 0
    loaded: int = 0
    documents: int = 0
    fetched: int = 0
    unchanged: int = 0
    new: int = 0
    failed: int = 0
    blocked: int = 0
    requests: int = 0
    bytes: int = 0
    statuses: dict[str, int] = field(default_factory=dict)

    def add(self, counted: Mapping[str, Any]) -> None:
        """Count more of what the fields are called."""
        for name, number in counted.items():
            if name == "statuses":
                self.statuses = dict(Counter(self.statuses) + Counter(number))
            else:
                setattr(self, name, getattr(self, name) + number)


@dataclass
class CrawlReport:
    """The outcome of a crawl.

    `documents_fetched` are bytes new to the archive; `documents_unchanged` were held already, asked for again or not.
    A meeting that is listed but neither loaded, nor `meetings_withheld` by its council, nor `meetings_not_due` to be
    asked for again, has its reason in `problems`. `meetings_from_pages` were read from their pages alone, for reasons
    that stand in `notes`; `decisions_loaded` are those published on their own. `withheld` names meetings by authority
    and id. `visits` are the same in detail, by authority and committee. `state` is `died` if the crawler ended without
    saying so.
    """

    state: Literal["finished", "interrupted", "died"] = "died"
    meetings_listed: int = 0
    meetings_loaded: int = 0
    meetings_withheld: int = 0
    meetings_from_pages: int = 0
    decisions_loaded: int = 0
    meetings_not_due: int = 0
    documents_fetched: int = 0
    documents_unchanged: int = 0
    documents_failed: int = 0
    requests: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    withheld: list[tuple[str, str]] = field(default_factory=list)
    visits: dict[Place, Visit] = field(default_factory=dict)

    def visit(self, place: Place) -> Visit:
        """The visit to a committee, begun if there is none."""
        return self.visits.setdefault(place, Visit(*place))

    def add(self, other: CrawlReport) -> None:
        """Take in the report of a further round, of other authorities."""
        self.state = other.state if self.state == "finished" else self.state
        self.visits |= other.visits
        for each in fields(self):
            mine = getattr(self, each.name)
            if isinstance(mine, int | list):
                setattr(self, each.name, mine + getattr(other, each.name))
