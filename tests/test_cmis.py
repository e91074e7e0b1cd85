"""CMIS: its pages read from bytes, and whole crawls of an invented council's site."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.cmis import (
    ListedMeeting,
    add_tab,
    list_view_url,
    meeting_from,
    month_view_url,
    read_list_view,
    read_meeting_page,
    read_month,
)
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Attendance
from minutebook.crawlers.report import CrawlReport
from minutebook.crawlers.run import crawl
from minutebook.fixtures.cmis_site import AUTHORITY, PACK_CIPHER, PREFIX
from minutebook.fixtures.county import PAPERS
from minutebook.fixtures.server import CountyServer

BASE = "https://southmere.example/live/"
VIEW = f"{BASE}Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/15042/Committee/4/"
LISTED = ListedMeeting("15042", "4", "Planning", date(2026, 6, 8), VIEW + "Default.aspx")
SUMMARY = """<h1>Meeting Details</h1><div class="holder"><div class="holder">
<div class="DNNLabel">Committee:</div><div class="Value">Planning &amp; Harbour</div></div>
<div class="holder"><div class="DNNLabel">Date/Time:</div><div class="Value">8 Jun 2026 - 9:30</div></div>
<div class="holder"><div class="DNNLabel">Status:</div><div class="Value Venue">{status}</div></div>
<div class="holder"><div class="DNNLabel">Venue:</div><div class="Value Venue">Town&nbsp;Hall</div></div></div>"""


def _month(*rows: tuple[str, str]) -> bytes:
    cells = "".join(f'<tr><td class="SimpleCalendarDate">{day}</td><td>{entries}</td></tr>' for day, entries in rows)
    return f'<table class="rgMasterTable">{cells}</table>'.encode()


def _entry(text: str, number: int = 15042, tab: str = "") -> str:
    href = VIEW.replace("15042", str(number)).replace("https", "http") + f"{tab}Default.aspx"
    return f'<p class="Meeting"><a href="{href}">{text}</a></p>'


@pytest.mark.parametrize("name", ["dnn$ctr397$MeetingCalendarPublic$btn", "dnn$ctr397$MeetingCalendarPublicList$rad"])
def test_the_module_of_the_calendar_is_read_from_its_page(name: str) -> None:
    """Its number differs from install to install; the list view is asked of the same page."""
    body = f'<form><input name="dnn$ctr12$Login$x"><input name="{name}"></form>'.encode()
    assert f"{BASE}Meetings.aspx?ctl=MeetingCalendarListView&mid=397" == list_view_url(body, f"{BASE}Meetings.aspx")


def test_a_page_without_a_calendar_is_refused() -> None:
    """A council that left CMIS is not taken for one without meetings."""
    with pytest.raises(SourceError, match="holds no CMIS calendar"):
        list_view_url(b"<h1>We have moved</h1>", BASE)


def test_months_are_asked_for_as_meetings_are_linked() -> None:
    """Tab and module of any meeting's address serve for the months; a link to something else is not one."""
    other = f'<a href="{BASE}Committees/tabid/62/ctl/ViewCMIS_CommitteeDetails/mid/381/id/6/Default.aspx">Planning</a>'
    body = (other + _entry("8 Jun 2026 10:00 - Planning")).encode()
    expected = f"{BASE}Meetings/tabid/70/ctl/MeetingCalendarPublicNoJava/mid/397/Date/"
    assert expected == month_view_url(body, f"{BASE}Meetings.aspx")
    assert month_view_url(other.encode(), BASE) is None


def test_the_list_view_is_read() -> None:
    """Date and committee stand in the link's text."""
    body = _entry("8 Jun 2026 10:00 - Planning - Part A", tab="SelectedTab/Documents/").encode()
    assert [
        ListedMeeting("15042", "4", "Planning - Part A", date(2026, 6, 8), VIEW + "Default.aspx")
    ] == read_list_view(body, BASE)


