"""Complete, and known to be: what each visit gave, how complete a year is, and which sources look broken."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.run import crawl
from minutebook.fixtures import AUTHORITY
from minutebook.fixtures.county import county
from minutebook.fixtures.server import CountyServer
from minutebook.models.load import load_facts, load_meeting
from minutebook.models.runs import finish_run, start_run
from minutebook.models.status import status
from minutebook.models.troubles import note_troubles, troubles
from minutebook.models.visits import record_visits

MINUTEBOOK = [sys.executable, "-m", "minutebook.pipeline"]
TODAY = date(2026, 3, 1)


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


# --- what a visit counts ------------------------------------------------------------------------------------------


def test_a_visit_is_counted_by_committee(server: CountyServer, tmp_path: Path) -> None:
    """Meetings, answers, statuses and bytes of each committee add up to those of the whole crawl."""
    authority = {**AUTHORITY, "base_url": server.base_url}
    server.fail("s30131|ID=30131", status=404)
    report = crawl([authority], Archive(tmp_path), lambda meeting: None, delay=0)
    visits = list(report.visits.values())
    stated = {committee.name for committee in county().committees if not committee.deleted}
    assert stated == {visit.committee for visit in visits} - {""}
    for committee in county().committees:
        held = [meeting for meeting in county().meetings if meeting.committee == committee.id]
        if not committee.deleted:
            visit = report.visits["NMR", committee.name]
            assert (len(held), len(held)) == (visit.listed, visit.loaded)
    assert report.requests == len(server.requests) == sum(visit.requests for visit in visits)
    assert report.requests == sum(sum(visit.statuses.values()) for visit in visits)
    assert (1, 1) == (sum(visit.failed for visit in visits), sum(visit.statuses.get("404", 0) for visit in visits))
    assert (report.documents_fetched, report.documents_unchanged) == (
        sum(visit.new for visit in visits),
        sum(visit.unchanged for visit in visits),
    )
    assert sum(visit.bytes for visit in visits) > 10_000
    # robots.txt and the committees; votes and decisions, which lead to the error page here
    assert {"200": 2 + 2, "302": 2} == report.visits["NMR", ""].statuses


def test_what_is_not_asked_of_a_blocked_site_is_counted(server: CountyServer, tmp_path: Path) -> None:
    """After a block the requests that are dropped are counted, not reported one by one."""
    server.fail("GetMeetings", status=403, headers={"cf-mitigated": "challenge"})
    report = crawl([{**AUTHORITY, "base_url": server.base_url}], Archive(tmp_path), lambda meeting: None, delay=0)
    assert 1 == len(report.problems)
    committees = [committee for committee in county().committees if not committee.deleted]
    # the meetings of the other committees, and the decisions that have pages of their own
    assert len(committees) - 1 + 1 == sum(visit.blocked for visit in report.visits.values())


# --- how complete a year is ---------------------------------------------------------------------------------------


def test_completeness_by_authority_and_year(session, make) -> None:
    """Of a year's meetings: with an agenda, with minutes, with minutes that were read; and the facts found."""
    agenda, minutes = make.document("a", role="agenda"), make.document("g1:T1", "minutes", role="minutes")
    load_meeting(session, make.meeting("1", "2026-01-12", documents=[agenda, minutes]))
    load_meeting(session, make.meeting("2", "2026-02-12", documents=[make.document("g2:T1", role="minutes")]))
    load_meeting(session, make.meeting("3", "2026-03-12", status="cancelled"))
    load_meeting(session, make.meeting("4", "2025-03-12"))
    read = make.facts("minutes", meeting_date="2026-01-12", resolutions=[make.resolution("That it be noted.", "noted")])
    load_facts(session, make.sha("minutes"), read)
    names = ("year", "meetings", "cancelled", "with_agenda", "with_minutes", "minutes_read", "facts")
    found = [tuple(row[name] for name in names) for row in status(session)["completeness"]]
    assert [(2025, 1, 0, 0, 0, 0, 0), (2026, 3, 1, 1, 2, 1, 1)] == found


# --- what looks broken --------------------------------------------------------------------------------------------


def _visit(session, errors=(), sweep=True, **committees) -> None:
    """Record a run that visited committees, each given by what differs from a good visit."""
    good = dict.fromkeys(("failed", "blocked", "unchanged", "new"), 0)
    good |= {"listed": 10, "loaded": 10, "documents": 40, "fetched": 60, "requests": 60, "bytes": 9, "statuses": {}}
    run = start_run(session, "crawl")
    finish_run(session, run, "failed" if errors else "finished", {}, errors)
    rows = [
        good | {"authority": "northmere", "committee": name, "sweep": sweep} | changes
        for name, changes in (committees or {"Audit": {}}).items()
    ]
    record_visits(session, run, rows)
    note_troubles(session, TODAY)


def _codes(session) -> list[str]:
    return [trouble["code"] for trouble in troubles(session)]


EMPTY = {"listed": 0, "loaded": 0, "documents": 0}


