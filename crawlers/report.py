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
    `withheld` names those by authority and meeting id. `state` is `died` if the crawler ended without saying so.
    """

    state: Literal["finished", "interrupted", "died"] = "died"
    meetings_listed: int = 0
    meetings_loaded: int = 0
    meetings_withheld: int = 0
    documents_fetched: int = 0
    documents_unchanged: int = 0
    documents_failed: int = 0
    requests: int = 0
    problems: list[Problem] = field(default_factory=list)
    withheld: list[tuple[str, str]] = field(default_factory=list)

    def turned_away(self, authority: str) -> bool:
        """Whether the site of an authority refused us."""
        return any(problem.authority == authority and problem.code == "blocked" for problem in self.problems)
