"""PDF: PDFium gives words and rules, pdfplumber the cells of ruled tables."""

from __future__ import annotations

import io
from contextlib import closing
from statistics import median

import pypdfium2 as pdfium

from minutebook.extract.document import Notice, Piece, SourcePage, Start
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import furniture, paragraphs, starts, tables
from minutebook.extract.reading.bookmarks import bookmarked
from minutebook.extract.reading.columns import in_order
from minutebook.extract.reading.geometry import Line, Word, lines_of
from minutebook.extract.reading.limits import MAX_PAGE_CHARACTERS, MAX_PAGES
from minutebook.extract.reading.scans import Scans
from minutebook.extract.reading.strikes import mark_struck
from minutebook.extract.reading.typeset import NAMED_BOLD, TypesetPage, typeset

BOLD_WEIGHT = 600
HEAVIER = 100


def read_pdf(data: bytes) -> tuple[list[SourcePage], list[Notice], list[Start]]:
    """Pages with their pieces, notices of what could not be read, and where papers seem to begin.

    Raises `UnreadableDocument` with code `encrypted`, `damaged` or `too_long`.
    """
    scans = Scans()
    with closing(open_pdf(data)) as pdf:
        if len(pdf) > MAX_PAGES:
            raise UnreadableDocument("too_long", f"The PDF has {len(pdf)} pages; the limit is {MAX_PAGES}.")
        pages = [_typeset(pdf, number, scans) for number in range(len(pdf))]
        begins = bookmarked(pdf)
    _embolden([word for page in pages for word in page.words])
    for page in pages:
        mark_struck(page.words, page.rules)
    unstamped, stamped = starts.without_stamps([lines_of(page.words) for page in pages])
    begins += [*stamped, *starts.headed(unstamped)]
    lines = furniture.without(unstamped, starts.openings(unstamped, begins))
    rows = [tables.cell_rows(page.rules) for page in pages]
    layouts = [in_order(tables.rows_into(*page)) for page in zip(lines, rows, strict=True)]
    if not any(page.words for page in pages):
        scans.notices.append(Notice("scanned", "No page has text, so no facts could be read from this document."))
    made = [
        SourcePage(pieces, *_reader(rows[number], layouts[number], pieces, scans.read.get(number + 1)))
        for number, pieces in enumerate(paragraphs.of_pages(layouts))
    ]
    return made, scans.notices, begins


def _reader(rows: list[tables.Row], lines: list[Line], pieces: list[Piece], fault: str | None) -> tuple[str, str]:
    """Who read a page, and the signs of its layout that decided it."""
    signs = [f"ruled table of {len(rows)} rows"] if rows else []
    if not rows and any(line.edge for line in lines):
        signs.append("two columns of text")
    if not rows and any(piece.kind == "row" for piece in pieces):
        signs.append("aligned columns")
    if any(piece.kind == "margin" for piece in pieces):
        signs.append("notes in the margin")
    if fault:
        return "tesseract", "; ".join((fault, *signs))
    return "pdfplumber" if rows else "pdfium", "; ".join(signs) or "running text"


def open_pdf(data: bytes) -> pdfium.PdfDocument:
    """An open PDF, to be closed. Raises `UnreadableDocument` with code `encrypted` or `damaged`."""
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


def _typeset(pdf: pdfium.PdfDocument, index: int, scans: Scans) -> TypesetPage:
    """What is set on a page, or seen on it by OCR; what is wrong with it is added to the notices."""
    number = index + 1
    try:
        with closing(pdf[index]) as page:
            made = typeset(page)
            made.words = scans.words(page, number, made.words)
    except pdfium.PdfiumError as error:
        message = f"Page {number} is damaged and could not be read ({error}). Fetch the document again."
        scans.notices.append(Notice("damaged_page", message, number))
        return TypesetPage()
    if made.characters > MAX_PAGE_CHARACTERS:
        message = f"Page {number} has {made.characters:,} characters, of which {MAX_PAGE_CHARACTERS:,} were read."
        scans.notices.append(Notice("page_cut", message, number))
    return made


def _embolden(words: list[Word]) -> None:
    """Mark bold words: by the fonts' names where any says so, else by a weight well above the document's usual one."""
    weights = [word.weight for word in words]
    usual = median(weights) if weights else 0
    least = NAMED_BOLD if NAMED_BOLD in weights else max(BOLD_WEIGHT, usual + HEAVIER)
    for word in words:
        word.bold = word.weight >= least
