"""What every council spider has: where it may go, where bytes are kept, and who is told of everything."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Protocol, Self, TypeVar, cast
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.failures import source_error
from minutebook.crawlers.items import Authority, Document, Meeting
from minutebook.crawlers.report import Place
from minutebook.crawlers.sites import OVER, Site

HEAD = 2048  # bytes that tell the type of a file


class Listed(Protocol):
    """A meeting as a list names it."""

    source_id: str
    date: date


L = TypeVar("L", bound=Listed)


class Tell(Protocol):
    """Receives news of the crawl."""

    def __call__(self, kind: str, value: Any) -> None:
        """Take one piece of news: `count`, `problem`, `meeting` or `state`, and what there is to say of it."""


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
        due: Callable[[str, str, date], bool],
    ) -> None:
        super().__init__()
        self.authorities = authorities
        self.hosts = {host_of(authority.base_url) for authority in authorities}
        self.archive = archive
        self.since = since
        self.until = until
        self.tell = tell
        self.known = known
        self.due = due
        self.sites: dict[str, Site] = {}
        self.fresh: set[str] = set()  # sha256 of bytes that this run brought, until their meeting is handed over

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider, which knows its sites and hears of meetings that fail."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        delay, bounds = crawler.settings.getfloat("DOWNLOAD_DELAY"), crawler.settings["BOUNDS"]
        spider.sites = {host: Site(host, delay, bounds, spider.site_over) for host in spider.hosts}
        crawler.signals.connect(spider.meeting_failed, signals.item_error)
        return spider

    def site_over(self, site: Site) -> None:
        """Report that a site is asked no more in this run, for each authority it serves."""
        code, message = site.over or ("", "")
        for authority in self.authorities:
            if host_of(authority.base_url) == site.host:
                url = authority.base_url
                self.tell("problem", {"authority": authority.code, "url": url, "code": code, "message": message})

    def closed(self, reason: str) -> None:
        """Say how the crawl ended."""
        for site in self.sites.values():
            if site.refusals and not site.welcomes:
                site.block("nothing but refusals")
        self.tell("state", reason)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a field of the report."""
        self.tell("count", (what, number))

    def tally(self, place: Place, **counted: Any) -> None:
        """Add to the visit of a committee."""
        self.tell("visit", (place, counted))

    def due_meetings(self, authority: str, committee: str, listed: Iterable[L]) -> Iterator[L]:
        """Those between the dates that are to be asked for; all between them are counted as listed."""
        within = [meeting for meeting in listed if self.since <= meeting.date <= self.until]
        self.count("meetings_listed", len(within))
        self.tally((authority, committee), listed=len(within))
        for meeting in within:
            if self.due(authority, meeting.source_id, meeting.date):
                yield meeting
            else:
                self.count("meetings_not_due")

    def place_of(self, request: Request) -> Place:
        """Which committee a request is for, by what it hands on; robots.txt is the site's own."""
        found, code = request.cb_kwargs, request.meta.get("authority")
        committee = found.get("committee") or getattr(found.get("meeting"), "committee", None)
        if code is None:
            host = host_of(request.url)
            code = next((a.code for a in self.authorities if host_of(a.base_url) == host), "")
        return code, committee.name if committee else request.meta.get("committee", "")

    def hand_over(self, meeting: Meeting) -> None:
        """Hand over a meeting whose documents are fetched, and count what was new of them."""
        hashes = [document.sha256 for document in meeting.documents if document.sha256]
        new = len(self.fresh.intersection(hashes))
        self.fresh.difference_update(hashes)
        self.tally((meeting.authority, meeting.committee.name), new=new, unchanged=len(hashes) - new)
        self.tell("meeting", asdict(meeting))

    def problem(self, authority: str, url: str, error: BaseException | None, committee: str = "") -> None:
        """Put a failure in the report. What follows from a site's being over was reported with that."""
        told = source_error(error, url)
        if told.code in OVER:
            return
        self.tally((authority, committee), failed=1)
        self.tell("problem", {"authority": authority, "url": url, "code": told.code, "message": told.message})

    def request_failed(self, failure: Failure) -> None:
        """Report a request that came to nothing (Scrapy's errback)."""
        request: Request = failure.request  # type: ignore[attr-defined]
        authority, committee = self.place_of(request)
        self.problem(authority, request.url, failure.value, committee)

    def meeting_failed(self, item: Meeting, failure: Failure) -> None:
        """Report a meeting that a pipeline could not finish."""
        self.problem(item.authority, item.url, failure.value, item.committee.name)

    def document_failed(
        self, authority: str, document: Document, error: BaseException | None, committee: str = ""
    ) -> None:
        """Note on a document why it is not there, and report it."""
        document.error = source_error(error, document.url).message
        self.count("documents_failed")
        self.problem(authority, document.url, error, committee)

    def keep(self, body: bytes, media_type: str) -> dict[str, Any]:
        """Archive original bytes; return what fills the last block of their `Document`."""
        new = hashlib.sha256(body).hexdigest() not in self.archive
        sha256 = self.archive.put(body)
        self.fresh.update([sha256] if new else [])
        self.count("documents_fetched" if new else "documents_unchanged")
        fetched_at = datetime.now(UTC).isoformat(timespec="seconds")
        return {"sha256": sha256, "media_type": media_type, "size": len(body), "fetched_at": fetched_at}

    def held(self, sha256: str, media_type_of: Callable[[bytes], str]) -> dict[str, Any] | None:
        """What fills the last block of a document that the archive holds already; None if it does not."""
        if sha256 not in self.archive:
            return None
        head, size = self.archive.head(sha256, HEAD)
        self.count("documents_unchanged")
        return {"sha256": sha256, "media_type": media_type_of(head), "size": size}


def host_of(url: str) -> str:
    """Host and port of an address, in lower case; the port is left out where it is the scheme's own."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix({"http": ":80", "https": ":443"}.get(parts.scheme, "\0"))


def site_of(crawler: Crawler, request: Request) -> Site:
    """How this run has met the site that a request is for; `SameHostMiddleware` lets no other pass."""
    return spider_of(crawler).sites[host_of(request.url)]


def spider_of(crawler: Crawler) -> CouncilSpider:
    """The running spider, as the components of this package know it."""
    return cast(CouncilSpider, crawler.spider)
