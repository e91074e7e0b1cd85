"""The invented county: its website behaves like a real one, and its papers and facts belong together."""

from __future__ import annotations

import http.client
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import lxml.html
import pypdfium2
import pytest
from lxml import etree

from minutebook.fixtures import AUTHORITY, printing
from minutebook.fixtures.county import PAPERS
from minutebook.fixtures.saved import ORIGIN, SAVED
from minutebook.fixtures.server import CountyServer
from minutebook.fixtures.site import PREFIX

BAD = PAPERS.parents[1] / "bad"
FACTS = sorted((PAPERS.parent / "facts").glob("*.json"))
SERVICE = "mgWebService.asmx/"
MEETINGS_2026 = ["4101", "4201", "4102", "4103", "4104", "4202", "4105"]
MEETING_CHILDREN = (
    "meetingid meetingdate meetingstatus isdisplayallowed meetingtime meetingactualstarttime meetingplannedfinishtime "
    "meetingactualfinishtime meetinglocation iswebcast agendaid agendapublished decisionpublished minutepublished "
    "meetingroom agendaitems attendees"
)


class Reply(NamedTuple):
    """What came back, no redirect followed and no header hidden."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def xml(self) -> etree._Element:
        """The body, parsed without expanding entities."""
        return etree.fromstring(self.body, etree.XMLParser(resolve_entities=False))


def get(county: CountyServer, target: str, timeout: float = 30, **headers: str) -> Reply:
    """A GET below the base URL, or of an absolute path."""
    path = target if target.startswith("/") else PREFIX + target
    client = http.client.HTTPConnection(urlsplit(county.origin).netloc, timeout=timeout)
    try:
        client.request("GET", path, headers=headers)
        reply = client.getresponse()
        return Reply(reply.status, reply.headers, reply.read())
    finally:
        client.close()


@pytest.fixture
def county() -> Iterator[CountyServer]:
    with CountyServer() as server:
        yield server


def ids(reply: Reply) -> list[str]:
    return sorted(element.text for element in reply.xml.iter("meetingid"))


def listed(county: CountyServer, since: str, until: str, committee: str = "0") -> list[str]:
    return ids(get(county, f"{SERVICE}GetMeetings?lCommitteeId={committee}&sFromDate={since}&sToDate={until}"))


def pdf_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_committees_include_the_expired_and_the_deleted(county: CountyServer) -> None:
    """GetCommittees lists four committees, one of them expired and one deleted, with a leading space in the count."""
    root = get(county, SERVICE + "GetCommittees").xml
    fields = ("committeeid", "committeeexpired", "committeedeleted")
    flags = [" ".join(committee.findtext(field) for field in fields) for committee in root[1:]]
    assert " 4" == root.findtext("committeescount")
    assert ["211 False False", "218 False False", "105 True False", "98 False True"] == flags


def test_british_dates_are_honoured_and_inclusive(county: CountyServer) -> None:
    """GetMeetings limits by dd/mm/yyyy, both ends included."""
    assert sorted(MEETINGS_2026) == listed(county, "01/01/2026", "31/12/2026")
    assert ["4103"] == listed(county, "16/04/2026", "16/04/2026", committee="211")


def test_iso_dates_are_silently_ignored(county: CountyServer) -> None:
    """ISO dates bring the full history back, as on the real service."""
    assert sorted([*MEETINGS_2026, "4099"]) == listed(county, "2026-04-01", "2026-04-30")


def test_expired_and_deleted_committees_have_no_meetings(county: CountyServer) -> None:
    """Asking for the meetings of a dead committee brings an empty list, not an error."""
    assert [] == listed(county, "01/01/2000", "31/12/2030", committee="105")
    assert [] == listed(county, "01/01/2000", "31/12/2030", committee="98")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("GetMeeting", "Missing parameter: lMeetingId."),
        ("GetMeeting?nMeetingId=4101", "Missing parameter: lMeetingId."),
        ("GetMeeting?lMeetingId=next", "Cannot convert next to System.Int32."),
        ("GetMeeting?lMeetingId=1", "System.NullReferenceException"),
        ("GetMeetings?lCommitteeId=211&sFromDate=01/01/2026", "Missing parameter: sToDate."),
    ],
)
def test_wrong_parameters_are_an_asp_net_error(county: CountyServer, query: str, message: str) -> None:
    """A missing or unknown parameter is status 500 with the reason as plain text."""
    reply = get(county, SERVICE + query)
    assert 500 == reply.status
    assert reply.body.decode().startswith(message)


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("ieListDocuments.aspx?CId=211&MId=4101&Ver=4", "IELISTDOCUMENTS.ASPX?meetingid=4101"),
        (SERVICE + "GetMeeting?lMeetingId=4101", "mgwebservice.asmx/getmeeting?LMEETINGID=4101"),
        ("documents/s30121/Minutes.pdf", "Documents/S30121/anything at all.pdf".replace(" ", "%20")),
        ("mgConvert2PDF.aspx?ID=30121", "documents/g4101/Printed.pdf?T=1"),
    ],
)
def test_addresses_have_many_spellings(county: CountyServer, usual: str, other: str) -> None:
    """Case, aliases and file names do not matter: the same bytes answer."""
    expected = get(county, usual)
    assert 200 == expected.status
    assert expected.body == get(county, other).body


def test_get_meeting_has_the_children_of_the_real_service(county: CountyServer) -> None:
    """The children of GetMeeting come in the documented order, and empty ones hold a newline and indentation."""
    root = get(county, SERVICE + "GetMeeting?lMeetingId=4101").xml
    assert MEETING_CHILDREN.split() == [child.tag for child in root]
    assert "\n" == root.findtext("meetingroom", "")[0]
    assert "" == root.findtext("meetingroom", "").strip()


def test_titles_are_encoded_twice_and_bodies_once(county: CountyServer) -> None:
    """A title's apostrophe is `&amp;#39;` on the wire; an HTML body is escaped text."""
    reply = get(county, SERVICE + "GetMeeting?lMeetingId=4101")
    assert b"<agendaitemtitle>Chair&amp;#39;s announcements</agendaitemtitle>" in reply.body
    bodies = [element.text for element in reply.xml.iter("minutesnonemptyhtmlbody")]
    assert bodies[0].startswith('<div class="WordSection1">')


