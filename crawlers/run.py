"""One crawl from start to report. Scrapy runs in a child process; the caller's functions run here."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from multiprocessing.connection import Connection
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from minutebook.crawlers import settings as polite
from minutebook.crawlers.archive import Archive
from minutebook.crawlers.detect import Found
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority
from minutebook.crawlers.registry import authority_from
from minutebook.crawlers.report import CrawlReport, Place, Problem
from minutebook.crawlers.sites import Bounds

OnMeeting = Callable[[dict[str, Any]], None]
OnProblem = Callable[[Problem], None]
OnProgress = Callable[[int, int, str], None]
Due = Callable[..., bool]  # as in spiders/base.py, which the parent does not import
Known = Callable[[str, str], str | None]

PAGES = ("meeting_page", "meeting_xml")  # roles of what a site writes itself; all else was put there
EARLIEST = date(1990, 1, 1)
SHORTEST_DELAY = 0.01  # seconds
OVER_ALL = 50  # above Scrapy's own highest priority, "cmdline"
LOOK_AHEAD = timedelta(days=366)  # councils publish a municipal year in advance

# What these tell in tracebacks, the report tells in words.
LOUD = ("scrapy.pipelines.media", "scrapy.downloadermiddlewares.robotstxt")


@dataclass(frozen=True)
class Job:
    """What the child is told; everything here can be pickled."""

    authorities: list[Authority]
    archive: Archive
    since: date
    until: date
    settings: dict[str, Any]
    spider: str | None = None  # else that of each authority's system


def crawl(
    authorities: list[dict[str, Any]],
    archive: Archive,
    on_meeting: OnMeeting,
    *,
    since: date | None = None,
    until: date | None = None,
    delay: float = polite.DOWNLOAD_DELAY,
    contact: str | None = None,
    known: Known | None = None,
    due: Due | None = None,
    cache: Path | None = None,
    on_progress: OnProgress | None = None,
    on_decision: OnMeeting | None = None,
    on_problem: OnProblem | None = None,
    bounds: Bounds = polite.BOUNDS,
) -> CrawlReport:
    """Visit authorities and hand over each meeting, its documents archived, as `asdict(Meeting)`.

    An authority is an entry as in `authorities.toml`. `since` and `until` are inclusive dates of meetings. `delay` is
    the least number of seconds between requests to one host. `contact` (an address or URL) is sent to the sites.
    `known(authority, source_id)` gives the sha256 of an attachment that need not be fetched again; `due(kind,
    authority, source_id, date)` says whether to ask for what is listed. In `cache`, a folder, validators are kept for
    the next crawl; without it no request is conditional. `on_progress(done, listed, what)` counts meetings.
    `on_decision` takes each decision that has a page of its own, as `asdict(Decision)`; `on_problem` hears of each
    problem at once. `bounds` is what each site may cost. All functions are called in this process, one at a time; what
    they raise ends the crawl.
    Ctrl-C ends it too, with `state` "interrupted": whatever was handed over stays, the next crawl completes it.
    Raises `SourceError` if an authority is not properly configured.
    """
    job = Job(
        authorities=[authority_from(authority) for authority in authorities],
        archive=archive,
        since=since or EARLIEST,
        until=until or date.today() + LOOK_AHEAD,
        settings=_manners(delay, contact, bounds, len(authorities))
        | {"HTTPCACHE_ENABLED": cache is not None, "HTTPCACHE_DIR": str(cache)},
    )
    report = CrawlReport()
    listener = _Listener(report, on_meeting, known, due, on_progress, on_decision, on_problem)
    try:
        with _child(job) as child:
            listener.listen(child)
    except KeyboardInterrupt:
        report.state = "interrupted"
    return report


def detect(url: str, *, delay: float = polite.DOWNLOAD_DELAY, contact: str | None = None) -> Found:
    """Say which system runs the site at an address, from few requests. Raises `SourceError` if nothing tells."""
    site = authority_from({"code": "site", "name": url, "base_url": url})
    job = Job([site], Archive(Path()), EARLIEST, EARLIEST, _manners(delay, contact), spider="detect")
    problems: list[str] = []
    with _child(job) as child:
        for kind, value in _news(child):
            if kind == "found":
                return Found(**value)
            if kind == "problem":
                problems.append(value["message"])
    raise SourceError("not_detected", " ".join(problems) or f"{url}: the crawler ended without finishing; run again")


@contextmanager
def _child(job: Job) -> Iterator[Connection]:
    """A process that does the job, for as long as the context is open, and what it says."""
    # Twisted's reactor starts once a process; and a child can be killed at any moment without harm to its parent.
    # A server that forks it has loaded Scrapy once, however many crawls there are.
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["minutebook.crawlers.preloaded"])
    ours, theirs = server.Pipe()
    child = server.Process(target=_crawl, args=(job, theirs), name="minutebook-crawler", daemon=True)
    child.start()
    theirs.close()
    try:
        yield ours
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()


def _manners(delay: float, contact: str | None, bounds: Bounds = polite.BOUNDS, sites: int = 1) -> dict[str, Any]:
    """Settings of one crawl, over `minutebook.crawlers.settings`."""
    return {
        "USER_AGENT": f"{polite.USER_AGENT} (+{contact})" if contact else polite.USER_AGENT,
        # Without any delay Scrapy 2.19 starts all that waits for a host at once, whatever the limit.
        "DOWNLOAD_DELAY": max(delay, SHORTEST_DELAY),
        "AUTOTHROTTLE_ENABLED": delay > 0,
        "AUTOTHROTTLE_START_DELAY": delay,
        "BOUNDS": bounds,
        # Enough that every site has one on its way and one waiting: only its own pace holds a site up.
        "CONCURRENT_REQUESTS": max(16, 2 * sites),
        "DOWNLOAD_MAXSIZE": bounds.page_bytes,
        "DOWNLOAD_TIMEOUT": bounds.page_seconds,
    }


@dataclass
class _Listener:
    """Acts on the child's news, each a pair of a kind and a value."""

    report: CrawlReport
    on_meeting: OnMeeting
    known: Known | None
    due: Due | None
    on_progress: OnProgress | None
    on_decision: OnMeeting | None
    on_problem: OnProblem | None

    def listen(self, child: Connection) -> None:
        """Follow the crawl until the child closes its end."""
        for kind, value in _news(child):
            if kind == "known":
                child.send(self.known(*value) if self.known else None)
            elif kind == "due":
                child.send(self.due(*value) if self.due else True)
            else:
                getattr(self, f"_{kind}")(value)
        if self.report.state == "died":
            message = "the crawler ended without finishing; what was loaded stays: see its last words above, run again"
            self.report.problems.append(Problem("", "", "crawler_died", message))

    def _count(self, value: tuple[str, int]) -> None:
        what, number = value
        setattr(self.report, what, getattr(self.report, what) + number)

    def _visit(self, value: tuple[Place, dict[str, Any]]) -> None:
        place, counted = value
        self.report.visit(place).add(counted)

    def _meeting(self, meeting: dict[str, Any]) -> None:
        self.on_meeting(meeting)
        self.report.meetings_loaded += 1
        papers = [paper for paper in meeting["documents"] if paper["role"] not in PAGES and not paper["error"]]
        place = (meeting["authority"], meeting["committee"]["name"])
        self.report.visit(place).add({"loaded": 1, "documents": len(papers)})
        if self.on_progress:
            done = self.report.meetings_loaded + self.report.meetings_withheld
            total = self.report.meetings_listed - self.report.meetings_not_due
            self.on_progress(done, total, f"{meeting['committee']['name']}, {meeting['date']}")

    def _decision(self, decision: dict[str, Any]) -> None:
        if self.on_decision:
            self.on_decision(decision)
            self.report.decisions_loaded += decision["meeting_id"] is None

    def _withheld(self, value: tuple[str, str]) -> None:
        self.report.withheld.append(value)
        self.report.meetings_withheld += 1

    def _problem(self, value: dict[str, str]) -> None:
        problem = Problem(**value)
        self.report.problems.append(problem)
        if self.on_problem:
            self.on_problem(problem)

    def _note(self, value: dict[str, str]) -> None:
        self.report.notes.append(Problem(**value))

    def _state(self, value: Literal["finished"]) -> None:
        self.report.state = value


