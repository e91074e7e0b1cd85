"""Bytes become canonical text: repaired characters, whole paragraphs, rows with their cells, nothing that only frames the page."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from minutebook.extract.document import Document
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import read
from minutebook.extract.reading.pieces import is_lone_marker
from minutebook.extract.reading.repair import join_lines, mend
from minutebook.extract.sentences import sentences
from minutebook.fixtures.hostile import drawing, stream, words

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers" / "documents"


def lines(document: Document) -> list[str]:
    """The blocks of a document."""
    return [block.text for block in document.blocks]


def pdf(*pages: list[tuple[float, float, str]], bold: tuple[str, ...] = ()) -> bytes:
    """A PDF of pages of (x, distance from the top, text)."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        for x, top, text in page:
            canvas.setFont("Helvetica-Bold" if text in bold else "Helvetica", 11)
            canvas.drawString(x, 842 - top, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("a\u00a0b\u2009c", "a b c"),
        ("\ufb01nance o\ufb03ce", "finance office"),
        ("co\u00adopted", "coopted"),
        ("\uf0b7 point", "• point"),
        ("  much \n\t space ", "much space"),
    ],
)
def test_mend(printed: str, expected: str) -> None:
    """White space, ligatures, soft hyphens and private bullets become plain characters."""
    assert expected == mend(printed)


def test_half_a_character_is_no_character() -> None:
    """A font's table may name halves of characters, which no text may hold: each is told as one that was not read."""
    table = stream(
        b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
        b"2 beginbfchar <41> <D83DDE00> <42> <D83D> endbfchar endcmap"
    )
    font = b"/ToUnicode 6 0 R/Type/Font/Subtype/Type1/BaseFont/Helvetica"
    page = drawing(stream(words(b"AB noted")), table, resources=b"/Font<</F<<%s>>>>" % font)
    (line,) = lines(read(page.replace(b"/Font<</F 5 0 R>>", b"", 1), "halves.pdf"))
    assert "\N{REPLACEMENT CHARACTER} noted" == line[-7:]


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (["it was recom-", "mended that"], "it was recommended that"),
        (["the sub-", "committee met"], "the sub-committee met"),
        (["the Clare-", "Hale road"], "the Clare-Hale road"),
        (["one line", "and another"], "one line and another"),
    ],
)
def test_join_lines(broken: list[str], expected: str) -> None:
    """A hyphen at a line end is kept where the word has one of its own (trap 20)."""
    assert expected == join_lines(broken)


@given(st.text())
def test_mending_twice_is_mending_once(text: str) -> None:
    """Mended text needs no more mending."""
    assert mend(text) == mend(mend(text))


