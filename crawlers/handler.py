"""The last gate: a request leaves only in its site's turn, and only while its site may still be asked."""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from minutebook.crawlers.failures import NotAsked
from minutebook.crawlers.spiders.base import site_of, spider_of


class PatientHandler(HTTP11DownloadHandler):
    """Scrapy's own handler, which waits where a site wants rest. The slot of the address waits with it."""

    async def download_request(self, request: Request) -> Response:
        """Send one request. Raises `NotAsked` if its site is left alone by now."""
        site = site_of(self.crawler, request)
        await asyncio.sleep(site.pause())
        site.check_bounds()
        if site.over:
            raise NotAsked(*site.over)
        site.asked()
        spider_of(self.crawler).count("requests")
        try:
            response = await super().download_request(request)
        except DownloadTimeoutError:
            site.answered(504, None)
            raise
        site.received += len(response.body)
        retry_after: bytes | None = response.headers.get("Retry-After")
        site.answered(response.status, retry_after.decode("ascii", "ignore") if retry_after else None)
        return response
