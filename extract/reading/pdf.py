"""PDF: PDFium gives the characters and their boxes; pdfplumber the cells of ruled tables."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from minutebook.extract.document import Notice, SourcePage
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import furniture, paragraphs, tables
from minutebook.extract.reading.geometry import Word, lines_of
from minutebook.extract.reading.limits import MAX_PAGE_CHARACTERS, MAX_PAGE_OBJECTS, MAX_PAGES
from minutebook.extract.reading.repair import characters

BLANKS = frozenset((0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0))
# What PDFium writes for the hyphen of a word that goes on in the next line, without a line end between.
LINE_END_HYPHENS = frozenset((0x02, 0xFFFE))
# White or tiny text carries layout tags, never words for a reader.
SMALLEST_SIZE = 3.0
BOLD_WEIGHT = 600
HEAVIER = 100
NAMED_BOLD = 10_000
# In the usual order of glyphs number 3 is the space and 36 is A.
GLYPH_OFFSET = 29
LAST_GLYPH = 98
BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")


def read_pdf(data: bytes) -> tuple[list[SourcePage], list[Notice]]:
    """Pages with their pieces, and notices of pages without text.

    Raises `UnreadableDocument` with code `encrypted`, `damaged` or `too_long`.
    """
    with closing(_open(data)) as pdf:
        if len(pdf) > MAX_PAGES:
            raise UnreadableDocument("too_long", f"The PDF has {len(pdf)} pages; the limit is {MAX_PAGES}.")
        notices: list[Notice] = []
        found = [_page_words(pdf, number, notices) for number in range(len(pdf))]
    embolden = _emboldener([word for words, _ in found for word in words])
    pages = [(lines_of(map(embolden, words)), has_rules) for words, has_rules in found]
    damaged = {notice.page for notice in notices if notice.code == "damaged_page"}
    notices += [
        Notice("no_text_layer", f"Page {number} has no text layer: it is a scan and needs OCR.", number)
        for number, (lines, _) in enumerate(pages, 1)
        if not lines and number not in damaged
    ]
    if not any(lines for lines, _ in pages):
        notices.append(Notice("scanned", "No page has a text layer, so no facts could be read from this document."))
    kept = furniture.without([lines for lines, _ in pages])
    ruled = [number for number, (_, has_rules) in enumerate(pages) if has_rules]
    cells = _cells(data, ruled, notices)
    layouts = [tables.rows_into(lines, cells.get(number, [])) for number, lines in enumerate(kept)]
    return [
        SourcePage(pieces, *_reader(bool(cells.get(number))))
        for number, pieces in enumerate(paragraphs.of_pages(layouts))
    ], notices


def _cells(data: bytes, ruled: list[int], notices: list[Notice]) -> dict[int, list[tables.Row]]:
    """The cells of ruled pages. A page whose tables pdfplumber cannot take apart is read as running text."""
    try:
        return tables.cell_boxes(data, ruled) if ruled else {}
    except Exception as error:
        # pdfminer raises whatever a damaged file leads it to; the text is PDFium's and stands.
        notices.append(Notice("tables_unread", f"Tables could not be taken apart ({type(error).__name__}: {error})."))
        return {}


def _reader(has_cells: bool) -> tuple[str, str]:
    if has_cells:
        return "pdfplumber", "ruled table"
    return "pdfium", "running text"


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(io.BytesIO(data))
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                "encrypted", "The PDF is encrypted. Ask its publisher for a copy without a password."
            ) from None
        raise UnreadableDocument(
            "damaged", f"The PDF cannot be opened ({error}). It may be cut short: fetch it again."
        ) from None


def _page_words(pdf: pdfium.PdfDocument, index: int, notices: list[Notice]) -> tuple[list[Word], bool]:
    """The words of a page, and whether it has rules enough for a table."""
    try:
        with closing(pdf[index]) as page, closing(page.get_textpage()) as textpage:
            if textpage.count_chars() > MAX_PAGE_CHARACTERS:
                said = f"Page {index + 1} has {textpage.count_chars():,} characters; {MAX_PAGE_CHARACTERS:,} were read."
                notices.append(Notice("page_cut", said, index + 1))
            return list(_words(textpage, page.get_height())), _has_rules(page)
    except pdfium.PdfiumError as error:
        said = f"Page {index + 1} is damaged ({error}), so nothing was read from it. Fetch the document again."
        notices.append(Notice("damaged_page", said, index + 1))
        return [], False


def _words(textpage: pdfium.PdfTextpage, height: float) -> Iterator[Word]:
    """Words with their boxes, the origin at the top left, in points."""
    handle = textpage.raw
    count = min(textpage.count_chars(), MAX_PAGE_CHARACTERS)
    codes = [raw.FPDFText_GetUnicode(handle, index) for index in range(count)]
    start = None
    for index in range(count + 1):
        blank = index == count or codes[index] in BLANKS
        if start is not None and (blank or codes[index - 1] in LINE_END_HYPHENS):
            yield from _word(handle, codes, start, index, height)
            start = None
        if not blank and start is None:
            start = index


def _word(handle: object, codes: list[int], start: int, end: int, height: float) -> Iterator[Word]:
    text = characters("".join(map(chr, _decoded(handle, codes, start, end))))
    size = _size(handle, start)
    first, last = _box(handle, start), _box(handle, end - 1)
    box_height = max(first[3] - first[1], last[3] - last[1])
    if not text.strip() or (size < SMALLEST_SIZE and box_height < SMALLEST_SIZE):
        return
    origin = _origin(handle, start)
    edges = min(first[0], last[0]), max(first[2], last[2])
    yield Word(text, *edges, height - origin, max(size, box_height), _weight(handle, start))


def _size(handle: object, index: int) -> float:
    """The size of the type as it is shown: some programs set it to 1 and scale the text."""
    size = float(raw.FPDFText_GetFontSize(handle, index))
    matrix = raw.FS_MATRIX()
    if size >= SMALLEST_SIZE or not raw.FPDFText_GetMatrix(handle, index, matrix):
        return size
    return size * float(max(abs(matrix.b), abs(matrix.d)))


def _decoded(handle: object, codes: list[int], start: int, end: int) -> list[int]:
    """The characters of a word; a font without a table of them numbers its glyphs as Windows fonts do."""
    word = codes[start:end]
    unmapped = all(raw.FPDFText_HasUnicodeMapError(handle, index) == 1 for index in range(start, end))
    return [code + GLYPH_OFFSET for code in word] if unmapped and max(word) < LAST_GLYPH else word


def _weight(handle: object, index: int) -> int:
    """The weight of a character's type; `NAMED_BOLD` where the font's name says that it is bold."""
    name = ctypes.create_string_buffer(64)
    raw.FPDFText_GetFontInfo(handle, index, name, len(name), None)
    named = any(mark in name.value.lower() for mark in BOLD_NAMES)
    return NAMED_BOLD if named else int(raw.FPDFText_GetFontWeight(handle, index))


def _emboldener(words: list[Word]) -> Callable[[Word], Word]:
    """Marks bold words: by the fonts' names where any says so, else by a weight well above the document's usual one."""
    weights = [word.weight for word in words]
    usual = median(weights) if weights else 0
    least = NAMED_BOLD if NAMED_BOLD in weights else max(BOLD_WEIGHT, usual + HEAVIER)
    return lambda word: replace(word, bold=True) if word.weight >= least else word


def _box(handle: object, index: int) -> tuple[float, float, float, float]:
    """left, bottom, right, top of a character."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _origin(handle: object, index: int) -> float:
    """The height of the base line that a character stands on."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, index, x, y)
    return y.value


def _has_rules(page: pdfium.PdfPage) -> bool:
    """Whether the page has lines enough to draw a table of two columns and two rows, and is no map."""
    paths, objects = 0, raw.FPDFPage_CountObjects(page.raw)
    if objects > MAX_PAGE_OBJECTS:
        return False
    for position in range(min(objects, 3000)):
        paths += raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, position)) == raw.FPDF_PAGEOBJ_PATH
    return paths >= tables.FEWEST_RULES
