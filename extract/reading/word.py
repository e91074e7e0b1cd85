"""Word documents (.docx): paragraphs with their labels, and tables row by row, in document order.

Read as with all changes accepted: what a tracked change deletes is no text, what it inserts is. Text boxes, headers and
footers, and hidden text are left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from minutebook.extract.document import Piece, SourcePage, marked
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.numbering import Labels
from minutebook.extract.reading.pieces import run_on
from minutebook.extract.reading.repair import mend

# A zip bomb holds far more than it weighs; no paper of a council needs this much text.
MAX_UNPACKED = 100 * 2**20
LONGEST_HEADING = 160
HEADINGS = ("Heading", "Title", "Subtitle")
# What holds paragraphs or runs and adds nothing: content controls, links, insertions. `w:del` is not among them.
WRAPPERS = frozenset(
    qn(f"w:{name}") for name in "sdt sdtContent customXml ins moveTo hyperlink smartTag fldSimple dir bdo".split()
)
PARAGRAPH, TABLE, ROW, CELL, RUN = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r"))
OFF = ("0", "false", "off", "none")
CHARACTERS = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:br"): "\n", qn("w:cr"): "\n"}


def read_docx(data: bytes, reader: str = "python-docx", reason: str = "Word document") -> list[SourcePage]:
    """One page: Word keeps no page ends. Raises `UnreadableDocument` with code `too_large` or `damaged`."""
    try:
        _refuse_bomb(data)
        document = docx.Document(BytesIO(data))
        pieces = list(_Reader(document).pieces(document.element.body))
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        # zipfile and python-docx raise whatever a damaged file leads them to.
        raise UnreadableDocument("damaged", f"The Word file cannot be opened ({error}). Fetch it again.") from None
    return [SourcePage(run_on(pieces), reader, reason)]


def _refuse_bomb(data: bytes) -> None:
    """Look at what the file unpacks to: by its own account, then really, since a hostile directory understates it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise UnreadableDocument("too_large", f"The Word file unpacks to {unpacked:,} bytes, so it was not opened.")
        broken = archive.testzip()  # in small steps, and no further than the directory says
    if broken:
        raise zipfile.BadZipFile(f"{broken} is not what its directory says")


class _Reader:
    """Walks the body of one document; its elements are python-docx's."""

    def __init__(self, document: Document) -> None:
        self.labels = Labels(document)
        self.styles = {style.style_id: style for style in document.styles}

    def pieces(self, holder: Any) -> Iterator[Piece]:
        """The pieces of the body or of a cell."""
        for part in _parts(holder, (PARAGRAPH, TABLE)):
            if part.tag == PARAGRAPH:
                yield from self._paragraph(part)
            else:
                for row in _parts(part, (ROW,)):
                    yield from self._row(row)

    def _paragraph(self, paragraph: Any) -> Iterator[Piece]:
        """The paragraph with its label, in as many pieces as it has lines."""
        runs = [run for run in _parts(paragraph, (RUN,)) if not self._has(run, paragraph, "vanish")]
        parts = [(_text(run), self._is_struck(run, paragraph)) for run in runs]
        lines = [mend(line) for line in marked(parts).split("\n")]
        label = self.labels.of(paragraph)
        style = self.styles.get(paragraph.style)
        bold = all(self._has(run, paragraph, "b") for run in runs if _text(run).strip())
        bold = bold or (style is not None and (style.name or "").startswith(HEADINGS))
        for line in filter(None, lines):
            kind = "heading" if bold and len(line) < LONGEST_HEADING else "paragraph"
            yield Piece(f"{label} {line}".strip(), kind, bold)  # type: ignore[arg-type]
            label = ""

    def _row(self, row: Any) -> Iterator[Piece]:
        """One piece a row; a row that only lays out the page, with a table or several paragraphs in a cell, in many."""
        if row.trPr is not None and row.trPr.find(qn("w:del")) is not None:
            return
        cells = [(cell, list(self.pieces(cell)) if cell.vMerge != "continue" else []) for cell in _parts(row, (CELL,))]
        lays_out = any(len(found) > 1 or cell.find(TABLE) is not None for cell, found in cells)
        if lays_out or len(cells) == 1:
            for _, found in cells:
                yield from found
            return
        texts: list[str] = []
        for cell, found in cells:
            texts += [*(piece.text for piece in found), *[""] * cell.grid_span][: cell.grid_span]
        if any(texts):
            yield Piece("\t".join(texts), "row")

    def _is_struck(self, run: Any, paragraph: Any) -> bool:
        return self._has(run, paragraph, "strike") or self._has(run, paragraph, "dstrike")

    def _has(self, run: Any, paragraph: Any, name: str) -> bool:
        """Whether a run has a property: by itself, by its style, or by the paragraph's style."""
        named = (run.style, paragraph.style)
        styles = [self.styles[style].element for style in named if style in self.styles]
        for holder in (run, *styles):
            found = holder.rPr.find(qn(f"w:{name}")) if holder.rPr is not None else None
            if found is not None:
                return found.get(qn("w:val")) not in OFF
        return False


def _parts(holder: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """The children with these tags, in place also inside what only wraps them."""
    for child in holder:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from _parts(child, tags)


def _text(run: Any) -> str:
    """What a run prints; breaks of the page or column are no breaks of the text."""
    return "".join(
        child.text or "" if child.tag == qn("w:t") else CHARACTERS[child.tag]
        for child in run
        if child.tag == qn("w:t") or (child.tag in CHARACTERS and child.get(qn("w:type")) not in ("page", "column"))
    )
