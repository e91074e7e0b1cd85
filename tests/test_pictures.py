"""Pictures of pages: made ahead, once, under limits; the marks laid over them hold the quoted words; served safely."""

import asyncio
import ctypes
import hashlib
import json
import random
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path

import lxml.html
import pypdfium2.raw as raw
import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from PIL import Image

from minutebook.crawlers.archive import Archive
from minutebook.extract import extract_bytes
from minutebook.extract.reading.limits import Limits
from minutebook.extract.showing.boxes import loaded_page
from minutebook.extract.showing.illustration import LARGE, WIDTH, illustrate
from minutebook.extract.showing.letters import letters_of
from minutebook.fixtures.hostile import hostile
from minutebook.models.load import load_authority, load_facts, load_meeting
from minutebook.models.pictures import draw_pictures
from minutebook.models.publish import publish
from minutebook.models.store import open_store
from minutebook.pipeline import main

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers" / "documents"
PDFS = sorted(PAPERS.glob("*.pdf"))
FEW = 20
HASH = "a" * 64
HOSTILE = ["encrypted.pdf", "endless-page.pdf", "gigapixel.pdf", "content-bomb.pdf", "million-boxes.pdf", "own-form.pdf", "cut-60.pdf", "deep-array.pdf"]  # fmt: skip


@pytest.fixture(scope="module")
def papers(tmp_path_factory, make):
    """A data folder whose store has the invented papers, its archive their bytes."""
    root = tmp_path_factory.mktemp("papers")
    archive = Archive(root / "archive")
    with open_store(f"sqlite:///{root}/store.db") as session:
        load_authority(session, make.AUTHORITY)
        for number, path in enumerate([*PDFS, *PAPERS.glob("*-page.html")], 1):
            data = path.read_bytes()
            media_type = "application/pdf" if path.suffix == ".pdf" else "text/html"
            paper = make.document(path.stem, media_type=media_type, sha256=archive.put(data))
            load_meeting(session, make.meeting(f"m{number}", f"2026-05-{number:02}", documents=[paper]))
            facts = extract_bytes(data, path.name, with_text=True)
            load_facts(session, paper["sha256"], facts.model_dump(mode="json", by_alias=True))
    return root


class Household:
    """A data folder of one's own."""

    def __init__(self, papers, root):
        self.root, self.site = shutil.copytree(papers, root), root / "site"
        self.archive = Archive(root / "archive")
        self.url = f"sqlite:///{root}/store.db"

    def draw(self, minutes=5.0, least=0.5, load=None):
        """Draw what is missing."""
        limits = Limits(60, 1000)
        load = load or self.archive.get
        return draw_pictures(self.url, self.site, load, least, 1, limits, minutes, lambda *_: None)

    def rows(self, sql, *arguments):
        """The rows of a query on the published file."""
        with closing(sqlite3.connect(self.site / "minutebook.db")) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(sql, arguments).fetchall()

    def pictures(self):
        """Every file of a picture, with when it was written."""
        return {path: path.stat().st_mtime_ns for path in self.site.glob("pictures/*/*")}

    def get(self, path):
        """Ask the site."""
        return asyncio.run(Datasette([], config_dir=self.site).client.get(path, follow_redirects=True))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory, papers):
    """The papers, drawn and published."""
    household = Household(papers, tmp_path_factory.mktemp("drawn") / "data")
    household.report = household.draw()
    publish(household.url, household.site)
    return household


@pytest.fixture
def household(tmp_path, papers):
    """The papers, not yet drawn."""
    return Household(papers, tmp_path / "data")


