"""A quote back to its place: boxes on PDF pages, pictures, elements of web pages, links into the live page."""

import ctypes
import doctest
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from queue import Queue
from threading import Thread

import lxml.html
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from click.testing import CliRunner
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from minutebook import MinutebookError
from minutebook.extract import extract_bytes
from minutebook.extract.facts import Evidence, Facts
from minutebook.extract.reading import read
from minutebook.extract.reading.geometry import Word
from minutebook.extract.showing import letters, link
from minutebook.extract.showing.boxes import Box, Placement, loaded_page, quote_boxes
from minutebook.extract.showing.letters import letters_of
from minutebook.extract.showing.link import live_link, page_link
from minutebook.extract.showing.picture import MOST_PIXELS, page_picture
from minutebook.extract.showing.web import WebPlace, web_place
from minutebook.pipeline import main

ROOT = Path(__file__).parent.parent
PAPERS = ROOT / "fixtures" / "papers" / "documents"
BAD = ROOT / "fixtures" / "bad"
SHARED = ROOT.parent / "shared" / "gold" / "documents"
REAL = sorted(SHARED.iterdir()) or [SHARED] if SHARED.exists() else [SHARED]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
SIDE = 600


def places(facts: Facts) -> list[Evidence]:
    """The evidence of all facts of a document, each place once."""
    lists = (facts.attendees, facts.speakers, facts.resolutions, facts.recommendations, facts.actions, facts.items)
    found = [piece for of_kind in lists for fact in of_kind for piece in fact.evidence]
    return list({(piece.page, piece.start, piece.end): piece for piece in found}.values())


def inside(data: bytes, page: int, boxes: list[Box]) -> str:
    """The letters that PDFium finds in the middle of the boxes."""
    with loaded_page(data, page) as opened:
        textpage = opened.get_textpage()
        text = "".join(textpage.get_text_bounded(*on_paper(opened, box)) for box in boxes)
        textpage.close()
    return letters_of(text).text


def on_paper(page: pdfium.PdfPage, box: Box) -> tuple[float, float, float, float]:
    """A box, less its edges, as it lies on the sheet that is not yet turned or cropped: left, bottom, right, top."""
    middle, half = (box.top + box.bottom) / 2, 0.08 * (box.bottom - box.top)
    width, height = (round(100 * length) for length in page.get_size())
    x, y = ctypes.c_double(), ctypes.c_double()
    corners = []
    for left, top in ((box.left + 0.6, middle - half), (box.right - 0.6, middle + half)):
        raw.FPDF_DeviceToPage(page.raw, 0, 0, width, height, 0, round(100 * left), round(100 * top), x, y)
        corners.append((x.value, y.value))
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def wrong_places(data: bytes, facts: Facts) -> list[tuple[str, str]]:
    """Each quote whose boxes hold other letters than its own, with those."""
    wrong = []
    for piece in places(facts):
        placement = quote_boxes(data, piece.page, facts.page_texts[piece.page - 1], piece.start, piece.end)
        found = inside(data, piece.page, placement.boxes)
        if (found, placement.share) != (letters_of(piece.quote).text, 1.0):
            wrong.append((piece.quote, found))
    return wrong


@pytest.mark.parametrize("path", sorted(PAPERS.glob("*.pdf")), ids=lambda path: path.name)
def test_the_boxes_of_every_quote_hold_its_words(path: Path) -> None:
    """What PDFium reads inside the boxes of each fact of the invented papers is the quote, letter for letter."""
    data = path.read_bytes()
    facts = extract_bytes(data, path.name, with_text=True)
    assert places(facts)
    assert [] == wrong_places(data, facts)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/gold is not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_quotes_of_real_papers_are_found_again(path: Path) -> None:
    """Of the facts of a real paper or page, 99 of 100 are boxed letter for letter, or found in the page's own text."""
    data = path.read_bytes()
    facts = extract_bytes(data, path.name, with_text=True)
    pieces = places(facts)
    if path.suffix == ".pdf":
        wrong = wrong_places(data, facts)
    else:
        found = [(piece.quote, web_place(data, piece.page, piece.start, piece.end).quote) for piece in pieces]
        wrong = [(one, other) for one, other in found if letters_of(one).text != letters_of(other).text]
    assert len(wrong) <= 0.01 * len(pieces), wrong


