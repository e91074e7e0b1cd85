"""The CMIS spider: the calendar, its months, each meeting with its tabs; the pipelines fetch the documents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from minutebook.crawlers.cmis import (
    CALENDARS,
    ListedMeeting,
    MeetingPage,
    add_tab,
    list_view_url,
    meeting_from,
    month_view_url,
    read_list_view,
    read_meeting_page,
    read_month,
)
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Document, Meeting
from minutebook.crawlers.spiders.base import CouncilSpider, Output, is_answer

EMPTY_MONTHS = 12  # after so many months in a row without a meeting there are no more


class CmisSpider(CouncilSpider):
    """Asks for month after month, from the present one back and on."""

    name = "cmis"
    # A month takes 40 seconds on some installs
    custom_settings: dict[str, Any] | None = {"DOWNLOAD_TIMEOUT": 120}  # noqa: RUF012 - as Scrapy declares it

    async def start(self) -> AsyncIterator[Request]:
        """Ask each authority for its calendar."""
        for authority in self.authorities:
            yield self._calendar(authority, CALENDARS)

    def lasting(self, source_id: str) -> bool:
        """A document's number always means the same file; pages have other ids."""
        return source_id.startswith("d:")

    def _calendar(self, authority: Authority, pages: tuple[str, ...]) -> Request:
        url = urljoin(authority.base_url, pages[0])
        return self.ask(authority, url, self._parse_calendar, self._no_calendar, pages=pages)

    def _no_calendar(
        self, error: BaseException | None, url: str, authority: Authority, pages: tuple[str, ...]
    ) -> Output:
        """Installs have their calendar under several names: one that is not there is no problem, unless the last."""
        missing = isinstance(error, HttpError) and error.response.status == 404
        if pages[1:] and (missing or (isinstance(error, SourceError) and is_answer(error))):
            yield self._calendar(authority, pages[1:])
        else:
            self.problem(authority.code, url, error)

    def _parse_calendar(self, response: Response, authority: Authority, pages: tuple[str, ...]) -> Output:
        if months := month_view_url(response.body, response.url):
            yield from self._first_months(authority, months)
        else:
            yield self.ask(authority, list_view_url(response.body, response.url), self._parse_list_view)

    def _parse_list_view(self, response: Response, authority: Authority) -> Output:
        months = month_view_url(response.body, response.url)
        if months:
            yield from self._first_months(authority, months)
        else:
            yield from self._meetings(authority, read_list_view(response.body, response.url))

    def _first_months(self, authority: Authority, months: str) -> Output:
        """The month to begin with, back from it and on from it."""
        first = min(max(date.today(), self.since), self.until).replace(day=1)
        yield from self._month(authority, months, first, -1, 0)
        yield from self._month(authority, months, _beside(first, 1), 1, 0)

    def _month(self, authority: Authority, months: str, month: date, step: int, empty: int) -> Output:
        if self.since.replace(day=1) <= month <= self.until and empty < EMPTY_MONTHS:
            found = {"months": months, "month": month, "step": step, "empty": empty}
            url = f"{months}{month}/Default.aspx"
            yield self.ask(authority, url, self._parse_month, self._month_failed, **found)

    def _parse_month(
        self, response: Response, authority: Authority, months: str, month: date, step: int, empty: int
    ) -> Output:
        listed = read_month(response.body, response.url, month)
        yield from self._meetings(authority, listed)
        yield from self._month(authority, months, _beside(month, step), step, 0 if listed else empty + 1)

    def _month_failed(
        self,
        error: BaseException | None,
        url: str,
        authority: Authority,
        months: str,
        month: date,
        step: int,
        empty: int,
    ) -> Output:
        """A month that fails is a problem; the next is asked for all the same."""
        self.problem(authority.code, url, error)
        yield from self._month(authority, months, _beside(month, step), step, empty + 1)

    def _meetings(self, authority: Authority, found: list[ListedMeeting]) -> Output:
        listed = {meeting.source_id: meeting for meeting in found if authority.has(meeting.committee)}
        for meeting in self.due_meetings(authority, listed.values()):
            yield self.ask(authority, meeting.url, self._parse_meeting, listed=meeting)

    def _parse_meeting(self, response: Response, authority: Authority, listed: ListedMeeting) -> Output:
        page = read_meeting_page(response.body, response.url)
        meeting = meeting_from(listed, page, authority.code)
        self._keep_page(meeting, response, "Meeting page", f"page:{meeting.source_id}")
        yield from self._tabs(authority, meeting, _wanted(page, meeting))

    def _tabs(self, authority: Authority, meeting: Meeting, tabs: dict[str, str]) -> Output:
        """Ask for one tab after the other; the meeting is finished with the last."""
        if not tabs:
            yield meeting
            return
        (tab, url), *rest = tabs.items()
        found = {"meeting": meeting, "tab": tab, "rest": dict(rest)}
        yield self.ask(authority, url, self._parse_tab, self._tab_failed, **found)

    def _parse_tab(
        self, response: Response, authority: Authority, meeting: Meeting, tab: str, rest: dict[str, str]
    ) -> Output:
        add_tab(meeting, read_meeting_page(response.body, response.url))
        self._keep_page(meeting, response, f"Meeting page, {tab}", f"page:{meeting.source_id}:{tab}")
        yield from self._tabs(authority, meeting, rest)

    def _tab_failed(
        self,
        error: BaseException | None,
        url: str,
        authority: Authority,
        meeting: Meeting,
        tab: str,
        rest: dict[str, str],
    ) -> Output:
        """A meeting without one of its tabs is still a meeting."""
        self.problem(authority.code, url, error)
        yield from self._tabs(authority, meeting, rest)

    def _keep_page(self, meeting: Meeting, response: Response, title: str, source_id: str) -> None:
        document = Document(source_id, title, response.url, "meeting_page")
        vars(document).update(self.keep(response.body, "text/html"))
        meeting.documents.append(document)


def _wanted(page: MeetingPage, meeting: Meeting) -> dict[str, str]:
    """The tabs that may hold what the page does not show: nobody has attended what is yet to be."""
    wanted = {"documents": not page.documents, "attendance": not page.attendances and meeting.date <= date.today()}
    return {tab: page.tabs[tab] for tab in wanted if wanted[tab] and tab in page.tabs}


def _beside(month: date, step: int) -> date:
    """The first day of the month before (-1) or after (1)."""
    return (month + timedelta(days=31 if step > 0 else -1)).replace(day=1)
