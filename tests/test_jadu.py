"""Jadu: its pages read from bytes, and whole crawls of an invented council's site."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.jadu import ListedMeeting, read_list, read_meeting, source_id_of
from minutebook.crawlers.report import CrawlReport
from minutebook.crawlers.run import crawl
from minutebook.fixtures.county import PAPERS
from minutebook.fixtures.jadu_site import AUTHORITY, MEETINGS, PREFIX
from minutebook.fixtures.server import CountyServer

BASE = "https://www.eastholm.example/meetings"
LISTED = ListedMeeting("123", "Planning", date(2026, 2, 11), f"{BASE}/meeting/123/planning")


@pytest.mark.parametrize(
    ("line", "committee"),
    [
        ('<li><a href="/meetings/meeting/123/x">Planning</a> <small>Wednesday, 11th February 2026</small></li>', "Planning"),
        ('<li><a href="https://www.eastholm.example/meetings/meeting/123">11th February 2026: Planning</a></li>', "Planning"),
        ('<li><a href="/meetings/meeting/123/x">Planning - Part B - 11 February 2026</a></li>', "Planning - Part B"),
    ],
)  # fmt: skip
def test_a_line_of_the_list_has_a_committee_and_a_date(line: str, committee: str) -> None:
    """The date beside the link or in it, addresses with and without a host."""
    [meeting] = read_list(line.encode(), BASE).meetings
    assert ("123", committee, date(2026, 2, 11)) == (meeting.source_id, meeting.committee, meeting.date)


def test_pages_of_the_list_lead_to_others() -> None:
    """By what the links say or by their relation; links to anywhere else are none."""
    body = """<a href="/meetings?page=1">Previous</a><a rel="next" href="/meetings?page=3">&gt;</a>
    <a href="/news?page=9">Next</a><a href="/meetings">Meetings</a>"""
    found = read_list(body.encode(), f"{BASE}?page=2")
    assert (f"{BASE}?page=1", f"{BASE}?page=3") == (found.earlier, found.later)


def test_a_page_without_meetings_is_refused() -> None:
    """A council that left Jadu is not taken for one that never meets."""
    with pytest.raises(SourceError, match="lists no meeting"):
        read_list(b'<a href="/meetings/">Meetings</a><a href="/meetings/meeting/1/x">Latest</a>', BASE)


@pytest.mark.parametrize(
    ("heading", "text", "role"),
    [
        ("Minutes", "Signed copy", "minutes"),
        ("Agenda", "Agenda", "agenda"),
        ("Agenda", "Item 3 - Minutes of the last meeting", "report"),
        ("Reports", "D1. Budget", "report"),
        ("Attachments", "Minutes of 11 February", "minutes"),
        ("Attachments", "Map", "other"),
    ],
)
def test_attachments_are_what_their_group_says(heading: str, text: str, role: str) -> None:
    """Numbered ones belong to an item of the agenda, whatever they are called."""
    body = f'<h2>{heading}</h2><ul><li><a href="/download/meetings/id/77/x">{text}</a></li></ul>'
    [document] = read_meeting(body.encode(), LISTED.url, LISTED, "EHM").documents
    assert (role, text, "a77") == (document.role, document.title, document.source_id)


@pytest.mark.parametrize(
    ("address", "source_id"),
    [
        ("/download/meetings/id/26369/item_15%2520appendix", "a26369"),
        ("/Download/Meetings/ID/26369/", "a26369"),
        ("/meetings/meeting/3700/council/attachment/71008", "p71008"),
        ("/meetings/meeting/3700/council", None),
        ("/download/downloads/id/12174/accounts.pdf", None),
    ],
)
def test_a_document_is_known_by_its_number(address: str, source_id: str | None) -> None:
    """Whatever words follow it."""
    assert source_id == source_id_of(f"https://www.eastholm.example{address}")


# --- whole crawls -----------------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


def _crawl(server: CountyServer, root: Path, **options: Any) -> tuple[CrawlReport, dict[str, dict[str, Any]]]:
    meetings: list[dict[str, Any]] = []
    entry = AUTHORITY | {"base_url": f"{server.origin}{PREFIX}meetings/"}
    report = crawl([entry], Archive(root), meetings.append, delay=0, **options)
    assert len({meeting["source_id"] for meeting in meetings}) == len(meetings)
    return report, {meeting["source_id"]: meeting for meeting in meetings}


def _asked(server: CountyServer, pattern: str) -> list[str]:
    return [target for _, target, _ in server.requests if re.search(pattern, target)]


def test_every_meeting_is_found_with_its_papers(server: CountyServer, tmp_path: Path) -> None:
    """The list is followed both ways from today, each page asked for once; files have no endings."""
    report, meetings = _crawl(server, tmp_path, since=date(2026, 1, 1), until=date(2027, 12, 31))
    assert {str(number): (committee, day) for number, committee, day in MEETINGS} == {
        name: (meeting["committee"]["name"], meeting["date"]) for name, meeting in meetings.items()
    }
    assert ([], "finished", len(MEETINGS)) == (report.problems, report.state, report.meetings_listed)
    documents = {document["source_id"]: document for document in meetings["300"]["documents"]}
    roles = {name: document["role"] for name, document in documents.items()}
    assert {
        "page:300": "meeting_page",
        "a3001": "agenda",
        "a3002": "report",
        "a3003": "minutes",
        "p3009": "minutes",
    } == roles
    assert ("application/pdf", "text/html") == (documents["a3003"]["media_type"], documents["p3009"]["media_type"])
    printed = (PAPERS / "scrutiny-2026-01-15-printed.pdf").read_bytes()
    assert printed == Archive(tmp_path).get(documents["a3003"]["sha256"])
    assert 6 == len(_asked(server, r"/meetings(\?|$)"))


def test_the_list_is_left_behind_the_dates(server: CountyServer, tmp_path: Path) -> None:
    """Pages before and after the days asked for are not asked for, but for the first of each."""
    _, meetings = _crawl(server, tmp_path, since=date(2026, 6, 1), until=date(2026, 6, 30))
    expected = {str(number) for number, _, day in MEETINGS if date(2026, 6, 1) <= day <= date(2026, 6, 30)}
    assert expected == set(meetings)
    assert {"page=2", "page=4"} == {target.partition("?")[2] for target in _asked(server, "page=")}


def test_a_meeting_that_was_taken_offline_leaves_the_others(server: CountyServer, tmp_path: Path) -> None:
    """Its page answers 404; that is reported."""
    server.fail("meeting/312/", status=404)
    report, meetings = _crawl(server, tmp_path, since=date(2026, 6, 1), until=date(2026, 7, 31))
    assert ["http_404"] == [problem.code for problem in report.problems]
    assert "312" not in meetings and "313" in meetings


def test_a_list_that_turns_in_a_circle_ends(server: CountyServer, tmp_path: Path) -> None:
    """A page that shows no meeting that was not seen is the last."""
    line = '<li><a href="/eastholm/meetings/meeting/310/x">Planning</a> 27 May 2026</li>'
    body = f'{line}<a href="/eastholm/meetings?page={{}}">Next</a>'
    server.fail(r"meetings\?page", status=200, body=body.format(7).encode())
    server.fail(r"/meetings$", status=200, body=body.format(8).encode())
    report, meetings = _crawl(server, tmp_path, since=date(2026, 1, 1), until=date(2027, 12, 31))
    assert ({"310"}, []) == (set(meetings), report.problems)
    assert 2 == len(_asked(server, r"/meetings(\?|$)"))


def test_a_council_without_a_list_is_a_problem(server: CountyServer, tmp_path: Path) -> None:
    """A page that lists nothing and leads nowhere is reported."""
    server.fail(r"/meetings$", status=200, body=b"<p>We have moved</p>")
    report, meetings = _crawl(server, tmp_path)
    assert ({}, ["not_jadu"]) == (meetings, [problem.code for problem in report.problems])
