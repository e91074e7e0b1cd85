"""What ModernGov records beside the meetings' own pages: votes by name, and decisions published on their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from scrapy.http import Response

from minutebook.crawlers.items import Authority, Meeting
from minutebook.crawlers.moderngov.decisions import ListedDecision, read_decision, read_decision_list
from minutebook.crawlers.moderngov.urls import decisions_url, recorded_votes_url
from minutebook.crawlers.moderngov.votes import MeetingVotes, read_recorded_votes, votes_of
from minutebook.crawlers.spiders.base import CouncilSpider, Output, is_answer

A_YEAR, HALF_A_YEAR = timedelta(days=365), timedelta(days=182)
BARREN_YEARS = 3  # without a vote by name, and none is looked for further back

Then = Callable[[], Output]


class RecordsSpider(CouncilSpider):
    """Asks for both; not every site has either, so that it is no news if one has not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions: set[tuple[str, str]] = set()  # asked for, by authority
        self.votes: dict[str, tuple[list[MeetingVotes], date]] = {}  # by authority, since a day

    def ask_votes(self, authority: Authority, then: Then, until: date, barren: int = 0) -> Output:
        """Ask for the votes by name, a year at a time: many at once are more than some sites can answer. Then go on."""
        since = max(self.since, until - A_YEAR)
        if since > until:
            yield from then()
            return
        url = recorded_votes_url(authority.base_url, since, until)
        found = {"then": then, "days": (since, until), "barren": barren}
        yield self.ask(authority, url, self._parse_votes, self._without_votes, **found)

    def _parse_votes(
        self, response: Response, authority: Authority, then: Then, days: tuple[date, date], barren: int
    ) -> Output:
        since, until = days
        # A site that ignores the dates lists the same for every year
        listed = [votes for votes in read_recorded_votes(response.body, response.url) if since <= votes.date <= until]
        barren = 0 if listed else barren + 1
        done = since == self.since or barren > BARREN_YEARS
        before, _ = self.votes.get(authority.code, ([], None))
        self.votes[authority.code] = (before + listed, self.since if done else since)
        if done:
            yield from then()
        else:
            yield from self.ask_votes(authority, then, since - timedelta(days=1), barren)

    def _without_votes(
        self, error: BaseException | None, url: str, authority: Authority, then: Then, **found: Any
    ) -> Output:
        """Not every site lists votes, so that it is no news if one does not."""
        if not is_answer(error):
            self.problem(authority.code, url, error)
        yield from then()

    def add_votes(self, meeting: Meeting) -> None:
        """Give a meeting its votes, unless its day was not asked for."""
        listed, since = self.votes.get(meeting.authority, ([], date.max))
        if since <= meeting.date <= self.until:
            meeting.recorded_votes = votes_of(meeting, listed)

    def ask_decisions(self, authority: Authority, until: date) -> Output:
        """Ask for the decisions published on their own, half a year at a time, and for the page of each."""
        since = max(self.since, until - HALF_A_YEAR)
        if since <= until:
            url = decisions_url(authority.base_url, since, until)
            yield self.ask(authority, url, self._parse_decisions, self._without_decisions, since=since)

    def _parse_decisions(self, response: Response, authority: Authority, since: date) -> Output:
        listed = read_decision_list(response.body, response.url)
        # A site that ignores the dates lists the same again
        fresh = [decision for decision in listed if (authority.code, decision.source_id) not in self.decisions]
        self.decisions.update((authority.code, decision.source_id) for decision in fresh)
        for decision in fresh:
            if self.due("decision", authority.code, decision.source_id):
                yield self.ask(authority, decision.url, self._parse_decision, listed=decision)
        if fresh:
            yield from self.ask_decisions(authority, since - timedelta(days=1))

    def _without_decisions(self, error: BaseException | None, url: str, authority: Authority, since: date) -> Output:
        """Not every site publishes decisions on their own."""
        if not is_answer(error):
            self.problem(authority.code, url, error)
        yield from ()

    def _parse_decision(self, response: Response, authority: Authority, listed: ListedDecision) -> Output:
        decision = read_decision(response.body, response.url, authority.code, listed)
        # One that a meeting took stands in the minutes
        if decision.meeting_id is None:
            decision.sha256 = self.keep(response.body, "text/html")["sha256"]
        self.tell("decision", asdict(decision))
        yield from ()