def test_a_month_is_read() -> None:
    """Several meetings a day, days without, a time that is missing; which tab a link opens does not count."""
    body = _month(
        ("Sunday, 7 June", ""),
        ("Monday, 8 June", _entry("10:00 Planning", tab="SelectedTab/Documents/") + _entry("Dog Panel", 2)),
        ("Tuesday, 9 June", '<a href="/other">10:00 Surgery</a>'),
    )
    found = read_month(body, f"{BASE}x", date(2026, 6, 1))
    assert [("15042", "Planning", date(2026, 6, 8)), ("2", "Dog Panel", date(2026, 6, 8))] == [
        (meeting.source_id, meeting.committee, meeting.date) for meeting in found
    ]
    assert VIEW + "Default.aspx" == found[0].url


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        ("Thursday, 1 January", date(2025, 12, 1), date(2026, 1, 1)),
        ("Wednesday, 31 December", date(2026, 1, 1), date(2025, 12, 31)),
        ("Friday, 31 July", date(2026, 8, 1), date(2026, 7, 31)),
    ],
)
def test_days_of_a_neighbouring_month_have_the_right_year(day: str, month: date, expected: date) -> None:
    """The view names no year, and may begin or end in another one."""
    assert [expected] == [meeting.date for meeting in read_month(_month((day, _entry("10:00 X"))), BASE, month)]


def test_a_page_that_is_no_month_is_refused() -> None:
    """A month without meetings lists its days; a block page does not."""
    assert [] == read_month(_month(("Sunday, 7 June", "")), BASE, date(2026, 6, 1))
    with pytest.raises(SourceError, match="no month"):
        read_month(b"<h1>Access denied</h1>", BASE, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("raw", "status"),
    [("Occurred", "confirmed"), ("Scheduled", "confirmed"), ("Meeting Cancelled", "cancelled"), ("Odd", "other")],
)
def test_a_meeting_is_read_by_its_labels(raw: str, status: str) -> None:
    """Labels tell what a value is; its class does not, and holders nest."""
    page = read_meeting_page(SUMMARY.format(status=raw).encode(), VIEW)
    meeting = meeting_from(LISTED, page, "SMR")
    assert ("Planning & Harbour", "4") == (meeting.committee.name, meeting.committee.source_id)
    assert (date(2026, 6, 8), "09:30", "Town Hall") == (meeting.date, meeting.time, meeting.venue)
    assert (status, raw) == (meeting.status, meeting.status_raw)


def test_a_page_that_is_no_meeting_is_refused() -> None:
    """It has to name a committee."""
    with pytest.raises(SourceError, match="no page of a meeting"):
        read_meeting_page(b"<h1>Meeting Details</h1>", VIEW)


@pytest.mark.parametrize(
    ("title", "heading", "role"),
    [
        ("Final Planning Minutes 16042026", "Reports", "minutes"),
        ("8.6.26 (signed)", "Minutes", "minutes"),
        ("Agenda pack", "Agendas", "pack"),
        ("Agenda 8 June", "Reports", "agenda"),
        ("Harbour wall", "Resolutions/Actions", "decisions"),
        ("Harbour wall", "Reports", "report"),
    ],
)
def test_documents_are_what_their_title_or_else_their_list_says(title: str, heading: str, role: str) -> None:
    """The title first, then the heading of the list."""
    page = f"""{SUMMARY}<h3>{heading}</h3><div class="CmisDocumentList"><ol class="DocumentList"><li>
    <a class="TitleLink" href="/live/Document.ashx?czJK%2b=WQ%2bO%3d&amp;x=1">{title}</a></li></ol></div>"""
    [document] = read_meeting_page(page.encode(), VIEW).documents
    assert (role, title, "d:WQ+O=") == (document.role, document.title, document.source_id)


def test_a_document_is_known_by_the_first_of_its_ciphers() -> None:
    """In either case of percent-encoding and under any key; the address is asked for as it stands."""
    hrefs = ["/live/Document.ashx?aa%3d=WQ%2bO%3d&b=1", "/live/Document.ashx?zz=WQ%2BO%3D&b=2"]
    page = SUMMARY + "".join(f'<a href="{href}" title="Click to view \'Costs\'"></a>' for href in hrefs)
    [document] = read_meeting_page(page.encode(), VIEW).documents
    assert ("d:WQ+O=", "Costs") == (document.source_id, document.title)
    assert f"https://southmere.example{hrefs[0]}" == document.url


