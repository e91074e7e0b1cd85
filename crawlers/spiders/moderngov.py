"""The ModernGov spider: web service first, pages where it is off; one `Meeting` when everything is in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Committee, Document, Meeting
from minutebook.crawlers.moderngov.attendance import read_attendance
from minutebook.crawlers.moderngov.changes import Change, read_feed, read_whats_new
from minutebook.crawlers.moderngov.decisions import ListedDecision, read_decision, read_decision_list
from minutebook.crawlers.moderngov.lists import ListedMeeting, read_committee_list, read_meeting_list
from minutebook.crawlers.moderngov.meeting_page import add_page, meeting_of, read_meeting_page
from minutebook.crawlers.moderngov.service import read_committees, read_meeting, read_meetings
from minutebook.crawlers.moderngov.urls import (
    browse_page_url,
    committees_page_url,
    committees_url,
    decisions_url,
    feed_url,
    meeting_list_url,
    meeting_page_url,
    meeting_xml_url,
    meetings_url,
    recorded_votes_url,
    whats_new_url,
)
from minutebook.crawlers.moderngov.votes import MeetingVotes, read_recorded_votes, votes_of
from minutebook.crawlers.moderngov.walk import Walk
from minutebook.crawlers.spiders.base import CouncilSpider

NEWS = timedelta(days=14)
LONG_AGO = timedelta(days=730)  # a crawl that reaches so far back needs no list of changes
A_YEAR, HALF_A_YEAR = timedelta(days=365), timedelta(days=182)
BARREN_YEARS = 3  # without a vote by name, and none is looked for further back
BY_PAGES = "its pages are read instead"
BUSY = (429, 503)

Days = tuple[date, date]
Output = Iterator[Request | Meeting]
Parse = Callable[..., Output]
Otherwise = Callable[..., Output]


class ModernGovSpider(CouncilSpider):
    """Asks for the committees, the meetings of each, each meeting and its page; the pipelines fetch the documents.

    What the web service does not answer is read from the pages, and the report says so. A site that does not answer at
    all is not asked twice.
    """

    name = "moderngov"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pages: set[str] = set()  # codes of the authorities whose web service is off
        self.decisions: set[tuple[str, str]] = set()  # asked for, by authority
        self.votes: dict[str, tuple[list[MeetingVotes], date]] = {}  # by authority, since a day

    async def start(self) -> AsyncIterator[Request]:
        """Ask each authority for its committees."""
        for authority in self.authorities:
            url = committees_url(authority.base_url)
            yield self._request(authority, url, self._parse_committees, self._committees_by_pages)

    def _request(
        self, authority: Authority, url: str, callback: Parse, otherwise: Otherwise | None = None, **found: Any
    ) -> Request:
        """A request that says whose site it asks, and hands on what has been found so far.

        `otherwise` is told the error and given the same, if there is no answer or none that the callback can read.
        """
        return Request(
            url,
            callback=partial(self._read, callback, otherwise),
            errback=partial(self._failed, otherwise),
            meta={"authority": authority.code},
            cb_kwargs={"authority": authority, **found},
        )

    def _read(self, callback: Parse, otherwise: Otherwise | None, response: Response, **found: Any) -> Output:
        try:
            yield from callback(response, **found)
        except SourceError as error:
            if otherwise is None:
                raise
            yield from otherwise(error, response.url, **found)

    def _failed(self, otherwise: Otherwise | None, failure: Failure) -> Output:
        request: Request = failure.request  # type: ignore[attr-defined]
        if otherwise is None:
            self.request_failed(failure)
        else:
            yield from otherwise(failure.value, request.url, **request.cb_kwargs)

    def _answered(self, error: BaseException | None, url: str, authority: Authority, instead: str = BY_PAGES) -> bool:
        """Whether the site did answer, only not with what was asked for: then that is noted, else it is a problem."""
        answered = _is_answer(error)
        if answered:
            self.note(authority.code, url, error, instead)
        else:
            self.problem(authority.code, url, error)
        return answered

    # The web service

    def _parse_committees(self, response: Response, authority: Authority) -> Output:
        yield from self._ask_votes(authority, read_committees(response.body, response.url, authority), self.until)

    def _ask_all(self, authority: Authority, committees: list[Committee]) -> Output:
        """Everything, now that the committees are known and the votes are in."""
        if authority.code in self.by_pages:
            yield from self._ask_lists(authority, committees)
        else:
            # One first: where the service does not list meetings, the others need not find that out again
            yield from self._ask_meetings(authority, committees[:1], rest=committees[1:])
        yield from self._ask_changes(authority, committees)
        yield from self._ask_decisions(authority, min(self.until, date.today()))

    def _ask_meetings(
        self, authority: Authority, committees: Iterable[Committee], rest: Sequence[Committee] = ()
    ) -> Output:
        for committee in committees:
            url = meetings_url(authority.base_url, committee.source_id, self.since, self.until)
            found = {"committee": committee, "rest": rest}
            yield self._request(authority, url, self._parse_meetings, self._meetings_by_pages, **found)

    def _parse_meetings(
        self, response: Response, authority: Authority, committee: Committee, rest: Sequence[Committee]
    ) -> Output:
        # A service that does not understand a date lists the full history.
        listed = [
            meeting
            for meeting in read_meetings(response.body, response.url)
            if self.since <= meeting.date <= self.until
        ]
        self.count("meetings_listed", len(listed))
        for meeting in listed:
            yield self._ask_meeting(authority, committee, meeting)
        yield from self._ask_meetings(authority, rest)

    def _ask_meeting(self, authority: Authority, committee: Committee, listed: ListedMeeting) -> Request:
        if authority.code in self.by_pages:
            return self._ask_page(authority, committee, listed)
        url = meeting_xml_url(authority.base_url, listed.source_id)
        found = {"committee": committee, "listed": listed}
        return self._request(authority, url, self._parse_meeting, self._meeting_by_page, **found)

    def _parse_meeting(
        self, response: Response, authority: Authority, committee: Committee, listed: ListedMeeting
    ) -> Output:
        meeting = read_meeting(response.body, response.url, committee, authority.base_url)
        if meeting is None:
            self.tell("withheld", (authority.code, listed.source_id))
            return
        xml = Document(f"xml:{meeting.source_id}", "Meeting, from the web service", response.url, "meeting_xml")
        vars(xml).update(self.keep(response.body, "text/xml"))
        page = _page_document(meeting)
        meeting.documents[:0] = [page, xml]
        self._add_votes(meeting)
        yield self._request(authority, page.url, self._parse_page, self._without_page, meeting=meeting, page=page)

    def _parse_page(self, response: Response, authority: Authority, meeting: Meeting, page: Document) -> Output:
        add_page(meeting, read_meeting_page(response.body, response.url))
        vars(page).update(self.keep(response.body, "text/html"))
        yield meeting

    def _without_page(
        self, error: BaseException | None, url: str, authority: Authority, meeting: Meeting, page: Document
    ) -> Output:
        """A meeting without its page is still a meeting."""
        self.document_failed(authority.code, page, error)
        yield meeting

    # Votes by name, a year at a time: many years at once are more than some sites can answer

    def _ask_votes(self, authority: Authority, committees: list[Committee], until: date, barren: int = 0) -> Output:
        since = max(self.since, until - A_YEAR)
        url = recorded_votes_url(authority.base_url, since, until)
        found = {"committees": committees, "days": (since, until), "barren": barren}
        yield self._request(authority, url, self._parse_votes, self._without_votes, **found)

    def _parse_votes(
        self,
        response: Response,
        authority: Authority,
        committees: list[Committee],
        days: tuple[date, date],
        barren: int,
    ) -> Output:
        since, until = days
        # A site that ignores the dates lists the same for every year
        listed = [votes for votes in read_recorded_votes(response.body, response.url) if since <= votes.date <= until]
        barren = 0 if listed else barren + 1
        done = since == self.since or barren > BARREN_YEARS
        before, _ = self.votes.get(authority.code, ([], None))
        self.votes[authority.code] = (before + listed, self.since if done else since)
        if done:
            yield from self._ask_all(authority, committees)
        else:
            yield from self._ask_votes(authority, committees, since - timedelta(days=1), barren)

    def _without_votes(
        self, error: BaseException | None, url: str, authority: Authority, committees: list[Committee], **found: Any
    ) -> Output:
        """Not every site lists votes, so that it is no news if one does not."""
        if not _is_answer(error):
            self.problem(authority.code, url, error)
        yield from self._ask_all(authority, committees)

    def _add_votes(self, meeting: Meeting) -> None:
        listed, since = self.votes.get(meeting.authority, ([], date.max))
        if since <= meeting.date <= self.until:
            meeting.recorded_votes = votes_of(meeting, listed)

    # Decisions published on their own, half a year at a time

    def _ask_decisions(self, authority: Authority, until: date) -> Output:
        since = max(self.since, until - HALF_A_YEAR)
        if since <= until:
            url = decisions_url(authority.base_url, since, until)
            yield self._request(authority, url, self._parse_decisions, self._without_decisions, since=since)

    def _parse_decisions(self, response: Response, authority: Authority, since: date) -> Output:
        listed = read_decision_list(response.body, response.url)
        # A site that ignores the dates lists the same again
        fresh = [decision for decision in listed if (authority.code, decision.source_id) not in self.decisions]
        self.decisions.update((authority.code, decision.source_id) for decision in fresh)
        for decision in fresh:
            yield self._request(authority, decision.url, self._parse_decision, listed=decision)
        if fresh:
            yield from self._ask_decisions(authority, since - timedelta(days=1))

    def _without_decisions(self, error: BaseException | None, url: str, authority: Authority, since: date) -> Output:
        """Not every site publishes decisions on their own."""
        if not _is_answer(error):
            self.problem(authority.code, url, error)
        yield from ()

    def _parse_decision(self, response: Response, authority: Authority, listed: ListedDecision) -> Output:
        decision = read_decision(response.body, response.url, authority.code, listed)
        # One that a meeting took stands in the minutes
        if decision.meeting_id is None:
            decision.sha256 = self.keep(response.body, "text/html")["sha256"]
            self.tell("decision", asdict(decision))
        yield from ()

    # What is new of meetings outside the dates: minutes are published months late

    def _ask_changes(self, authority: Authority, committees: Iterable[Committee]) -> Output:
        today = date.today()
        if today - LONG_AGO < self.since <= today <= self.until:
            by_id = {committee.source_id: committee for committee in committees}
            url = whats_new_url(authority.base_url, today - NEWS, today)
            yield self._request(authority, url, self._parse_whats_new, self._ask_feed, committees=by_id)

    def _parse_whats_new(self, response: Response, authority: Authority, committees: dict[str, Committee]) -> Output:
        yield from self._ask_changed(read_whats_new(response.body, response.url), authority, committees)

    def _ask_feed(
        self, error: BaseException | None, url: str, authority: Authority, committees: dict[str, Committee]
    ) -> Output:
        if self._answered(error, url, authority, "its RSS feed is read instead"):
            feed = feed_url(authority.base_url)
            yield self._request(authority, feed, self._parse_feed, self._without_changes, committees=committees)

    def _parse_feed(self, response: Response, authority: Authority, committees: dict[str, Committee]) -> Output:
        yield from self._ask_changed(read_feed(response.body, response.url), authority, committees)

    def _without_changes(
        self, error: BaseException | None, url: str, authority: Authority, committees: dict[str, Committee]
    ) -> Output:
        self._answered(error, url, authority, "changes to older meetings wait for a crawl that reaches back to them")
        yield from ()

    def _ask_changed(self, changes: Iterable[Change], authority: Authority, committees: dict[str, Committee]) -> Output:
        changed = {change.meeting_id: change for change in changes if change.committee_id in committees}
        for number, change in changed.items():
            if number and change.meeting_date and not self.since <= change.meeting_date <= self.until:
                self.count("meetings_listed")
                listed = ListedMeeting(number, change.meeting_date)
                yield self._ask_meeting(authority, committees[change.committee_id or ""], listed)

    # The pages, where the web service is off

    def _committees_by_pages(self, error: BaseException | None, url: str, authority: Authority) -> Output:
        if self._answered(error, url, authority):
            self.by_pages.add(authority.code)
            page = committees_page_url(authority.base_url)
            yield self._request(authority, page, self._parse_committee_list, self._without_committee_list)

    def _parse_committee_list(self, response: Response, authority: Authority) -> Output:
        yield self._ask_old_committees(authority, read_committee_list(response.body, response.url, authority))

    def _without_committee_list(self, error: BaseException | None, url: str, authority: Authority) -> Output:
        if self._answered(error, url, authority):
            yield self._ask_old_committees(authority, [])

    def _ask_old_committees(self, authority: Authority, present: list[Committee]) -> Request:
        """What was abolished or renamed a month ago has minutes still to come."""
        url = browse_page_url(authority.base_url)
        return self._request(authority, url, self._parse_browse_page, self._without_browse_page, present=present)

    def _parse_browse_page(self, response: Response, authority: Authority, present: list[Committee]) -> Output:
        every = {
            committee.source_id: committee for committee in read_committee_list(response.body, response.url, authority)
        }
        every |= {committee.source_id: committee for committee in present}
        yield from self._ask_votes(authority, [*every.values()], self.until)

    def _without_browse_page(
        self, error: BaseException | None, url: str, authority: Authority, present: list[Committee]
    ) -> Output:
        if not present:
            self.problem(authority.code, url, error)
        elif self._answered(error, url, authority):
            yield from self._ask_votes(authority, present, self.until)

    def _meetings_by_pages(
        self,
        error: BaseException | None,
        url: str,
        authority: Authority,
        committee: Committee,
        rest: Sequence[Committee],
    ) -> Output:
        if self._answered(error, url, authority):
            self.by_pages.update([authority.code] if rest else [])
            yield from self._ask_lists(authority, [committee, *rest])
        else:
            yield from self._ask_meetings(authority, rest)

    def _ask_lists(self, authority: Authority, committees: Iterable[Committee]) -> Output:
        for committee in committees:
            year_url = partial(meeting_list_url, authority.base_url, committee.source_id)
            # An old committee that lists nothing met long ago
            walk = Walk(self.since, self.until, None if committee.expired else year_url)
            yield self._request(authority, year_url(0), self._parse_list, committee=committee, walk=walk)

    def _parse_list(self, response: Response, authority: Authority, committee: Committee, walk: Walk) -> Output:
        listed, following = walk.take(read_meeting_list(response.body, response.url))
        self.count("meetings_listed", len(listed))
        for meeting in listed:
            yield self._ask_page(authority, committee, meeting)
        for url in following:
            yield self._request(authority, url, self._parse_list, committee=committee, walk=walk)

    def _meeting_by_page(
        self, error: BaseException | None, url: str, authority: Authority, committee: Committee, listed: ListedMeeting
    ) -> Output:
        if self._answered(error, url, authority):
            yield self._ask_page(authority, committee, listed)

    def _ask_page(self, authority: Authority, committee: Committee, listed: ListedMeeting) -> Request:
        url = listed.url or meeting_page_url(authority.base_url, committee.source_id, listed.source_id)
        return self._request(authority, url, self._parse_page_alone, committee=committee, listed=listed)

    def _parse_page_alone(
        self, response: Response, authority: Authority, committee: Committee, listed: ListedMeeting
    ) -> Output:
        found = read_meeting_page(response.body, response.url)
        meeting = meeting_of(found, response.url, committee, listed, authority.base_url)
        page = _page_document(meeting)
        vars(page).update(self.keep(response.body, "text/html"))
        meeting.documents.insert(0, page)
        self._add_votes(meeting)
        self.count("meetings_from_pages")
        if found.attendance_url:
            url = found.attendance_url
            yield self._request(authority, url, self._parse_attendance, self._without_attendance, meeting=meeting)
        else:
            yield meeting

    def _parse_attendance(self, response: Response, authority: Authority, meeting: Meeting) -> Output:
        meeting.attendances = read_attendance(response.body, response.url)
        yield meeting

    def _without_attendance(
        self, error: BaseException | None, url: str, authority: Authority, meeting: Meeting
    ) -> Output:
        """A meeting whose attendance cannot be read is still a meeting."""
        self.problem(authority.code, url, error)
        yield meeting


def _page_document(meeting: Meeting) -> Document:
    return Document(f"page:{meeting.source_id}", "Meeting page", meeting.url, "meeting_page")


def _is_answer(error: BaseException | None) -> bool:
    """Whether the site answered, if not with what was asked for; one that is busy is better not asked elsewhere."""
    if isinstance(error, HttpError):
        return error.response.status not in BUSY
    return isinstance(error, SourceError) and not isinstance(error, IgnoreRequest)
