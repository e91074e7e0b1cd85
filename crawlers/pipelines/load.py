"""A finished meeting goes to the loader: one bulk load a meeting."""

from __future__ import annotations

from scrapy.crawler import Crawler

from minutebook.crawlers.items import Meeting
from minutebook.crawlers.spiders.base import spider_of


class LoadPipeline:
    """Hands each meeting over as a plain dictionary, its documents already in the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LoadPipeline:
        """Scrapy's way to build a component."""
        return cls(crawler)

    def process_item(self, item: Meeting) -> Meeting:
        """Hand over one meeting."""
        spider_of(self.crawler).hand_over(item)
        return item