def test_attendance_is_read_by_its_groups() -> None:
    """Names under each heading, the first cell of a row; visitors and declarations are not attendance."""
    tab = """<h4>Attended</h4><ul><li>Councillor Ida Marlow (Chair)</li><li><a href="x">Councillor Piers Tolley</a></li></ul>
    <p>Apologies:</p><table><tr><td>Name</td><td>Reason</td></tr><tr><td>Councillor Wren Ashby</td><td>Ill</td></tr></table>
    <h4>Absent</h4><p>None</p><h4>Visitors</h4><p>Mr Odd Guest</p>"""
    page = read_meeting_page((SUMMARY + tab).encode(), VIEW)
    expected = [
        ("Councillor Ida Marlow (Chair)", "Attended"),
        ("Councillor Piers Tolley", "Attended"),
        ("Councillor Wren Ashby", "Apologies"),
    ]
    assert [Attendance(name, attendance=group) for name, group in expected] == page.attendances


def test_tabs_complete_a_meeting_without_doubling_it() -> None:
    """What a tab repeats is there once."""
    link = '<a href="/live/Document.ashx?a={}">Report {}</a>'
    first = read_meeting_page((SUMMARY + link.format(1, 1)).encode(), VIEW)
    meeting = meeting_from(LISTED, first, "SMR")
    tab = SUMMARY + link.format(1, 1) + link.format(2, 2) + "<h4>Attended</h4><p>Councillor Ida Marlow</p>"
    add_tab(meeting, read_meeting_page(tab.encode(), VIEW))
    assert ["d:1", "d:2"] == [document.source_id for document in meeting.documents]
    assert ["Councillor Ida Marlow"] == [line.name for line in meeting.attendances]


# --- whole crawls -----------------------------------------------------------------------------------------------------

SUMMER = {"since": date(2026, 5, 1), "until": date(2026, 10, 31)}


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


def _crawl(server: CountyServer, root: Path, **options: Any) -> tuple[CrawlReport, dict[str, dict[str, Any]]]:
    meetings: list[dict[str, Any]] = []
    entry = AUTHORITY | {"base_url": server.origin + PREFIX}
    report = crawl([entry], Archive(root), meetings.append, delay=0, **(SUMMER | options))
    assert len({meeting["source_id"] for meeting in meetings}) == len(meetings)
    return report, {meeting["source_id"]: meeting for meeting in meetings}


def _asked(server: CountyServer, pattern: str) -> list[str]:
    return [target for _, target, _ in server.requests if re.search(pattern, target)]


def test_every_meeting_is_found_with_its_papers(server: CountyServer, tmp_path: Path) -> None:
    """Calendar, months, meetings, tabs and documents: all of it by plain requests, each asked for once."""
    report, meetings = _crawl(server, tmp_path)
    assert ({"15042", "15050", "15061"}, [], "finished") == (set(meetings), report.problems, report.state)
    harbour = meetings["15042"]
    roles = {document["title"]: document["role"] for document in harbour["documents"]}
    assert ("minutes", "agenda", "pack") == (
        roles["8.6.26 Final (signed)"],
        roles["Agenda 8 June"],
        roles["Agenda pack 8 June"],
    )
    [minutes] = [document for document in harbour["documents"] if document["role"] == "minutes"]
    assert (PAPERS / "scrutiny-2026-01-15-printed.pdf").read_bytes() == Archive(tmp_path).get(minutes["sha256"])
    attended = [(line["name"], line["attendance"]) for line in harbour["attendances"]]
    assert [
        ("Councillor Ida Marlow", "Attended"),
        ("Councillor Piers Tolley", "Attended"),
        ("Councillor Wren Ashby", "Apologies"),
    ] == attended
    assert ("cancelled", "confirmed") == (meetings["15050"]["status"], meetings["15061"]["status"])
    assert 3 == report.meetings_listed == report.meetings_loaded
    targets = [target for _, target, _ in server.requests]
    assert len(targets) == len(set(targets))


