"""Pages as they are laid out: columns, long cells, strikes, turned pages, and what decided how a page was read."""

import json
import re
import subprocess
import sys
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from minutebook.extract.document import Block, Kind
from minutebook.extract.headers import with_headers
from minutebook.extract.reading import read

SHARED = Path(__file__).parent.parent.parent / "shared"
LEFT = """The harbour wall was built when the quay was and has
stood since. Councillor Rae said that the stones at the
foot of it had moved in the storms of the winter, and
that a survey would cost eight thousand pounds. The
clerk added that the insurers had been told of it, and
that no claim would be met before the survey was made
and its findings were known to the council as a whole,"""
RIGHT = """which would be in the summer. Councillor Voss asked if
the steps could be closed until then. It was noted that
the fishermen needed them each day of the week and that
a rope would do. The meeting agreed to look at the rope
in a month, and thanked the harbour master for coming
to speak about it at so short a notice in bad weather
and for the drawings that he had brought with him too."""


def drawn(draw, pagesize=A4, turn=0):
    """A PDF of one page that `draw` draws on."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=pagesize)
    canvas.setFont("Helvetica", 9)
    draw(canvas)
    canvas.setPageRotation(turn)
    canvas.save()
    return file.getvalue()


def columns(canvas):
    """Two columns of text between lines that run across the page."""
    canvas.drawString(
        60, 770, "The Northmere Harbour News is printed for the council four times in the year, and is free to all."
    )
    for number, (left, right) in enumerate(zip(LEFT.splitlines(), RIGHT.splitlines(), strict=True)):
        canvas.drawString(60, 740 - 12 * number, left)
        canvas.drawString(320, 740 - 12 * number, right)
    canvas.drawString(
        60, 620, "Printed in Northmere on paper that was made of other paper, by the press behind the old town hall."
    )


def test_columns_of_text_are_read_one_after_the_other():
    """The left column comes before the right one, and a sentence goes on from one to the other."""
    page = read(drawn(columns)).pages[0]
    assert "known to the council as a whole, which would be in the summer" in page.text
    assert page.text.startswith("The Northmere Harbour News") and page.text.endswith("old town hall.")
    assert "two columns of text" in page.reason


def test_columns_of_names_are_read_across():
    """Short stretches side by side are a table, not columns of text."""

    def names(canvas):
        for number in range(8):
            canvas.drawString(60, 740 - 12 * number, f"Cllr Ann Orme{number}")
            canvas.drawString(320, 740 - 12 * number, f"Northmere Ward {number}")

    page = read(drawn(names)).pages[0]
    assert "Cllr Ann Orme0\tNorthmere Ward 0" in page.text.splitlines()
    assert "aligned columns" in page.reason


def test_lines_of_long_cells_stay_together():
    """A row of a ruled table whose cells hold many lines is read cell by cell."""

    def table(canvas):
        canvas.grid([60, 300, 540], [760, 640, 600])
        for number, (left, right) in enumerate(zip(LEFT.splitlines(), RIGHT.splitlines(), strict=True)):
            canvas.drawString(64, 748 - 12 * number, left[:40])
            canvas.drawString(304, 748 - 12 * number, right[:40])
        canvas.drawString(64, 615, "Left")
        canvas.drawString(304, 615, "Right")

    page = read(drawn(table)).pages[0]
    assert page.text.index("and its findings") < page.text.index("which would be")
    assert "Left\tRight" in page.text.splitlines()
    assert ("pdfplumber", "ruled table of 2 rows") == (page.reader, page.reason)


def test_struck_words_are_marked_and_give_no_text_to_the_rules():
    """A rule through words marks them on the page, and takes them from the text that is searched for facts."""

    def struck(canvas):
        canvas.drawString(60, 700, "RESOLVED: That the sum of nine pounds be paid.")
        start = 60 + canvas.stringWidth("RESOLVED: That the sum of ", "Helvetica", 9)
        canvas.setLineWidth(0.5)
        canvas.line(start, 702.3, start + canvas.stringWidth("nine pounds", "Helvetica", 9), 702.3)

    document = read(drawn(struck))
    assert "RESOLVED: That the sum of ~~nine pounds~~ be paid." == document.pages[0].text
    assert "nine" not in document.text
    assert len(document.text) == len(document.pages[0].text)


def test_rules_across_the_page_and_underlines_strike_nothing():
    """Only a rule that begins and ends with the words strikes them out."""

    def ruled(canvas):
        canvas.drawString(60, 700, "RESOLVED: That the report be noted.")
        canvas.line(20, 702.3, 560, 702.3)
        canvas.drawString(60, 660, "Underlined heading")
        canvas.line(60, 658.5, 60 + canvas.stringWidth("Underlined heading", "Helvetica", 9), 658.5)

    assert "~" not in read(drawn(ruled)).pages[0].text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages_are_read_as_they_are_shown(turn):
    """A page that is turned for showing is read in the order of the lines that a reader sees."""
    width, height = A4

    def turned(canvas):
        canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
        canvas.rotate(turn)
        for number in range(4):
            canvas.drawString(60, 500 - 40 * number, f"Paragraph {number} of the paper that lies on its side.")

    lines = read(drawn(turned, turn=turn)).pages[0].text.splitlines()
    assert [f"Paragraph {number} of the paper that lies on its side." for number in range(4)] == lines


def test_cells_keep_their_header_over_a_page_end():
    """Each row of an action log knows what stands above its cells; a list of names has no header."""

    def log(canvas):
        canvas.grid([60, 160, 400, 540], [760, 740, 720, 700])
        rows = [("Owner", "Action", "Due"), ("Clerk", "Mend the gate", "May"), ("Cllr Rae", "Paint it", "June")]
        for number, cells in enumerate(rows):
            for x, cell in zip((64, 164, 404), cells, strict=True):
                canvas.drawString(x, 746 - 20 * number, cell)
        canvas.showPage()
        canvas.setFont("Helvetica", 9)
        canvas.grid([60, 160, 400, 540], [760, 740, 720])
        for number, cells in enumerate([("Mr Orme", "Price it", "July"), ("Clerk", "Burn it", "August")]):
            for x, cell in zip((64, 164, 404), cells, strict=True):
                canvas.drawString(x, 746 - 20 * number, cell)

    first, *rows = read(drawn(log)).blocks
    assert () == first.header
    assert [("Owner", "Action", "Due")] * 4 == [row.header for row in rows]
    assert ["Clerk\tMend the gate\tMay", "Clerk\tBurn it\tAugust"] == [rows[0].text, rows[3].text]
    names = read(
        b"<html><body><table><tr><td>Cllr Rae<td>Chair<tr><td>Cllr Voss<td>Member</table></body></html>", "n.html"
    )
    assert {()} == {block.header for block in names.blocks}


def test_blocks_keep_box_and_size():
    """A block of a PDF tells where it stands and how large its type is."""
    (block,) = read(drawn(lambda canvas: canvas.drawString(72, 700, "RESOLVED: That the report be noted."))).blocks
    x0, top, x1, bottom = block.box
    assert (9, 141.89, 132.89) == (block.size, round(bottom, 2), round(top, 2))
    assert 71 < x0 < 74 and 200 < x1 < 260


def test_watermarks_are_left_out():
    """Words that run askew, and large ones that recur in the middle of the pages, are no text of the paper."""

    def marked(canvas):
        for number in range(3):
            canvas.setFont("Helvetica", 9)
            for line in range(12):
                canvas.drawString(
                    60, 760 - 40 * line, f"{'abcdefghijkl'[line] * 3} {'xyz'[number] * 3} says what nobody else says."
                )
            canvas.saveState()
            canvas.setFont("Helvetica", 60)
            canvas.drawString(150, 540, "SAMPLE")
            canvas.translate(200, 200)
            canvas.rotate(45)
            canvas.drawString(0, 0, "DRAFT")
            canvas.restoreState()
            canvas.showPage()

    document = read(drawn(marked))
    assert 36 == document.text.count("says what nobody else says")
    assert "DRAFT" not in document.text and "SAMPLE" not in document.text


def test_explain_tells_who_read_each_page(tmp_path):
    """`extract --explain` names the reader and the reason of every page."""
    path = tmp_path / "columns.pdf"
    path.write_bytes(drawn(columns))
    command = Path(sys.executable).parent / "minutebook"
    done = subprocess.run([command, "extract", "--explain", path], capture_output=True, text=True, check=True)
    assert [{"page": 1, "reader": "pdfium", "reason": "two columns of text"}] == json.loads(done.stdout)["page_readers"]


def folded(text):
    """Letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text).casefold())


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold set is not here")
def test_spans_of_the_gold_set_are_in_the_text():
    """99 of 100 hand-made spans stand, in one piece, in the canonical text of their document."""
    sought, lost = 0, []
    for path in sorted((SHARED / "gold" / "facts").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        document = read((SHARED / "gold" / "documents" / gold["file"]).read_bytes(), gold["file"])
        text = folded("\n".join(page.text for page in document.pages))
        for row in gold["attendees"] + gold["decisions"] + gold["actions"]:
            sought += 1
            span = row.get("text") or row["name"]
            lost += [] if folded(span) in text else [(gold["file"], span)]
    assert len(lost) <= 0.01 * sought, lost


def test_a_row_that_a_page_end_tears_keeps_the_header_for_those_below() -> None:
    """The rows on the next page stand under the same header; behind a heading begins another table."""
    table = [("Item", "Subject", "Decision"), ("1", "Land", "Sold"), ("2", "Review of", "Deferred")]
    torn = [("the parks", "until June"), ("8", "Report", "Noted"), ("9", "Budget", "Agreed")]

    def headers(between: list[tuple[Kind, str]]) -> list[tuple[str, ...]]:
        pieces = [[("row", "\t".join(cells)) for cells in rows] for rows in (table, torn)]
        placed = [(1, *piece) for piece in pieces[0]] + [(2, *piece) for piece in [*between, *pieces[1]]]
        blocks = [Block(n, 0, 0, text, kind, False, 0.0, page) for n, (page, kind, text) in enumerate(placed)]
        return [block.header for block in with_headers(blocks)[-2:]]

    assert [table[0]] * 2 == headers([])
    assert [(), ()] == headers([("heading", "Part two")])