def test_links_of_the_service_are_plain_http_on_the_host_asked_for(county: CountyServer) -> None:
    """Attachments are linked through mgConvert2PDF, absolute, and never https."""
    root = get(county, SERVICE + "GetMeeting?lMeetingId=4103").xml
    links = {e.findtext("attachmentid"): e.findtext("url") for e in root.iter("linkeddoc")}
    assert f"{county.base_url}mgConvert2PDF.aspx?ID=30121" == links["30121"]


def test_an_attendance_can_stay_expected(county: CountyServer) -> None:
    """A past meeting with minutes still has a member whose attendance was never recorded."""
    root = get(county, SERVICE + "GetMeeting?lMeetingId=4103").xml
    expected = [e.get("name") for e in root.iter("attendee") if e.get("attendance") == "Expected"]
    assert ["Councillor Fergus O’Dunnery"] == expected
    assert b"<td >Expected</td>" in get(county, "mgMeetingAttendance.aspx?ID=4103").body


def test_a_restricted_paper_is_announced_but_not_served(county: CountyServer) -> None:
    """The service lists the restricted paper; both of its addresses lead to the error page."""
    root = get(county, SERVICE + "GetMeeting?lMeetingId=4103").xml
    restricted = [e.findtext("attachmentid") for e in root.iter("linkeddoc") if e.findtext("isrestricted") == "True"]
    assert ["30125"] == restricted
    assert b"documents/s30125" not in get(county, "ieListDocuments.aspx?MId=4103").body
    assert 302 == get(county, "documents/s30125/Heads%20of%20terms.pdf").status
    assert 302 == get(county, "mgConvert2PDF.aspx?ID=30125").status


def test_the_cancelled_meeting_has_a_page_and_no_items(county: CountyServer) -> None:
    """A cancelled meeting is confirmed by its status, its title and the lack of an item table."""
    root = get(county, SERVICE + "GetMeeting?lMeetingId=4102").xml
    page = get(county, "ieListDocuments.aspx?MId=4102").body.decode()
    assert "Cancelled" == root.findtext("meetingstatus")
    assert [] == list(root.iter("agendaitem"))
    assert "CANCELLED" in page
    assert "mgItemTable" not in page


def test_printed_only_minutes_stay_off_page_and_service(county: CountyServer) -> None:
    """The panel's summer minutes are announced as published, linked as a PDF, and nowhere else."""
    reply = get(county, SERVICE + "GetMeeting?lMeetingId=4202")
    assert "True" == reply.xml.findtext("minutepublished")
    assert {"False"} == {element.text for element in reply.xml.iter("isminutepublished")}
    page = get(county, "ieListDocuments.aspx?MId=4202").body.decode()
    assert "documents/g4202/Printed minutes" in page
    assert "Minutes:</p>" not in page