@given(st.text())
def test_sentences_are_stretches_of_the_text(text: str) -> None:
    """Sentences follow each other and hold every character that is not white space."""
    spans = list(sentences(text))
    assert sorted(spans) == spans
    assert "".join(text.split()) == "".join("".join(text[start:end].split()) for start, end in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. J. T. Orme spoke. He left.", ["Mr. J. T. Orme spoke.", "He left."]),
        ("Cllr. K. Davy agreed. Item no. 4 fell.", ["Cllr. K. Davy agreed.", "Item no. 4 fell."]),
        ("See e.g. Cllr Rae. It ended.", ["See e.g. Cllr Rae.", "It ended."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Full stops of titles and initials end no sentence."""
    assert expected == [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("label", ["(a)", "1.", "12)", "(iv)", "•", "3.1"])
def test_lone_marker(label: str) -> None:
    """A label alone in its line waits for its text."""
    assert is_lone_marker(label)
    assert not is_lone_marker(f"{label} That the report be noted")


def test_pdf_paragraphs_lose_their_line_ends() -> None:
    """Lines of a paragraph are one block, the next paragraph is another, a broken word is whole."""
    page = [
        (72, 100, "The Panel considered a report on the repair of the harbour wall, which had been recom-"),
        (72, 114, "mended by the engineer in the spring of the year before and was now urgent for all."),
        (72, 142, "RESOLVED: That the wall be repaired."),
    ]
    expected = [
        "The Panel considered a report on the repair of the harbour wall, which had been recommended by the engineer in"
        " the spring of the year before and was now urgent for all.",
        "RESOLVED: That the wall be repaired.",
    ]
    assert expected == lines(read(pdf(page), "wall.pdf"))


def test_pdf_furniture_is_left_out() -> None:
    """What repeats at the edge of the pages is no text, whatever it says; a clause goes on over it (trap 18)."""
    head = [(200, 30, "Harbour Panel - 4 May 2026"), (280, 810, "Page 1 of 2")]
    first = [*head, (72, 760, "(a) That the lease of the old boat shed on the eastern quay of the inner harbour be")]
    second = [
        (200, 30, "Harbour Panel - 4 May 2026"),
        (280, 810, "Page 2 of 2"),
        (72, 80, "granted to the Trust; and"),
        (72, 108, "(b) That the rent be waived."),
    ]
    document = read(pdf(first, second), "lease.pdf")
    expected = [
        "(a) That the lease of the old boat shed on the eastern quay of the inner harbour be granted to the Trust; and",
        "(b) That the rent be waived.",
    ]
    assert expected == lines(document)
    start = document.text.index("That the lease")
    assert [1, 2] == [page for page, _, _ in document.places(start, document.blocks[0].end)]


def test_pdf_columns_are_rows() -> None:
    """Names in aligned columns are rows of cells, and a wrapped cell keeps its rest."""
    page = [
        (72, 100, "PRESENT:"),
        (72, 120, "Cllr Ada Rae (Chair)"), (300, 120, "Cllr Ben Voss (substitute for"),
        (300, 134, "Cllr Cy Orme)"),
        (72, 150, "Cllr Dee Penn"), (300, 150, "Cllr Eve Fox"),
    ]  # fmt: skip
    expected = [
        "PRESENT:",
        "Cllr Ada Rae (Chair)\tCllr Ben Voss (substitute for Cllr Cy Orme)",
        "Cllr Dee Penn\tCllr Eve Fox",
    ]
    assert expected == lines(read(pdf(page), "present.pdf"))


def test_pdf_action_column_stands_apart() -> None:
    """Owners beside the text are notes, not the end of the sentence."""
    page = [
        (72, 100, "The gate at the upper end of the park would be mended by the autumn of this year."), (530, 100, "Clerk"),
        (72, 130, "Jo Rae would ask the school for the use of its hall for the fair in the summer term."), (530, 130, "JR"),
    ]  # fmt: skip
    document = read(pdf(page), "actions.pdf")
    assert ["paragraph", "margin", "paragraph", "margin"] == [block.kind for block in document.blocks]
    assert ["Clerk", "JR"] == [block.text for block in document.blocks if block.kind == "margin"]


def test_pdf_layout_tags_are_left_out() -> None:
    """Tags that a committee system writes in white are no text."""
    page = [(72, 100, "<AI1>"), (72, 120, "1. Apologies"), (72, 140, "</AI1>")]
    assert ["1. Apologies"] == lines(read(pdf(page), "tags.pdf"))


def test_web_page_of_a_meeting_has_a_page_an_item() -> None:
    """Page n is agenda item n; hidden spans and file sizes are no text; spans inside a word leave it whole."""
    html = b"""<html><body><nav>Menu</nav><div id="modgov"><h2>Panel - Monday, 4 May 2026</h2><table class="mgItemTable">
    <tr><th>No.</th><th>Item</th></tr>
    <tr><td class="mgItemNumberCell"><p>1.</p></td><td><p>Apologies<span class="mgHide"> ref: 9</span></p></td></tr>
    <tr><td class="mgItemNumberCell"><p>2.</p></td><td><p>Roads</p><p>Minutes:</p><div class="mgWordPara">
    <p>The 21<sup>st</sup> road was hard
    wrapped.</p><p>&nbsp;</p><p><b>RESOLVED</b>&nbsp;that it be mended&#46;</p><p>(a)</p><p>the kerb;</p></div></td></tr>
    </table></div></body></html>"""
    document = read(html, "page.html")
    assert [
        "Panel - Monday, 4 May 2026\n1. Apologies",
        "2. Roads\nMinutes:\nThe 21st road was hard wrapped.\nRESOLVED that it be mended.\n(a) the kerb;",
    ] == [page.text for page in document.pages]


def test_word_document_keeps_tables_in_place() -> None:
    """Paragraphs and table rows of a Word file come in document order."""
    word = docx.Document()
    word.add_paragraph("Present")
    table = word.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Cllr Ada Rae", "Chair"
    word.add_paragraph("RESOLVED: That the report be noted.")
    out = BytesIO()
    word.save(out)
    assert ["Present", "Cllr Ada Rae\tChair", "RESOLVED: That the report be noted."] == lines(
        read(out.getvalue(), "a.docx")
    )


def test_restricted_items_of_the_web_service_are_not_read() -> None:
    """What a council withholds from its page is not read from its service either."""
    xml = b"""<meeting><meetingdate>04/05/2026</meetingdate><agendaitems><agendaitem><agendaitemtitle>Open</agendaitemtitle>
    <isrestricted>False</isrestricted></agendaitem><agendaitem><agendaitemtitle>Secret</agendaitemtitle>
    <isrestricted>True</isrestricted></agendaitem></agendaitems></meeting>"""
    assert "Secret" not in read(xml, "m.xml").text


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes, however odd, end in anything but a document or a reason."""
    try:
        document = read(data, "odd")
    except UnreadableDocument as error:
        assert error.message
    else:
        assert document.text == "".join(document.text)


@given(st.sampled_from(sorted(PAPERS.iterdir())), st.data())
def test_damaged_papers_are_read_or_refused(path: Path, data: st.DataObject) -> None:
    """A real paper with a stretch cut out or overwritten ends in a document or a reason."""
    body = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(body) - 1))
    body[at : at + data.draw(st.integers(0, 300))] = data.draw(st.binary(max_size=60))
    try:
        read(bytes(body), path.name)
    except UnreadableDocument as error:
        assert error.code


def test_a_damaged_page_is_told_from_a_scan() -> None:
    """A page that PDFium cannot load is named as damaged; the others are read, and nothing is called a scan."""
    whole = pdf(*([(72, 100, f"The Panel noted report {number}.")] for number in "ABC"))
    damaged = re.sub(rb"/Kids \[ (\d+ 0 R) \d+ 0 R", rb"/Kids [ \1 99 0 R", whole)
    document = read(damaged, "damaged.pdf")
    assert ["The Panel noted report A.", "The Panel noted report C."] == lines(document)
    assert [("damaged_page", 2)] == [(notice.code, notice.page) for notice in document.notices]


def test_a_page_that_is_cut_short_says_so() -> None:
    """Of a page of absurd length the beginning is read, and a notice says how much."""
    flood = stream(b"BT /F 11 Tf 72 700 Td " + b"(The Panel noted it. ) Tj " * 11_000 + b"ET")
    document = read(drawing(flood), "flood.pdf")
    assert [("page_cut", 1)] == [(notice.code, notice.page) for notice in document.notices]
    assert "220,000" in document.notices[0].message


def test_what_the_parser_left_out_is_not_passed_over() -> None:
    """A web page that nests deeper than the parser goes is refused, not read in part."""
    page = b"<html><body><p>Here.</p>" + b"<div>" * 300 + b"<p>RESOLVED: That it be noted.</p></body></html>"
    with pytest.raises(UnreadableDocument) as refusal:
        read(page, "deep.html")
    assert "too_deep" == refusal.value.code


def test_places_cross_empty_pages() -> None:
    """A stretch of text is found on each of its pages, and on none without text."""
    document = read(b"The Panel noted it.\f\f\fThe clerk would write.\fIt ended.", "pages.txt")
    assert [(1, 10, 19), (4, 0, 22), (5, 0, 2)] == document.places(10, document.text.index("It ended.") + 2)
    assert [(5, 0, 9)] == document.places(document.text.index("It ended."), len(document.text))
    assert [] == document.places(3, 3)


@pytest.mark.parametrize("size", [1000, 40_000])
def test_long_words_and_long_texts_keep_their_hyphens(size: int) -> None:
    """However long the text before it, a broken word is judged by itself."""
    assert f"{'x ' * size}sub-committee" == join_lines([f"{'x ' * size}sub-", "committee"])
    assert f"{'x' * size}y" == join_lines([f"{'x' * size}-", "y"])
