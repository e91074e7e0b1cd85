"""What every council spider has: where it may go, where bytes are kept, and who is told of everything."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Protocol, Self, TypeVar, cast
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
from minutebook.crawlers.report import Place
from minutebook.crawlers.sites import OVER, Site

BY_PAGES = "its pages are read instead"
BUSY = (429, 503)
HEAD = 2048  # bytes that tell the type of a file

Output = Iterator[Request | Meeting]
Parse = Callable[..., Output]
Otherwise = Callable[..., Output]


class Listed(Protocol):
    """A meeting as a list names it."""

    source_id: str
    date: date


L = TypeVar("L", bound=Listed)


class Due(Protocol):
    """Says whether to ask for something that its site lists."""

    def __call__(self, kind: str, authority: str, source_id: str = "", day: date | None = None) -> bool:
        """Say so of a `meeting` of that day, one changed that day (`change`), a `decision`, or an old `committee`.

        And whether to look for the lists that not every site has: `votes` by name, `decisions` on pages of their own.
        """


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
        due: Due,
    ) -> None:
        super().__init__()
        self.authorities = authorities
        self.hosts = {host for authority in authorities for host in hosts_of(authority)}
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
            if site.host in hosts_of(authority):
                url = authority.base_url
                self.tell("problem", {"authority": authority.code, "url": url, "code": code, "message": message})

    def closed(self, reason: str) -> None:
        """Judge a site that gave nothing but refusals."""
        for site in self.sites.values():
            if site.refusals and not site.welcomes:
                site.block("nothing but refusals")

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
            authority, committee = self.place_of(request)
            self.problem(authority, request.url, failure.value, committee)
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

    def count(self, what: str, number: int = 1) -> None:
        """Add to a field of the report."""
        self.tell("count", (what, number))

    def tally(self, place: Place, **counted: Any) -> None:
        """Add to the visit of a committee."""
        self.tell("visit", (place, counted))

    def due_meetings(self, authority: Authority, listed: Iterable[L], committee: str | None = None) -> Iterator[L]:
        """Those between the dates that are to be asked for; all between them are counted as listed.

        `committee` is named by a list of its own, which counts even if it is empty; else each meeting names its own.
        """
        within = [meeting for meeting in listed if self.since <= meeting.date <= self.until]
        self.count("meetings_listed", len(within))
        by_committee = Counter(committee or _committee_of({"listed": meeting}) for meeting in within)
        for name in {*by_committee, *filter(None, [committee])}:
            self.tally((authority.code, name), listed=by_committee[name])
        for meeting in within:
            if self.due("meeting", authority.code, meeting.source_id, meeting.date):
                yield meeting
            else:
                self.count("meetings_not_due")

    def place_of(self, request: Request) -> Place:
        """Which committee a request is for, by what it hands on; robots.txt is the site's own."""
        code = request.meta.get("authority")
        if code is None:
            host = host_of(request.url)
            code = next((authority.code for authority in self.authorities if host in hosts_of(authority)), "")
        return code, request.meta.get("committee") or _committee_of(request.cb_kwargs)

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

    def note(self, authority: str, url: str, error: BaseException | None, instead: str) -> None:
        """Put in the report what the site did not answer, and what was done instead: no failure, but good to know."""
        told = source_error(error, url)
        what = f"{url} answered {error.response.status}" if isinstance(error, HttpError) else told.message
        self.tell("note", {"authority": authority, "url": url, "code": told.code, "message": f"{what} ({instead})"})

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


def is_answer(error: BaseException | None) -> bool:
    """Whether the site answered, if not with what was asked for; one that is busy is better not asked elsewhere."""
    if isinstance(error, HttpError):
        return error.response.status not in BUSY
    return isinstance(error, SourceError) and not isinstance(error, IgnoreRequest)


def _committee_of(found: dict[str, Any]) -> str:
    """The name of the committee among what a request hands on: of its own, or of a meeting; empty if there is none."""
    for known in (found.get("committee"), found.get("meeting"), found.get("listed")):
        named = getattr(known, "committee", known)
        if name := named if isinstance(named, str) else getattr(named, "name", ""):
            return name
    return ""


def hosts_of(authority: Authority) -> set[str]:
    """The hosts that an authority's pages and papers lie on."""
    return {host_of(authority.base_url), *map(str.lower, authority.hosts)}


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