def test_page_markup_is_as_untidy_as_the_real_one(county: CountyServer) -> None:
    """Odd spacing, numeric entities, hidden spans, hard wraps and typed labels are all on the page."""
    page = get(county, "ieListDocuments.aspx?CId=211&MId=4101&Ver=4").body.decode()
    for habit in (
        '<p  class="mgAiTitleTxt" >',
        "Warm homes&#58; progress &#40;2025&#47;26&#41;",
        '<span  class="mgFileSize" >',
        '<th class="mgHide"',
        '<p class="MsoNormal"><span style="">&nbsp;</span></p>',
        "(a)&nbsp;&nbsp;&nbsp;&nbsp; ",
        "<sup>th</sup>",
        '<span\nstyle="">',
        "&#163;2,000",
    ):
        assert habit in page


def test_everything_of_use_is_inside_modgov(county: CountyServer) -> None:
    """The council's own header and footer stand outside `#modgov`, with tempting words in them."""
    tree = lxml.html.fromstring(get(county, "ieListDocuments.aspx?MId=4101").body)
    inside = tree.get_element_by_id("modgov").text_content()
    assert "That the minutes of the meeting" in " ".join(inside.split())
    assert "We have resolved the problem" not in inside
    assert "We have resolved the problem" in tree.text_content()


def test_the_printed_minutes_link_needs_cleaning(county: CountyServer) -> None:
    """Its href holds spaces and a line break; cleaned, it fetches the PDF, and without its `T` nothing."""
    page = get(county, "ieListDocuments.aspx?MId=4101").body
    href = re.search(rb'href="(documents/g4101/[^"]+)"', page)[1].decode()
    assert "\r\n" in href
    path, _, query = re.sub(r"[\r\n]", "", href).partition("?")
    assert b"%PDF" == get(county, f"{quote(path)}?{query}").body[:4]
    assert 404 == get(county, quote(path)).status


def test_last_minutes_appear_again_as_a_paper(county: CountyServer) -> None:
    """The minutes of January are an attachment of April's "Minutes" item, byte for byte."""
    again = get(county, "documents/s30121/x.pdf").body
    assert (PAPERS / "scrutiny-2026-01-15-printed.pdf").read_bytes() == again


def test_unknown_endpoints_lead_to_an_error_page_that_says_200(county: CountyServer) -> None:
    """The redirect ends at mgError.aspx: status 200, without `#modgov`."""
    reply = get(county, "mgMemberIndex.aspx?bcr=1")
    assert (302, PREFIX + "mgError.aspx") == (reply.status, reply.headers["Location"])
    page = get(county, reply.headers["Location"])
    assert 200 == page.status
    assert b'id="modgov"' not in page.body


def test_robots_and_absence(county: CountyServer) -> None:
    """robots.txt lies at the root and allows the prefix; documents and places unknown are 404."""
    assert b"User-agent: *\nDisallow: /northmere/private/\n" == get(county, "/robots.txt").body
    assert 404 == get(county, "/elsewhere/ieListDocuments.aspx?MId=4101").status
    assert 404 == get(county, "documents/s99999/Gone.pdf").status


def test_nothing_helps_a_cache(county: CountyServer) -> None:
    """No answer carries ETag or Last-Modified."""
    for target in (SERVICE + "GetCommittees", "ieListDocuments.aspx?MId=4101", "documents/s30131/Report.pdf"):
        headers = get(county, target).headers
        assert (None, None) == (headers["ETag"], headers["Last-Modified"])


def test_requests_are_recorded(county: CountyServer) -> None:
    """Time, path with query and user agent of every request are kept, in order."""
    get(county, "ieListDocuments.aspx?MId=4101", **{"User-Agent": "minutebook-test"})
    get(county, "/robots.txt")
    times, targets, agents = zip(*county.requests, strict=True)
    assert (PREFIX + "ieListDocuments.aspx?MId=4101", "/robots.txt") == targets
    assert ("minutebook-test", "") == agents
    assert all(first <= second for first, second in pairwise(times))


