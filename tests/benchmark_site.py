"""`make bench`, the part "The site": how long pages take on an invented site of a million facts, and how big they are.

One process serves, one reader reads. The bare select asks SQLite for what the page shows, without Datasette, HTML or HTTP.
A page that is built later joins by a line in PAGES; of one that is not there yet, that is said.
"""

from __future__ import annotations

import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urljoin

import httpx

from minutebook.models.publish import build_file
from minutebook.models.site import SITE_FILE, prepare_site, site_command
from minutebook.models.tables import Table

# Rows by table, in thousandths of the facts: attendances to interests are the facts
SHARES = {
    "authorities": 0.02, "committees": 0.4, "meetings": 20, "agenda_items": 150, "documents": 40, "people": 5,
    "attendances": 400, "resolutions": 350, "recommendations": 100, "actions": 120, "interests": 30,
    "recorded_votes": 10, "delegated_decisions": 5, "completeness": 0.3, "troubles": 0.02, "gaps": 0.5, "runs": 0.05,
    "tallies": 7.5, "pages": 100, "evidence": 1000,
}  # fmt: skip
FACTS = ("attendances", "resolutions", "recommendations", "actions", "interests")
OUTCOMES = ("carried", "carried", "carried", "noted", "noted", "lost", "refused", "deferred")
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we yo".split()
NEWEST = "order by meeting_date desc, id limit 50"
ROUNDS = 40
# What it is, its address, and the bare select of what it shows; {names} are drawn anew each time
PAGES = (
    ("home", "/", "select (select count(*) from resolutions), (select count(*) from meetings)"),
    ("search everything", "/search?q={word}", "select rowid from resolutions_fts where resolutions_fts match '{word}' limit 50"),
    ("decisions", "/minutebook/resolutions", f"select * from resolutions {NEWEST}"),
    ("decisions, refused, of an authority", "/minutebook/resolutions?outcome=refused&authority={authority}",
     f"select * from resolutions where outcome = 'refused' and authority = '{{authority}}' {NEWEST}"),
    ("decisions of a committee", "/minutebook/resolutions?committee={committee}",
     f"select * from resolutions where committee = '{{committee}}' {NEWEST}"),
    ("decisions found by a word", "/minutebook/resolutions?_search={word}",
     f"select * from resolutions where id in (select rowid from resolutions_fts where resolutions_fts match '{{word}}') {NEWEST}"),
    ("decisions, page 2 by date", "/minutebook/resolutions?_sort_desc=meeting_date&_next=2020-06-01,1",
     f"select * from resolutions where meeting_date <= '2020-06-01' {NEWEST}"),
    ("attendance", "/minutebook/attendances", f"select * from attendances {NEWEST}"),
    ("actions of an owner", "/minutebook/actions?owner={person}", f"select * from actions where owner = '{{person}}' {NEWEST}"),
    ("a meeting", "/minutebook/meetings/{meeting}", "select * from resolutions where meeting_id = {meeting}"),
    ("a decision", "/minutebook/resolutions/{resolution}", "select * from resolutions where id = {resolution}"),
    ("evidence", "/evidence/{evidence}", "select * from evidence join pages on pages.id = page_id where evidence.id = {evidence}"),
    ("an authority", "/minutebook/authorities/{authority_id}", "select * from meetings where authority_id = {authority_id} limit 50"),
    ("a committee", "/minutebook/committees/{committee_id}", "select * from meetings where committee_id = {committee_id} limit 50"),
    ("health", "/health", "select * from completeness"),
    ("a ready question", "/minutebook/decisions_mentioning?words={word}",
     f"select * from resolutions where id in (select rowid from resolutions_fts where resolutions_fts match '{{word}}') {NEWEST}"),
    ("feed of a search", "/minutebook/resolutions.atom?_search={word}&_sort_desc=found_on&_size=200",
     "select * from resolutions where id in (select rowid from resolutions_fts where resolutions_fts match '{word}') order by found_on desc, id limit 200"),
    ("calendar of a committee", "/calendar.ics?committee={committee}", "select * from meetings where committee = '{committee}'"),
    ("downloads", "/downloads", "select 1"),
)  # fmt: skip


