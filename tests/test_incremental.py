"""A night fetches what can have changed, once, and goes on where the last one was cut short."""

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutebook import crawling
from minutebook.crawlers.archive import UNFINISHED, Archive
from minutebook.crawlers.run import crawl
from minutebook.fixtures import AUTHORITY
from minutebook.fixtures.county import county
from minutebook.fixtures.server import CountyServer
from minutebook.manners import Manners
from minutebook.models.base import stable_id
from minutebook.models.load import load_meeting
from minutebook.models.rounds import Round, end_sweep, fresh_since, note_fetched, sweeps_due
from minutebook.models.runs import finish_run, start_run
from minutebook.models.store import open_store

MINUTEBOOK = [sys.executable, "-m", "minutebook.pipeline"]
EVERY_MEETING = {str(meeting.id) for meeting in county().meetings}
LATER = "9999-01-01T00:00:00+00:00"
NEAR = (date(2026, 2, 1), date(2026, 4, 1))


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


# --- what is due --------------------------------------------------------------------------------------------------


def test_what_is_near_is_always_due(session, make) -> None:
    """A meeting near today is asked for each night, whatever is known of it; one never fetched is too."""
    load_meeting(session, make.meeting("1", "2026-02-12", documents=[make.document("g1", role="minutes")]))
    note_fetched(session, "northmere", "1")
    night = Round(session, LATER, NEAR)
    assert night.due("meeting", "northmere", "1", date(2026, 2, 12))
    assert night.due("meeting", "northmere", "never seen", date(2020, 1, 1))


def test_older_meetings_are_due_until_their_minutes_appear(session, make) -> None:
    """Beyond the window only those without minutes are asked again, but not the cancelled."""
    load_meeting(session, make.meeting("1", "2026-01-12", documents=[make.document("g1", role="minutes")]))
    load_meeting(session, make.meeting("2", "2026-01-13", documents=[make.document("g2", role="agenda")]))
    load_meeting(session, make.meeting("3", "2026-01-14", status="cancelled"))
    for number in ("1", "2", "3"):
        note_fetched(session, "northmere", number)
    night = Round(session, LATER, NEAR)
    assert [False, True, False] == [
        night.due("meeting", "northmere", number, date(2026, 1, 12)) for number in ("1", "2", "3")
    ]


def test_what_an_interrupted_run_fetched_is_not_due(session) -> None:
    """The next run takes the night to have begun with the one that was cut short, and no earlier."""
    finish_run(session, start_run(session, "crawl"), "finished")
    time.sleep(1.1)  # runs are told apart by the second
    note_fetched(session, "northmere", "before")
    time.sleep(1.1)
    start_run(session, "crawl")
    note_fetched(session, "northmere", "1")
    night = Round(session, fresh_since(session, start_run(session, "crawl")), NEAR)
    assert [True, False] == [night.due("meeting", "northmere", number, NEAR[0]) for number in ("before", "1")]


def test_a_sweep_asks_for_each_meeting_once(session) -> None:
    """In the week's sweep all is due that was not fetched since it began; when it has ended, the week counts."""
    note_fetched(session, "northmere", "old")
    assert {"northmere"} == sweeps_due(session, ["northmere"], 7)
    note_fetched(session, "northmere", "new")
    sweep = Round(session, LATER, NEAR, sweep=True)
    assert [True, False] == [sweep.due("meeting", "northmere", number, date(2020, 1, 1)) for number in ("old", "new")]
    assert {"northmere"} == sweeps_due(session, ["northmere"], 7)
    assert not sweep.due("meeting", "northmere", "new", date(2020, 1, 1))
    end_sweep(session, "northmere")
    assert set() == sweeps_due(session, ["northmere"], 7)
    assert {"northmere"} == sweeps_due(session, ["northmere"], 0)


# --- nights -------------------------------------------------------------------------------------------------------


