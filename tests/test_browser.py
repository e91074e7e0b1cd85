"""The site in a real browser: the journeys of a researcher, a journalist and an editor, and no page that shuts anyone out.

The pages show the invented county of `make demo`. Where a page is not there yet, its steps are skipped, visibly.
`make screenshots` keeps a picture of each page in docs/screenshots/.
"""

import csv
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import closing
from io import BytesIO
from pathlib import Path
from sqlite3 import connect

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import sync_playwright

from minutebook.models.site import site_command

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "datasette" / "templates"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
FOLDER = os.environ.get("MINUTEBOOK_SCREENSHOTS")
LARGEST_SCREENSHOT = 150_000  # bytes
# Pages by the name of their screenshot; {} is the id of a row that the query finds.
PAGES = {
    "home": ("/", None),
    "search": ("/search?q=library", None),
    "decisions": ("/minutebook/resolutions", None),
    "recommendations": ("/minutebook/recommendations", None),
    "actions": ("/minutebook/actions", None),
    "attendance": ("/minutebook/attendances", None),
    "meeting": ("/minutebook/meetings/{}", "SELECT id FROM meetings WHERE resolutions > 2 ORDER BY id"),
    "decision": ("/minutebook/resolutions/{}", "SELECT id FROM resolutions WHERE text LIKE '%library%' ORDER BY id"),
    "authority": ("/minutebook/authorities/{}", "SELECT id FROM authorities"),
    "committee": ("/minutebook/committees/{}", "SELECT id FROM committees ORDER BY id"),
    "question": ("/minutebook/decisions_mentioning?words=library", None),
    "evidence": ("/evidence/{}", "SELECT id FROM evidence WHERE quote LIKE '%use of force%' AND boxes IS NOT NULL"),
    "evidence-web": ("/evidence/{}", "SELECT id FROM evidence WHERE quote LIKE '%Castle Hill%' AND boxes IS NULL"),
    "paper": ("/paper/{}/2", "SELECT sha256 FROM pages WHERE page = 2 AND width > 0"),
    "health": ("/health", None),
}

needs_browser = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("MINUTEBOOK_BROWSER"), reason="there is no Chromium here"
)
pytestmark = needs_browser


def needs(template):
    """Skip where this page is not part of the site yet."""
    return pytest.mark.skipif(not (TEMPLATES / template).exists(), reason=f"{template} is not there yet")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the demo's site, served as by `minutebook serve`, and its published file."""
    data = tmp_path_factory.mktemp("browser")
    demo = [sys.executable, "-m", "minutebook.pipeline", "--data", str(data), "demo", "--no-serve"]
    subprocess.run(demo, cwd=data, check=True, capture_output=True)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(site_command(data / "site", port), cwd=data, **quiet) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/minutebook.json", server)
            yield f"http://127.0.0.1:{port}", data / "site" / "minutebook.db"
        finally:
            server.terminate()


def wait_for(url, server):
    """Return once the server answers; fail if it dies or takes a minute."""
    for _ in range(600):
        try:
            httpx.get(url, timeout=30)
            return
        except httpx.TransportError:
            assert server.poll() is None
            time.sleep(0.1)
    raise AssertionError(f"{url} never answered")


@pytest.fixture(scope="module")
def browser():
    """Chromium, without a window."""
    assert CHROMIUM, "CI must have Chromium"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, site):
    """A tab on a desktop. It fails the test if a script breaks or the policy of a page is broken."""
    complaints = []
    context = browser.new_context(base_url=site[0], viewport=SIZES["desktop"], accept_downloads=True)
    tab = context.new_page()
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    yield tab
    context.close()
    assert [] == complaints


def address(site, name):
    """The path of a page of PAGES."""
    path, sql = PAGES[name]
    if not sql:
        return path
    with closing(connect(site[1])) as connection:
        return path.format(connection.execute(sql).fetchone()[0])


def marked_words(page):
    """What is marked in the text; the picture must be loaded, and its marks must lie on it, each with a size."""
    picture = page.locator("svg:has(image)")
    whole = picture.bounding_box()
    marks = [mark.bounding_box() for mark in picture.locator("rect").all()]
    assert marks
    for mark in marks:
        assert 0 < mark["width"] <= whole["width"]
        assert 0 < mark["height"] < 0.1 * whole["height"]
        assert whole["x"] <= mark["x"]
        assert whole["y"] <= mark["y"] <= whole["y"] + whole["height"]
    assert 200 == page.request.get(picture.locator("image").get_attribute("href")).status
    return [mark.inner_text() for mark in page.locator("mark").all()]


