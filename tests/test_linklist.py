"""Sites that run no system: pages of links read from bytes, dates, and whole crawls of an invented parish council's."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.dates import find_date
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Listing
from minutebook.crawlers.linklist import ListPage, merged, read_list
from minutebook.crawlers.registry import Registry, authority_from, entry_of
from minutebook.crawlers.report import CrawlReport
from minutebook.crawlers.run import crawl, detect
from minutebook.fixtures.county import PAPERS
from minutebook.fixtures.parish_site import AUTHORITY, PREFIX, UPLOADS
from minutebook.fixtures.server import CountyServer

PAGE = "https://saltwick.example/minutes/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monday, 9th February, 2026", date(2026, 2, 9)),
        ("Minutes of the 9th of February 2026 (final)", date(2026, 2, 9)),
        ("9-Feb-26", date(2026, 2, 9)),
        ("February 9th, 2026", date(2026, 2, 9)),
        ("09/02/2026", date(2026, 2, 9)),
        ("Minutes 9.2.26 DRAFT", date(2026, 2, 9)),
        ("2026-02-09-minutes.pdf", date(2026, 2, 9)),
        ("Minutes20260209.pdf", date(2026, 2, 9)),
        ("Final Planning Minutes 09022026", date(2026, 2, 9)),
        ("minutes_9_sept_2025", date(2025, 9, 9)),
        ("31 February 2026, then 1 March 2026", date(2026, 3, 1)),
        ("Item 3, page 12 of 2026", None),
        ("February 2026", None),
        ("Ref 12345678901", None),
        ("9 February", None),
    ],
)
def test_dates_are_found_as_they_are_written(text: str, expected: date | None) -> None:
    """The first that is a day of the calendar; a month, a number or a reference is none."""
    assert expected == find_date(text)


def test_a_year_from_elsewhere_completes_a_date() -> None:
    """But does not replace one that is stated."""
    assert (date(2024, 2, 9), date(2025, 2, 9)) == (find_date("9 February", 2024), find_date("9 February 2025", 2024))


def _read(body: str, year: int | None = None, **listing: Any) -> ListPage:
    return read_list(body.encode(), PAGE, Listing("Parish Council", **listing), "SWK", year)


def _found(page: ListPage) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(meeting.date), [(document.role, document.title) for document in meeting.documents])
        for meeting in page.meetings
    ]


def test_a_table_is_read_by_its_rows_and_heads() -> None:
    """A link that says "Download" is what the head of its column says; a row without papers is a meeting all the same."""
    body = """<table><tr><th>Meeting Date</th><th>Title</th><th>Agenda</th><th>Minutes</th></tr>
    <tr><td>9th February 2026</td><td>Full Council</td><td><a href="a.pdf">Download</a></td>
    <td><a href="b.PDF?ver=2">PDF (97 KB)</a></td></tr>
    <tr><td>13 April 2026</td><td>Annual Meeting</td><td></td><td></td></tr></table>"""
    assert [
        ("2026-02-09", [("agenda", "Agenda"), ("minutes", "Minutes")]),
        ("2026-04-13", []),
    ] == _found(_read(body, rows="tr"))
    named = _read(body, rows="tr", committee_at="td:nth-child(2)").meetings
    assert ["Full Council", "Annual Meeting"] == [meeting.committee.name for meeting in named]
    assert ["full-council:2026-02-09", "annual-meeting:2026-04-13"] == [meeting.source_id for meeting in named]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<h3>9 February 2026</h3><p><a href="a.pdf">Agenda</a>; <a href="b.pdf">Minutes_DRAFT</a></p>'
            '<h3>12 January 2026</h3><p><a href="c.pdf">Minutes</a></p>',
            [("2026-01-12", [("minutes", "Minutes")]), ("2026-02-09", [("agenda", "Agenda"), ("minutes", "Minutes_DRAFT")])],
        ),
        ('<h3>Papers</h3><div><a href="x/minutes-09-02-2026.pdf">Read more</a></div>', [("2026-02-09", [("minutes", "minutes-09-02-2026")])]),
        ('<h3>Papers</h3><div><a href="/about/">About</a></div>', []),
    ],
)  # fmt: skip
def test_headings_have_what_follows_them(body: str, expected: list[Any]) -> None:
    """Up to the next heading that is a row."""
    assert expected == _found(_read(body, rows="h3"))


@pytest.mark.parametrize(
    "row",
    [
        '<li>9 February 2026 <a href="m.pdf">Minutes of 12 January 2026</a></li>',
        '<li><a href="m.pdf">Minutes of 9 February 2026</a></li>',
        '<li><a href="minutes-2026-02-09.pdf">Minutes</a></li>',
        '<h2>Minutes 2026</h2><li>Monday 9 February <a href="m.pdf">Minutes</a></li>',
        '<h3>9th February 2026</h3><ul><li><a href="m.pdf">Minutes</a></li></ul>',
    ],
)
def test_a_date_is_looked_for_beside_the_link_first(row: str) -> None:
    """Beside it, in it, in its address, in the heading above: in this order."""
    assert ["2026-02-09"] == [day for day, _ in _found(_read(row))]


def test_a_year_of_the_page_counts_where_none_is_stated() -> None:
    """As on the pages of one year each."""
    assert ["2024-02-09"] == [day for day, _ in _found(_read('<li>9 Feb <a href="m.pdf">Minutes</a></li>', year=2024))]


def test_a_pattern_says_which_date_is_meant() -> None:
    """What it encloses, where a row has several dates."""
    row = '<li>Published 1 March 2026. Meeting: 9 February 2026 <a href="m.pdf">Minutes</a></li>'
    assert ["2026-02-09"] == [day for day, _ in _found(_read(row, date=r"Meeting: (.*)"))]


def test_only_files_are_papers_unless_the_listing_says_so() -> None:
    """A link to a page is none, but a handler without an ending can be made one."""
    row = '<li>9 February 2026 <a class="doc" href="/get.asp?id=7">Minutes</a> <a href="/news/">News</a></li>'
    assert [] == _found(_read(row))
    [meeting] = _read(row, links="a.doc").meetings
    assert ["url:saltwick.example/get.asp?id=7"] == [document.source_id for document in meeting.documents]


def test_a_paper_in_nested_rows_is_one_paper() -> None:
    """Of the innermost row."""
    body = '<table><tr><td>1 May 2026<ul><li>9 February 2026 <a href="m.pdf">Minutes</a></li></ul></td></tr></table>'
    assert [("2026-02-09", [("minutes", "Minutes")])] == [found for found in _found(_read(body)) if found[1]]


def test_further_pages_stay_on_the_site() -> None:
    """The links that the selector names, those to other sites left out."""
    body = '<p><a class="y" href="2025/">2025</a><a class="y" href="https://else.example/2024">2024</a></p><li>x</li>'
    assert [f"{PAGE}2025/"] == _read(body, pages="a.y").pages


def test_papers_of_one_meeting_come_together() -> None:
    """From wherever they are listed, each once."""
    one = _read('<li>9 Feb 2026 <a href="a.pdf">Agenda</a> <a href="m.pdf">Minutes</a></li>').meetings
    two = _read('<li>9 Feb 2026 <a href="m.pdf">Minutes</a> <a href="r.pdf">Report on the pond</a></li>').meetings
    assert [["agenda", "minutes", "report"]] == [[d.role for d in m.documents] for m in merged(one + two)]


@pytest.mark.parametrize(
    ("body", "rows", "words"),
    [
        ("<p>New look!</p>", "tr", "nothing on the page is 'tr'"),
        ('<li><a href="m.pdf">Minutes</a></li>', "li", "no row"),
    ],
)
def test_a_page_that_changed_is_a_problem(body: str, rows: str, words: str) -> None:
    """No row, or papers without a date: never taken for a council that does not meet."""
    with pytest.raises(SourceError, match=words):
        _read(body, rows=rows)


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        ({"rows": "tr["}, "no CSS selector"),
        ({"date": "("}, "no pattern"),
        ({"row": "tr"}, "row"),
        (None, "authorities.lists"),
    ],
)
def test_a_wrong_listing_is_explained(listing: dict[str, str] | None, words: str) -> None:
    """Before anything is asked for."""
    lists = [{"committee": "Parish Council", **listing}] if listing else []
    with pytest.raises(SourceError, match=re.escape(words)):
        Registry([AUTHORITY | {"base_url": PAGE, "lists": lists}])


# --- whole crawls -----------------------------------------------------------------------------------------------------

FEBRUARY = "parish-council:2026-02-09"


@pytest.fixture
def server() -> Iterator[CountyServer]:
    with CountyServer() as running:
        yield running


def _crawl(
    server: CountyServer, root: Path, entry: dict[str, Any] = AUTHORITY, **options: Any
) -> tuple[CrawlReport, dict[str, dict[str, Any]]]:
    meetings: list[dict[str, Any]] = []
    options = {"until": date(2026, 12, 31)} | options
    report = crawl([entry | {"base_url": server.origin + PREFIX}], Archive(root), meetings.append, delay=0, **options)
    assert len({meeting["source_id"] for meeting in meetings}) == len(meetings)
    return report, {meeting["source_id"]: meeting for meeting in meetings}


def _asked(server: CountyServer, pattern: str) -> list[str]:
    return [target for _, target, _ in server.requests if re.search(pattern, target)]


EVERYTHING = {
    "full-council:2026-02-09": ["agenda", "minutes"],
    "parish-council:2026-03-09": ["agenda"],
    "annual-parish-meeting:2026-04-13": [],
    "allotments-committee:2026-05-12": ["minutes"],
    "allotments-committee:2026-06-03": ["agenda", "other"],
    "allotments-committee:2025-05-04": ["minutes"],
    "burial-board:2026-01-05": ["other"],
    "burial-board:2025-11-03": ["minutes"],
}


def test_every_shape_of_page_is_read(server: CountyServer, tmp_path: Path) -> None:
    """A table, yearly pages, and an archive in pages with a page for each paper; each page is asked for once."""
    report, meetings = _crawl(server, tmp_path)
    assert EVERYTHING == {name: [d["role"] for d in meeting["documents"]] for name, meeting in meetings.items()}
    assert ([], "finished") == (report.problems, report.state)
    assert all(d["sha256"] in Archive(tmp_path) for meeting in meetings.values() for d in meeting["documents"])
    pages = _asked(server, "meetings/|allotments|document")
    assert len(pages) == len(set(pages))


def test_years_end_where_there_are_no_earlier_pages(server: CountyServer, tmp_path: Path) -> None:
    """A year without a page is no problem, and after some in a row no earlier one is asked for."""
    report, _ = _crawl(server, tmp_path)
    years = [int(target[-5:-1]) for target in _asked(server, "allotments")]
    assert (sorted(years, reverse=True), [], 2022) == (years, report.problems, min(years))


def test_dates_limit_meetings_and_yearly_pages(server: CountyServer, tmp_path: Path) -> None:
    """Only meetings between the dates, and only pages of years that can hold them."""
    _, meetings = _crawl(server, tmp_path, since=date(2026, 2, 1), until=date(2026, 5, 31))
    expected = {name for name in EVERYTHING if "2026-02-01" <= name[-10:] <= "2026-05-31"}
    assert expected == set(meetings)
    assert ["2026"] == [target[-5:-1] for target in _asked(server, "allotments")]


def test_a_draft_replaced_in_place_is_fetched_again(server: CountyServer, tmp_path: Path) -> None:
    """The same address with other bytes is a new version: it is asked for on every visit."""
    _, first = _crawl(server, tmp_path)
    final = (PAPERS / "panel-2026-06-19-printed.pdf").read_bytes()
    server.fail(re.escape(UPLOADS) + "M-draft", status=200, body=final)
    held = {d["source_id"]: d["sha256"] for meeting in first.values() for d in meeting["documents"]}
    report, second = _crawl(server, tmp_path, known=lambda authority, source_id: held.get(source_id))
    [minutes] = [d for d in second["full-council:2026-02-09"]["documents"] if d["role"] == "minutes"]
    assert final == Archive(tmp_path).get(minutes["sha256"])
    assert 1 == report.documents_fetched


@pytest.mark.parametrize(
    ("pattern", "status", "code", "lost"),
    [
        ("/saltwick/meetings/", 200, "no_rows", {"2026-02-09", "2026-03-09", "2026-04-13"}),
        ("/saltwick/meetings/", 500, "http_500", {"2026-02-09", "2026-03-09", "2026-04-13"}),
        ("/document/november/", 404, "http_404", {"2025-11-03"}),
        ("allotments-2025", 503, "http_503", {"2025-05-04"}),
    ],
)
def test_a_page_that_fails_leaves_the_others(
    server: CountyServer, tmp_path: Path, pattern: str, status: int, code: str, lost: set[str]
) -> None:
    """It is reported, and everything else is found."""
    server.fail(pattern, status=status, body=b"<html><body>Access denied</body></html>")
    report, meetings = _crawl(server, tmp_path)
    assert {name for name in EVERYTHING if name[-10:] not in lost} == set(meetings)
    assert [code] == [problem.code for problem in report.problems]


def test_lists_without_any_meeting_are_a_problem(server: CountyServer, tmp_path: Path) -> None:
    """A list of yearly pages of which none is there is not taken for a council that never met."""
    report, meetings = _crawl(server, tmp_path, AUTHORITY | {"lists": [{"committee": "X", "url": "minutes-{year}/"}]})
    assert ({}, ["no_meetings"]) == (meetings, [problem.code for problem in report.problems])


def test_pages_without_end_are_left(tmp_path: Path) -> None:
    """A calendar that always links a next page is given up after a bounded number, and that is reported."""

    class Endless(CountyServer):
        def respond(self, target: str, host: str, agent: str) -> Any:
            given = super().respond(target, host, agent)
            if "/endless/" not in target:
                return given
            number = len(self.requests)
            body = f'<li>9 February 2026 <a href="m.pdf">Minutes</a></li><a class="next" href="/saltwick/endless/{number}">'
            return given._replace(status=200, media_type="text/html", body=body.encode())

    listing = {"committee": "X", "url": "endless/", "pages": "a.next"}
    with Endless() as endless:
        report, meetings = _crawl(endless, tmp_path, AUTHORITY | {"lists": [listing]})
        assert len(endless.requests) < 210
    assert (["x:2026-02-09"], {"too_many_pages"}) == (
        list(meetings),
        {p.code for p in report.problems if p.code != "http_404"},
    )


def test_papers_on_another_host_are_fetched_if_the_entry_names_it(tmp_path: Path) -> None:
    """And only then."""
    with CountyServer() as server, CountyServer() as files:
        page = f'<li>9 February 2026 <a href="{files.origin}/saltwick/wp-content/m.pdf">Minutes</a></li>'
        server.fail("/saltwick/minutes/", status=200, body=page.encode())
        entry = AUTHORITY | {"lists": [{"committee": "X", "url": "minutes/"}]}
        report, _ = _crawl(server, tmp_path, entry)
        assert ([], ["not_requested"]) == (files.requests, [problem.code for problem in report.problems])
        report, _ = _crawl(server, tmp_path, entry | {"hosts": [files.origin.removeprefix("http://")]})
        assert (1, []) == (report.documents_fetched, report.problems)


def test_detect_writes_an_entry_that_crawls(server: CountyServer, tmp_path: Path) -> None:
    """A page of papers under dates, and no system, is a link list: what detect finds is enough to crawl it."""
    found = detect(f"{server.origin}{PREFIX}meetings/", delay=0)
    assert ("linklist", "Saltwick Parish Council", f"{PREFIX}meetings/") == (found.system, found.name, found.page)
    entry = {"code": "SWK", "name": found.name, "system": found.system, "base_url": found.base_url}
    entry["lists"] = [{"committee": "Parish Council", "url": found.page}]
    assert "[[authorities.lists]]" in entry_of(authority_from(entry))
    meetings: list[dict[str, Any]] = []
    report = crawl([entry], Archive(tmp_path), meetings.append, delay=0)
    assert (3, []) == (len(meetings), report.problems)
