"""All the forms papers come in: scans and broken text layers, Word old and new, struck words, CMIS pages, cut-up text."""

import json
import os
import shutil
import subprocess
import sys
from io import BytesIO
from itertools import permutations
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from minutebook.crawlers.archive import Archive
from minutebook.extract import extract_bytes
from minutebook.extract.document import Document
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import legible, ocr, old_word, read, scans
from minutebook.models.load import load_authority, load_meeting
from minutebook.models.store import open_store

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers" / "documents"
MINUTES = PAPERS / "scrutiny-2026-01-15-printed.pdf"
SHARED = Path(__file__).resolve().parents[2] / "shared"
REAL = sorted([*SHARED.glob("gold/documents/*.pdf"), *SHARED.glob("corpus/*.pdf")])
needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="Tesseract is not installed")
needs_libreoffice = pytest.mark.skipif(not old_word.available(), reason="LibreOffice is not installed")
PROSE = (
    "The Panel considered a report of the Head of Harbours on the repair of the eastern wall, which had been damaged by "
    "the storms of January. Members asked whether the cost could be met from reserves and were told that it could."
).split()
WELSH = (
    "Ystyriodd y Pwyllgor adroddiad y Pennaeth Gwasanaethau Cymdeithasol ynghylch y gyllideb ar gyfer y flwyddyn nesaf. "
    "Gofynnodd yr aelodau a fyddai modd talu'r costau o'r cronfeydd wrth gefn, a chytunwyd y byddai hynny yn bosibl."
).split()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which no other program is found."""
    monkeypatch.setenv("PATH", "")


def text(document: Document) -> list[str]:
    """What facts are taken from."""
    return [block.text for block in document.blocks]


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def picture(paper: bytes, page: int = 0) -> Image.Image:
    """A page as a scanner sees it."""
    with pdfium.PdfDocument(paper) as pdf:
        return pdf[page].render(scale=200 / 72, grayscale=True).to_pil()


def printed(*pages: tuple[Image.Image | None, tuple[str, ...]]) -> bytes:
    """A PDF of A4 pages, each a picture over the whole of it, or none, and lines of text."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for image, lines in pages:
        if image is not None:
            canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
        for place, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scanned(paper: bytes) -> bytes:
    """A paper printed and scanned: pictures of its pages, and no text."""
    with pdfium.PdfDocument(paper) as pdf:
        count = len(pdf)
    return printed(*((picture(paper, page), ()) for page in range(count)))


@pytest.mark.parametrize(
    "words",
    [
        [word.translate({code: code + 0xE000 for code in range(33, 127)}) for word in PROSE],
        ["".join(chr(max(33, ord(char) - 29)) for char in word) for word in PROSE],
        ["".join(chr(ord(char) + 3) for char in word) for word in PROSE],
        ["".join(marks) for marks in permutations(".,;:'|~1", 3)],
    ],
    ids=["private characters", "glyph numbers", "shifted alphabet", "dust"],
)
def test_nonsense_is_told(words: list[str]) -> None:
    """Characters that stand for nothing, or for others, are no text."""
    assert legible.is_nonsense(words)


POLISH = (
    "Komisja rozpatrzyła sprawozdanie dyrektora dotyczące budżetu na nadchodzący rok i postanowiła zwrócić się do rady o "
    "przyznanie dodatkowych środków na remont szkół oraz dróg w miejscowościach najbardziej dotkniętych powodzią."
).split()
NAMES = (
    "Khan Zaman Aziz Hussain Mahmood Begum Choudhury Jackson Wójcik Xu Zhou Patel Qureshi Farooq Vaz Nkemdirim Kowalczyk "
    "Okafor Mbeki Jankowski Nguyen Rahman Szabó Kovács Yilmaz Zielińska Bhatti Akhtar Chowdhury"
).split()


@pytest.mark.parametrize(
    "words",
    [
        PROSE,
        WELSH,
        POLISH,
        NAMES,
        ["Page", "3"],
        [f"({n}.{n % 7})" for n in range(300)] + PROSE[:30],
        ["........"] * 90 + PROSE,
    ],
    ids=["English", "Welsh", "Polish", "names", "a stamp", "figures", "a list of contents"],
)
def test_text_is_not_taken_for_nonsense(words: list[str]) -> None:
    """English, Welsh, translations, names, figures and dotted lines are text."""
    assert not legible.is_nonsense(words)


