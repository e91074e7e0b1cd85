"""Whole crawls of the invented county's website over HTTP: what is found, what is asked, and what goes wrong."""

import hashlib
import json
import multiprocessing
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.report import CrawlReport
from minutebook.crawlers.run import crawl
from minutebook.fixtures.county import PAPERS, county
from minutebook.fixtures.server import CountyServer
from minutebook.fixtures.site import PREFIX, Answer

Meetings = dict[str, dict[str, Any]]

EVERY_MEETING = {str(meeting.id) for meeting in county().meetings}
SCRUTINY, CANCELLED, RESTRICTED, LIBRARY, AGENDA_ONLY = "4101", "4102", "4103", "4104", "4105"


class Crawled(NamedTuple):
    """A crawl that is over: the site it asked, its archive, and what it gave."""

    server: CountyServer
    root: Path
    report: CrawlReport
    meetings: Meetings


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """One faultless crawl, for the tests that only look at what it found."""
    root = tmp_path_factory.mktemp("archive")
    with CountyServer() as server:
        return Crawled(server, root, *_crawl(server, root))


def _authority(base_url: str, code: str = "northmere") -> dict[str, str]:
    return {"code": code, "name": "Northmere District Council", "base_url": base_url}


def _crawl(server: CountyServer, root: Path, **options: Any) -> tuple[CrawlReport, Meetings]:
    return _crawl_at(server.base_url, root, **options)


def _crawl_at(base_url: str, root: Path, **options: Any) -> tuple[CrawlReport, Meetings]:
    meetings: list[dict[str, Any]] = []
    report = crawl([_authority(base_url)], Archive(root), meetings.append, delay=0, **options)
    assert len({meeting["source_id"] for meeting in meetings}) == len(meetings)
    return report, {meeting["source_id"]: meeting for meeting in meetings}


