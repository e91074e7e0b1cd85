"""What every council spider has: where it may go, where bytes are kept, and who is told of everything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Protocol, Self, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.failures import source_error
from minutebook.crawlers.items import Authority, Document, Meeting

BY_PAGES = "its pages are read instead"
BUSY = (429, 503)

Output = Iterator[Request | Meeting]
Parse = Callable[..., Output]
Otherwise = Callable[..., Output]


class Tell(Protocol):
    """Receives news of the crawl."""

    def __call__(self, kind: str, value: Any) -> None:
        """Take one piece of news: its kind, such as `count` or `meeting`, and what there is to say of it."""


class CouncilSpider(Spider):
    """Visits authorities of one system. `since` and `until` are inclusive dates of meetings."""

    def __init__(
        self,
        authorities: list[Authority],
        archive: Archive,
        since: date,
        until: date,
        tell: Tell,
        known: Callable[[str, str], str | None],
    ) -> None:
        super().__init__()
        self.authorities = authorities
        self.hosts = {host_of(authority.base_url) for authority in authorities}
        self.hosts.update(host.lower() for authority in authorities for host in authority.hosts)
        self.archive = archive
        self.since = since
        self.until = until
        self.tell = tell
        self.known = known

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider; it counts every request that leaves, robots.txt and retries included."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.request_left, signals.request_reached_downloader)
        crawler.signals.connect(spider.meeting_failed, signals.item_error)
        return spider

    def lasting(self, source_id: str) -> bool:
        """Whether a document, once fetched, never changes under its id."""
        return False

    def ask(
        self, authority: Authority, url: str, callback: Parse, otherwise: Otherwise | None = None, **found: Any
    ) -> Request:
        """A request that says whose site it asks, and hands on what has been found so far.

        `otherwise(error, url, authority, **found)` goes on if there is no answer, or none that the callback can read;
        without it that is a problem.
        """
        return Request(
            url,
            callback=partial(self._read, callback, otherwise),
            errback=partial(self._failed, otherwise),
            meta={"authority": authority.code},
            cb_kwargs={"authority": authority, **found},
        )

    def _read(self, callback: Parse, otherwise: Otherwise | None, response: Response, **found: Any) -> Output:
        try:
            yield from callback(response, **found)
        except SourceError as error:
            if otherwise is None:
                raise
            yield from otherwise(error, response.url, **found)

    def _failed(self, otherwise: Otherwise | None, failure: Failure) -> Output:
        request: Request = failure.request  # type: ignore[attr-defined]
        if otherwise is None:
            self.problem(request.meta["authority"], request.url, failure.value)
        else:
            yield from otherwise(failure.value, request.url, **request.cb_kwargs)

    def answered(self, error: BaseException | None, url: str, authority: Authority, instead: str = BY_PAGES) -> bool:
        """Whether the site did answer, only not with what was asked for, so that it can be asked elsewhere.

        What is off or not there is noted; what broke or did not answer is a problem.
        """
        answered = is_answer(error)
        if answered and not (isinstance(error, HttpError) and error.response.status >= 500):
            self.note(authority.code, url, error, instead)
        else:
            self.problem(authority.code, url, error)
        return answered

    def request_left(self) -> None:
        """Count a request."""
        self.count("requests")

    def count(self, what: str, number: int = 1) -> None:
        """Add to a field of the report."""
        self.tell("count", (what, number))

    def problem(self, authority: str, url: str, error: BaseException | None) -> None:
        """Put a failure in the report."""
        told = source_error(error, url)
        self.tell("problem", {"authority": authority, "url": url, "code": told.code, "message": told.message})

    def note(self, authority: str, url: str, error: BaseException | None, instead: str) -> None:
        """Put in the report what the site did not answer, and what was done instead: no failure, but good to know."""
        told = source_error(error, url)
        what = f"{url} answered {error.response.status}" if isinstance(error, HttpError) else told.message
        self.tell("note", {"authority": authority, "url": url, "code": told.code, "message": f"{what} ({instead})"})

    def meeting_failed(self, item: Meeting, failure: Failure) -> None:
        """Report a meeting that a pipeline could not finish."""
        self.problem(item.authority, item.url, failure.value)

    def document_failed(self, authority: str, document: Document, error: BaseException | None) -> None:
        """Note on a document why it is not there, and report it."""
        document.error = source_error(error, document.url).message
        self.count("documents_failed")
        self.problem(authority, document.url, error)

    def keep(self, body: bytes, media_type: str) -> dict[str, Any]:
        """Archive original bytes; return what fills the last block of their `Document`."""
        new = hashlib.sha256(body).hexdigest() not in self.archive
        sha256 = self.archive.put(body)
        self.count("documents_fetched" if new else "documents_unchanged")
        fetched_at = datetime.now(UTC).isoformat(timespec="seconds")
        return {"sha256": sha256, "media_type": media_type, "size": len(body), "fetched_at": fetched_at}

    def held(self, sha256: str, media_type_of: Callable[[bytes], str]) -> dict[str, Any] | None:
        """What fills the last block of a document that the archive holds already; None if it does not."""
        if sha256 not in self.archive:
            return None
        body = self.archive.get(sha256)
        self.count("documents_unchanged")
        return {"sha256": sha256, "media_type": media_type_of(body), "size": len(body)}


def is_answer(error: BaseException | None) -> bool:
    """Whether the site answered, if not with what was asked for; one that is busy is better not asked elsewhere."""
    if isinstance(error, HttpError):
        return error.response.status not in BUSY
    return isinstance(error, SourceError) and not isinstance(error, IgnoreRequest)


def host_of(url: str) -> str:
    """Host and port of an address, in lower case."""
    return urlsplit(url).netloc.lower()


def spider_of(crawler: Crawler) -> CouncilSpider:
    """The running spider, as the components of this package know it."""
    return cast(CouncilSpider, crawler.spider)
