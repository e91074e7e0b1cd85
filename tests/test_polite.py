"""How a crawl treats the sites it visits, and what hostile sites can do to it: real servers, real requests."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.report import CrawlReport
from minutebook.crawlers.run import crawl
from minutebook.crawlers.sites import Bounds, refusal, seconds_of
from minutebook.fixtures.county import county
from minutebook.fixtures.server import CountyServer

EVERY_MEETING = {str(meeting.id) for meeting in county().meetings}
CHALLENGE = {"cf-mitigated": "challenge"}
QUICK = Bounds(page_seconds=0.5, document_seconds=0.5)


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


def _crawl(base_url: str, root: Path, *more: str, **options: Any) -> tuple[CrawlReport, set[str]]:
    """Crawl one council, or several."""
    meetings: list[dict[str, Any]] = []
    authorities = [
        {"code": f"c{number}", "name": "Northmere District Council", "base_url": url}
        for number, url in enumerate([base_url, *more])
    ]
    report = crawl(authorities, Archive(root), meetings.append, **{"delay": 0} | options)
    return report, {meeting["source_id"] for meeting in meetings}


def _spaced(times: list[float], delay: float) -> bool:
    """Whether any four requests took three delays; a busy machine may note one of them late."""
    assert len(times) > 10
    return all(last - first > 3 * delay - 0.25 for first, last in zip(times, times[3:], strict=False))


def _codes(report: CrawlReport) -> list[str]:
    return [problem.code for problem in report.problems]


# --- one at a time ------------------------------------------------------------------------------------------------


def test_one_address_under_two_names_is_asked_in_turn(server: CountyServer, tmp_path: Path) -> None:
    """Two councils on one server share its patience: every two requests are the delay apart, whichever name they use."""
    other = server.base_url.replace("127.0.0.1", "localhost")
    _crawl(server.base_url, tmp_path, other, delay=0.2, since=date(2026, 6, 1))
    times = sorted(when for when, _, _ in server.requests)
    assert 2 == len([target for _, target, _ in server.requests if target == "/robots.txt"])
    assert _spaced(times, 0.2)


def test_the_delay_that_robots_txt_asks_for_is_kept(server: CountyServer, tmp_path: Path) -> None:
    """A Crawl-delay longer than ours counts."""
    server.fail("^/robots.txt$", status=200, body=b"User-agent: *\nCrawl-delay: 0.2\n")
    _crawl(server.base_url, tmp_path, since=date(2026, 6, 1))
    assert _spaced([when for when, target, _ in server.requests if target != "/robots.txt"], 0.2)


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_for_a_rest_gets_it(server: CountyServer, tmp_path: Path, status: int) -> None:
    """After `Retry-After` nothing at all is asked until then; then the same is asked again, and nothing is lost."""
    server.fail("GetMeetings", status=status, times=1, headers={"Retry-After": "2"})
    report, meetings = _crawl(server.base_url, tmp_path)
    assert (EVERY_MEETING, []) == (meetings, report.problems)
    times = [when for when, _, _ in server.requests]
    assert 1.9 < max(after - before for before, after in pairwise(times))


def test_a_rest_beyond_the_night_ends_it_for_that_site(server: CountyServer, tmp_path: Path) -> None:
    """Who asks us to come back tomorrow is asked no more today."""
    server.fail("GetMeetings", status=503, headers={"Retry-After": "86400"})
    report, meetings = _crawl(server.base_url, tmp_path)
    assert (set(), ["retry_later"]) == (meetings, _codes(report))
    assert 1 == len([target for _, target, _ in server.requests if "GetMeetings" in target])


def test_retry_after_may_be_a_date() -> None:
    """`Retry-After` is a number of seconds or a date; what is neither says nothing."""
    soon = datetime.now(UTC) + timedelta(seconds=100)
    assert 98 < (seconds_of(format_datetime(soon, usegmt=True)) or 0) <= 100
    assert [120.0, 0.0, None, None] == [
        seconds_of(text) for text in ("120", "Wed, 21 Oct 2015 07:28:00 GMT", "soon", None)
    ]


# --- not wanted ---------------------------------------------------------------------------------------------------


def test_a_challenge_ends_the_visit_at_once(server: CountyServer, tmp_path: Path) -> None:
    """Who asks for proof of being human is asked no more, and it is said once, with what to do."""
    server.fail("GetMeetings", status=403, headers=CHALLENGE)
    report, meetings = _crawl(server.base_url, tmp_path)
    assert (set(), ["blocked"]) == (meetings, _codes(report))
    assert "write to the council" in report.problems[0].message
    assert 1 == len([target for _, target, _ in server.requests if "GetMeetings" in target])


def test_a_challenge_that_says_503_is_not_tried_again(server: CountyServer, tmp_path: Path) -> None:
    """A challenge page is known by its title too, whatever its status."""
    page = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
    server.fail("GetCommittees", status=503, body=page)
    report, _ = _crawl(server.base_url, tmp_path)
    assert (["blocked"], 2) == (_codes(report), len(server.requests))


@pytest.mark.parametrize("pattern", [".", "moderngov"], ids=["everything", "all but robots.txt"])
def test_a_site_that_only_refuses_counts_as_blocked(server: CountyServer, tmp_path: Path, pattern: str) -> None:
    """A site that answers 403 to everything is recorded as blocked, after hardly a request."""
    server.fail(pattern, status=403)
    report, _ = _crawl(server.base_url, tmp_path)
    assert "blocked" in _codes(report)
    # robots.txt, the web service, and the two lists that are read where it is off
    assert len(server.requests) <= 4


def test_refusals_in_a_row_end_the_visit(server: CountyServer, tmp_path: Path) -> None:
    """A site that begins to refuse in the middle is left alone after three refusals."""
    server.fail(r"GetMeeting\?|ieList|documents", status=403)
    report, meetings = _crawl(server.base_url, tmp_path)
    assert (set(), 1) == (meetings, _codes(report).count("blocked"))
    assert 3 == len([target for _, target, _ in server.requests if "GetMeeting?" in target])


def test_block_pages_are_told_from_papers() -> None:
    """What a firewall sends is known by headers, status and words; a council's page about forbidden things is not it."""
    refused, challenge = "refused", "challenge"
    assert challenge == refusal(403, True, b"")
    assert refused == refusal(403, False, b"")
    assert refused == refusal(200, False, b"<html><body>Access denied</body></html>")
    assert refused == refusal(200, False, b"<html><title>Request Rejected</title></html>")
    assert refusal(200, False, b"<html><h1>Agenda</h1><p>Forbidden parking</p></html>") is None
    assert refusal(503, False, b"<html><h1>Service unavailable</h1></html>") is None