def downloaded(page, link):
    """The rows of a CSV that a link of the page downloads, as a spreadsheet would read them."""
    with page.expect_download() as waiting:
        link.click()
    with open(waiting.value.path(), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- journeys -----------------------------------------------------------------------------------------------------


def test_a_journalist_sees_the_words_in_the_picture_and_reads_on(page, site):
    """From the evidence: the words marked in the page's picture, the page where they go on, the file as fetched."""
    page.goto(address(site, "evidence"))
    quote = page.locator(".evidence-quote").inner_text()
    assert [quote] == marked_words(page)
    page.get_by_role("link", name="page 2", exact=True).click()
    assert "the words begin there" in page.locator("body").inner_text()
    assert ["September 2026"] == marked_words(page)
    page.get_by_role("link", name="← Page 1").first.click()
    assert page.url.endswith("/1")
    page.get_by_role("link", name=quote[:40]).first.click()
    assert [quote] == marked_words(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the file as we fetched it").click()
    assert b"%PDF-" == Path(waiting.value.path()).read_bytes()[:5]


def test_the_words_can_be_reached_on_a_phone_and_by_keyboard(page, site):
    """The page is no wider than a phone, its picture scrolls in its own box, and the keyboard scrolls that box."""
    page.set_viewport_size(SIZES["phone"])
    page.goto(address(site, "evidence"))
    assert 360 == page.evaluate("document.documentElement.scrollWidth")
    box = page.get_by_role("region", name="Picture of the page")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.page-scroll').scrollLeft > 0")
    page.get_by_role("link", name="The words in the picture").click()
    assert "#marked" in page.url


@needs("search.html")
def test_a_journalist_searches_opens_the_evidence_and_takes_the_rows_away(page):
    """Home, search, a decision, its evidence with the words marked; then the list of decisions as CSV."""
    page.goto("/")
    page.get_by_role("searchbox").last.fill("grants community halls")
    page.get_by_role("button", name="Search").last.click()
    page.get_by_role("link", name="see the words in the paper").first.click()
    assert "community halls" in page.locator(".evidence-quote").inner_text()
    assert page.locator("mark").count()
    page.goto("/minutebook/resolutions?_search=grants")
    rows = downloaded(page, page.get_by_role("link", name="CSV").first)
    assert rows
    assert all("grant" in " ".join(row.values()).lower() for row in rows)


@needs("table.html")
def test_a_researcher_follows_recommendations_to_what_became_of_them(page):
    """Every recommendation on a subject, to whom; one of them, and what is held of its fate."""
    page.goto("/minutebook/recommendations")
    page.get_by_label("Words").fill("library")
    page.get_by_role("button", name="Show").click()
    assert "library" in page.locator("h1").inner_text()
    cards = page.locator("article.card")
    assert cards.count()
    assert all("librar" in card.lower() for card in cards.all_inner_texts())
    cards.first.locator(".card-words a").click()
    assert page.get_by_role("heading", name="What became of it").is_visible()
    page.get_by_role("link", name="See the words on the page").first.click()
    assert page.locator("mark").count()


@needs("health.html")
def test_an_editor_checks_the_gaps(page):
    """From any page to what is missing: runs, broken sources, missing minutes, completeness by year."""
    page.goto("/")
    page.get_by_role("link", name="What is missing").first.click()
    assert page.url.endswith("/health")
    for heading in ("Last runs", "Sources that look broken", "Missing minutes", "Completeness"):
        assert page.get_by_role("heading", name=heading, exact=True).is_visible()


# --- every page ---------------------------------------------------------------------------------------------------

LATER = {"search": "search.html", "health": "health.html", "authority": "row-minutebook-authorities.html"}
LATER |= {name: "base.html" for name in PAGES if name not in LATER}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(LATER[name])) for name in PAGES])
def test_every_page_is_for_everyone(page, site, name, size):
    """No serious finding of axe, no sideways scroll; with MINUTEBOOK_SCREENSHOTS, a picture of it is kept there."""
    page.set_viewport_size(SIZES[size])
    assert 200 == page.goto(address(site, name)).status
    if FOLDER:
        keep_screenshot(page, Path(FOLDER) / f"{name}-{size}.png")
    found = Axe().run(page).response["violations"]
    grave = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
    assert [] == grave
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]


def keep_screenshot(page, path):
    """What a reader sees first, in few colours, so that the file is small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(64)
    picture.save(path, optimize=True)
    assert path.stat().st_size < LARGEST_SCREENSHOT
