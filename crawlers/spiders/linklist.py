"""The spider of sites that run no system: the lists of an authority, page by page, then its meetings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Listing, Meeting
from minutebook.crawlers.linklist import merged, read_list, years_of
from minutebook.crawlers.spiders.base import CouncilSpider, Output

MOST_PAGES = 200  # of one authority
MISSING_YEARS = 2  # after so many years in a row without a page there are no earlier ones


@dataclass
class _Page:
    """A page to ask for; `year` is that of a yearly page, `missing` how many of these were not there just before."""

    listing: Listing
    url: str
    year: int | None = None
    missing: int = 0
    first: bool = True


@dataclass
class _Walk:
    """How far the lists of an authority have been read. A meeting can stand on several pages: it is told at the end."""

    ahead: list[_Page]
    asked: set[str] = field(default_factory=set)
    found: list[Meeting] = field(default_factory=list)
    failed: bool = False


class LinkListSpider(CouncilSpider):
    """Asks for one page of an authority after the other, and hands its meetings over when all are read."""

    name = "linklist"

    async def start(self) -> AsyncIterator[Request | Meeting]:
        """Ask for the first page of each authority."""
        for authority in self.authorities:
            walk = _Walk([self._first(authority, listing) for listing in authority.lists])
            for step in self._next(authority, walk):
                yield step

    def _first(self, authority: Authority, listing: Listing) -> _Page:
        """The page of a list; of yearly ones the latest, from which we go back."""
        url = urljoin(authority.base_url, listing.url)
        if "{year}" not in url:
            return _Page(listing, url)
        year = min(self.until.year, date.today().year + 1)
        return _Page(listing, url.replace("{year}", str(year)), year)

    def _next(self, authority: Authority, walk: _Walk) -> Output:
        """The next page that was not asked for yet; after the last, the meetings."""
        while walk.ahead and len(walk.asked) < MOST_PAGES:
            page = walk.ahead.pop(0)
            if page.url not in walk.asked:
                walk.asked.add(page.url)
                yield self.ask(authority, page.url, self._parse_list, self._list_failed, page=page, walk=walk)
                return
        if walk.ahead:
            message = (
                f"more than {MOST_PAGES} pages, of which the rest was not read; choose fewer with `pages` in the entry"
            )
            self._note_failure(authority, walk, walk.ahead[0].url, SourceError("too_many_pages", message))
        elif not walk.found and not walk.failed:
            message = (
                f"{authority.base_url}: its lists name no meeting at all; see if they have moved, and correct the entry"
            )
            self._note_failure(authority, walk, authority.base_url, SourceError("no_meetings", message))
        yield from self._meetings(authority, walk)

    def _meetings(self, authority: Authority, walk: _Walk) -> Iterator[Meeting]:
        own = [meeting for meeting in merged(walk.found) if authority.has(meeting.committee.name)]
        yield from self.due_meetings(authority, own)

    def _parse_list(self, response: Response, authority: Authority, page: _Page, walk: _Walk) -> Output:
        try:
            read = read_list(response.body, response.url, page.listing, authority.code, page.year)
            walk.found += read.meetings
            walk.ahead += [_Page(page.listing, url, first=False) for url in read.pages if self._within(url)]
        except SourceError as error:
            # A further page may hold no list; the first must
            if page.first or error.code != "no_rows":
                self._note_failure(authority, walk, response.url, error)
        self._add_year_before(authority, page, walk, missing=0)
        yield from self._next(authority, walk)

    def _list_failed(
        self, error: BaseException | None, url: str, authority: Authority, page: _Page, walk: _Walk
    ) -> Output:
        """A page that fails is a problem, but for a year that has none."""
        gone = isinstance(error, HttpError) and error.response.status in (404, 410)
        if not (gone and page.year):
            self._note_failure(authority, walk, url, error)
        self._add_year_before(authority, page, walk, missing=page.missing + 1)
        yield from self._next(authority, walk)

    def _note_failure(self, authority: Authority, walk: _Walk, url: str, error: BaseException | None) -> None:
        walk.failed = True
        self.problem(authority.code, url, error)

    def _add_year_before(self, authority: Authority, page: _Page, walk: _Walk, missing: int) -> None:
        if page.year and page.year > self.since.year and missing <= MISSING_YEARS:
            url = urljoin(authority.base_url, page.listing.url).replace("{year}", str(page.year - 1))
            walk.ahead.append(_Page(page.listing, url, page.year - 1, missing))

    def _within(self, address: str) -> bool:
        """Whether a further page may hold a meeting between the dates; a municipal year goes on into the next."""
        years = years_of(address)
        return not years or any(self.since.year - 1 <= year <= self.until.year for year in years)