# --- pages that are hard to read back ------------------------------------------------------------------------------


def drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = (SIDE, SIDE)) -> bytes:
    """A PDF of one page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def printed(story: list[object], columns: int = 1) -> bytes:
    """A PDF set in columns."""
    out = BytesIO()
    paper = BaseDocTemplate(out, pagesize=(SIDE, SIDE), invariant=1)
    width = (SIDE - 80) / columns
    frames = [Frame(40 + number * width, 40, width - 20, SIDE - 80) for number in range(columns)]
    paper.addPageTemplates(PageTemplate(frames=frames))
    paper.build(story)
    return out.getvalue()


def placed(data: bytes, text: str, quote: str, nth: int = 0) -> Placement:
    """Where the nth occurrence of a quote stands on the first page; checks that its letters are in the boxes."""
    start = [found.start() for found in re.finditer(re.escape(quote), text)][nth]
    placement = quote_boxes(data, 1, text, start, start + len(quote))
    assert letters_of(quote).text == inside(data, 1, placement.boxes)
    assert 1.0 == placement.share
    return placement


def turned(canvas: Canvas, rotation: int) -> None:
    """Lines that stand upright once the page is turned."""
    corner = {0: (0, 0), 90: (SIDE, 0), 180: (SIDE, SIDE), 270: (0, SIDE)}[rotation]
    canvas.setPageRotation(rotation)
    canvas.translate(*corner)
    canvas.rotate(rotation)
    for number, line in enumerate(("The clerk read the letter.", "The letter was re-", "ferred to the panel.")):
        canvas.drawString(100, 500 - 20 * number, line)


TURNED = "The clerk read the letter.\nThe letter was referred to the panel."


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_boxed_as_it_is_shown(rotation: int) -> None:
    """However the page is turned, the boxes stand where its reader sees the words."""
    first, second = placed(drawn(partial(turned, rotation=rotation)), TURNED, "referred to").boxes
    assert first.top < 120 < first.bottom < second.top + 3 < 140 < second.bottom
    assert (True, pytest.approx(100, abs=1)) == (first.left > 160, second.left)


def test_a_cropped_page_is_boxed_from_its_crop() -> None:
    """Boxes count from the corner of what is shown, not of what was printed."""
    whole, cropped = pdfium.PdfDocument(drawn(partial(turned, rotation=0))), BytesIO()
    page = whole[0]
    page.set_cropbox(50, 0, SIDE, SIDE - 60)
    whole.save(cropped)
    page.close()
    whole.close()
    box = placed(cropped.getvalue(), TURNED, "The clerk").boxes[0]
    assert (True, pytest.approx(50, abs=1)) == (box.top < 40 < box.bottom, box.left)


def paragraph(text: str) -> Paragraph:
    """A paragraph as minutes have them."""
    return Paragraph(text, ParagraphStyle("text", fontSize=11, leading=14, spaceAfter=8))


def test_a_phrase_that_occurs_often_is_boxed_where_it_was_quoted() -> None:
    """Each of the same words of a page is told from the others by those around it."""
    notes = ["Bees", "The weir", "Bus shelters", "Allotments"]
    data = printed(
        [paragraph(f"{note}: the report was considered. RESOLVED: That the report be noted.") for note in notes]
    )
    text = read(data).text
    tops = [placed(data, text, "RESOLVED: That the report be noted.", nth).boxes[0].top for nth in range(len(notes))]
    assert 4 == len(set(tops))
    assert sorted(tops) == tops


def test_cells_are_boxed_row_by_row() -> None:
    """A cell that is wrapped has a box a line, and the same words in the next row are not taken for its own."""
    rows = [["Item", "What was said", "Outcome"]]
    rows += [
        [str(n), paragraph(f"The {what} was discussed at some length by all who were there"), "Noted"]
        for n, what in enumerate(("weir", "mill", "ford"), 1)
    ]
    data = printed([Table(rows, colWidths=[60, 150, 120], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])])
    text = read(data).text
    assert 4 == text.count("\n") + 1
    row = placed(data, text, text.splitlines()[2])
    assert [True, False, False, False, False] == [box.left < 150 for box in row.boxes]
    assert [False, False, False, False, True] == [box.left > 330 for box in row.boxes]
    noted = [placed(data, text, "Noted", nth).boxes[0].top for nth in range(3)]
    assert sorted(set(noted)) == noted
    assert min(box.top for box in row.boxes) - 1 < noted[1] < max(box.bottom for box in row.boxes)


def test_columns_and_broken_words_are_boxed_where_they_stand() -> None:
    """In two columns, with words broken at line ends, each line has a box, in its own column."""
    long = "The panel asked that the accommo\u00addation strategy be recon\u00adsidered in the coming year with the parishes. "
    data = printed([paragraph(f"{name}. {long * 6}") for name in ("Left", "Middle", "Right", "Last")], columns=2)
    text = " ".join(f"{name}. {long.replace(chr(0xAD), '') * 6}" for name in ("Left", "Middle", "Right", "Last"))
    boxes = [placed(data, text, "accommodation strategy be reconsidered", nth).boxes for nth in range(24)]
    assert [] == [found for found in boxes if not 1 <= len(found) <= 3]
    reading_order = [(found[0].left > SIDE / 2, found[0].top) for found in boxes]
    assert sorted(reading_order) == reading_order
    assert {True, False} == {right for right, _ in reading_order}


def test_marks_are_boxed_with_their_words() -> None:
    """Brackets, dashes, bullets and stops are part of the box of a quote that has them, and of no other."""
    data = drawn(lambda canvas: canvas.drawString(100, 500, "Then: \u2022 (a) the office \u2013 closed.) Next"))
    text = "Then: • (a) the office – closed.) Next"
    wide = placed(data, text, "• (a) the office – closed.)").boxes
    bare = placed(data, text, "a) the office – closed").boxes
    assert (1, 1) == (len(wide), len(bare))
    assert (True, True) == (wide[0].left < bare[0].left - 5, wide[0].right > bare[0].right + 5)


def test_what_is_not_on_the_page_is_told() -> None:
    """Words that the page does not have are left out of the boxes, and the share says so."""
    data = drawn(lambda canvas: canvas.drawString(100, 500, "The weir was mended."))
    text = "The weir was never mended."
    placement = quote_boxes(data, 1, text, 0, len(text))
    assert pytest.approx(16 / 21) == placement.share
    assert "Theweirwasmended" == inside(data, 1, placement.boxes)
    assert ([], 0.0) == quote_boxes(data, 1, text, 3, 4)


def test_words_read_in_a_picture_are_boxed_too() -> None:
    """A page without a text layer is aligned with the words that were recognised in it."""
    words = [Word("The", 10, 28, 100, 10), Word("weir", 32, 52, 100, 10), Word("leaks.", 10, 40, 114, 10)]
    placement = quote_boxes((BAD / "image-only.pdf").read_bytes(), 1, "The weir leaks.", 4, 15, lambda _: words)
    assert ([Box(32, 92, 52, 102), Box(10, 106, 40, 116)], 1.0) == placement


@pytest.mark.parametrize(
    ("name", "page", "code"),
    [
        ("papers/documents/scrutiny-2026-12-17-agenda.pdf", 99, "no_such_page"),
        ("papers/documents/scrutiny-2026-12-17-agenda.pdf", 0, "no_such_page"),
        ("papers/documents/scrutiny-2026-12-17-page.html", 1, "not_a_pdf"),
        ("bad/encrypted.pdf", 1, "encrypted"),
        ("bad/empty.pdf", 1, "empty"),
    ],
)
def test_a_page_that_cannot_be_shown_is_refused(name: str, page: int, code: str) -> None:
    """No such page, no PDF, a password: each is told by its code."""
    data = (ROOT / "fixtures" / name).read_bytes()
    for show in (partial(quote_boxes, page_text="a", start=0, end=1), partial(page_picture, boxes=[])):
        with pytest.raises(MinutebookError) as told:
            show(data, page)
        assert code == told.value.code


# --- pictures -----------------------------------------------------------------------------------------------------


def test_the_quote_is_yellow_and_its_text_black() -> None:
    """Inside a box white is yellow and black stays black; outside nothing changes."""
    data = drawn(lambda canvas: canvas.rect(100, 400, 100, 50, fill=1))
    image = Image.open(BytesIO(page_picture(data, 1, [Box(150, 100, 250, 180)], width=SIDE))).convert("RGB")
    colours = [image.getpixel(at) for at in ((170, 170), (240, 120), (120, 170), (300, 120))]
    assert [(0, 0, 0), True, (0, 0, 0), (255, 255, 255)] == [
        colours[0],
        colours[1][2] < 150 < colours[1][0],
        *colours[2:],
    ]


@pytest.mark.parametrize("size", [(10**6, 10**6), (1, 10**6), (10**6, 3), (3, 3)])
def test_a_page_of_a_mile_makes_a_picture_of_bounded_size(size: tuple[int, int]) -> None:
    """However large or long the page, the picture has no more than so many pixels."""
    image = Image.open(BytesIO(page_picture(drawn(lambda canvas: None, size), 1, [])))
    assert image.width * image.height <= MOST_PIXELS * 1.01 + sum(image.size)


# --- web pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(PAPERS.glob("*.html")), ids=lambda path: path.name)
def test_every_quote_of_a_web_page_has_its_element(path: Path) -> None:
    """The element holds the words of each fact, and the anchor is that of its agenda item."""
    data = path.read_bytes()
    facts = extract_bytes(data, path.name, with_text=True)
    tree = lxml.html.document_fromstring(data.decode())
    for piece in places(facts):
        found = web_place(data, piece.page, piece.start, piece.end)
        (element,) = tree.xpath(found.path)
        assert (letters_of(piece.quote).text, 1.0) == (letters_of(found.quote).text, found.share)
        assert letters_of(piece.quote).text in letters_of(element.text_content()).text
        row = next((row for row in element.iterancestors("tr")), element)
        assert found.anchor in (row.xpath(".//a/@name") or [found.anchor])


def test_links_say_where_to_look() -> None:
    """The parts of a text fragment are parted by hyphens, commas and ampersands of its own, and by no others."""
    start = "https://northmere.example/m?a=1&b=2"
    assert f"{start}#page=7" == page_link(f"{start}#top", 7)
    assert f"{start}#top:~:text=a%20well%2Ddressing%2C%20b%20%26%20c" == live_link(
        f"{start}#top", "a well-dressing, b & c"
    )
    assert f"{start}#AI%207:~:text=of%20the%20last-,one,-two" == live_link(
        start, "one", "first\nof the last ", " two\nx", "AI 7"
    )
    words = " ".join(f"w{number}" for number in range(40))
    assert f"{start}#:~:text=w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39" == live_link(start, words)
    assert f"{start}#:~:text=1.,The%20weir" == live_link(start, "1.\n\tThe weir")
    assert (f"{start}#AI7", start) == (live_link(start, "", anchor="AI7"), live_link(start, ""))


def test_the_examples_of_the_docstrings_hold() -> None:
    """What the docstrings show is what comes out."""
    assert [0, 0] == [doctest.testmod(module).failed for module in (letters, link)]


WATCH = """<script>addEventListener("load", () => setTimeout(() => {
    const off = (at) => Math.abs(at.getBoundingClientRect().top - innerHeight / 2);
    const found = [...document.querySelectorAll("[id]")].sort((one, other) => off(one) - off(other));
    fetch("/seen-" + found[0].id);
}, 2000))</script>"""
MINUTES = "".join(
    f"<p>Item {number}.</p><p id='p{number}'>RESOLVED:\n That the well-dressing, costs &amp; all, be noted.</p>"
    "<div style='height: 400px'></div>"
    for number in range(40)
)


@pytest.fixture
def live_page() -> Iterator[tuple[str, Queue[str]]]:
    """The address of a long page on this machine, and where it tells the id that a browser has in the middle."""
    asked: Queue[str] = Queue()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f"<!doctype html><html><body>{MINUTES}{WATCH}</body></html>".encode())
            if "seen-" in self.path:
                asked.put(self.path.rpartition("-")[2])

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


def in_minutes(words: str) -> WebPlace:
    """Where words of item 23 of that page stand."""
    data = f"<!doctype html><html><body>{MINUTES}</body></html>".encode()
    text = read(data).text
    start = text.index(words, text.index("Item 23."))
    return web_place(data, 1, start, start + len(words))


def test_words_that_nothing_tells_from_others_are_not_linked() -> None:
    """Where a browser would mark the same words of another item, the link goes to the anchor."""
    told = in_minutes("RESOLVED: That the well-dressing, costs & all, be noted.")
    alike = in_minutes("the well-dressing")
    assert (True, False) == (told.known, alike.known)
    assert "https://northmere.example/m#p23" == alike.link("https://northmere.example/m")


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
def test_a_browser_scrolls_to_the_quote(live_page: tuple[str, Queue[str]], tmp_path: Path) -> None:
    """Chromium, given the link of a quote that occurs forty times, shows the one that was meant."""
    address, asked = live_page
    url = in_minutes("RESOLVED: That the well-dressing, costs & all, be noted.").link(address).replace("#p23", "#p7")
    options = ["--headless=new", "--no-sandbox", "--remote-debugging-port=0", f"--user-data-dir={tmp_path}"]
    with subprocess.Popen([CHROMIUM, *options, url], stderr=subprocess.DEVNULL, start_new_session=True) as browser:
        try:
            assert "p23" == asked.get(timeout=120)
        finally:
            os.killpg(browser.pid, signal.SIGKILL)


# --- at a terminal ------------------------------------------------------------------------------------------------


def shown(*words: object) -> tuple[int, str]:
    """Exit code and everything that `minutebook show` prints."""
    result = CliRunner().invoke(main, ["show", *map(str, words)])
    return result.exit_code, result.output


def test_show_draws_the_page_with_the_words(tmp_path: Path) -> None:
    """The words of a PDF are marked in a picture, and with its address the page is linked."""
    picture = tmp_path / "page.png"
    paper = PAPERS / "scrutiny-2026-01-15-printed.pdf"
    code, told = shown(paper, "apologies FOR absence", "-o", picture, "--url", "https://northmere.example/a.pdf")
    assert (0, b"\x89PNG") == (code, picture.read_bytes()[:4])
    assert "Link: https://northmere.example/a.pdf#page=1" in told


def test_show_takes_a_place_and_follows_web_pages() -> None:
    """A place as extract prints it is shown in a web page, with a link to the words there."""
    page = PAPERS / "scrutiny-2026-01-15-page.html"
    piece = extract_bytes(page.read_bytes(), page.name).resolutions[0].evidence[0]
    code, told = shown(page, "--at", piece.page, piece.start, piece.end, "--url", "https://northmere.example/m")
    assert 0 == code
    assert f"Part {piece.page}, in the element /html/" in told
    assert "Link: https://northmere.example/m#AI" in told


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["no such words at all"], 1, "are not in"),
        (["--at", 99, 0, 5], 1, "no page 99"),
        (["--at", 1, 5, 5], 1, "5 to 5"),
        ([], 2, "either the words"),
        (["Northmere", "-o", "no/such/folder/page.png"], 1, "cannot be written"),
    ],
)
def test_show_says_what_is_wrong(words: list[object], code: int, why: str) -> None:
    """Words that are not there, places beyond the text and folders that are none are told in plain words."""
    result = shown(PAPERS / "scrutiny-2026-01-15-printed.pdf", *words)
    assert (code, True) == (result[0], why in result[1])
