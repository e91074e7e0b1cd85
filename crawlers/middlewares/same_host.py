"""No request leaves the hosts of the authorities asked for."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler

from minutebook.crawlers.failures import NotAsked
from minutebook.crawlers.spiders.base import host_of, spider_of


class SameHostMiddleware:
    """Refuses every other host and port, for redirects and documents too.

    Scrapy's own filter lets subdomains and other ports pass, and whatever a retried request is redirected to.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SameHostMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise `NotAsked` for a host that no authority asked for names."""
        host = host_of(request.url)
        if host not in spider_of(self.crawler).hosts:
            what = f"{request.url}: {host} is not the host of an authority asked for; has it moved there?"
            raise NotAsked("not_requested", what)
