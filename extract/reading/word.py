"""Word documents (.docx): paragraphs, and tables row by row, in document order."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from minutebook.extract.document import Piece, SourcePage
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.pieces import run_on
from minutebook.extract.reading.repair import mend

# A zip bomb holds far more than it weighs; no paper of a council needs this much text.
MAX_UNPACKED = 100 * 2**20


def read_docx(data: bytes) -> list[SourcePage]:
    """One page: Word keeps no page ends. Raises `UnreadableDocument` with code `too_large` or `damaged`."""
    try:
        _refuse_bomb(data)
        document = docx.Document(BytesIO(data))
        pieces = [piece for part in document.iter_inner_content() for piece in _pieces(part)]
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        # zipfile and python-docx raise whatever a damaged file leads them to.
        raise UnreadableDocument("damaged", f"The Word file is damaged ({error}). Fetch it again.") from None
    return [SourcePage(run_on(pieces), "python-docx", "Word document")]


def _refuse_bomb(data: bytes) -> None:
    """Look at what the file unpacks to: by its own account, then really, since a hostile directory understates it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableDocument("too_large", f"The Word file unpacks to {unpacked:,} bytes, so it was not opened.")
        broken = archive.testzip()  # in small steps, and no further than the directory says
    if broken:
        raise zipfile.BadZipFile(f"{broken} is not what its directory says")


def _pieces(part: Paragraph | Table) -> list[Piece]:
    if isinstance(part, Table):
        rows = ["\t".join(mend(cell.text) for cell in row.cells) for row in part.rows]
        return [Piece(row, "row") for row in rows if row.strip()]
    text = mend(part.text)
    if not text:
        return []
    runs = [run for run in part.runs if run.text.strip()]
    bold = bool(runs) and all(run.bold for run in runs)
    style = part.style  # slow to find, so once
    name = (style.name if style is not None else None) or ""
    is_heading = bold or name.startswith("Heading")
    if name.startswith("List"):
        text = f"• {text}"
    return [Piece(text, "heading" if is_heading and len(text) < 160 else "paragraph", is_heading)]