def _documents(meeting: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {document["source_id"]: document for document in meeting["documents"]}


def _asked(server: CountyServer, pattern: str) -> list[str]:
    return [target for _, target, _ in server.requests if re.search(pattern, target)]


def _without_times(meetings: Meetings) -> Meetings:
    copies: Meetings = json.loads(json.dumps(meetings, default=str))
    for meeting in copies.values():
        for document in meeting["documents"]:
            document["fetched_at"] = None
    return copies


def _without_service(meetings: Meetings) -> Meetings:
    """What page and web service both state: no XML, its restricted items, wards and parties; one number an item."""
    copies = _without_times(meetings)
    for meeting in copies.values():
        meeting["documents"] = sorted(
            (document["source_id"], document["role"], document["agenda_item"], document["sha256"])
            for document in meeting["documents"]
            if document["role"] != "meeting_xml" and not document["restricted"]
        )
        meeting["agenda_items"] = [
            (item["source_id"], item["position"], item["title"], item["minute_number"] or item["number"])
            for item in meeting["agenda_items"]
        ]
        meeting["attendances"] = [(line["name"], line["role"], line["attendance"]) for line in meeting["attendances"]]
        meeting["committee"]["category"] = None
        del meeting["status_raw"]
    return copies


def test_every_meeting_is_found_with_its_originals(crawled: Crawled) -> None:
    """Each meeting comes once, its page, XML and PDF archived byte for byte, and the counts add up."""
    server, root, report, meetings = crawled
    assert EVERY_MEETING == set(meetings)
    found = _documents(meetings[SCRUTINY])
    assert {f"page:{SCRUTINY}", f"xml:{SCRUTINY}", f"g{SCRUTINY}:T1"} == set(found)
    printed = (PAPERS / "scrutiny-2026-01-15-printed.pdf").read_bytes()
    assert printed == Archive(root).get(found[f"g{SCRUTINY}:T1"]["sha256"])
    minutes = found[f"g{SCRUTINY}:T1"]
    assert ("minutes", "application/pdf", len(printed)) == (minutes["role"], minutes["media_type"], minutes["size"])
    assert b'id="modgov"' in Archive(root).get(found[f"page:{SCRUTINY}"]["sha256"])
    assert ("finished", [], 0) == (report.state, report.problems, report.documents_failed)
    assert len(EVERY_MEETING) == report.meetings_listed == report.meetings_loaded
    stored = [document for meeting in meetings.values() for document in meeting["documents"] if document["sha256"]]
    assert len(stored) == report.documents_fetched + report.documents_unchanged
    assert len(server.requests) == report.requests


def test_meetings_say_what_the_council_states(crawled: Crawled) -> None:
    """Committee, date, status, items and attendance of every meeting are those of the county's data."""
    meetings = crawled.meetings
    for stated in county().meetings:
        meeting = meetings[str(stated.id)]
        assert county().committee(stated.committee).name == meeting["committee"]["name"]
        assert stated.date == meeting["date"]
        assert (stated.status, stated.venue) == (meeting["status_raw"], meeting["venue"])
        assert [str(item.id) for item in stated.items] == [item["source_id"] for item in meeting["agenda_items"]]
        present = [attendance["attendance"] for attendance in meeting["attendances"]]
        assert [attendee.attendance for attendee in stated.attendees] == present


def test_cancelled_and_agenda_only_meetings_are_meetings(crawled: Crawled) -> None:
    """A cancelled meeting has a page and no items; one to come has its agenda and no minutes."""
    meetings = crawled.meetings
    assert ("cancelled", []) == (meetings[CANCELLED]["status"], meetings[CANCELLED]["agenda_items"])
    roles = {document["role"] for document in meetings[AGENDA_ONLY]["documents"]}
    assert {"meeting_page", "meeting_xml", "agenda"} == roles


def test_restricted_documents_are_noted_and_never_asked_for(crawled: Crawled) -> None:
    """The paper of a restricted item is known by its title alone."""
    meetings = crawled.meetings
    restricted = [document for document in meetings[RESTRICTED]["documents"] if document["restricted"]]
    assert ["s30125"] == [document["source_id"] for document in restricted]
    assert [(None, None)] == [(document["sha256"], document["error"]) for document in restricted]
    assert [] == _asked(crawled.server, "30125")
    stated = county().meeting(int(RESTRICTED)).items
    assert [item.restricted for item in stated] == [item["restricted"] for item in meetings[RESTRICTED]["agenda_items"]]


def test_packs_are_noted_and_not_fetched(server: CountyServer, tmp_path: Path) -> None:
    """A pack only repeats, at great size, what is fetched singly."""
    page = b'<div id="modgov"><a href="documents/g4099/Public reports pack.pdf?T=10">Agenda reports pack</a></div>'
    server.fail("ieListDocuments.*MId=4099", status=200, body=page)
    report, meetings = _crawl(server, tmp_path)
    pack = _documents(meetings["4099"])["g4099:T10"]
    assert ("pack", None, None) == (pack["role"], pack["sha256"], pack["error"])
    assert [] == _asked(server, "T=10") + report.problems


def test_a_second_crawl_gives_equal_meetings(server: CountyServer, tmp_path: Path) -> None:
    """Crawling twice in one process finds the same, fetches no byte that is new and writes no file again."""
    _, first = _crawl(server, tmp_path)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    report, second = _crawl(server, tmp_path)
    assert _without_times(first) == _without_times(second)
    assert files == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert 0 == report.documents_fetched
    assert 0 < report.documents_unchanged


def test_known_attachments_are_not_asked_for_again(server: CountyServer, tmp_path: Path) -> None:
    """An attachment that the caller knows and the archive holds is not fetched; minutes and pages always are."""
    _, first = _crawl(server, tmp_path)
    hashes = {
        (code, document["source_id"]): document["sha256"]
        for code in ["northmere"]
        for meeting in first.values()
        for document in meeting["documents"]
    }
    server.requests.clear()
    _, second = _crawl(server, tmp_path, known=lambda authority, source_id: hashes.get((authority, source_id)))
    assert [] == _asked(server, "documents/s")
    assert 1 == len(_asked(server, f"documents/g{SCRUTINY}/"))
    assert _without_times(first) == _without_times(second)


def test_a_known_attachment_that_the_archive_lost_is_fetched(server: CountyServer, tmp_path: Path) -> None:
    """What the caller remembers counts only while the archive holds it."""
    _, meetings = _crawl(server, tmp_path, known=lambda authority, source_id: "0" * 64)
    assert _documents(meetings[LIBRARY])["s30131"]["sha256"] in Archive(tmp_path)


def test_dates_limit_the_crawl_and_are_never_iso(server: CountyServer, tmp_path: Path) -> None:
    """Only meetings between the dates, both included, are asked for, and dates go out as day/month/year."""
    _, meetings = _crawl(server, tmp_path, since=date(2026, 1, 15), until=date(2026, 3, 5))
    within = {str(m.id) for m in county().meetings if date(2026, 1, 15) <= m.date <= date(2026, 3, 5)}
    assert within == set(meetings)
    assert 2 <= len(within) < len(EVERY_MEETING)
    assert [] == _asked(server, r"\d{4}-\d{2}-\d{2}")
    assert [] != _asked(server, r"sFromDate=15%2F01%2F2026&sToDate=05%2F03%2F2026")


class ForgetfulServer(CountyServer):
    """Lists the full history whatever dates it is given."""

    def respond(self, target: str, host: str, agent: str) -> Answer:
        """Answer as if the dates were in ISO form."""
        return super().respond(re.sub(r"(Date=)[^&]*", r"\g<1>2026-01-01", target), host, agent)


def test_a_service_that_ignores_dates_is_not_followed(tmp_path: Path) -> None:
    """Meetings outside the dates are left alone even where the service lists them."""
    with ForgetfulServer() as server:
        report, meetings = _crawl(server, tmp_path, since=date(2026, 3, 5), until=date(2026, 3, 5))
    assert ({CANCELLED}, 1) == (set(meetings), report.meetings_listed)


class WatchedServer(CountyServer):
    """Notes how many requests it had in hand at once."""

    def __init__(self) -> None:
        super().__init__(delay=0.02)
        self.lock, self.now, self.most = threading.Lock(), 0, 0

    def respond(self, target: str, host: str, agent: str) -> Answer:
        """Answer, counting."""
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        given = super().respond(target, host, agent)
        with self.lock:
            self.now -= 1
        return given


def test_one_request_at_a_time_and_by_name(tmp_path: Path) -> None:
    """A host never has two of our requests in hand, robots.txt comes first, and each says who asks."""
    with WatchedServer() as server:
        _crawl(server, tmp_path, contact="https://minutebook.example/about")
    assert 1 == server.most
    assert "/robots.txt" == server.requests[0][1]
    [agent] = {agent for _, _, agent in server.requests}
    assert re.fullmatch(r"Minutebook/\S+ \(\+https://minutebook\.example/about\)", agent)


def test_progress_counts_to_the_end(server: CountyServer, tmp_path: Path) -> None:
    """Progress is told after each meeting, up to all that were listed."""
    told: list[tuple[int, int, str]] = []
    _crawl(server, tmp_path, on_progress=lambda *progress: told.append(progress))
    total = len(EVERY_MEETING)
    assert list(range(1, total + 1)) == [done for done, _, _ in told]
    assert total == told[-1][1]


def test_robots_txt_is_obeyed(server: CountyServer, tmp_path: Path) -> None:
    """Where robots.txt forbids documents, none is asked for, and each says why it is missing."""
    server.fail("^/robots.txt$", status=200, body=b"User-agent: *\nDisallow: /northmere/moderngov/documents/\n")
    report, meetings = _crawl(server, tmp_path)
    assert EVERY_MEETING == set(meetings)
    assert [] == _asked(server, "/documents/")
    assert "robots.txt" in _documents(meetings[SCRUTINY])[f"g{SCRUTINY}:T1"]["error"]
    assert {"not_requested"} == {problem.code for problem in report.problems}


def test_a_site_closed_to_robots_is_left_alone(server: CountyServer, tmp_path: Path) -> None:
    """Where everything is forbidden, robots.txt is all we ask for."""
    server.fail("^/robots.txt$", status=200, body=b"User-agent: Minutebook\nDisallow: /\n")
    report, meetings = _crawl(server, tmp_path)
    assert ["/robots.txt"] == _asked(server, "")
    assert ({}, ["not_requested"]) == (meetings, [problem.code for problem in report.problems])


def test_a_web_page_as_robots_txt_forbids_nothing(server: CountyServer, tmp_path: Path) -> None:
    """Some servers answer every address with a page; that is no rule."""
    server.fail("^/robots.txt$", status=200, body=b"<html><body><p>Disallow: /</p></body></html>")
    assert EVERY_MEETING == set(_crawl(server, tmp_path)[1])


@pytest.mark.parametrize(("status", "code"), [(403, "blocked"), (503, "http_503")])
def test_a_robots_txt_that_cannot_be_had_closes_the_site(
    server: CountyServer, tmp_path: Path, status: int, code: str
) -> None:
    """Where robots.txt itself is refused or broken, nothing else is asked for, and the report says so."""
    server.fail("^/robots.txt$", status=status)
    report, _ = _crawl(server, tmp_path)
    assert {"/robots.txt"} == set(_asked(server, ""))
    assert [code] == [problem.code for problem in report.problems]


def test_no_other_host_is_asked(server: CountyServer, tmp_path: Path) -> None:
    """A link to another host or port is refused, with its reason; what is no web address is no document."""
    with CountyServer() as other:
        elsewhere = f"{other.base_url}documents/s901/a.pdf"
        links = [elsewhere, "//x.example/documents/s902/b.pdf", "file:///etc/documents/s903", "mailto:a/documents/s904"]
        page = '<div id="modgov">' + "".join(f'<a href="{link}">Paper</a>' for link in links) + "</div>"
        server.fail("ieListDocuments.*MId=4099", status=200, body=page.encode())
        report, meetings = _crawl(server, tmp_path)
        assert [] == other.requests
    documents = _documents(meetings["4099"])
    assert ["not_requested"] * 2 == [problem.code for problem in report.problems]
    assert {"page:4099", "xml:4099", "s901", "s902"} == set(documents)
    assert [None, None] == [documents[number]["sha256"] for number in ("s901", "s902")]


class StrayingServer(CountyServer):
    """Sends who asks for some addresses to another host."""

    def __init__(self, pattern: str, elsewhere: str) -> None:
        super().__init__()
        self.pattern, self.elsewhere = pattern, elsewhere

    def respond(self, target: str, host: str, agent: str) -> Answer:
        """Answer, or send elsewhere."""
        given = super().respond(target, host, agent)
        if given.status == 200 and re.search(self.pattern, target):
            return Answer(302, "text/html", b"", self.elsewhere + target)
        return given


@pytest.mark.parametrize("pattern", ["GetMeeting.*4101", "ieListDocuments.*4101", "documents/g4101"])
def test_no_redirect_leaves_the_host(tmp_path: Path, pattern: str) -> None:
    """A redirect to another host is not followed and is reported, even for a request that had to be tried twice."""
    with CountyServer() as other, StrayingServer(pattern, other.origin) as server:
        server.fail(pattern, status=503, times=1)
        report, meetings = _crawl(server, tmp_path)
        assert [] == other.requests
    assert ["not_requested"] == [problem.code for problem in report.problems]
    assert EVERY_MEETING - {SCRUTINY} <= set(meetings)


def test_a_meeting_that_the_service_fails_is_read_from_its_page(server: CountyServer, tmp_path: Path) -> None:
    """GetMeeting answering 500 is tried again, then reported with address and authority; the page gives the meeting."""
    _, whole = _crawl(server, tmp_path)
    server.fail(f"GetMeeting.lMeetingId={SCRUTINY}$")
    report, meetings = _crawl(server, tmp_path)
    assert (EVERY_MEETING, [], 1) == (set(meetings), report.notes, report.meetings_from_pages)
    [problem] = report.problems
    assert ("http_500", "northmere") == (problem.code, problem.authority)
    assert problem.url in problem.message
    assert 3 + 1 == len(_asked(server, f"lMeetingId={SCRUTINY}$"))
    assert _without_service(whole)[SCRUTINY] == _without_service(meetings)[SCRUTINY]


def test_a_meeting_that_fails_leaves_the_others(server: CountyServer, tmp_path: Path) -> None:
    """A meeting whose page fails as its XML does is reported with address and authority; the rest is loaded."""
    server.fail(f"Id={SCRUTINY}")
    report, meetings = _crawl(server, tmp_path)
    assert EVERY_MEETING - {SCRUTINY} == set(meetings)
    assert [("http_500", "northmere")] * 2 == [(problem.code, problem.authority) for problem in report.problems]
    assert all(problem.url in problem.message for problem in report.problems)
    assert report.meetings_listed == report.meetings_loaded + 1


def test_a_meeting_not_on_display_is_left_out(server: CountyServer, tmp_path: Path) -> None:
    """A meeting that its council withholds is counted, and neither loaded nor a problem; its page is not asked for."""
    withheld = b"<meeting><meetingid>4101</meetingid><isdisplayallowed>False</isdisplayallowed></meeting>"
    server.fail(f"GetMeeting.lMeetingId={SCRUTINY}$", status=200, body=withheld)
    report, meetings = _crawl(server, tmp_path)
    assert (EVERY_MEETING - {SCRUTINY}, 1, []) == (set(meetings), report.meetings_withheld, report.problems)
    assert [] == _asked(server, f"MId={SCRUTINY}")


class EndlessHandler(BaseHTTPRequestHandler):
    """Promises more than anybody should read."""

    def do_GET(self) -> None:
        """Announce a gigabyte, and send a little of it."""
        self.send_response(200)
        self.send_header("Content-Length", str(10**9))
        self.end_headers()
        self.wfile.write(b"<committees>")

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


def test_an_answer_without_end_is_refused(tmp_path: Path) -> None:
    """An answer larger than our limit is given up at once, and said to be too large."""
    with ThreadingHTTPServer(("127.0.0.1", 0), EndlessHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base_url = f"http://127.0.0.1:{server.server_port}/"
        report = crawl([_authority(base_url)], Archive(tmp_path), print, delay=0)
        server.shutdown()
    assert ["too_large"] == [problem.code for problem in report.problems]


def test_a_passing_fault_is_no_problem(server: CountyServer, tmp_path: Path) -> None:
    """A request that fails once and then succeeds is not reported."""
    server.fail("ieListDocuments", status=503, times=1)
    report, meetings = _crawl(server, tmp_path)
    assert (EVERY_MEETING, []) == (set(meetings), report.problems)


PDF_PAGE = b"<!DOCTYPE html><html><body>Access denied</body></html>"


@pytest.mark.parametrize(
    ("pattern", "status", "body", "document", "code"),
    [
        ("ieListDocuments.*MId=4104", 500, None, "page:4104", "http_500"),
        ("ieListDocuments.*MId=4104", 403, None, "page:4104", "http_403"),
        ("ieListDocuments.*MId=4104", 200, b"<html><body>Access denied</body></html>", "page:4104", "not_moderngov"),
        ("s30131|ID=30131", 404, None, "s30131", "http_404"),
        ("s30131|ID=30131", 200, PDF_PAGE, "s30131", "web_page"),
        ("s30131|ID=30131", 200, b"", "s30131", "empty"),
    ],
)
def test_a_document_that_fails_keeps_its_reason(
    server: CountyServer, tmp_path: Path, pattern: str, status: int, body: bytes | None, document: str, code: str
) -> None:
    """The meeting is loaded all the same; the document has no bytes but a reason, which is in the report too."""
    server.fail(pattern, status=status, body=body)
    report, meetings = _crawl(server, tmp_path)
    assert EVERY_MEETING == set(meetings)
    [problem] = report.problems
    failed = _documents(meetings[LIBRARY])[document]
    assert (code, problem.message, None) == (problem.code, failed["error"], failed["sha256"])
    assert 1 == report.documents_failed


@pytest.mark.parametrize("pattern", ["GetMeeting.lMeetingId=4104", "GetMeetings", "GetCommittees"])
def test_truncated_xml_is_noted(server: CountyServer, tmp_path: Path, pattern: str) -> None:
    """Half an answer is never taken for a whole one: the pages are read in its place."""
    server.truncate(pattern)
    report, meetings = _crawl(server, tmp_path)
    assert (["not_xml"], []) == ([note.code for note in report.notes], report.problems)
    assert EVERY_MEETING == set(meetings)


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, None, "http_404"),
        (403, b"<html><h1>403 - Forbidden</h1></html>", "http_403"),
        (200, b"<html><head><title>Service off</title></head></html>", "unexpected_xml"),
        (302, None, "error_page"),
    ],
)
def test_without_the_web_service_the_pages_say_the_same(
    server: CountyServer, tmp_path: Path, status: int, body: bytes | None, code: str
) -> None:
    """Where the service is off, the pages give the same meetings, items, papers and attendance, and the run says so."""
    _, whole = _crawl(server, tmp_path)
    server.requests.clear()
    server.fail("mgWebService", status=status, body=body, location=f"{PREFIX}mgError.aspx" if status == 302 else "")
    report, meetings = _crawl(server, tmp_path)
    assert ([code], []) == ([note.code for note in report.notes], report.problems)
    assert _without_service(whole) == _without_service(meetings)
    assert len(EVERY_MEETING) == report.meetings_from_pages == report.meetings_listed == report.meetings_loaded
    assert 1 == len(_asked(server, "mgWebService"))