@pytest.mark.parametrize("path", REAL or [pytest.param(None, marks=pytest.mark.skip(reason=f"no papers in {SHARED}"))])
def test_no_page_of_a_good_paper_is_at_fault(path: Path) -> None:
    """Covers, maps, tables, Welsh, blank pages: the text layer of every page of the shared papers is good."""
    with pdfium.PdfDocument(path) as pdf:
        words = [page.get_textpage().get_text_range().split() for page in pdf]
        assert [] == [number for number, page in enumerate(pdf) if legible.fault(page, words[number])]


def test_blank_pages_are_no_scans() -> None:
    """Nothing is missing from a page with nothing on it, be it a scan of white paper or a page that says so."""
    white = Image.new("L", (600, 848), 250)
    document = read(printed((None, ("RESOLVED: That it be noted.",)), (None, ()), (white, ())), "blank.pdf")
    assert [] == codes(document)
    assert ["", ""] == [page.text for page in document.pages[1:]]


def test_a_stamp_is_no_text_layer_but_a_caption_is(bare: None) -> None:
    """A page number put on a scan leaves it a scan; a cover with a picture on the half of it is a page of text."""
    sheet = picture(MINUTES.read_bytes())
    assert ["no_text_layer"] == codes(read(printed((sheet, ("Page 3",)), (None, tuple(PROSE))), "stamped.pdf"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(sheet), 0, 421, 595, 421)
    canvas.drawString(72, 200, "Annual report of Northmere")
    canvas.save()
    assert [] == codes(read(out.getvalue(), "cover.pdf"))


@needs_tesseract
def test_facts_come_out_of_a_scan() -> None:
    """A scan yields the facts of the paper it was made from, with their words, at a lower confidence and with a warning."""
    paper = extract_bytes(MINUTES.read_bytes(), "paper.pdf")
    scan = extract_bytes(scanned(MINUTES.read_bytes()), "scan.pdf", with_text=True)
    assert {(person.name, person.status, person.role) for person in paper.attendees} == {
        (person.name, person.status, person.role) for person in scan.attendees
    }
    assert [found.text for found in paper.resolutions] == [found.text for found in scan.resolutions]
    assert scan.page_texts is not None
    for fact in (*scan.attendees, *scan.resolutions, *scan.actions):
        assert all(scan.page_texts[at.page - 1][at.start : at.end] == at.quote for at in fact.evidence)
    assert max(found.confidence for found in scan.resolutions) < min(found.confidence for found in paper.resolutions)
    assert [("ocr", number) for number in range(1, paper.pages + 1)] == [
        (warning.code, warning.page) for warning in scan.warnings
    ]


@needs_tesseract
def test_the_reader_and_its_reason_are_noted() -> None:
    """OCR is used for the pages that need it alone; a nonsense text layer is thrown away."""
    shifted = tuple(" ".join("".join(chr(ord(char) + 1) for char in word) for word in PROSE[n::4]) for n in range(4))
    document = read(printed((picture(MINUTES.read_bytes()), shifted), (None, tuple(PROSE))), "mixed.pdf")
    read_by = [(page.reader, page.reason.split("; ")[0]) for page in document.pages]
    assert [("tesseract", "nonsense text layer"), ("pdfium", "running text")] == read_by
    assert "PRESENT:" in document.pages[0].text


@needs_tesseract
def test_lines_of_a_sheet_that_lies_askew_stay_whole() -> None:
    """The two columns of a list stay on their lines when the sheet was scanned at an angle."""
    sheet = picture(MINUTES.read_bytes()).rotate(1.5, fillcolor=255)
    assert "Councillor Dilwyn Marchbank\tCouncillor Ines van der Hale" in read(printed((sheet, ())), "askew.pdf").text


@needs_tesseract
def test_only_so_many_pages_are_read_by_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long scan does not hold up the night; each page that is left out is named."""
    monkeypatch.setattr(scans, "MAX_OCR_PAGES", 1)
    sheet = picture(MINUTES.read_bytes())
    document = read(printed((sheet, ()), (sheet, ())), "long.pdf")
    assert [("ocr", 1), ("ocr_limit", 2)] == [(note.code, note.page) for note in document.notices]


def test_without_tesseract_scans_are_kept_with_a_warning(bare: None) -> None:
    """Each scanned page is named, and a document of nothing else is said to be scanned."""
    document = read(scanned(MINUTES.read_bytes()), "scan.pdf")
    assert ["no_text_layer"] * 3 + ["scanned"] == codes(document)
    assert all("Install Tesseract" in note.message for note in document.notices[:3])
    nonsense = tuple("".join(chr(ord(char) + 1) for char in word) for word in PROSE)
    assert "broken_text_layer" in codes(read(printed((None, nonsense)), "broken.pdf"))


def run(folder: Path, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a folder; `path` is where it finds other programs."""
    environment = os.environ | {"COLUMNS": "300"} | ({} if path is None else {"PATH": path})
    command = [sys.executable, "-m", "minutebook.pipeline", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@needs_tesseract
def test_what_waited_for_tesseract_is_read_when_it_is_there(tmp_path: Path, make) -> None:
    """Status lists the scan and its pages; the next extract with Tesseract reads it, and the one after leaves it alone."""
    with open_store(f"sqlite:///{tmp_path}/data/store.db") as session:
        load_authority(session, make.AUTHORITY)
        sha256 = Archive(tmp_path / "data" / "archive").put(printed(*[(None, ()), (picture(MINUTES.read_bytes()), ())]))
        paper = make.document("g4101", title="Printed minutes") | {"sha256": sha256}
        load_meeting(session, make.meeting(documents=[paper]))
    assert 0 == run(tmp_path, "extract", path="").returncode
    (listed,) = json.loads(run(tmp_path, "status", "--json").stdout)["unread_pages"]
    assert ("northmere", "Printed minutes", [2]) == (listed["authority"], listed["title"], listed["pages"])
    assert "is a scan without" in run(tmp_path, "status").stdout
    assert "Read 0 of 0" in run(tmp_path, "extract", path="").stderr
    assert "Read 1 of 1" in run(tmp_path, "extract").stderr
    told = json.loads(run(tmp_path, "status", "--json").stdout)
    assert ([], True) == (told["unread_pages"], told["counts"]["attendances"] > 5)
    assert "Read 0 of 0" in run(tmp_path, "extract").stderr


def saved(document: docx.document.Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xml(body: str) -> object:
    """A paragraph of WordprocessingML."""
    return parse_xml(f"<w:p {nsdecls('w')}>{body}</w:p>")


def word(*bodies: str) -> bytes:
    """A Word file of paragraphs of WordprocessingML."""
    document = docx.Document()
    for body in bodies:
        document.element.body.insert(len(document.element.body) - 1, xml(body))
    return saved(document)


LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{label}"/></w:lvl>'
    for level, (shape, label) in enumerate([("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "%1.%2.%3")])
)


def test_labels_of_automatic_lists_reach_the_text() -> None:
    """Word counts 1., (a) and 1.b.i by rules; the text has them as a reader sees them, also in a list begun anew."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{LEVELS}</w:abstractNum>'))
    for number, restart in ((91, ""), (92, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>')):
        body = f'<w:abstractNumId w:val="90"/>{restart}'
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}">{body}</w:num>'))
    for number, level in ((91, 0), (91, 1), (91, 1), (91, 2), (91, 0), (91, 1), (92, 0), (92, 0), (0, 0)):
        place = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
        document.element.body.insert(-1, xml(f"{place}<w:r><w:t>That.</w:t></w:r>"))
    document.add_paragraph("By style.", style="List Number")
    expected = ["1.", "(a)", "(b)", "1.b.i", "2.", "(a)", "7.", "8.", "", "1."]
    assert expected == [
        line.removesuffix("That.").removesuffix("By style.").strip() for line in text(read(saved(document)))
    ]


def test_tracked_changes_of_word_are_read_as_accepted() -> None:
    """What was deleted is no text, what was inserted is; so are links and content controls; fields' codes are not."""
    run_of = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>".format
    body = (
        f"{run_of('The fee is ')}<w:del w:id='1' w:author='x'><w:r><w:delText>£5</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='x'>{run_of('£6')}</w:ins><w:hyperlink>{run_of(' a day')}</w:hyperlink>"
        f"<w:sdt><w:sdtContent>{run_of(' in May')}</w:sdtContent></w:sdt><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:r><w:t>accom</w:t><w:softHyphen/><w:t>modation</w:t><w:br w:type='page'/></w:r>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        f"<w:r><w:pict><w:txbxContent>{xml_text('boxed')}</w:txbxContent></w:pict></w:r>"
    )
    assert ["The fee is £6 a day in Mayaccommodation"] == text(read(word(body)))


def xml_text(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_tables_of_word_keep_their_columns() -> None:
    """Merged cells are printed once; a row that only lays out the page comes apart; a table in a cell is read in place."""
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Member"
    table.cell(0, 2).text = "Ward"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Cllr Ada Rae"
    for row, column, words in (
        (1, 1, "Chair"),
        (1, 2, "Quay"),
        (2, 1, "Host"),
        (2, 2, "Weir"),
        (3, 0, "5."),
        (3, 1, "Roads"),
    ):
        table.cell(row, column).text = words
    table.cell(3, 1).add_paragraph("RESOLVED: That it be noted.")
    inner = table.cell(3, 2).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Jo Penn", "by May"
    expected = [
        "Member\t\tWard",
        "Cllr Ada Rae\tChair\tQuay",
        "\tHost\tWeir",
        "5. Roads",
        "RESOLVED: That it be noted.",
        "Jo Penn\tby May",
    ]
    assert expected == text(read(saved(document)))


def struck_word() -> bytes:
    document = docx.Document()
    for words in ("MINUTES", "Present: Cllr Ada Rae"):
        document.add_paragraph(words)
    document.add_paragraph().add_run("RESOLVED: That the gate be sold.").font.strike = True
    paragraph = document.add_paragraph("RESOLVED: That ")
    paragraph.add_run("the hut be burnt and ").font.double_strike = True
    paragraph.add_run("the wall be built.")
    return saved(document)


STRUCK_PAGE = b"""<html><body><main><p>MINUTES</p><p>Present: Cllr Ada Rae</p>
<del><p>RESOLVED: That the gate be sold.</p></del>
<p>RESOLVED: That <span style="text-decoration: line-through">the hut be burnt and </span>the wall be built.</p>
</main></body></html>"""


@pytest.mark.parametrize("data", [struck_word(), STRUCK_PAGE], ids=["Word", "web page"])
def test_struck_words_are_marked_and_give_no_fact(data: bytes) -> None:
    """The page shows what is struck between tildes; a struck decision is none, and struck words are not in any fact."""
    facts = extract_bytes(data, "struck", with_text=True)
    assert ["That the wall be built."] == [found.text for found in facts.resolutions]
    (evidence,) = facts.resolutions[0].evidence
    assert "That ~~the hut be burnt and~~ the wall be built." == evidence.quote
    assert facts.page_texts is not None
    assert "\n~~RESOLVED: That the gate be sold.~~\n" in facts.page_texts[0]


def test_struck_cells_leave_their_columns() -> None:
    """A struck name leaves an empty cell."""
    page = b"<html><body><table><tr><td><s>Cllr Orme</s></td><td>Chair</td></tr></table></body></html>"
    document = read(page)
    assert ["\tChair"] == text(document)
    assert "~~Cllr Orme~~\tChair" == document.pages[0].text


@needs_libreoffice
def test_old_word_documents_are_read(tmp_path: Path) -> None:
    """A .doc gives what the same paper gives as .docx, labels of lists included."""
    document = docx.Document()
    for words, style in (("Minutes", "Heading 1"), ("That it be noted.", "List Number"), ("Signed", "Normal")):
        document.add_paragraph(words, style=style)
    (tmp_path / "paper.docx").write_bytes(saved(document))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [shutil.which("soffice") or "", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "paper.docx")], check=True, capture_output=True, timeout=120)
    data = (tmp_path / "paper.doc").read_bytes()
    found = read(data, "paper.doc")
    assert text(read(saved(document))) == text(found)
    assert ("libreoffice", "application/msword") == (found.pages[0].reader, found.media_type)
    with pytest.raises(UnreadableDocument) as caught:
        read(data[: len(data) // 3] + b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "broken.doc")
    assert caught.value.code in ("damaged", "no_text")


@pytest.mark.parametrize(
    ("stream", "code"),
    [("WordDocument", "needs_libreoffice"), ("Workbook", "unknown_format"), ("EncryptedPackage", "encrypted")],
)
def test_old_office_files_say_what_they_need(bare: None, stream: str, code: str) -> None:
    """Word wants LibreOffice, which is named; a spreadsheet is no paper; a locked file wants its password taken off."""
    with pytest.raises(UnreadableDocument) as caught:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600), "old")
    assert code == caught.value.code


CUT_UP = """# Minutes of the Harbour Panel

**Present:** Cllr Ada Rae (Chair), Cllr Ben Voss

## Harbour wall

The Panel considered a report on the wall and heard that it would not last.

**RESOLVED:** That

(a) the wall be repaired; and

(b) ~~the gate be sold and~~ the gate be kept."""


@pytest.mark.parametrize("word_end", ["\n", "\n\n"])
def test_text_of_one_word_a_line_is_put_together(word_end: str) -> None:
    """Paragraphs are found by their wider gaps, whatever the gap between words; Markdown's marks are no text."""
    cut_up = (word_end + "\n").join(word_end.join(paragraph.split()) for paragraph in CUT_UP.split("\n\n"))
    expected = [
        "Minutes of the Harbour Panel",
        "Present: Cllr Ada Rae (Chair), Cllr Ben Voss",
        "Harbour wall",
        "The Panel considered a report on the wall and heard that it would not last.",
        "RESOLVED: That",
        "(a) the wall be repaired; and",
        "(b) ~~the gate be sold and~~ the gate be kept.",
    ]
    document = read(cut_up.encode(), "words.md")
    assert expected == document.text.split("\n")[:6] + document.pages[0].text.split("\n")[6:]
    assert expected == read(CUT_UP.encode(), "plain.md").pages[0].text.split("\n")
    assert ["heading", "heading"] == [document.blocks[0].kind, document.blocks[2].kind]


def test_text_of_one_word_a_line_without_gaps_yields_its_facts() -> None:
    """Labels, and what follows a sentence in capitals or with a label, begin paragraphs where nothing else does."""
    facts = extract_bytes("\n".join(CUT_UP.split()).encode(), "words.txt")
    assert [("(a)", "the wall be repaired"), ("(b)", "the gate be kept.")] == [
        (found.ref, found.text) for found in facts.resolutions
    ]
    assert ["Ada Rae", "Ben Voss"] == [person.name for person in facts.attendees]


CMIS = """<html><body><ul><li><a href="/">Home</a></li></ul><div id="pane"><h1>Meeting Details</h1>
<div class="holder"><div class="holder"><div class="DNNLabel">Committee:</div><div class="Value">Planning Committee</div></div>
<div class="holder"><div class="DNNLabel">Date/Time:</div><div class="Value Venue">3 Aug 2026 - 10:00</div></div>
<div class="holder"><div class="DNNLabel">Venue:</div><div class="Value">Weir House, Northmere</div></div></div>
<a href="x/SelectedTab/Documents/Default.aspx">Documents</a><a href="x/SelectedTab/Attendance/Default.aspx">Attendance</a>
<div><h3>Public Agenda</h3><p>223</p><p>The Committee considered a report.</p>{minutes}</div>
<div class="CmisDocumentList"><ol class="DocumentList"><li><a class="TitleLink" href="/Document.ashx?a=b">Minutes</a>
<span class="FileSize">(156Kb)</span></li></ol></div>{attendance}</div></body></html>"""
ATTENDED = """<h3>Attended</h3><ul><li>Councillor Ida Rowe (Chair)</li><li>Councillor Bo Finn</li></ul>
<h3>Apologies</h3><ul><li>Councillor Al Penn</li></ul>"""


def test_cmis_pages_are_read() -> None:
    """Committee, day, place, those who attended and what was resolved; no tabs, no links to papers, no doubt of the page."""
    page = CMIS.format(minutes="<p><b>RESOLVED</b> that permission be granted.</p>", attendance=ATTENDED)
    facts = extract_bytes(page.encode(), "meeting.html", with_text=True)
    assert ("minutes", "Planning Committee", "2026-08-03") == (facts.kind, facts.committee, facts.meeting_date)
    assert ("Weir House, Northmere", []) == (facts.venue, facts.warnings)
    assert ["that permission be granted."] == [found.text for found in facts.resolutions]
    assert [("Ida Rowe", "present"), ("Bo Finn", "present"), ("Al Penn", "apologies")] == [
        (person.name, person.status) for person in facts.attendees
    ]
    assert facts.page_texts is not None
    assert not {"Home", "Documents", "Attendance", "Minutes", "(156Kb)"} & set(facts.page_texts[0].split("\n"))


def test_a_cmis_page_before_the_meeting_is_an_agenda() -> None:
    """Nobody has attended a meeting that is to come, and nothing was resolved there."""
    facts = extract_bytes(CMIS.format(minutes="", attendance="").encode(), "meeting.html")
    assert ("agenda", [], []) == (facts.kind, facts.attendees, facts.resolutions)