def _night(server: CountyServer, folder: Path, today: date, **manners: Any) -> list[str]:
    """What a night on that day asks the site for."""
    server.requests.clear()
    with open_store(f"sqlite:///{folder / 'store.db'}") as session:
        keeping = crawling.Keeping(session, folder / "archive", folder / "cache")
        authority = {**AUTHORITY, "base_url": server.base_url}
        report = crawling.run(keeping, [authority], None, None, Manners(delay=0, **manners), today=today)
    assert ("finished", []) == (report.state, report.problems)
    assert len(server.requests) == report.requests
    assert report.meetings_listed == report.meetings_loaded + report.meetings_withheld + report.meetings_not_due
    return [target for _, target, _ in server.requests]


def _meetings(asked: list[str]) -> set[str]:
    return {found[1] for target in asked if (found := re.search(r"lMeetingId=(\d+)", target))}


def test_a_night_asks_for_nothing_that_no_rule_calls_for(server: CountyServer, tmp_path: Path) -> None:
    """After the first sweep a night costs robots.txt, the lists, and the meetings that are near or lack their minutes."""
    day = date(2026, 5, 20)
    assert EVERY_MEETING == _meetings(_night(server, tmp_path, day))
    asked = _night(server, tmp_path, day)
    near = {str(meeting.id) for meeting in county().meetings if abs((meeting.date - day).days) <= 35}
    without_minutes = {
        str(meeting.id)
        for meeting in county().meetings
        if 35 < (day - meeting.date).days <= 91 and meeting.status != "Cancelled" and not meeting.has_minutes
    }
    assert near | without_minutes == _meetings(asked)
    assert 0 < len(_meetings(asked)) < len(EVERY_MEETING)
    lists = [target for target in asked if "GetCommittees" in target or "GetMeetings?" in target]
    committees = [committee for committee in county().committees if not committee.deleted and not committee.expired]
    pages = [target for target in asked if re.search(r"GetMeeting\?|ieListDocuments|/documents/|mgConvert", target)]
    assert 1 + len(committees) == len(lists)
    assert 1 + len(lists) + len(pages) == len(asked)
    assert len(set(asked)) == len(asked)


def test_after_a_week_everything_is_asked_for_again(server: CountyServer, tmp_path: Path) -> None:
    """A sweep is due when its days are over."""
    _night(server, tmp_path, date(2026, 5, 20))
    assert EVERY_MEETING == _meetings(_night(server, tmp_path, date(2026, 5, 20), sweep_days=0))


def test_dates_that_are_asked_for_are_asked_for(server: CountyServer, tmp_path: Path) -> None:
    """A back-fill between two days asks for every meeting between them, however often it was fetched."""
    _night(server, tmp_path, date(2026, 5, 20))
    server.requests.clear()
    with open_store(f"sqlite:///{tmp_path / 'store.db'}") as session:
        keeping = crawling.Keeping(session, tmp_path / "archive", tmp_path / "cache")
        authority = {**AUTHORITY, "base_url": server.base_url}
        crawling.run(keeping, [authority], date(2026, 1, 1), date(2026, 3, 31), Manners(delay=0))
    within = {str(m.id) for m in county().meetings if date(2026, 1, 1) <= m.date <= date(2026, 3, 31)}
    assert within == _meetings([target for _, target, _ in server.requests])


