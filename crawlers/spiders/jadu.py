"""The Jadu spider: the list of meetings, back and on from today, and each meeting's page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from scrapy import Request
from scrapy.http import Response

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Document
from minutebook.crawlers.jadu import ListedMeeting, MeetingList, read_list, read_meeting
from minutebook.crawlers.spiders.base import CouncilSpider, Output

MOST_PAGES = 500  # of the list, in one direction; ten meetings a page

Direction = Literal["earlier", "later"]


class JaduSpider(CouncilSpider):
    """The list begins at today; from there its pages are followed as far as the dates asked for."""

    name = "jadu"

    async def start(self) -> AsyncIterator[Request]:
        """Ask each authority for its list of meetings."""
        for authority in self.authorities:
            yield self.ask(authority, authority.base_url.rstrip("/"), self._parse_first)

    def lasting(self, source_id: str) -> bool:
        """An attachment's number always means the same file; a page that holds one can change."""
        return source_id.startswith("a")

    def _parse_first(self, response: Response, authority: Authority) -> Output:
        found = read_list(response.body, response.url)
        seen = {meeting.source_id for meeting in found.meetings}
        yield from self._meetings(authority, found.meetings)
        yield from self._further(authority, found, "earlier", seen, 1)
        yield from self._further(authority, found, "later", set(seen), 1)

    def _parse_list(
        self, response: Response, authority: Authority, direction: Direction, seen: set[str], number: int
    ) -> Output:
        found = read_list(response.body, response.url)
        new = [meeting for meeting in found.meetings if meeting.source_id not in seen]
        seen.update(meeting.source_id for meeting in new)
        yield from self._meetings(authority, new)
        if new:
            yield from self._further(authority, found, direction, seen, number + 1)

    def _further(
        self, authority: Authority, found: MeetingList, direction: Direction, seen: set[str], number: int
    ) -> Output:
        """The next page in a direction, unless the dates asked for lie behind."""
        days = [meeting.date for meeting in found.meetings]
        url = found.earlier if direction == "earlier" else found.later
        behind = days and (max(days) < self.since if direction == "earlier" else min(days) > self.until)
        if not url or behind:
            return
        if number >= MOST_PAGES:
            message = f"{url} and what follows it was not read: more than {MOST_PAGES} pages; ask for fewer years"
            self.problem(authority.code, url, SourceError("too_many_pages", message))
            return
        yield self.ask(authority, url, self._parse_list, direction=direction, seen=seen, number=number)

    def _meetings(self, authority: Authority, found: list[ListedMeeting]) -> Output:
        listed = {meeting.source_id: meeting for meeting in found if authority.has(meeting.committee)}
        for meeting in self.due_meetings(authority, listed.values()):
            yield self.ask(authority, meeting.url, self._parse_meeting, listed=meeting)

    def _parse_meeting(self, response: Response, authority: Authority, listed: ListedMeeting) -> Output:
        meeting = read_meeting(response.body, response.url, listed, authority.code)
        page = Document(f"page:{meeting.source_id}", "Meeting page", response.url, "meeting_page")
        vars(page).update(self.keep(response.body, "text/html"))
        meeting.documents.insert(0, page)
        yield meeting
