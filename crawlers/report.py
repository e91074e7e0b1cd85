"""What a crawl did, in numbers that add up, and everything that went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One failure: whose site, which address, and what a person should know. `code` is for the run log."""

    authority: str
    url: str
    code: str
    message: str


@dataclass
class CrawlReport:
    """The outcome of a crawl.

    `documents_fetched` are bytes new to the archive; `documents_unchanged` were held already, asked for again or not.
    A meeting that is listed but neither loaded nor `meetings_withheld` by its council has its reason in `problems`.
    `meetings_from_pages` were read from their pages alone, for reasons that stand in `notes`; `decisions_loaded` are
    those published on their own. `withheld` names meetings by authority and id. `state` is `died` if the crawler ended
    without saying so.
    """

    state: Literal["finished", "interrupted", "died"] = "died"
    meetings_listed: int = 0
    meetings_loaded: int = 0
    meetings_withheld: int = 0
    meetings_from_pages: int = 0
    decisions_loaded: int = 0
    documents_fetched: int = 0
    documents_unchanged: int = 0
    documents_failed: int = 0
    requests: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    withheld: list[tuple[str, str]] = field(default_factory=list)
