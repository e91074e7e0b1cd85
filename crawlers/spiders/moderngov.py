"""The ModernGov spider: web service first, pages where it is off; one `Meeting` when everything is in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.http import Response

from minutebook.crawlers.items import Authority, Committee, Document, Meeting
from minutebook.crawlers.moderngov.attendance import read_attendance
from minutebook.crawlers.moderngov.changes import Change, read_feed, read_whats_new
from minutebook.crawlers.moderngov.lists import ListedMeeting, read_committee_list, read_meeting_list
from minutebook.crawlers.moderngov.meeting_page import add_page, meeting_of, read_meeting_page
from minutebook.crawlers.moderngov.service import read_committees, read_meeting, read_meetings
from minutebook.crawlers.moderngov.urls import (
    browse_page_url,
    committees_page_url,
    committees_url,
    feed_url,
    meeting_list_url,
    meeting_page_url,
    meeting_xml_url,
    meetings_url,
    whats_new_url,
)
from minutebook.crawlers.moderngov.walk import Walk
from minutebook.crawlers.spiders.base import Output
from minutebook.crawlers.spiders.records import RecordsSpider

NEWS = timedelta(days=14)
LONG_AGO = timedelta(days=730)  # a crawl that reaches so far back needs no list of changes


class ModernGovSpider(RecordsSpider):
    """Asks for the committees, the meetings of each, each meeting and its page; the pipelines fetch the documents.

    What the web service does not answer is read from the pages, and the report says so. A site that does not answer at
    all is not asked twice.
    """

    name = "moderngov"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pages: set[str] = set()  # codes of the authorities whose web service is off

    async def start(self) -> AsyncIterator[Request]:
        """Ask each authority for its committees."""
        for authority in self.authorities:
            url = committees_url(authority.base_url)
            yield self.ask(authority, url, self._parse_committees, self._committees_by_pages)

    def lasting(self, source_id: str) -> bool:
        """An attachment's number always means the same file."""
        return source_id.startswith("s")

    # The web service

    def _parse_committees(self, response: Response, authority: Authority) -> Output:
        yield from self._go_on(authority, read_committees(response.body, response.url, authority))

    def _go_on(self, authority: Authority, listed: list[Committee]) -> Output:
        """Votes first, for each meeting takes its own along."""
        committees = [committee for committee in listed if authority.has(committee.name)]
        then = partial(self._ask_all, authority, committees)
        if self.due("votes", authority.code):
            yield from self.ask_votes(authority, then, self._today())
        else:
            yield from then()

    def _today(self) -> date:
        """The last day that can have brought anything."""
        return min(self.until, date.today())

    def _ask_all(self, authority: Authority, committees: list[Committee]) -> Output:
        """Everything, now that the committees are known and the votes are in."""
        due = [
            committee
            for committee in committees
            if not committee.expired or self.due("committee", authority.code, committee.source_id)
        ]
        if authority.code in self.by_pages:
            yield from self._ask_lists(authority, due)
        else:
            # One first: where the service does not list meetings, the others need not find that out again
            yield from self._ask_meetings(authority, due[:1], rest=due[1:])
        yield from self._ask_changes(authority, committees)
        if self.due("decisions", authority.code):
            yield from self.ask_decisions(authority, self._today())

    def _ask_meetings(
        self, authority: Authority, committees: Iterable[Committee], rest: Sequence[Committee] = ()
    ) -> Output:
        for committee in committees:
            url = meetings_url(authority.base_url, committee.source_id, self.since, self.until)
            found = {"committee": committee, "rest": rest}
            yield self.ask(authority, url, self._parse_meetings, self._meetings_by_pages, **found)

    def _parse_meetings(
        self, response: Response, authority: Authority, committee: Committee, rest: Sequence[Committee]
    ) -> Output:
        # A service that does not understand a date lists the full history.
        listed = read_meetings(response.body, response.url)
        for meeting in self.due_meetings(authority, listed, committee.name):
            yield self._ask_meeting(authority, committee, meeting)
        yield from self._ask_meetings(authority, rest)

    def _ask_meeting(self, authority: Authority, committee: Committee, listed: ListedMeeting) -> Request:
        if authority.code in self.by_pages:
            return self._ask_page(authority, committee, listed)
        url = meeting_xml_url(authority.base_url, listed.source_id)
        found = {"committee": committee, "listed": listed}
        return self.ask(authority, url, self._parse_meeting, self._meeting_by_page, **found)

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
        self.add_votes(meeting)
        yield self.ask(authority, page.url, self._parse_page, self._without_page, meeting=meeting, page=page)

    def _parse_page(self, response: Response, authority: Authority, meeting: Meeting, page: Document) -> Output:
        add_page(meeting, read_meeting_page(response.body, response.url))
        vars(page).update(self.keep(response.body, "text/html"))
        yield meeting

    def _without_page(
        self, error: BaseException | None, url: str, authority: Authority, meeting: Meeting, page: Document
    ) -> Output:
        """A meeting without its page is still a meeting."""
        self.document_failed(authority.code, page, error, meeting.committee.name)
        yield meeting

    # What is new of meetings outside the dates: minutes are published months late

    def _ask_changes(self, authority: Authority, committees: Iterable[Committee]) -> Output:
        today = date.today()
        if today - LONG_AGO < self.since <= today <= self.until:
            by_id = {committee.source_id: committee for committee in committees}
            url = whats_new_url(authority.base_url, today - NEWS, today)
            yield self.ask(authority, url, self._parse_whats_new, self._ask_feed, committees=by_id)

    def _parse_whats_new(self, response: Response, authority: Authority, committees: dict[str, Committee]) -> Output:
        yield from self._ask_changed(read_whats_new(response.body, response.url), authority, committees)

    def _ask_feed(
        self, error: BaseException | None, url: str, authority: Authority, committees: dict[str, Committee]
    ) -> Output:
        if self.answered(error, url, authority, "its RSS feed is read instead"):
            feed = feed_url(authority.base_url)
            yield self.ask(authority, feed, self._parse_feed, self._without_changes, committees=committees)

    def _parse_feed(self, response: Response, authority: Authority, committees: dict[str, Committee]) -> Output:
        yield from self._ask_changed(read_feed(response.body, response.url), authority, committees)

    def _without_changes(
        self, error: BaseException | None, url: str, authority: Authority, committees: dict[str, Committee]
    ) -> Output:
        self.answered(error, url, authority, "changes to older meetings wait for a crawl that reaches back to them")
        yield from ()

    def _ask_changed(self, changes: Iterable[Change], authority: Authority, committees: dict[str, Committee]) -> Output:
        latest: dict[str | None, Change] = {}
        for change in sorted(changes, key=lambda change: change.published or date.max):
            latest |= {change.meeting_id: change} if change.committee_id in committees else {}
        for number, change in latest.items():
            day = change.meeting_date
            outside = day and not self.since <= day <= self.until
            if number and day and outside and self.due("change", authority.code, number, change.published):
                self.count("meetings_listed")
                listed = ListedMeeting(number, day)
                yield self._ask_meeting(authority, committees[change.committee_id or ""], listed)

    # The pages, where the web service is off

    def _committees_by_pages(self, error: BaseException | None, url: str, authority: Authority) -> Output:
        if self.answered(error, url, authority):
            self.by_pages.add(authority.code)
            page = committees_page_url(authority.base_url)
            yield self.ask(authority, page, self._parse_committee_list, self._without_committee_list)

    def _parse_committee_list(self, response: Response, authority: Authority) -> Output:
        yield self._ask_old_committees(authority, read_committee_list(response.body, response.url, authority))

    def _without_committee_list(self, error: BaseException | None, url: str, authority: Authority) -> Output:
        if self.answered(error, url, authority):
            yield self._ask_old_committees(authority, [])

    def _ask_old_committees(self, authority: Authority, present: list[Committee]) -> Request:
        """What was abolished or renamed a month ago has minutes still to come."""
        url = browse_page_url(authority.base_url)
        return self.ask(authority, url, self._parse_browse_page, self._without_browse_page, present=present)

    def _parse_browse_page(self, response: Response, authority: Authority, present: list[Committee]) -> Output:
        every = {
            committee.source_id: committee for committee in read_committee_list(response.body, response.url, authority)
        }
        every |= {committee.source_id: committee for committee in present}
        yield from self._go_on(authority, [*every.values()])

    def _without_browse_page(
        self, error: BaseException | None, url: str, authority: Authority, present: list[Committee]
    ) -> Output:
        if not present:
            self.problem(authority.code, url, error)
        elif self.answered(error, url, authority):
            yield from self._go_on(authority, present)

    def _meetings_by_pages(
        self,
        error: BaseException | None,
        url: str,
        authority: Authority,
        committee: Committee,
        rest: Sequence[Committee],
    ) -> Output:
        if self.answered(error, url, authority):
            self.by_pages.update([authority.code] if rest else [])
            yield from self._ask_lists(authority, [committee, *rest])
        else:
            yield from self._ask_meetings(authority, rest)

    def _ask_lists(self, authority: Authority, committees: Iterable[Committee]) -> Output:
        for committee in committees:
            year_url = partial(meeting_list_url, authority.base_url, committee.source_id)
            # An old committee that lists nothing met long ago
            walk = Walk(self.since, self.until, None if committee.expired else year_url)
            yield self.ask(authority, year_url(0), self._parse_list, committee=committee, walk=walk)

    def _parse_list(self, response: Response, authority: Authority, committee: Committee, walk: Walk) -> Output:
        listed, following = walk.take(read_meeting_list(response.body, response.url))
        for meeting in self.due_meetings(authority, listed, committee.name):
            yield self._ask_page(authority, committee, meeting)
        for url in following:
            yield self.ask(authority, url, self._parse_list, committee=committee, walk=walk)

    def _meeting_by_page(
        self, error: BaseException | None, url: str, authority: Authority, committee: Committee, listed: ListedMeeting
    ) -> Output:
        if self.answered(error, url, authority):
            yield self._ask_page(authority, committee, listed)

    def _ask_page(self, authority: Authority, committee: Committee, listed: ListedMeeting) -> Request:
        url = listed.url or meeting_page_url(authority.base_url, committee.source_id, listed.source_id)
        return self.ask(authority, url, self._parse_page_alone, committee=committee, listed=listed)

    def _parse_page_alone(
        self, response: Response, authority: Authority, committee: Committee, listed: ListedMeeting
    ) -> Output:
        found = read_meeting_page(response.body, response.url)
        meeting = meeting_of(found, response.url, committee, listed, authority.base_url)
        page = _page_document(meeting)
        vars(page).update(self.keep(response.body, "text/html"))
        meeting.documents.insert(0, page)
        self.add_votes(meeting)
        self.count("meetings_from_pages")
        if found.attendance_url:
            url = found.attendance_url
            yield self.ask(authority, url, self._parse_attendance, self._without_attendance, meeting=meeting)
        else:
            yield meeting

    def _parse_attendance(self, response: Response, authority: Authority, meeting: Meeting) -> Output:
        meeting.attendances = read_attendance(response.body, response.url)
        yield meeting

    def _without_attendance(
        self, error: BaseException | None, url: str, authority: Authority, meeting: Meeting
    ) -> Output:
        """A meeting whose attendance cannot be read is still a meeting."""
        self.problem(authority.code, url, error, meeting.committee.name)
        yield meeting


def _page_document(meeting: Meeting) -> Document:
    return Document(f"page:{meeting.source_id}", "Meeting page", meeting.url, "meeting_page")
