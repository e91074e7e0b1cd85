"""One request at a time to each address that answers, however many names it has; and none to a private one."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.resolver import dnscache
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import DNSLookupError

from minutebook.crawlers.failures import NotAsked
from minutebook.crawlers.spiders.base import host_of, spider_of

SLOT = "download_slot"


class OneAddressMiddleware:
    """Names the downloader's slot by the resolved address. What connects later takes it from the same cache.

    A base address that is itself a private one, or `localhost`, is somebody's own wish (a test, an office network); a
    name on the web that leads there is not.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OneAddressMiddleware:
        """Scrapy's way to build a component."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `NotAsked` for a name that leads to a private address."""
        name = urlsplit(request.url).hostname or ""
        address = await _resolved(name)
        if not ip_address(address).is_global and not _names_itself(name):
            raise NotAsked("private_address", f"{name} leads to {address}, an address that is not on the internet")
        request.meta[SLOT] = address


class QueueMiddleware(BaseSpiderMiddleware):
    """Names the slot of a request already when it is queued, so that the scheduler gives each address its turn."""

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Add the address, if the name was resolved before; drop what goes to a site that is asked no more."""
        spider = spider_of(self.crawler)
        site = spider.sites.get(host_of(request.url))
        if site and site.over:
            spider.tally(spider.place_of(request), blocked=1)
            return None
        name = urlsplit(request.url).hostname or ""
        request.meta.setdefault(SLOT, dnscache.get(name, name))
        return request


async def _resolved(name: str) -> str:
    from twisted.internet import reactor

    if _is_address(name):
        return name
    try:
        return str(await maybe_deferred_to_future(reactor.resolve(name)))  # type: ignore[arg-type]
    except DNSLookupError as error:
        raise CannotResolveHostError(name) from error


def _names_itself(name: str) -> bool:
    return name == "localhost" or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