def test_a_fault_can_pass(county: CountyServer) -> None:
    """A failure said to happen once happens once; others last until healed."""
    county.fail("GetCommittees", status=503, body=b"busy", times=1)
    county.fail(r"MId=4101")
    assert (503, b"busy") == get(county, SERVICE + "GetCommittees")[::2]
    assert 200 == get(county, SERVICE + "GetCommittees").status
    assert [500, 500] == [get(county, "ieListDocuments.aspx?MId=4101").status for _ in range(2)]
    county.heal()
    assert 200 == get(county, "ieListDocuments.aspx?MId=4101").status


def test_a_truncated_body_is_half_of_it(county: CountyServer) -> None:
    """Truncated XML arrives as a complete answer that does not parse."""
    whole = get(county, SERVICE + "GetMeeting?lMeetingId=4101").body
    county.truncate("GetMeeting")
    half = get(county, SERVICE + "GetMeeting?lMeetingId=4101")
    assert whole[: len(whole) // 2] == half.body
    with pytest.raises(etree.XMLSyntaxError):
        _ = half.xml


def test_a_slow_answer_outlasts_an_impatient_client(county: CountyServer) -> None:
    """A slowed address does not answer within the client's patience; others do."""
    county.slow("GetCommittees", seconds=3)
    with pytest.raises(TimeoutError):
        get(county, SERVICE + "GetCommittees", timeout=0.2)
    assert 200 == get(county, "/robots.txt").status


def test_the_server_runs_on_its_own() -> None:
    """`python -m minutebook.fixtures.server` says where it is, serves, and ends quietly on Ctrl-C."""
    command = [sys.executable, "-m", "minutebook.fixtures.server", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = urlsplit(re.search(r"http://\S+", process.stdout.readline())[0])
        client = http.client.HTTPConnection(address.netloc, timeout=30)
        client.request("GET", address.path + SERVICE + "GetCommittees")
        assert 200 == client.getresponse().status
        client.close()
        process.send_signal(signal.SIGINT)
        assert ("Stopped.\n", "") == process.communicate(timeout=30)
    assert 0 == process.returncode


def test_the_authority_is_plain_data() -> None:
    """Others take the authority's code, name and system from one constant."""
    assert {"code": "NMR", "name": "Northmere District Council", "system": "moderngov"} == AUTHORITY


@pytest.mark.parametrize(("name", "target"), SAVED.items())
def test_saved_copies_are_what_the_server_serves(county: CountyServer, name: str, target: str) -> None:
    """A saved page or XML is, byte for byte, what the site answers under its public name."""
    assert (PAPERS / name).read_bytes() == get(county, target, Host=ORIGIN.removeprefix("http://")).body


def test_printing_reproduces_the_committed_papers() -> None:
    """The generator makes the very bytes that are committed, and every document is either printed or saved."""
    printed = printing.papers()
    assert {name: (PAPERS / name).read_bytes() for name in printed} == printed
    assert sorted([*printed, *SAVED]) == sorted(path.name for path in PAPERS.iterdir())


@pytest.mark.parametrize("name", ["scrutiny-2026-01-15-printed.pdf", "panel-2026-06-19-printed.pdf"])
def test_every_page_carries_header_and_footer(name: str) -> None:
    """Each printed page has the running header first and `Page n of m` last."""
    pages = pdf_pages(PAPERS / name)
    assert len(pages) >= 2
    for number, text in enumerate(pages, 1):
        lines = text.splitlines()
        assert re.search(r"(Committee|Panel) – \d+ \w+ 2026$", lines[0])
        assert f"Page {number} of {len(pages)}" == lines[-1]


def test_printed_minutes_have_the_difficulties_of_real_ones() -> None:
    """Hyphens at line ends, a clause and its date across a page, layout tags, numbers in the margin."""
    scrutiny = pdf_pages(PAPERS / "scrutiny-2026-01-15-printed.pdf")
    assert "accommo\ufffedation" in scrutiny[1]
    first, second = pdf_pages(PAPERS / "panel-2026-06-19-printed.pdf")
    assert "drew from them, by 30" == first.splitlines()[-2][-21:]
    assert "September 2026; and" == second.splitlines()[1]
    assert "<AI1>" in first
    assert "</AI6>" in second


def test_margin_numbers_share_a_line_with_the_text() -> None:
    """The minute number stands left of everything else, at the height of the minute's first line."""
    with pypdfium2.PdfDocument(PAPERS / "panel-2026-06-19-printed.pdf") as document:
        text = document[0].get_textpage()
        number = text.get_text_range().index("11. The PCC")
        edges = [text.get_charbox(index) for index in (number, number + 4)]
    assert edges[1][0] - edges[0][0] > 30
    assert abs(edges[1][1] - edges[0][1]) < 1


def test_white_tags_are_tiny() -> None:
    """Nobody sees the layout tags: they are a point high."""
    with pypdfium2.PdfDocument(PAPERS / "panel-2026-06-19-printed.pdf") as document:
        text = document[0].get_textpage()
        _, bottom, _, top = text.get_charbox(text.get_text_range().index("<AI1>") + 1)
    assert top - bottom < 1.5


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.pdf", "Data format error"),
        ("truncated.pdf", "Data format error"),
        ("html-as.pdf", "Data format error"),
        ("encrypted.pdf", "Incorrect password"),
    ],
)
def test_spoiled_papers_are_unreadable(name: str, reason: str) -> None:
    """A PDF reader refuses each spoiled paper for the reason in its name."""
    with pytest.raises(pypdfium2.PdfiumError, match=reason):
        pypdfium2.PdfDocument(BAD / name)


