"""The ModernGov spider: web service, meeting page, documents; one `Meeting` when everything is in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Committee, Document, Meeting
from minutebook.crawlers.moderngov import add_page, read_committees, read_meeting, read_meeting_page, read_meetings
from minutebook.crawlers.moderngov_urls import committees_url, meeting_xml_url, meetings_url
from minutebook.crawlers.spiders.base import CouncilSpider


class ModernGovSpider(CouncilSpider):
    """Asks for the committees, the meetings of each, each meeting and its page; the pipelines fetch the documents."""

    name = "moderngov"

    async def start(self) -> AsyncIterator[Request]:
        """Ask each authority for its committees."""
        for authority in self.authorities:
            yield self._request(authority, committees_url(authority.base_url), self._parse_committees)

    def _request(
        self,
        authority: Authority,
        url: str,
        callback: Callable[..., Iterator[Any]],
        errback: Callable[[Failure], Any] | None = None,
        **found: Any,
    ) -> Request:
        """A request that says whose site it asks, and hands on what has been found so far."""
        return Request(
            url,
            callback=callback,
            errback=errback or self.request_failed,
            meta={"authority": authority.code},
            cb_kwargs={"authority": authority, **found},
        )

    def _parse_committees(self, response: Response, authority: Authority) -> Iterator[Request]:
        for committee in read_committees(response.body, response.url, authority):
            url = meetings_url(authority.base_url, committee.source_id, self.since, self.until)
            yield self._request(authority, url, self._parse_meetings, committee=committee)

    def _parse_meetings(self, response: Response, authority: Authority, committee: Committee) -> Iterator[Request]:
        # A service that does not understand a date lists the full history.
        listed = read_meetings(response.body, response.url)
        for meeting in self.due_meetings(authority.code, committee.name, listed):
            url = meeting_xml_url(authority.base_url, meeting.source_id)
            yield self._request(authority, url, self._parse_meeting, committee=committee, source_id=meeting.source_id)

    def _parse_meeting(
        self, response: Response, authority: Authority, committee: Committee, source_id: str
    ) -> Iterator[Request]:
        meeting = read_meeting(response.body, response.url, committee, authority.base_url)
        if meeting is None:
            self.tell("withheld", (authority.code, source_id))
            return
        xml = Document(f"xml:{meeting.source_id}", "Meeting, from the web service", response.url, "meeting_xml")
        vars(xml).update(self.keep(response.body, "text/xml"))
        page = Document(f"page:{meeting.source_id}", "Meeting page", meeting.url, "meeting_page")
        meeting.documents[:0] = [page, xml]
        yield self._request(authority, page.url, self._parse_page, self._page_failed, meeting=meeting, page=page)

    def _parse_page(
        self, response: Response, authority: Authority, meeting: Meeting, page: Document
    ) -> Iterator[Meeting]:
        try:
            add_page(meeting, read_meeting_page(response.body, response.url))
            vars(page).update(self.keep(response.body, "text/html"))
        except SourceError as error:
            self.document_failed(authority.code, page, error, meeting.committee.name)
        yield meeting

    def _page_failed(self, failure: Failure) -> Iterator[Meeting]:
        """A meeting without its page is still a meeting."""
        found = failure.request.cb_kwargs  # type: ignore[attr-defined]
        self.document_failed(found["authority"].code, found["page"], failure.value, found["meeting"].committee.name)
        yield found["meeting"]
