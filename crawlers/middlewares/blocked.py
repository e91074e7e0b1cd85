"""A site that turns us away is left alone: no second guise, no other way in."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from minutebook.crawlers.failures import NotAsked
from minutebook.crawlers.sites import REFUSED
from minutebook.crawlers.spiders.base import site_of


class BlockedMiddleware:
    """Shows each answer, once it is unpacked and before it is tried again, to the judgement of its site."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BlockedMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise `NotAsked` once the site is blocked; else return the answer as it is."""
        site = site_of(self.crawler, request)
        challenged = response.headers.get("cf-mitigated") == b"challenge"
        if not request.meta.get("dont_obey_robotstxt"):
            # One address, however often it is tried, is no reason to leave a site
            if challenged or not request.meta.get("retry_times"):
                site.judge(response.status, challenged, response.body)
        elif challenged or response.status in REFUSED:
            site.block(f"status {response.status} for its robots.txt")
        if site.over and site.over[0] == "blocked":
            raise NotAsked(*site.over)
        return response
