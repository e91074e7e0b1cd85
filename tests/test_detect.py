"""Telling which system runs a site: from saved pages, and from a real server with few requests."""

import subprocess
import sys
import tomllib
from pathlib import Path

import lxml.html
import pytest

from minutebook.crawlers.detect import PROBES, Found, code_of, detect, name_of
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.registry import known, known_site
from minutebook.crawlers.run import detect as detect_site
from minutebook.fixtures.server import CountyServer

SITE = "https://www.northmere.example"
HOME = """<html><head><title>Northmere District Council | Meetings</title></head><body>
<a href="mailto:clerk@northmere.example">Clerk</a><a href="http://[broken">Map</a><a href="/cemetery.aspx">Cemetery</a>
{}</body></html>"""


@pytest.mark.parametrize(
    ("link", "system", "base_url"),
    [
        (
            "https://democracy.northmere.example/moderngov/ieListMeetings.aspx?CommitteeId=12",
            "moderngov",
            "https://democracy.northmere.example/moderngov/",
        ),
        ("/Localgov/MGLISTCOMMITTEES.ASPX?bcr=1", "moderngov", f"{SITE}/Localgov/"),
        ("/documents/s3011/Mill%20Lane.pdf", "moderngov", f"{SITE}/"),
        ("/cmis5/Document.ashx?czJKcaeAi5tU=abc", "cmis", f"{SITE}/cmis5/"),
        ("/live/Meetings/tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/2/Committee/1/D.aspx", "cmis", f"{SITE}/live/"),
        ("/meetings/meeting/123/planning", "jadu", f"{SITE}/meetings/"),
    ],
)
def test_links_tell_a_system_and_its_folder(link: str, system: str, base_url: str) -> None:
    """A page that only links a system tells which, and the folder it lives in, without asking for it."""
    found = detect(HOME.format(f'<a href="{link}">Papers</a>').encode(), f"{SITE}/council/")
    assert Found(system, base_url, "Northmere District Council") == found


@pytest.mark.parametrize(
    ("body", "url", "system", "base_url"),
    [
        ('<div id="modgov"></div>', "/mg/mgWhatsNew.aspx?bcr=1", "moderngov", "/mg/"),
        ('<link href="SiteSpecific/ssMgStyles.css">', "/ieDocHome.aspx", "moderngov", "/"),
        ('<form name="dnn$ctr397$MeetingCalendarPublic$x"></form>', "/live/Meetings.aspx", "cmis", "/live/"),
        ('<p title="dnn$ctr9$MeetingCalendarPublicList$x">', "/live/A/B/tabid/70/Default.aspx", "cmis", "/live/A/"),
        (
            '<script src="/live/Portals/0/x.js"></script><p title="dnn$ctr9$MeetingCalendarPublic$x">',
            "/live/A/B/tabid/70/Default.aspx",
            "cmis",
            "/live/",
        ),
    ],
)
def test_a_systems_own_page_tells_it(body: str, url: str, system: str, base_url: str) -> None:
    """A page of the system itself counts more than what it links: other councils, too, are linked."""
    elsewhere = '<a href="/meetings/meeting/1/x">A</a>' * 3
    assert (system, SITE + base_url) == (
        (found := detect((body + elsewhere).encode(), SITE + url)) and (found.system, found.base_url)
    )


@pytest.mark.parametrize("body", [HOME.format(""), "<p>%PDF-1.7 \x00</p>"])
def test_a_page_without_a_sign_tells_nothing(body: str) -> None:
    """No system is guessed."""
    assert detect(body.encode(), SITE) is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<title>Meetings - Northmere Town Council</title>", "Northmere Town Council"),
        ('<meta property="og:site_name" content="Northmere Council"><title>Home</title>', "Northmere Council"),
        ("<title>Home</title>", "www.northmere.example"),
        ("", "www.northmere.example"),
    ],
)
def test_the_name_is_what_the_site_calls_itself(head: str, name: str) -> None:
    """The part of the title that names a body; the host where none does."""
    assert name == name_of(lxml.html.document_fromstring(f"<html><head>{head}</head><body>x</body></html>"), SITE)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Northmere District Council", "NORTHMERE"),
        ("City of Port Hollow", "PORT-HOLLOW"),
        ("The Council", "THE-COUNCIL"),
    ],
)
def test_the_code_is_the_words_of_its_own(name: str, code: str) -> None:
    """Words that many bodies share are left out, unless nothing else is left."""
    assert code == code_of(name)


def test_a_known_site_is_known_by_its_folder() -> None:
    """Whether it is reached by http or https."""
    entry = next(iter(known().values()))
    _, _, folder = entry["base_url"].partition("://")
    assert [entry["code"]] * 2 == [known_site(f"{scheme}://{folder}").code for scheme in ("http", "https")]
    assert known_site("https://democracy.northmere.example/") is None


def _detect(url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "minutebook.pipeline", "detect", url, "--delay", "0"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_prints_an_entry() -> None:
    """What it prints can be put into the settings file as it is; one page is asked for, after robots.txt."""
    with CountyServer() as server:
        result = _detect(f"{server.base_url}ieListDocuments.aspx?MId=4101")
        assert 2 == len(server.requests)
    [entry] = tomllib.loads(result.stdout)["authorities"]
    assert ("moderngov", server.base_url) == (entry["system"], entry["base_url"])
    assert entry["code"] and entry["name"]


def test_what_the_first_page_hides_is_looked_for_beside_it() -> None:
    """The first pages of the systems are asked for in turn, and no more than these."""
    with CountyServer() as server:
        server.fail("/council/", status=200, body=HOME.format("").encode())
        server.fail("/council/(mg|Meetings)", status=404)
        server.fail("/council/meetings", status=200, body=HOME.format('<a href="meetings/meeting/7/x">x</a>').encode())
        found = detect_site(f"{server.origin}/council/", delay=0)
    assert ("jadu", f"{server.origin}/council/meetings/") == (found.system, found.base_url)
    assert ["/robots.txt", "/council/", *(f"/council/{probe}" for probe in PROBES)] == [r[1] for r in server.requests]


def test_a_site_that_tells_nothing_is_not_guessed() -> None:
    """The error says what to try next."""
    with CountyServer() as server:
        server.fail("/council/", status=200, body=HOME.format("").encode())
        with pytest.raises(SourceError, match="no sign of a system"):
            detect_site(f"{server.origin}/council/", delay=0)


def test_a_site_that_wants_no_robots_is_left_alone() -> None:
    """Nothing is asked that robots.txt forbids, and the command says so."""
    with CountyServer() as server:
        server.fail("robots.txt", status=200, body=b"User-agent: *\nDisallow: /\n")
        result = _detect(server.base_url)
        assert ["/robots.txt"] == [target for _, target, _ in server.requests]
    assert (1, "") == (result.returncode, result.stdout)
    assert "robots.txt" in result.stderr


@pytest.mark.parametrize("url", ["northmere.example", "http://127.0.0.1:9/"])
def test_a_wrong_address_is_explained(tmp_path: Path, url: str) -> None:
    """What is no address, or where nothing answers, ends with a line for people."""
    result = _detect(url)
    assert (1, "") == (result.returncode, result.stdout)
    assert url in result.stderr
    assert "Traceback" not in result.stderr