def test_the_scan_has_no_text() -> None:
    """The scanned page opens, and holds no text at all."""
    assert [""] == pdf_pages(BAD / "image-only.pdf")


@pytest.mark.parametrize("name", ["entity-bomb.xml", "external-entity.xml"])
def test_hostile_xml_declares_entities(name: str) -> None:
    """Read safely, the hostile XML parses and leaves its entity unexpanded."""
    root = etree.fromstring((BAD / name).read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    place = root.find("meetinglocation")
    assert etree.Entity is place[0].tag


def test_the_page_without_modgov_has_none() -> None:
    """The page between two systems talks of minutes and has no `#modgov`."""
    page = (BAD / "page-without-modgov.html").read_text("utf-8")
    assert "RESOLVED" in page
    assert "modgov" not in page


def fold(text: str) -> str:
    """Text without white space, hyphens or case, so that line ends do not matter."""
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text).casefold()


def words_of(path: Path) -> str:
    """All words of a document, folded; of a PDF without running header and footer."""
    if path.suffix == ".pdf":
        return fold(" ".join("\n".join(text.splitlines()[1:-1]) for text in pdf_pages(path)))
    if path.suffix == ".html":
        return fold(lxml.html.fromstring(path.read_bytes()).text_content())
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False))
    texts = [text for text in root.itertext() if text.strip()]
    plain = [lxml.html.fromstring(text).text_content() if "<" in text else unescape(text) for text in texts]
    return fold(" ".join([*plain, *(value for element in root.iter() for value in element.attrib.values())]))


def phrases(facts: dict[str, Any]) -> Iterator[str]:
    """Every phrase that a facts file claims to quote."""
    for who in facts["attendees"]:
        yield from filter(None, (who["name"], who["role"], who["organisation"], who["party"]))
    for decision in facts["decisions"]:
        yield from filter(None, (decision[key] for key in ("ref", "text", "mover", "seconder", "addressed_to")))
    for action in facts["actions"]:
        yield from filter(None, (action["text"], action["due"], *(action["owner"] or "").split("; ")))
    yield from (mark["text"] for mark in facts["tolerated"] + facts["must_not"])


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_facts_quote_their_document(path: Path) -> None:
    """Every name and text in a facts file, wanted or forbidden, stands in its document."""
    facts = json.loads(path.read_text("utf-8"))
    words = words_of(PAPERS / facts["file"])
    assert [] == [phrase for phrase in phrases(facts) if fold(phrase) not in words]


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_facts_do_not_contradict_themselves(path: Path) -> None:
    """No wanted row begins with what must not be found."""
    facts = json.loads(path.read_text("utf-8"))
    for mark in facts["must_not"]:
        wanted = [row["name" if mark["field"] == "attendees" else "text"] for row in facts[mark["field"]]]
        assert [] == [text for text in wanted if text.startswith(mark["text"])]


def test_every_document_has_facts() -> None:
    """Documents and facts files pair off by name."""
    described = {path.stem: json.loads(path.read_text("utf-8"))["file"] for path in FACTS}
    assert {path.stem: path.name for path in PAPERS.iterdir()} == described


def test_page_service_and_print_agree() -> None:
    """One meeting's decisions and actions are the same rows on the page, in the XML and in print."""
    rows = []
    for form in ("page", "service", "printed"):
        facts = json.loads((PAPERS.parent / "facts" / f"scrutiny-2026-01-15-{form}.json").read_text("utf-8"))
        rows.append([{**row, "page": None} for row in facts["decisions"] + facts["actions"]])
    assert rows[0] == rows[1] == rows[2]
