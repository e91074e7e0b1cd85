"""`make bench-night`: two nights over many councils, 2 % of whose meetings change. Prints docs/night.md.

Each council has an address of its own on loopback (127.1.0.1 and on), so that only its own pace holds it up, as on the
web; its website is that of the invented county. The server is a process of its own.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import platform
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from ipaddress import IPv4Address
from multiprocessing.forkserver import _forkserver  # type: ignore[attr-defined]
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from threading import Event, Thread
from typing import Any

from sqlalchemy import func, select

from minutebook import crawling
from minutebook.crawlers.report import CrawlReport
from minutebook.fixtures.county import county
from minutebook.fixtures.site import PREFIX, answer
from minutebook.manners import Manners
from minutebook.models.base import Base
from minutebook.models.runs import Run, RunError
from minutebook.models.store import open_store

COUNCILS = int(os.environ.get("COUNCILS", "300"))  # fewer, for a try
CHANGED = 50  # one in so many meetings changes between the nights: 2 %
PORT = 8765
DAY = date(2026, 5, 20)
DELAY = 1.0  # seconds
TEXT = """# A night over many councils

Made by `make bench-night`. {councils} invented councils, each at an address of its own, {delay:g} s between two requests to one; of
the meetings near the day, 2 % change between the first night and the second. CPU and memory are those of the crawler and of
the process that loads what it finds; the server has a process of its own.

Here: {machine}, {cores} cores, Python {python}.

| night | requests | by the rules | meetings loaded | new versions of documents | seconds | by the delay alone | ms of CPU a response | MB, crawler | MB, loader |
|---|---|---|---|---|---|---|---|---|---|
{rows}

The third is the second run again the same night: rows and files before and after are the same ({same}).
"""


def address(number: int) -> str:
    """The address of a council's server."""
    return str(IPv4Address("127.1.0.1") + number)


@dataclass
class Night:
    """What one run cost. Times are in seconds, memory in MB."""

    report: CrawlReport
    seconds: float
    cpu: float
    crawler: int
    loader: int

    def row(self, name: str, expected: int | None, changed: int) -> str:
        """A line of the table."""
        asked = self.report.requests
        pace = asked / COUNCILS * DELAY
        figures = (
            name,
            f"{asked:,}",
            f"{expected:,}" if expected else "",
            f"{self.report.meetings_loaded:,}",
            f"{changed:,}",
            f"{self.seconds:.0f}",
            f"{pace:.0f}",
            f"{1000 * self.cpu / asked:.1f}",
            str(self.crawler),
            str(self.loader),
        )
        return f"| {' | '.join(figures)} |"


# --- the councils ---------------------------------------------------------------------------------------------------


def serve(night: Synchronized[int], ready: Any) -> None:
    """Answer for every council; from the second night on some meetings' pages differ."""

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                target = head.split(b" ", 2)[1].decode()
                host = writer.get_extra_info("sockname")[0]
                writer.write(_answer(target, host, night.value))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> None:
        hosts = [address(number) for number in range(COUNCILS)]
        server = await asyncio.start_server(respond, hosts, PORT, backlog=512)
        ready.set()
        await server.serve_forever()

    asyncio.run(run())


def _answer(target: str, host: str, night: int) -> bytes:
    given = answer(target, f"http://{host}:{PORT}")
    body = given.body
    if night > 1 and "ieListDocuments" in target and changes(host, target):
        body += f"<!-- amended at {host} -->".encode()
    head = f"HTTP/1.1 {given.status} {HTTPStatus(given.status).phrase}\r\nContent-Type: {given.media_type}\r\n"
    head += f"Content-Length: {len(body)}\r\n" + (f"Location: {given.location}\r\n" if given.location else "")
    return head.encode() + b"\r\n" + body


def changes(host: str, target: str) -> bool:
    """Whether a meeting is one of the 2 %."""
    return sum(f"{host}{target}".encode()) % CHANGED == 0


@contextmanager
def councils() -> Iterator[Synchronized[int]]:
    """The websites, and the number of the night they are in."""
    fork = multiprocessing.get_context("fork")
    night, ready = fork.Value("i", 1), fork.Event()
    server = fork.Process(target=serve, args=(night, ready), daemon=True)
    server.start()
    ready.wait(30)
    try:
        yield night
    finally:
        server.terminate()


# --- the nights -----------------------------------------------------------------------------------------------------