def _news(child: Connection) -> Iterator[tuple[str, Any]]:
    """What the child says until it ends, in whichever way."""
    with suppress(EOFError, OSError):
        while True:
            yield child.recv()


def _crawl(job: Job, parent: Connection) -> None:
    """The child: crawl, and tell the parent of everything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    # Imported here, so that the parent never waits for Scrapy.
    from scrapy.crawler import AsyncCrawlerProcess, Crawler
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("minutebook.crawlers.settings", priority="project")
    settings.setdict(job.settings, priority="project")  # a spider may say otherwise
    process = AsyncCrawlerProcess(settings)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _die_with_parent()
    crawlers = []
    for spider, manners, authorities in _groups(job):
        crawler = Crawler(process.spider_loader.load(spider), settings.copy())
        crawler.settings.setdict(manners, priority=OVER_ALL)
        crawlers.append(crawler)
        process.crawl(
            crawler,
            authorities=authorities,
            archive=job.archive,
            since=job.since,
            until=job.until,
            tell=lambda kind, value: parent.send((kind, value)),
            known=lambda *what: _ask(parent, "known", what),
            due=lambda *what: _ask(parent, "due", what),
        )
    process.start(install_signal_handlers=False)
    if all(crawler.stats.get_value("finish_reason") == "finished" for crawler in crawlers):
        parent.send(("state", "finished"))


def _groups(job: Job) -> Iterator[tuple[str, dict[str, Any], list[Authority]]]:
    """The authorities that one crawler can visit, with its spider and settings: Scrapy's are for a whole crawler."""
    alike = attrgetter("system", "verify_tls", "delay")
    for (system, verify_tls, delay), authorities in groupby(sorted(job.authorities, key=alike), alike):
        delay = max(delay, job.settings["DOWNLOAD_DELAY"])
        yield (
            job.spider or system,
            {"DOWNLOAD_VERIFY_CERTIFICATES": verify_tls, "DOWNLOAD_DELAY": delay},
            list(authorities),
        )


def _ask(parent: Connection, kind: str, what: tuple[Any, ...]) -> Any:
    parent.send((kind, what))
    return parent.recv()


def _die_with_parent() -> None:
    """No orphan goes on asking a council's server for pages after its parent was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        asyncio.get_event_loop().add_reader(parent.sentinel, os._exit, 1)