def test_a_good_source_is_not_broken(session, make) -> None:
    """Visit after visit of the same kind, with a document missing here and there, is no trouble."""
    load_meeting(session, make.meeting("1", "2026-02-12"))
    for documents in (40, 38, 30):
        _visit(session, Audit={"documents": documents, "failed": 1})
    assert [] == _codes(session)


def test_no_meetings_this_month_is_no_trouble(session, make) -> None:
    """A visit to what is near today may find nothing, in August."""
    load_meeting(session, make.meeting("1", "2026-02-12"))
    _visit(session, sweep=False)
    _visit(session, sweep=False, Audit=EMPTY | {"fetched": 3})
    assert [] == _codes(session)


def test_no_committees_is_a_trouble(session, make) -> None:
    """A council without committees has moved or broken, and what is said of it is what the crawl found."""
    load_meeting(session, make.meeting("1", "2026-02-12"))
    error = {"authority": "northmere", "location": "x", "code": "no_committees", "message": "x lists no committee"}
    _visit(session, [error], **{"": EMPTY | {"failed": 1, "fetched": 2}})
    assert [("no_committees", "x lists no committee")] == [(t["code"], t["message"]) for t in troubles(session)]


def test_nothing_where_there_used_to_be_something_is_a_trouble(session, make) -> None:
    """A committee of which everything was asked for, and nothing is listed any more, is named."""
    load_meeting(session, make.meeting("1", "2026-02-12"))
    _visit(session, Audit={}, Planning={})
    _visit(session, Audit={}, Planning=EMPTY)
    assert [("lists_nothing", "Planning")] == [(t["code"], t["committee"]) for t in troubles(session)]
    _visit(session, Audit={}, Planning={})
    assert [] == _codes(session)


def test_fewer_documents_than_there_used_to_be_is_a_trouble(session, make) -> None:
    """Meetings that list less than half of the documents they used to point to a change of the site."""
    load_meeting(session, make.meeting("1", "2026-02-12"))
    _visit(session)
    _visit(session, Audit={"documents": 10})
    assert ["few_documents"] == _codes(session)


def test_only_errors_is_a_trouble(session, make) -> None:
    """A site that answers, but only with error pages, is broken; one that fails here and there is not."""
    load_meeting(session, make.meeting("1", "2026-02-12"))
    error = {"authority": "northmere", "location": "x", "code": "error_page", "message": "x led us to its error page"}
    _visit(session, [error] * 4, Audit={"loaded": 0, "documents": 0, "listed": 4, "failed": 4, "fetched": 9})
    assert ["only_errors"] == _codes(session)
    _visit(session, [error], Audit={"failed": 1})
    assert [] == _codes(session)


def test_all_dates_in_the_past_is_a_trouble(session, make) -> None:
    """A site whose last meeting was months ago has been left."""
    load_meeting(session, make.meeting("1", "2025-12-12"))
    _visit(session)
    assert ["all_past"] == _codes(session)


def test_a_trouble_keeps_the_day_it_began(session, make) -> None:
    """What is still broken a week later is not new."""
    load_meeting(session, make.meeting("1", "2025-12-12"))
    _visit(session)
    note_troubles(session, date(2026, 3, 8))
    assert [TODAY.isoformat()] == [trouble["since"] for trouble in troubles(session)]


# --- all of it ----------------------------------------------------------------------------------------------------


def _run(cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MINUTEBOOK, *words], cwd=cwd, capture_output=True, text=True, timeout=240, check=False)


def test_a_source_broken_on_purpose_is_seen(tmp_path: Path) -> None:
    """After a night in which a council gave only its error page, status and the published site say so."""
    with CountyServer() as server:
        entry = "\n".join(f'{key} = "{value}"' for key, value in {**AUTHORITY, "base_url": server.base_url}.items())
        (tmp_path / "minutebook.toml").write_text(f"[[authorities]]\n{entry}\n[crawl]\ndelay = 0\n")
        assert 0 == _run(tmp_path, "crawl").returncode
        good = json.loads(_run(tmp_path, "status", "--json").stdout)
        server.fail("moderngov/(?!mgError)", status=302, headers={"Location": "/northmere/moderngov/mgError.aspx"})
        assert 1 == _run(tmp_path, "crawl").returncode
    assert 0 == _run(tmp_path, "publish").returncode
    broken = json.loads(_run(tmp_path, "status", "--json").stdout)
    seen = _run(tmp_path, "status").stdout
    assert "only_errors" not in {row["code"] for row in good["broken"]}
    assert "only_errors" in {row["code"] for row in broken["broken"]}
    assert {county().committee(meeting.committee).name for meeting in county().meetings} < {
        visit["committee"] for visit in good["visits"]
    }
    assert "Sources that look broken" in seen
    with sqlite3.connect(tmp_path / "data" / "site" / "minutebook.db") as site:
        assert ("Northmere District Council",) in site.execute("SELECT authority FROM troubles").fetchall()
        assert len(county().meetings) == site.execute("SELECT sum(meetings) FROM completeness").fetchone()[0]