def test_a_killed_crawl_goes_on_without_fetching_twice(tmp_path: Path) -> None:
    """After kill -9 the next run asks for every meeting but those that were stored; then all are there."""
    with CountyServer(delay=0.05) as server:
        entry = "\n".join(f'{key} = "{value}"' for key, value in {**AUTHORITY, "base_url": server.base_url}.items())
        (tmp_path / "minutebook.toml").write_text(f"[[authorities]]\n{entry}\n[crawl]\ndelay = 0\n")
        process = subprocess.Popen([*MINUTEBOOK, "crawl"], cwd=tmp_path, stderr=subprocess.DEVNULL)
        store = tmp_path / "data" / "store.db"
        while not _stored(store):
            time.sleep(0.02)
        process.kill()
        process.wait()
        stored = _stored(store)
        server.requests.clear()
        again = subprocess.run([*MINUTEBOOK, "crawl"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 0 == again.returncode, again.stderr
    assert EVERY_MEETING - stored == _meetings([target for _, target, _ in server.requests])
    assert EVERY_MEETING == _stored(store)


def _stored(store: Path) -> set[str]:
    """The meetings that count as fetched."""
    ids = {stable_id("meeting", AUTHORITY["code"], number): number for number in EVERY_MEETING}
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
            return {ids[key] for (key,) in connection.execute("SELECT id FROM fetched")}
    except sqlite3.OperationalError:
        return set()  # not there yet


# --- bytes --------------------------------------------------------------------------------------------------------


def test_what_a_site_confirms_is_not_sent_again(tmp_path: Path) -> None:
    """Where there are validators the second crawl is answered with 304, and gives the same meetings and no new file."""
    authority = {**AUTHORITY}
    with CountyServer(validators=True) as server:
        authority["base_url"] = server.base_url
        found: list[list[dict[str, Any]]] = [[], []]
        for meetings in found:
            report = crawl([authority], Archive(tmp_path / "a"), meetings.append, delay=0, cache=tmp_path / "c")
            assert [] == report.problems
        kept = r"GetMeeting\?|ieListDocuments|/documents/|mgConvert"
        assert {target for _, target, _ in server.requests if re.search(kept, target)} == set(server.confirmed)
        assert (0, 0) == (report.documents_fetched, sum(visit.new for visit in report.visits.values()))
        hashes = [{d["source_id"]: d["sha256"] for m in meetings for d in m["documents"]} for meetings in found]
        assert hashes[0] == hashes[1]


def test_a_site_that_fails_is_not_answered_for(tmp_path: Path) -> None:
    """What was good yesterday does not hide that the site gives nothing but errors today."""
    with CountyServer(validators=True) as server:
        authority = {**AUTHORITY, "base_url": server.base_url}
        crawl([authority], Archive(tmp_path / "a"), print, delay=0, cache=tmp_path / "c")
        server.fail("GetCommittees", status=500)
        report = crawl([authority], Archive(tmp_path / "a"), print, delay=0, cache=tmp_path / "c")
        assert ["http_500"] == [problem.code for problem in report.problems]
    report = crawl([authority], Archive(tmp_path / "a"), print, delay=0, cache=tmp_path / "c")
    assert ["refused"] == [problem.code for problem in report.problems]


def test_bytes_that_changed_are_kept_beside_the_old(tmp_path: Path) -> None:
    """A document replaced in place has a new validator, and is fetched."""
    with CountyServer(validators=True) as server:
        authority = {**AUTHORITY, "base_url": server.base_url}
        crawl([authority], Archive(tmp_path / "a"), lambda meeting: None, delay=0, cache=tmp_path / "c")
        server.fail("documents/g4101/", status=200, body=b"%PDF-1.7 approved")
        meetings: list[dict[str, Any]] = []
        report = crawl([authority], Archive(tmp_path / "a"), meetings.append, delay=0, cache=tmp_path / "c")
    assert 1 == report.documents_fetched
    [document] = [d for m in meetings for d in m["documents"] if d["source_id"] == "g4101:T1"]
    assert b"%PDF-1.7 approved" == Archive(tmp_path / "a").get(document["sha256"])


def test_the_head_of_a_file_tells_its_type_and_size(tmp_path: Path) -> None:
    """What a held document is, is told without reading it."""
    archive = Archive(tmp_path)
    sha256 = archive.put(b"%PDF-1.7" + bytes(10**6))
    assert (b"%PDF", 10**6 + 8) == archive.head(sha256, 4)


def test_what_killed_writers_left_is_removed(tmp_path: Path) -> None:
    """Half-written files go when the archive is tidied; what is kept stays."""
    archive = Archive(tmp_path)
    sha256 = archive.put(b"hello")
    left = tmp_path / sha256[:2] / f"{UNFINISHED}abc"
    left.write_bytes(b"hel")
    archive.tidy()
    assert (False, True) == (left.exists(), sha256 in archive)