def test_one_blocked_council_leaves_the_others(server: CountyServer, tmp_path: Path) -> None:
    """A block concerns the site that made it."""
    with CountyServer() as other:
        other.fail(".", status=403, headers=CHALLENGE)
        report, meetings = _crawl(other.base_url, tmp_path, server.base_url)
    assert EVERY_MEETING == meetings
    assert [("c0", "blocked")] == [(problem.authority, problem.code) for problem in report.problems]


# --- robots.txt ---------------------------------------------------------------------------------------------------


def test_a_robots_txt_that_never_answers_closes_the_site(server: CountyServer, tmp_path: Path) -> None:
    """A robots.txt that times out may forbid everything: nothing else is asked for in this run."""
    server.slow("^/robots.txt$", 1.5)
    report, meetings = _crawl(server.base_url, tmp_path, bounds=QUICK)
    assert ({"/robots.txt"}, set()) == ({target for _, target, _ in server.requests}, meetings)
    assert ["timeout"] == _codes(report)
    assert "robots.txt" in report.problems[0].message


def test_a_robots_txt_elsewhere_closes_the_site(server: CountyServer, tmp_path: Path) -> None:
    """A robots.txt that is led off the site is not followed, and not taken for an absent one."""
    with CountyServer() as other:
        server.fail("^/robots.txt$", status=302, headers={"Location": f"{other.origin}/robots.txt"})
        report, meetings = _crawl(server.base_url, tmp_path)
        assert [] == other.requests
    assert (set(), ["not_requested"]) == (meetings, _codes(report))


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html>\n<html><body><pre>\nUser-agent: *\nDisallow: /\n</pre></body></html>",
        b"\r\n<!-- site -->\r\n<html>\nUser-agent: *\nDisallow: /\n</html>",
    ],
)
def test_a_web_page_as_robots_txt_is_no_rule(server: CountyServer, tmp_path: Path, page: bytes) -> None:
    """A page in the place of robots.txt forbids nothing, even if its text reads like rules."""
    server.fail("^/robots.txt$", status=200, body=page)
    assert EVERY_MEETING == _crawl(server.base_url, tmp_path)[1]


def test_an_absent_robots_txt_forbids_nothing(server: CountyServer, tmp_path: Path) -> None:
    """404 means that there are no rules."""
    server.fail("^/robots.txt$", status=404)
    assert EVERY_MEETING == _crawl(server.base_url, tmp_path)[1]


# --- hostile sites ------------------------------------------------------------------------------------------------


def test_a_name_that_leads_to_a_private_address_is_refused(server: CountyServer, tmp_path: Path) -> None:
    """Only a base address that is itself a private address may be one; a name that resolves to it is not asked."""
    disguised = server.base_url.replace("127.0.0.1", "127.1")  # a resolver reads it as 127.0.0.1
    report, _ = _crawl(disguised, tmp_path)
    assert (["private_address"], []) == (_codes(report), server.requests)


