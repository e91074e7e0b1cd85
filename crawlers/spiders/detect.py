"""The detective: asks a site for few pages, one after the other, until one tells which system it runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from minutebook.crawlers.detect import PROBES, Found, detect, detect_list
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority
from minutebook.crawlers.spiders.base import CouncilSpider, Output


class DetectSpider(CouncilSpider):
    """Asks for the address given, then for the first page of each system beside it; tells `found`, or a problem."""

    name = "detect"
    listed: Found | None = None  # what the first page is, if no page tells of a system

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the address given."""
        [site] = self.authorities
        yield self._request_first([site.base_url, *(urljoin(site.base_url, probe) for probe in PROBES)])

    def _request_first(self, urls: list[str]) -> Request:
        return self.ask(self.authorities[0], urls[0], self._parse_page, self._without_page, urls=urls)

    def _parse_page(self, response: Response, authority: Authority, urls: list[str]) -> Output:
        found = detect(response.body, response.url)
        if urls[0] == authority.base_url:
            self.listed = detect_list(response.body, response.url)
        if found:
            self.tell("found", asdict(found))
        else:
            yield from self._next(urls)

    def _without_page(self, error: BaseException | None, url: str, authority: Authority, urls: list[str]) -> Output:
        """A first page that fails is a problem, and the end; one that was only tried is not there."""
        if urls[0] == authority.base_url:
            self.problem(authority.code, url, error)
        else:
            yield from self._next(urls)

    def _next(self, urls: list[str]) -> Output:
        site = self.authorities[0].base_url
        if len(urls) > 1:
            yield self._request_first(urls[1:])
        elif self.listed:
            self.tell("found", asdict(self.listed))
        else:
            advice = "give the page that lists committees, meetings or minutes"
            message = f"{site} shows no sign of a system that is known: {advice}"
            self.problem("", site, SourceError("unknown_system", message))
