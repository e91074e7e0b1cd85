"""Word documents (.docx): paragraphs, and tables row by row, in document order."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from minutebook.extract.document import Piece, SourcePage
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.pieces import run_on
from minutebook.extract.reading.repair import mend

# A zip bomb holds far more than it weighs; no paper of a council needs this much text.
MAX_UNPACKED = 100 * 2**20


def read_docx(data: bytes) -> list[SourcePage]:
    """One page: Word keeps no page ends. Raises `UnreadableDocument` with code `too_large` or `damaged`."""
    _refuse_bomb(data)
    try:
        document = docx.Document(BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, XMLSyntaxError) as error:
        raise UnreadableDocument("damaged", f"The Word file cannot be opened ({error}). Fetch it again.") from None
    pieces = [piece for part in document.iter_inner_content() for piece in _pieces(part)]
    return [SourcePage(run_on(pieces), "python-docx", "Word document")]


def _refuse_bomb(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MAX_UNPACKED:
        raise UnreadableDocument("too_large", f"The Word file unpacks to {unpacked:,} bytes, so it was not opened.")


def _pieces(part: Paragraph | Table) -> list[Piece]:
    if isinstance(part, Table):
        rows = ["\t".join(mend(cell.text) for cell in row.cells) for row in part.rows]
        return [Piece(row, "row") for row in rows if row.strip()]
    text = mend(part.text)
    runs = [run for run in part.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    is_heading = bold or (part.style is not None and (part.style.name or "").startswith("Heading"))
    if part.style is not None and (part.style.name or "").startswith("List"):
        text = f"• {text}"
    return [Piece(text, "heading" if is_heading and len(text) < 160 else "paragraph", is_heading)] if text else []