@pytest.mark.parametrize(
    "target", ["http://127.1:{port}/", "http://169.254.169.254/latest/", "http://[::1]:{port}/", "file:///etc/passwd"]
)
def test_no_redirect_leads_inside(server: CountyServer, tmp_path: Path, target: str) -> None:
    """A redirect to a private address is not followed, whatever it calls itself."""
    port = server.origin.rpartition(":")[2]
    server.fail("ieListDocuments.*4101", status=302, headers={"Location": target.format(port=port)})
    report, meetings = _crawl(server.base_url, tmp_path)
    assert (EVERY_MEETING, 1) == (meetings, len(report.problems))
    assert "/latest/" not in [asked for _, asked, _ in server.requests]


def test_a_site_costs_no_more_than_its_bounds(server: CountyServer, tmp_path: Path) -> None:
    """After so many requests, or bytes, a site is left for the next run, and that is said once."""
    report, _ = _crawl(server.base_url, tmp_path, bounds=Bounds(site_requests=5))
    assert (5, ["limit_reached"]) == (len(server.requests), _codes(report))
    report, _ = _crawl(server.base_url, tmp_path, bounds=Bounds(site_bytes=3000))
    assert ["limit_reached"] == _codes(report)
    report, _ = _crawl(server.base_url, tmp_path, bounds=Bounds(site_seconds=0.05))
    assert ["limit_reached"] == _codes(report)


Write = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def _hostile(write: Write) -> Iterator[str]:
    """A server that has no rules for robots and answers everything else by `write`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_error(404)
                return
            with suppress(OSError):  # whom we serve has gone away
                write(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()


def _send(handler: BaseHTTPRequestHandler, body: bytes, **headers: str) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _endless(handler: BaseHTTPRequestHandler) -> None:
    _send(handler, b"<committees>", Content_Type="text/xml")
    while True:
        handler.wfile.write(b"<committee><committeeid>1</committeeid></committee>" * 1000)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    _send(handler, b"", Content_Type="text/xml")
    while True:
        handler.wfile.write(b"<")
        time.sleep(0.1)


def _silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


def _bomb(handler: BaseHTTPRequestHandler) -> None:
    _send(handler, gzip.compress(bytes(50 * 2**20)), Content_Type="text/xml", Content_Encoding="gzip")


def _not_gzip(handler: BaseHTTPRequestHandler) -> None:
    _send(handler, b"<committees/>", Content_Type="text/xml", Content_Encoding="gzip")


def _nonsense_charset(handler: BaseHTTPRequestHandler) -> None:
    _send(handler, b"\xff\xfe\x00<committees>\xe9", Content_Type="text/xml; charset=klingon")


def _loop(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", handler.path + "x")
    handler.end_headers()


def _no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.northmere.example ESMTP\r\n")


def _header_flood(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: " + b"y" * 1000 + b"\r\n")


@pytest.mark.parametrize(
    ("write", "codes"),
    [
        (_endless, {"too_large"}),
        (_drip, {"timeout"}),
        (_silent, {"timeout"}),
        (_bomb, {"not_requested", "timeout"}),
        (_not_gzip, {"failed"}),
        (_nonsense_charset, {"not_moderngov"}),
        (_loop, {"not_requested"}),
        (_no_http, {"failed"}),
        (_header_flood, {"failed", "timeout"}),
    ],
)
def test_a_hostile_site_costs_little_and_is_told(
    server: CountyServer, tmp_path: Path, write: Write, codes: set[str]
) -> None:
    """Whatever a site sends, it becomes one line of the report, and the council beside it is complete."""
    with _hostile(write) as hostile:
        report, meetings = _crawl(hostile, tmp_path, server.base_url, bounds=QUICK)
    assert EVERY_MEETING == meetings
    assert [("c0", True)] == [(problem.authority, problem.code in codes) for problem in report.problems], (
        report.problems
    )


def test_endless_lists_end_with_the_bounds(tmp_path: Path) -> None:
    """A site that lists ever more committees and meetings is left when it has cost its bounds."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        number = "".join(letter for letter in handler.path if letter.isdigit())
        if "GetCommittees" in handler.path:
            rows = b"".join(
                b"<committee><committeeid>%d</committeeid><committeetitle>Panel</committeetitle></committee>" % n
                for n in range(100)
            )
            _send(handler, b"<committees>" + rows + b"</committees>")
        else:
            row = b"<meeting><meetingid>%s%d</meetingid><meetingdate>01/02/2026</meetingdate></meeting>"
            rows = b"".join(row % (number[:9].encode(), n) for n in range(100))
            _send(
                handler,
                b"<getmeetings><committee><committeemeetings>"
                + rows
                + b"</committeemeetings></committee></getmeetings>",
            )

    with _hostile(write) as hostile:
        report, _ = _crawl(hostile, tmp_path, bounds=Bounds(site_requests=30))
    assert (30, 1) == (report.requests, _codes(report).count("limit_reached"))