def test_minutes_on_the_page_are_kept(server: CountyServer, tmp_path: Path) -> None:
    """The page of a meeting holds the text of its minutes: it is archived as the meeting's own."""
    _, meetings = _crawl(server, tmp_path)
    pages = [document for document in meetings["15042"]["documents"] if document["role"] == "meeting_page"]
    assert ["page:15042", "page:15042:attendance"] == [page["source_id"] for page in pages]
    assert b"survey of the harbour wall" in Archive(tmp_path).get(pages[0]["sha256"])


def test_packs_are_not_fetched(server: CountyServer, tmp_path: Path) -> None:
    """They repeat, at great size, what is fetched singly."""
    _, meetings = _crawl(server, tmp_path)
    [pack] = [document for document in meetings["15042"]["documents"] if document["role"] == "pack"]
    assert (f"d:{PACK_CIPHER}", None) == (pack["source_id"], pack["sha256"])


def test_months_end_where_there_is_nothing_more(server: CountyServer, tmp_path: Path) -> None:
    """Back to 1990 is not asked for, month by month: after a year without a meeting there are no more."""
    _, meetings = _crawl(server, tmp_path, since=date(1990, 1, 1), until=date(2026, 10, 31))
    months = {re.search(r"Date/(\d{4}-\d{2})", target)[1] for target in _asked(server, "NoJava")}
    assert {"15042", "15050", "15061"} == set(meetings)
    assert "2025-06" in months
    assert "2024-12" not in months


def test_only_months_between_the_dates_are_asked_for(server: CountyServer, tmp_path: Path) -> None:
    """And of the meetings of these months, only those between the dates."""
    _, meetings = _crawl(server, tmp_path, since=date(2026, 9, 15), until=date(2026, 10, 2))
    assert {"15061"} == set(meetings)
    assert {"2026-09-01", "2026-10-01"} == {
        re.search(r"Date/([-\d]+)", target)[1] for target in _asked(server, "NoJava")
    }


def test_the_calendar_is_found_under_its_other_names(server: CountyServer, tmp_path: Path) -> None:
    """A page that is not there, or that holds no calendar, is no problem while there is another to try."""
    calendar = b'<input name="dnn$ctr496$MeetingCalendarPublic$x"><a href="/southmere/cmis5/Meetings/tabid/128/ctl/ViewMeetingPublic/mid/496/Meeting/1/Committee/1/Default.aspx">x</a>'
    server.fail(r"/Meetings\.aspx", status=404)
    server.fail(r"/MeetingsCalendar\.aspx", status=200, body=b"<p>Home</p>")
    server.fail(r"/CalendarofMeetings\.aspx", status=200, body=calendar)
    report, meetings = _crawl(server, tmp_path)
    assert ({"15042", "15050", "15061"}, []) == (set(meetings), report.problems)


def test_a_council_without_a_calendar_is_a_problem(server: CountyServer, tmp_path: Path) -> None:
    """A council that left CMIS is never silently empty."""
    server.fail(r"Meeting\w*\.aspx|MeetingCalendar|CalendarofM", status=200, body=b"<p>We have moved</p>")
    report, meetings = _crawl(server, tmp_path)
    assert ({}, ["not_cmis"]) == (meetings, [problem.code for problem in report.problems])


@pytest.mark.parametrize(
    ("pattern", "status", "code", "lost"),
    [
        ("Date/2026-06-01", 404, "http_404", {"15042", "15050"}),
        ("Date/2026-06-01", 200, "not_cmis", {"15042", "15050"}),
        ("Meeting/15061", 200, "not_cmis", {"15061"}),
        ("SelectedTab/Attendance", 404, "http_404", set()),
        ("SelectedTab/Attendance", 200, "not_cmis", set()),
    ],
)
def test_what_fails_leaves_the_rest(
    server: CountyServer, tmp_path: Path, pattern: str, status: int, code: str, lost: set[str]
) -> None:
    """A month, a meeting or a tab that fails is reported, and everything else is found."""
    server.fail(pattern, status=status, body=b"<html><body>Access denied</body></html>")
    report, meetings = _crawl(server, tmp_path)
    assert {"15042", "15050", "15061"} - lost == set(meetings)
    assert {code} == {problem.code for problem in report.problems}