def words_under(data, page, rectangles, size):
    """The letters that PDFium finds in the middle of rectangles of a picture so many pixels large."""
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    with loaded_page(data, page) as opened, closing(opened.get_textpage()) as textpage:
        for left, top, width, height in rectangles:
            corners = []
            for across, down in ((left + 1, top + 0.42 * height), (left + width - 1, top + 0.58 * height)):
                sides = (100 * size[0], 100 * size[1])
                raw.FPDF_DeviceToPage(opened.raw, 0, 0, *sides, 0, round(100 * across), round(100 * down), x, y)
                corners.append((x.value, y.value))
            (x0, y0), (x1, y1) = corners
            found.append(textpage.get_text_bounded(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return letters_of("".join(found)).text


def marks(shown):
    """The rectangles of an evidence page, its picture's address and its size."""
    (picture,) = lxml.html.fromstring(shown).xpath("//svg[image]")
    rectangles = [[float(rect.get(name)) for name in ("x", "y", "width", "height")] for rect in picture.iter("rect")]
    (image,) = picture.iter("image")
    return rectangles, image.get("href"), (int(image.get("width")), int(image.get("height")))


def test_random_rows_lead_to_their_highlighted_words(drawn):
    """Of 20 random rows read in PDFs, the marks on the evidence page lie on the quote, letter for letter."""
    found = drawn.rows("SELECT id, sha256, page FROM evidence WHERE source_url LIKE '%#page=%'")
    assert len(found) > FEW
    chosen = random.Random(20).sample(found, FEW)  # noqa: S311
    for row in chosen:
        shown = drawn.get(f"/evidence/{row['id']}").text
        rectangles, href, size = marks(shown)
        fact = next(name for name in ("resolution", "recommendation", "action", "interest", "attendance") if
                    drawn.rows(f"SELECT {name}_id FROM evidence WHERE id = ?", row["id"])[0][0])  # fmt: skip
        stated = drawn.rows(
            f"SELECT DISTINCT quote, start FROM evidence WHERE {fact}_id = (SELECT {fact}_id FROM evidence WHERE id = ?)"
            " AND page_id = (SELECT page_id FROM evidence WHERE id = ?) ORDER BY start",
            row["id"], row["id"],
        )  # fmt: skip
        data = drawn.archive.get(row["sha256"])
        expected = letters_of("".join(each["quote"] for each in stated)).text
        assert expected == words_under(data, row["page"], rectangles, size)
        picture = Image.open(BytesIO(drawn.get(href).content))
        assert size == picture.size
        assert [mark.text_content() for mark in lxml.html.fromstring(shown).iter("mark")] == [
            each["quote"] for each in stated
        ]


def test_a_quote_that_runs_over_a_page_is_marked_on_both(drawn):
    """The page of its beginning leads to the page of its end, and that one back, each with its own words marked."""
    pairs = drawn.rows(
        "SELECT a.id AS first, b.id AS second, a.quote AS begun, b.quote AS ended FROM evidence a"
        " JOIN evidence b ON b.resolution_id = a.resolution_id AND b.document_id = a.document_id"
        " AND b.page = a.page + 1 AND b.start = 0 WHERE a.boxes IS NOT NULL"
    )
    assert pairs
    for pair in pairs:
        first, second = (drawn.get(f"/evidence/{pair[name]}").text for name in ("first", "second"))
        assert "(the words go on there)" in first
        assert "(the words begin there)" in second
        assert f"<mark>{escape(pair['begun'])}</mark>" in first
        assert f"<mark>{escape(pair['ended'])}</mark>" in second


def test_every_page_that_evidence_stands_on_has_a_small_picture(drawn):
    """Pages without evidence have none; a picture is as wide as can be read, and small."""
    with_evidence = drawn.rows("SELECT DISTINCT sha256, page FROM evidence WHERE source_url LIKE '%#page=%'")
    assert len(with_evidence) == drawn.report.pages
    assert [] == drawn.report.failures
    names = {f"{row['sha256']}-{row['page']}" for row in with_evidence}
    assert names == {path.stem for path in drawn.pictures()}
    for path in drawn.pictures():
        if path.suffix == ".png":
            assert path.stat().st_size <= LARGE
            assert WIDTH == Image.open(BytesIO(path.read_bytes())).width


def test_nothing_is_drawn_twice(drawn):
    """The second run finds nothing to do, changes no file, and gives the same boxes."""
    before = drawn.pictures()
    boxes = [tuple(row) for row in drawn.rows("SELECT id, boxes FROM evidence ORDER BY id")]
    again = drawn.draw()
    publish(drawn.url, drawn.site)
    assert (0, [], 0) == (again.pages, again.failures, again.left)
    assert before == drawn.pictures()
    assert boxes == [tuple(row) for row in drawn.rows("SELECT id, boxes FROM evidence ORDER BY id")]


def test_a_run_that_was_killed_is_gone_on_with(household):
    """What was drawn before stays; a half-written file is replaced; without time nothing is drawn, and that is told."""
    everything = household.draw(minutes=0).left
    assert 0 == len(household.pictures())
    count = iter(range(3))

    def killed(done, _total, _name):
        if next(count) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw_pictures(household.url, household.site, household.archive.get, 0.5, 1, Limits(60, 1000), 5, killed)
    before = household.pictures()
    assert 6 == len(before)
    torn = next(path for path in before if path.suffix == ".json")
    torn.write_text('{"extractor": "0.')
    assert everything - 2 == household.draw().pages
    kept = {path: when for path, when in before.items() if path.stem != torn.stem}
    assert kept.items() <= household.pictures().items()
    (torn.parent / f".{torn.name}.new").write_text("half")
    publish(household.url, household.site)
    assert {".png", ".json"} == {path.suffix for path in household.pictures()}


def test_pictures_that_nothing_needs_go(household):
    """When no published row stands on a page any more, its picture goes with the next publishing."""
    household.draw()
    publish(household.url, household.site)
    assert household.pictures()
    publish(household.url, household.site, 1.0)
    needed = {f"{row['sha256']}-{row['page']}" for row in household.rows("SELECT sha256, page FROM evidence")}
    assert {path.stem for path in household.pictures()} <= needed


def test_a_page_that_cannot_be_drawn_falls_back_to_its_text(household):
    """It is told once with the reason; its evidence page shows the text, with the words marked, and no picture."""
    report = household.draw(load=partial(one, b"not a PDF"))
    publish(household.url, household.site)
    assert 0 == report.pages
    assert report.failures
    assert all("not a PDF" in failure.message for failure in report.failures)
    assert 0 == len(household.draw().failures)
    (row,) = household.rows("SELECT id, quote FROM evidence WHERE source_url LIKE '%#page=%' LIMIT 1")
    shown = household.get(f"/evidence/{row['id']}").text
    assert "There is no picture of this page." in shown
    assert "<svg viewBox" not in shown
    assert row["quote"] in [mark.text_content() for mark in lxml.html.fromstring(shown).iter("mark")]


def test_a_file_that_is_not_in_the_archive_is_asked_for_again(household, tmp_path):
    """That is not the page's fault, so it is drawn once the file is there."""
    empty = Archive(tmp_path / "empty")
    assert all("not in the archive" in failure.message for failure in household.draw(load=empty.get).failures)
    assert household.draw().pages > 0


def test_hostile_pdfs_harm_nobody(tmp_path, make):
    """Whatever stands in a file, its page is drawn, small, or told with a reason, and the next one is drawn after it."""
    makers = hostile()
    files = {hashlib.sha256(data).hexdigest(): data for data in [makers[name]() for name in HOSTILE]}
    url = f"sqlite:///{tmp_path}/store.db"
    with open_store(url) as session:
        load_authority(session, make.AUTHORITY)
        papers = [make.document(sha256[:9], sha256=sha256) for sha256 in files]
        load_meeting(session, make.meeting(documents=papers))
        for sha256 in files:
            facts = make.facts("x", resolutions=[make.resolution(f"That {sha256[:9]} be noted.")])
            load_facts(session, sha256, facts | {"sha256": sha256})
    report = draw_pictures(url, tmp_path, files.get, 0.5, 1, Limits(4, 700), 5, lambda *_: None)
    assert len(files) == report.pages + len(report.failures)
    assert report.pages
    assert report.failures
    assert all(failure.message for failure in report.failures)
    pictures = list(tmp_path.glob("pictures/*/*.png"))
    assert report.pages == len(pictures)
    assert all(path.stat().st_size < 2**20 for path in pictures)


def one(data, _sha256):
    """The same bytes under any name."""
    return data


def test_a_scan_in_many_greys_stays_small():
    """A page that is a photograph is drawn in fewer greys."""
    noise = Image.effect_noise((1654, 2339), 60).convert("RGB")
    out = BytesIO()
    noise.save(out, "PDF", resolution=200)
    made = illustrate(out.getvalue(), "", page=1, page_text="", stretches=[(0, 0)])
    assert 4 == len(Image.open(BytesIO(made.png)).convert("L").getcolors())
    assert [[]] == made.boxes


# --- served -------------------------------------------------------------------------------------------------------


def test_a_picture_is_served_to_be_kept(drawn):
    """It is a PNG, for a year, and nothing in it can be taken for anything else."""
    row = drawn.rows("SELECT sha256, page FROM pages WHERE width > 0")[0]
    answer = drawn.get(f"/page-image/{row['sha256']}/{row['page']}.png")
    assert (200, "image/png", b"\x89PNG") == (answer.status_code, answer.headers["content-type"], answer.content[:4])
    assert "public, max-age=31536000, immutable" == answer.headers["cache-control"]
    assert "nosniff" == answer.headers["x-content-type-options"]


def test_the_original_is_handed_over_unrendered(drawn):
    """PDF and web page come as attachments, byte for byte what their name says, and are kept from our origin."""
    for media_type, ending in (("application/pdf", "pdf"), ("text/html", "html")):
        sha256 = drawn.rows(
            "SELECT sha256 FROM documents WHERE media_type = ? AND sha256 IN (SELECT sha256 FROM pages)", media_type
        )[0]["sha256"]
        answer = drawn.get(f"/original/{sha256}")
        assert sha256 == hashlib.sha256(answer.content).hexdigest()
        assert f'attachment; filename="{sha256[:16]}.{ending}"' == answer.headers["content-disposition"]
        assert "nosniff" == answer.headers["x-content-type-options"]
        assert "sandbox" in answer.headers["content-security-policy"]
        assert "html" not in answer.headers["content-type"]


def test_what_is_not_published_is_not_handed_over(drawn):
    """A file that lies in the archive, but of which no row is published, has no address."""
    secret = drawn.archive.put(b"Minutes of a meeting behind closed doors")
    assert 404 == drawn.get(f"/original/{secret}").status_code


@pytest.mark.parametrize(
    "path",
    [
        "/original/../../store.db", "/original/..%2F..%2Fstore.db", f"/original/{HASH}", "/original/", f"/original/{HASH[:-2]}..",
        f"/original/{HASH}%00", f"/original/{HASH.upper()}", f"/page-image/{HASH}/1.png", f"/page-image/{HASH}/0.png",
        f"/page-image/{HASH}/-1.png", f"/page-image/{HASH}/1.json", f"/page-image/{HASH}/%31%2e%2e/1.png",
        "/page-image/..%2f..%2f..%2f..%2fetc%2fpasswd/1.png", f"/page-image/{HASH}/999999.png", f"/page-image/../{HASH}/1.png",
        f"/paper/{HASH}/1", f"/paper/{HASH}/x", "/paper/1/1", "/pictures/", "/static/../pictures/", f"/page-image/{HASH}/١.png",
    ],
)  # fmt: skip
def test_no_address_leads_out(drawn, path):
    """Whatever is no hash and number of a page that is there is not found."""
    assert 404 == drawn.get(path).status_code


def test_a_paper_is_read_on_page_by_page(drawn):
    """From the evidence to the next page and back, also to pages that no row was read from; the ends lead no further."""
    row = drawn.rows("SELECT sha256, max(page) AS last FROM pages GROUP BY sha256 HAVING count(*) > 1")[0]
    sha256, last = row["sha256"], row["last"]
    first, final = (drawn.get(f"/paper/{sha256}/{page}").text for page in (1, last))
    assert f'rel="next" href="/paper/{sha256}/2"' in first
    assert 'rel="prev"' not in first
    assert f'rel="prev" href="/paper/{sha256}/{last - 1}"' in final
    assert 'rel="next"' not in final
    assert 404 == drawn.get(f"/paper/{sha256}/{last + 1}").status_code


def test_the_live_web_page_is_opened_at_the_words(drawn):
    """The link to a council's web page ends in a fragment that a browser scrolls to and marks."""
    row = drawn.rows(
        "SELECT e.id FROM evidence e JOIN documents d ON d.id = document_id WHERE media_type = 'text/html'"
    )[0]
    (link, *_) = [
        a for a in lxml.html.fromstring(drawn.get(f"/evidence/{row['id']}").text).iter("a") if "own copy" in a.text
    ]
    assert "#:~:text=" in link.get("href")


def test_the_command_draws_and_tells(household):
    """`minutebook publish` draws, says how many, and says nothing of it the second time."""
    words = ["--data", str(household.root), "publish"]
    first, second = (CliRunner().invoke(main, words) for _ in range(2))
    assert (0, 0) == (first.exit_code, second.exit_code)
    assert f"Drew {len(household.pictures()) // 2} pages for the site, 0 failed." in first.output
    assert "Drew" not in second.output
    boxes = [json.loads(row["boxes"]) for row in household.rows("SELECT boxes FROM evidence WHERE boxes IS NOT NULL")]
    assert boxes
    assert all(0 <= side <= 1 for found in boxes for box in found for side in box)


def test_publishing_without_time_for_pictures(household):
    """With --picture-minutes 0 the site is published at once, and says what is left."""
    told = CliRunner().invoke(main, ["--data", str(household.root), "publish", "--picture-minutes", "0"])
    assert (0, True) == (told.exit_code, "are left for the next time (see --picture-minutes)" in told.output)
    assert (household.site / "minutebook.db").exists()