class County:
    """The rows of an invented county of so many facts, the same for the same seed."""

    def __init__(self, facts: int) -> None:
        self.count = {table: max(3, int(share * facts / 1000)) for table, share in SHARES.items()}
        rng = Random(6)  # noqa: S311 invented, and the same each time
        self.words = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(3000)]
        weights = [1 / (place + 5) for place in range(3000)]  # as words of a language are spread
        self.texts = [" ".join(rng.choices(self.words, weights, k=500)) for _ in range(500)]

    def key(self, table: str, number: int) -> int:
        """An id as ours are: of 53 bits, in no order."""
        return (number * 6_364_136_223_846_793_005 + zlib.crc32(table.encode())) % 9_007_199_254_740_881

    def quote(self, number: int) -> tuple[int, str]:
        """Where the words of a fact begin in its page, and the words."""
        text = self.texts[number % self.count["pages"] % len(self.texts)]
        start = text.index(" ", number * 37 % 2000) + 1
        return start, text[start : text.index(" ", start + 150)]

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """The rows of a table in order of id."""
        names = [(str(column.key), column.type.python_type) for column in table.rows.selected_columns]
        numbers = sorted(range(self.count[table.name]), key=lambda number: self.key(table.name, number))
        for number in numbers:
            yield {name: self.cell(table, name, kind, number) for name, kind in names}

    def cell(self, table: Table, name: str, kind: type, number: int) -> Any:
        """One cell: what it is called says what it holds."""
        if name == "id":
            return self.key(table.name, number)
        if table.name == "evidence" and name in table.references:
            return self.of_evidence(name, table.references[name], number)
        if name in table.references:
            return self.key(table.references[name], self.place(table, table.references[name], number))
        if name in self.makers:
            return self.makers[name](self, table, number)
        return number % 7 if kind in (int, float, bool) else None

    def of_evidence(self, name: str, other: str, number: int) -> int | None:
        """Each piece of evidence is of one fact."""
        if name in ("document_id", "page_id"):
            return self.key(other, number % self.count[other])
        first = 0
        for fact in FACTS:
            if other == fact and first <= number < first + self.count[fact]:
                return self.key(fact, number - first)
            first += self.count[fact]
        return None

    def place(self, table: Table, other: str, number: int) -> int:
        """Which meeting, committee or authority a row belongs to: each is of the next."""
        if other in ("people", "meetings"):
            return number % self.count[other]
        if "meeting_id" in table.references:
            number %= self.count["meetings"]
        return (
            number % self.count["committees"]
            if other == "committees"
            else number % self.count["committees"] % self.count[other]
        )

    def day(self, number: int, first: int = 2012, years: int = 15) -> str:
        """A day."""
        return f"{first + number * 7 % years}-{1 + number * 11 % 12:02}-{1 + number * 13 % 28:02}"

    def committee(self, number: int) -> str:
        """The name of a committee."""
        number %= self.count["committees"]
        return f"{self.words[number].title()} Committee"

    def person(self, number: int) -> str:
        """The name of a person."""
        number %= self.count["people"]
        return f"{self.words[number % 900].title()} {self.words[900 + number % 2000].title()}"

    def evidence_of(self, table: Table, number: int) -> int:
        """The first evidence of a fact."""
        return self.key("evidence", number + sum(self.count[fact] for fact in FACTS[: FACTS.index(table.name)]))

    def authority(self, table: Table, number: int) -> str:
        """The name of the authority of a row."""
        return f"{self.words[self.place(table, 'authorities', number)].title()} District Council"

    makers: dict[str, Callable[[County, Table, int], Any]] = {  # noqa: RUF012 set once
        "text": lambda c, t, n: c.texts[n % len(c.texts)] if t.name == "pages" else c.quote(n)[1],
        "quote": lambda c, t, n: c.quote(n)[1],
        "start": lambda c, t, n: c.quote(n)[0],
        "end": lambda c, t, n: sum(map(len, c.quote(n)[1:])) + c.quote(n)[0],
        "title": lambda c, t, n: f"{c.committee(n)}, {c.day(n)}",
        "document": lambda c, t, n: f"Printed minutes of the {c.committee(n)}",
        "name": lambda c, t, n: {"authorities": c.authority, "committees": lambda t, n: c.committee(n)}.get(
            t.name, lambda t, n: c.person(n)
        )(t, n),
        "owner": lambda c, t, n: c.person(n),
        "authority": lambda c, t, n: c.authority(t, n),
        "committee": lambda c, t, n: c.committee(n % c.count["meetings"]),
        "meeting_date": lambda c, t, n: c.day(n % c.count["meetings"]),
        "year": lambda c, t, n: int(c.day(n % c.count["meetings"])[:4]),
        "found_on": lambda c, t, n: c.day(n, 2026, 1),
        "fetched_at": lambda c, t, n: c.day(n, 2026, 1) + "T02:00:00+00:00",
        "decided": lambda c, t, n: c.day(n),
        "outcome": lambda c, t, n: OUTCOMES[n % len(OUTCOMES)],
        "value": lambda c, t, n: OUTCOMES[n // 5 % len(OUTCOMES)],
        "kind": lambda c, t, n: FACTS[n % 5] if t.name == "tallies" else None,
        "state": lambda c, t, n: "finished",
        "started_at": lambda c, t, n: c.day(n, 2026, 1) + "T02:00:00+00:00",
        "status": lambda c, t, n: ("present", "present", "present", "apologies", "in_attendance")[n % 5],
        "confidence": lambda c, t, n: 0.9 + n % 10 / 100,
        "time": lambda c, t, n: "18:30",
        "page": lambda c, t, n: 1 + n % 9,
        "sha256": lambda c, t, n: f"{n % c.count['documents']:064x}",
        "source_url": lambda c, t, n: f"https://democracy.northmere.example/documents/{n}.pdf#page={1 + n % 9}",
        "item_title": lambda c, t, n: " ".join(c.words[n % 2900 : n % 2900 + 4]).capitalize(),
        "evidence_id": lambda c, t, n: c.evidence_of(t, n),
        "message": lambda c, t, n: "Nothing new has been listed there for a year.",
    }

    def draw(self, rng: Random) -> dict[str, Any]:
        """What stands in the addresses: a word that is neither rare nor everywhere, a place, some ids."""
        ids = {
            name.rstrip("s"): self.key(name, rng.randrange(self.count[name])) for name in ("meetings", "resolutions")
        }
        number = rng.randrange(self.count["committees"])
        places = {f"{name}_id": self.key(table, number % self.count[table]) for name, table in
                  (("authority", "authorities"), ("committee", "committees"))}  # fmt: skip
        authority = f"{self.words[number % self.count['authorities']].title()} District Council"
        named = {
            "authority": authority,
            "committee": self.committee(number),
            "person": self.person(rng.randrange(5000)),
        }
        return ids | places | named | {
            "word": self.words[rng.randint(20, 400)],
            "evidence": self.key("evidence", rng.randrange(self.count["evidence"])),
        }  # fmt: skip


@contextmanager
def served(site: Path) -> Iterator[str]:
    """A real Datasette on loopback; gives its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = site_command(site, port)
    with subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while server.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def first_view(client: httpx.Client, answer: httpx.Response) -> int:
    """Bytes of a page with the styles and scripts it names, not compressed, without images."""
    linked = re.findall(r'<(?:link rel="stylesheet"[^>]* href|script[^>]* src)="([^"]+)"', answer.text)
    return len(answer.content) + sum(len(client.get(urljoin(str(answer.url), link)).content) for link in linked)


def timed(run: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - began)


def measure(site: Path, county: County) -> None:
    """The table: a line a page."""
    print("| page | median, ms | 95th percentile, ms | x the bare select | first view, kB |\n|---|---|---|---|---|")
    with served(site) as base, httpx.Client(base_url=base, timeout=120) as client, closing(
        sqlite3.connect(site / SITE_FILE)
    ) as connection:  # fmt: skip
        for name, address, sql in PAGES:
            drawn = [county.draw(Random(number)) for number in range(ROUNDS + 2)]  # noqa: S311 as above
            paths = [address.format(**{key: quote(str(value)) for key, value in each.items()}) for each in drawn]
            answer = [client.get(path) for path in paths[:2]][-1]
            if answer.status_code != 200:
                print(f"| {name} | not there: {answer.status_code} | | | |", flush=True)
                continue
            times = [timed(partial(client.get, path)) for path in paths[2:]]
            asked = [sql.format(**each) for each in drawn[2:]]
            bare = [timed(lambda question=question: connection.execute(question).fetchall()) for question in asked]
            middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            ratio, size = middle / statistics.median(bare), first_view(client, answer) / 1000
            print(f"| {name} | {middle:.0f} | {slow:.0f} | {ratio:,.1f} | {size:.0f} |", flush=True)


def the_site(facts: int = 1_000_000, folder: Path | None = None) -> None:
    """Print the part of the report; in a `folder` that is kept, the site is built once."""
    county = County(facts)
    with tempfile.TemporaryDirectory() as short:
        site = folder or Path(short)
        site.mkdir(parents=True, exist_ok=True)
        if not (site / SITE_FILE).exists():
            began = time.perf_counter()
            build_file(site / SITE_FILE, site, county.rows)
            print(f"Built in {time.perf_counter() - began:.0f} s.", file=sys.stderr)
        prepare_site(site)
        size = (site / SITE_FILE).stat().st_size / 1e9
        print(f"An invented site of {facts:,} facts, {size:.1f} GB; one process serves, one reader reads.\n")
        measure(site, county)


if __name__ == "__main__":  # python tests/benchmark_site.py 100000 /tmp/kept
    the_site(*[int(word) for word in sys.argv[1:2]], *[Path(word) for word in sys.argv[2:3]])
