"""The last gate: a request leaves only in its site's turn, and only while its site may still be asked."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from time import monotonic

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from minutebook.crawlers.failures import NotAsked
from minutebook.crawlers.sites import Site
from minutebook.crawlers.spiders.base import site_of, spider_of


class Turn:
    """One request at a time to an address, whichever crawlers of this process visit it; `last` is when one left."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.last = 0.0


TURNS: defaultdict[str, Turn] = defaultdict(Turn)


class PatientHandler(HTTP11DownloadHandler):
    """Scrapy's own handler, which waits where a site wants rest. The slot of the address waits with it."""

    async def download_request(self, request: Request) -> Response:
        """Send one request. Raises `NotAsked` if its site is left alone by now."""
        site, turn = site_of(self.crawler, request), TURNS[request.meta["download_slot"]]
        async with turn.lock:
            await asyncio.sleep(0 if site.over else max(site.pause(), turn.last + site.delay - monotonic()))
            return await self._send(request, site, turn)

    async def _send(self, request: Request, site: Site, turn: Turn) -> Response:
        spider = spider_of(self.crawler)
        place = spider.place_of(request)
        site.check_bounds()
        if site.over:
            spider.tally(place, blocked=1)
            raise NotAsked(*site.over)
        site.asked()
        turn.last = monotonic()
        spider.count("requests")
        spider.tally(place, requests=1)
        try:
            response = await super().download_request(request)
        except DownloadTimeoutError:
            site.answered(504, None)
            raise
        status, size = response.status, len(response.body)
        spider.tally(place, fetched=int(status == 200), bytes=size, statuses={str(status): 1})
        site.received += size
        retry_after: bytes | None = response.headers.get("Retry-After")
        site.answered(status, retry_after.decode("ascii", "ignore") if retry_after else None)
        return response
