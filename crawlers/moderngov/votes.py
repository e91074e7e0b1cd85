"""Recorded votes, `mgListRecordedVotes.aspx`: how each member voted, as the website's own list has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lxml.html import HtmlElement

from minutebook.crawlers.items import Meeting, RecordedVote, Vote
from minutebook.crawlers.moderngov.attendance import member_of
from minutebook.crawlers.moderngov.dates import find_when
from minutebook.crawlers.moderngov.lists import MEETING_PAGES
from minutebook.crawlers.moderngov.markup import cells, modgov, own_rows, text_of
from minutebook.crawlers.moderngov.urls import number_in, page_of
from minutebook.crawlers.pages import links

# Amendment status:Rejected
_OUTCOME = re.compile(r"(?:\w+ )?(?:status|result|outcome)\s*:\s*(.+)", re.IGNORECASE)


@dataclass
class MeetingVotes:
    """The votes of one meeting, known by its number or by committee, day and time."""

    committee: str
    date: date
    time: str | None
    meeting_id: str | None = None
    votes: list[RecordedVote] = field(default_factory=list)

    def belong_to(self, meeting: Meeting) -> bool:
        """Whether they are this meeting's: two of a committee in one day are told apart by the time."""
        if self.meeting_id:
            return self.meeting_id == meeting.source_id
        if (self.committee.casefold(), self.date) != (meeting.committee.name.casefold(), meeting.date):
            return False
        return None in (self.time, meeting.time) or self.time == meeting.time


def read_recorded_votes(body: bytes, url: str) -> list[MeetingVotes]:
    """Read the list: a heading for each meeting, its items and its votes, and a table of who voted how.

    No vote at all is a legitimate answer. Raises `SourceError` if the page is not ModernGov's.
    """
    content = modgov(body, url)
    found: list[MeetingVotes] = []
    item = title = outcome = None
    for part in content.iter("h2", "h3", "h4", "p", "table"):
        text = text_of(part) if part.tag != "table" else ""
        if part.tag == "h2":
            found += _meeting(part, text, url)
            item = title = outcome = None
        elif part.tag == "h3":
            item, title, outcome = text, None, None
        elif part.tag == "h4":
            title, outcome = text.rstrip(" :"), None
        elif part.tag == "p" and (stated := _OUTCOME.fullmatch(text)):
            outcome = stated[1]
        elif part.tag == "table" and found and (votes := _votes(part, url)):
            found[-1].votes.append(RecordedVote(title or item or "", item, outcome, votes))
            title = outcome = None
    return [meeting for meeting in found if meeting.votes]


def _meeting(heading: HtmlElement, text: str, url: str) -> list[MeetingVotes]:
    """The meeting of a heading such as "Full Council, Thursday, 14th March, 2024 1.00 pm"; none if it has no day."""
    when = find_when(text)
    if when is None:
        return []
    linked = (number_in(target, "mid") for _, target in links(heading, url) if page_of(target) in MEETING_PAGES)
    committee = (when.before or when.after).strip(" ,-()")
    return [MeetingVotes(committee, when.date, when.time, meeting_id=next(linked, None))]


def _votes(table: HtmlElement, url: str) -> list[Vote]:
    """One a member. Some sites close a cell late, which doubles it: the vote is the last cell."""
    rows = [cells(row) for row in own_rows(table) if row.find("td") is not None]
    cast = [Vote(text_of(row[0]), text_of(row[-1]), member_of(row[0], url)) for row in rows if len(row) > 1]
    return [vote for vote in cast if vote.name]


def votes_of(meeting: Meeting, found: Iterable[MeetingVotes]) -> list[RecordedVote]:
    """The votes of a meeting among those of many."""
    return [vote for listed in found if listed.belong_to(meeting) for vote in listed.votes]
