"""Conditional requests: what a site can confirm unchanged (`ETag`, `Last-Modified`) is not sent a second time.

Scrapy's HTTP cache does the asking. Here it keeps validators only, the bytes being in the archive already, and it
always asks: neither an age nor an error of the site makes an old answer good.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from minutebook.crawlers.spiders.base import spider_of

VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
KEPT = (*VALIDATORS, "Content-Type")
TABLE = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, sha256 TEXT, etag TEXT, modified TEXT, type TEXT)"


class ConditionalMiddleware(HttpCacheMiddleware):
    """Scrapy's own; a site that does not answer is not answered for."""

    DOWNLOAD_EXCEPTIONS = ()  # type: ignore[assignment]


class AlwaysAsk:
    """The policy: keep what has a validator, use it when the site says that it did not change (304)."""

    def __init__(self, settings: BaseSettings) -> None:
        pass

    def should_cache_request(self, request: Request) -> bool:
        """Any."""
        return True

    def should_cache_response(self, response: Response, request: Request) -> bool:
        """Whole answers with a validator."""
        return response.status == 200 and any(name in response.headers for name in VALIDATORS)

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        """Never; but the request is made conditional."""
        for name, condition in VALIDATORS.items():
            if name in cachedresponse.headers:
                request.headers[condition] = cachedresponse.headers[name]
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        """Only when the site says so."""
        return response.status == 304


class ValidatorStorage:
    """The storage: one SQLite file of validators, by request; the bodies are in the archive."""

    def __init__(self, settings: BaseSettings) -> None:
        self.path = Path(settings["HTTPCACHE_DIR"]) / "validators.db"

    def open_spider(self, spider: Spider) -> None:
        """Make the file if there is none."""
        self.spider = spider_of(spider.crawler)
        self.fingerprint = spider.crawler.request_fingerprinter.fingerprint
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute(TABLE)
        self.database = sqlite3.connect(self.path, isolation_level=None, timeout=30)

    def close_spider(self, spider: Spider) -> None:
        """Let go of the file."""
        self.database.close()

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        """The last answer that had a validator, if the archive still holds it."""
        found = self.database.execute(
            "SELECT sha256, etag, modified, type FROM answers WHERE key = ?", [self.fingerprint(request)]
        ).fetchone()
        if not found or found[0] not in self.spider.archive:
            return None
        sha256, *values = found
        headers = Headers({name: value for name, value in zip(KEPT, values, strict=True) if value})
        body = self.spider.archive.get(sha256)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
        return kind(url=request.url, headers=headers, body=body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Keep the validators of an answer. What the archive does not come to hold will be asked for whole."""
        values = [(response.headers.get(name) or b"").decode("latin-1") for name in KEPT]
        row = [self.fingerprint(request), hashlib.sha256(response.body).hexdigest(), *values]
        self.database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", row)