@pytest.fixture(scope="module")
def kesterby(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """One crawl of the council whose web service is off and whose pages have every habit."""
    root = tmp_path_factory.mktemp("kesterby")
    with CountyServer() as server:
        return Crawled(server, root, *_crawl_at(server.pages_url, root))


def test_a_council_known_by_its_pages_alone_is_whole(kesterby: Crawled) -> None:
    """Earlier pages, years, archives, old and renamed committees: each meeting once, and the run says why by pages."""
    assert {"9601", "9602", "9603", "9590", "9568", "9550", "7701", "7690"} == set(kesterby.meetings)
    assert [("http_404", "northmere")] == [(note.code, note.authority) for note in kesterby.report.notes]
    assert ("Planning Panel", True) == tuple(
        kesterby.meetings["9550"]["committee"][name] for name in ("name", "expired")
    )
    assert [] == _asked(kesterby.server, "LLL=1|CId=1072|Act=Next")
    assert len(_asked(kesterby.server, "")) == len({target.lower() for target in _asked(kesterby.server, "")})


def test_its_papers_are_fetched_whatever_their_links_look_like(kesterby: Crawled) -> None:
    """Line breaks, pound signs, archives and conversions; one is gone and one is a block page, which both say so."""
    papers = {number: paper for meeting in kesterby.meetings.values() for number, paper in _documents(meeting).items()}
    missing = {number for number, paper in papers.items() if not paper["sha256"]}
    assert {"g9601:T10", "s70004", "s70005"} == missing
    assert ["http_404", "web_page"] == sorted(problem.code for problem in kesterby.report.problems)
    assert papers["g9601:T1"]["sha256"] == papers["s70001"]["sha256"] == papers["old:9568:dc190712.pdf"]["sha256"]
    assert "text/html" == papers["old:9568:wharf.htm"]["media_type"]
    assert b'id="modgov"' in Archive(kesterby.root).get(papers["page:9568"]["sha256"])


def test_a_meeting_has_moved_where_its_page_says_so(kesterby: Crawled) -> None:
    """The day of the page counts, not that of the list; the website's word for it is kept."""
    moved = kesterby.meetings["9603"]
    assert (date(2026, 6, 23), "18:30", "moved") == (moved["date"], moved["time"], moved["status_raw"])
    assert 3 == len(kesterby.meetings["9601"]["attendances"])


def test_votes_by_name_come_with_their_meeting(kesterby: Crawled) -> None:
    """The website's own list of votes is asked for by the year; a meeting without one has none."""
    votes = {number: meeting["recorded_votes"] for number, meeting in kesterby.meetings.items()}
    assert (2, 1, []) == (len(votes["9601"]), len(votes["7701"]), votes["9568"])
    assert {"name": "Councillor Odile Frane", "vote": "Against", "member_id": "158"} == votes["9601"][0]["votes"][0]


def test_decisions_published_on_their_own_are_handed_over(server: CountyServer, tmp_path: Path) -> None:
    """Those of officers come with the bytes of their page; those a meeting took say so: they stand in its minutes."""
    found: list[dict[str, Any]] = []
    report, _ = _crawl_at(server.pages_url, tmp_path, on_decision=found.append)
    taken, officers = sorted(found, key=lambda decision: decision["source_id"])
    assert ("ai70502", "9601", None) == (taken["source_id"], taken["meeting_id"], taken["sha256"])
    assert ("d5501", None, 1) == (officers["source_id"], officers["meeting_id"], report.decisions_loaded)
    assert b"Head of Property" in Archive(tmp_path).get(officers["sha256"])
    assert 1 == len(_asked(server, "ieDecisionDetails.aspx.ID=5501"))
    assert 2 == len(_asked(server, "mgDelegatedDecisions"))


def test_votes_that_were_not_asked_for_are_not_known(server: CountyServer, tmp_path: Path) -> None:
    """Where the site lists no votes, the meeting says nothing of them, and nothing is said to be wrong."""
    report, meetings = _crawl(server, tmp_path, since=date(2026, 1, 1), until=date(2026, 2, 1))
    assert ([None], []) == (
        [meeting["recorded_votes"] for meeting in meetings.values()],
        report.problems + report.notes,
    )
    assert 1 == len(_asked(server, "mgListRecordedVotes"))


def test_a_list_of_meetings_is_followed_no_further_than_the_dates(server: CountyServer, tmp_path: Path) -> None:
    """Pages of earlier meetings are asked for only as far as the dates reach; old committees are asked too."""
    server.fail("mgWebService", status=404)
    _, meetings = _crawl(server, tmp_path, since=date(2026, 4, 1))
    assert {str(meeting.id) for meeting in county().meetings if meeting.date >= date(2026, 4, 1)} == set(meetings)
    assert [] == _asked(server, "Act=earlier.*D=202601")
    assert 1 == len(_asked(server, "ieListMeetings.*CId=105"))


def test_a_service_that_lists_no_meetings_is_asked_once(server: CountyServer, tmp_path: Path) -> None:
    """Where GetCommittees works and GetMeetings does not, one committee finds it out for all."""
    server.fail("GetMeetings", status=404)
    report, meetings = _crawl(server, tmp_path)
    assert (EVERY_MEETING, ["http_404"], []) == (set(meetings), [note.code for note in report.notes], report.problems)
    assert 1 == len(_asked(server, "GetMeetings"))


@pytest.mark.parametrize(
    ("faults", "notes", "from_pages"),
    [([], 0, 0), (["mgWhatsNew"], 1, 0), (["mgWebService"], 1, 1), (["mgWebService", "mgWhatsNew"], 2, 1)],
)
def test_what_is_new_of_old_meetings_is_fetched(tmp_path: Path, faults: list[str], notes: int, from_pages: int) -> None:
    """Minutes published lately of a meeting before the dates bring it in, by page or feed, with the service or without."""
    meeting = county().meeting(int(SCRUTINY))
    with NewsServer(meeting.date + timedelta(days=21)) as server:
        for fault in faults:
            server.fail(fault, status=404)
        report, meetings = _crawl(server, tmp_path, since=date.today() - timedelta(days=1), until=date.today())
    assert ([], notes, from_pages) == (report.problems, len(report.notes), report.meetings_from_pages)
    assert {SCRUTINY} == set(meetings) - {str(held.id) for held in county().meetings if held.date >= date.today()}
    assert 0 == len(_asked(server, "MId=4103|MeetingId=4103"))


class NewsServer(CountyServer):
    """Takes the day it is given for today, in what it says is new."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.days = quote(f"{today:%d/%m/%Y}-{today:%d/%m/%Y}", safe="")

    def respond(self, target: str, host: str, agent: str) -> Answer:
        """Answer, with what was new that day alone."""
        given = super().respond(re.sub(r"DR=[^&]*", f"DR={self.days}", target), host, agent)
        if "mgRss" in target:
            others = re.compile(rb"<item>(?:(?!MId=4101).)*?</item>", re.DOTALL)
            given = given._replace(body=others.sub(b"", given.body))
        return given


def test_without_a_list_of_present_committees_the_other_serves(server: CountyServer, tmp_path: Path) -> None:
    """One of the two pages that list committees is enough, and the lack of the other is noted."""
    for page in ("mgListCommittees", "ieDocHome"):
        server.fail(f"mgWebService|{page}", status=404)
        report, meetings = _crawl(server, tmp_path)
        assert (EVERY_MEETING, 2, []) == (set(meetings), len(report.notes), report.problems)
        server.heal()


def test_a_meeting_without_its_attendance_is_still_a_meeting(server: CountyServer, tmp_path: Path) -> None:
    """Where the page of attendance fails, the meeting is loaded and the failure reported."""
    server.fail("mgWebService|mgMeetingAttendance.*4104", status=404)
    report, meetings = _crawl(server, tmp_path)
    assert ({*EVERY_MEETING}, ["http_404"]) == (set(meetings), [problem.code for problem in report.problems])
    assert [] == meetings[LIBRARY]["attendances"] != meetings[SCRUTINY]["attendances"]


def test_a_site_that_is_busy_is_not_asked_elsewhere(server: CountyServer, tmp_path: Path) -> None:
    """A service that answers 503 is not replaced by pages, which would add to what the site has to do."""
    server.fail("GetCommittees", status=503)
    report, meetings = _crawl(server, tmp_path)
    assert ({}, ["http_503"], []) == (meetings, [problem.code for problem in report.problems], report.notes)


def test_a_wrong_base_address_is_reported(server: CountyServer, tmp_path: Path) -> None:
    """The site's error page, which answers 200, is not taken for an empty council."""
    meetings: list[dict[str, Any]] = []
    report = crawl([_authority(server.base_url + "council/")], Archive(tmp_path), meetings.append, delay=0)
    assert ([], ["error_page"]) == (meetings, [problem.code for problem in report.problems])


def test_an_authority_that_is_down_leaves_the_others(server: CountyServer, tmp_path: Path) -> None:
    """Two councils in one crawl: nothing listens at one, the other is complete."""
    with CountyServer() as gone:
        pass
    meetings: list[dict[str, Any]] = []
    authorities = [_authority(gone.base_url, "gone"), _authority(server.base_url)]
    report = crawl(authorities, Archive(tmp_path), meetings.append, delay=0)
    assert EVERY_MEETING == {meeting["source_id"] for meeting in meetings}
    assert [("gone", "refused")] == [(problem.authority, problem.code) for problem in report.problems]


@pytest.mark.parametrize("base_url", ["democracy.northmere.example", "file:///etc/", ""])
def test_a_base_address_must_be_one(tmp_path: Path, base_url: str) -> None:
    """An authority without a web address is refused before anything is asked."""
    with pytest.raises(SourceError, match="northmere"):
        crawl([_authority(base_url)], Archive(tmp_path), print)


def test_what_the_loader_raises_ends_the_crawl(server: CountyServer, tmp_path: Path) -> None:
    """An error of the caller's own function reaches the caller, and no crawler is left behind."""

    def full_disk(meeting: dict[str, Any]) -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        crawl([_authority(server.base_url)], Archive(tmp_path), full_disk, delay=0)
    assert [] == multiprocessing.active_children()


def test_an_archive_that_cannot_be_written_is_reported(server: CountyServer, tmp_path: Path) -> None:
    """Where bytes cannot be kept, no meeting is handed over as if they were."""
    (tmp_path / "archive").write_bytes(b"in the way")
    report, meetings = _crawl(server, tmp_path / "archive")
    assert ({}, {"archive_unwritable"}) == (meetings, {problem.code for problem in report.problems})


NIGHT = """
import sys
from pathlib import Path
from minutebook.crawlers.archive import Archive
from minutebook.crawlers.run import crawl

if __name__ == "__main__":
    northmere = {"code": "northmere", "name": "Northmere District Council", "base_url": sys.argv[1]}
    show = lambda meeting: print(meeting["source_id"], flush=True)
    report = crawl([northmere], Archive(Path(sys.argv[2])), show, delay=0)
    print(report.state)
"""


def _broken_night(server: CountyServer, tmp_path: Path, number: signal.Signals) -> list[str]:
    """Run a crawl in a process of its own, signal it after its first meeting, and return what it printed."""
    script = tmp_path / "night.py"
    script.write_text(NIGHT)
    command = [sys.executable, str(script), server.base_url, str(tmp_path / "archive")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as night:
        first = night.stdout.readline().strip()
        night.send_signal(number)
        night.wait()
        asked = len(server.requests)
        # Reading ends when nobody holds the pipe any more, the crawler itself included
        printed = [first, *night.stdout.read().split()]
    assert len(server.requests) - asked <= 2, "an orphan went on asking"
    return printed


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_broken_night_is_completed_by_the_next(tmp_path: Path, number: signal.Signals) -> None:
    """After kill -9 or Ctrl-C no crawler goes on, no file is half written, and the next crawl finds everything."""
    with CountyServer(delay=0.05) as server:
        printed = _broken_night(server, tmp_path, number)
        assert printed[0] in EVERY_MEETING
        assert not EVERY_MEETING <= set(printed)
        assert ("interrupted" in printed) == (number is signal.SIGINT)
        report, meetings = _crawl(server, tmp_path / "archive")
        _, clean = _crawl(server, tmp_path / "clean")
    assert _without_times(clean) == _without_times(meetings)
    assert "finished" == report.state
    assert 0 < report.documents_unchanged
    named = [path for path in (tmp_path / "archive").rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in named] == [path.name for path in named]