def visit(folder: Path) -> Night:
    """One run over all of them."""
    authorities = [
        {
            "code": f"C{n}",
            "name": f"Council {n}",
            "system": "moderngov",
            "base_url": f"http://{address(n)}:{PORT}{PREFIX}",
        }
        for n in range(COUNCILS)
    ]
    with open_store(f"sqlite:///{folder / 'store.db'}") as session, crawlers_memory() as most:
        before, began = _cpu(), time.monotonic()
        keeping = crawling.Keeping(session, folder / "archive", folder / "cache")
        report = crawling.run(keeping, authorities, None, None, Manners(delay=DELAY), today=DAY)
        seconds, cpu = time.monotonic() - began, _cpu() - before
    return Night(report, seconds, cpu, max(most), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def _cpu() -> float:
    """Seconds of this process, and of the crawlers that have ended."""
    ours = resource.getrusage(resource.RUSAGE_SELF)
    if not forkserver_pid():
        return ours.ru_utime + ours.ru_stime
    fields = Path(f"/proc/{forkserver_pid()}/stat").read_text("utf-8").rpartition(")")[2].split()
    return ours.ru_utime + ours.ru_stime + sum(map(int, fields[13:15])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def crawlers_memory() -> Iterator[list[int]]:
    """The most that a crawler held, in MB, looked up every half second."""
    most, over = [0], Event()

    def look() -> None:
        while not over.wait(0.5):
            with suppress(OSError, IndexError):  # a crawler that has just ended
                children = Path(f"/proc/{forkserver_pid()}/task/{forkserver_pid()}/children").read_text("utf-8")
                for child in children.split():
                    status = Path(f"/proc/{child}/status").read_text("utf-8")
                    most.append(int(status.partition("VmHWM:")[2].split(None, 1)[0] or 0) // 1024)

    watch = Thread(target=look, daemon=True)
    watch.start()
    try:
        yield most
    finally:
        over.set()
        watch.join()


def forkserver_pid() -> int:
    """The process that crawlers are children of."""
    return int(_forkserver._forkserver_pid or 0)  # type: ignore[attr-defined]


def by_the_rules() -> int:
    """Requests of a night after the first, counted from what the county has: see `docs/operating.md`.

    robots.txt, the committees, the meetings of each that still meets; of each meeting that is near, or whose minutes
    are missing, what the web service states, its page, and those papers that have no number of their own.
    """
    committees = [committee for committee in county().committees if not committee.deleted and not committee.expired]
    meetings = 0
    for meeting in county().meetings:
        age = DAY - meeting.date
        missing = meeting.status != "Cancelled" and not (meeting.has_minutes or 1 in meeting.prints)
        if abs(age) <= timedelta(35) or (timedelta(35) < age <= timedelta(91) and missing):
            meetings += 2 + sum(code in (0, 1, 2) for code in meeting.prints)
    return COUNCILS * (2 + len(committees) + meetings)


def contents(folder: Path) -> Counter[str]:
    """How many rows each table has, but those that log runs, and how many files the archive holds."""
    skipped = {Run.__tablename__, RunError.__tablename__, "visits"}
    with open_store(f"sqlite:///{folder / 'store.db'}", readonly=True) as session:
        found = Counter(
            {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
                if table.name not in skipped
            }
        )
    found["files"] = sum(len(files) for _, _, files in os.walk(folder / "archive"))
    return found


def main() -> None:
    """Print the report."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name, councils() as night:
        folder = Path(name)
        first = visit(folder)
        before = contents(folder)
        night.value = 2
        second = visit(folder)
        after = contents(folder)
        third = visit(folder)
        again = contents(folder)
    grown = [before["files"], after["files"] - before["files"], again["files"] - after["files"]]
    rows = [
        first.row("first, everything", None, grown[0]),
        second.row("second, what can have changed", by_the_rules(), grown[1]),
        third.row("third", by_the_rules(), grown[2]),
    ]
    print(
        TEXT.format(
            councils=COUNCILS,
            delay=DELAY,
            machine=platform.machine(),
            cores=os.cpu_count(),
            python=platform.python_version(),
            rows="\n".join(rows),
            same="yes" if after == again else f"no: {dict(again - after)}",
        ),
        end="",
    )
    for each in (first, second, third):
        for problem in each.report.problems[:5]:
            print(problem, file=sys.stderr)


if __name__ == "__main__":
    main()
