"""Whatever a spider raises becomes a line of the report; the crawl goes on."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from minutebook import MinutebookError
from minutebook.crawlers.spiders.base import spider_of


class ProblemsMiddleware:
    """Reports what a callback raises. What is not an error of ours goes on to Scrapy's log too, with its traceback."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ProblemsMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_spider_exception(self, response: Response, exception: Exception) -> list[object] | None:
        """Report, and swallow what is ours."""
        spider = spider_of(self.crawler)
        authority, committee = spider.place_of(response.request or Request(response.url))
        spider.problem(authority, response.url, exception, committee)
        return [] if isinstance(exception, MinutebookError) else None
