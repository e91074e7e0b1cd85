"""What reading makes of a file: pages of canonical text, cut into blocks. Every offset of a fact counts in it.

The canonical text of a page is its blocks, one a line, in reading order, with white space collapsed, running headers
and footers left out and words broken at a line end rejoined. A tab separates the cells of a table row. A paragraph
that runs over a page end is one block of the document and two stretches of page text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["paragraph", "heading", "row", "margin"]


@dataclass(frozen=True)
class Piece:
    """A block as a reader sees it, before it has a place in the text.

    `joins` is what stands between it and the piece before: a line break, or a space or nothing where a sentence or a
    word runs on over a page end. `full` says that its last line reaches the right edge. `indent` is the left edge in
    points (PDF) or the depth of the list (web).
    """

    text: str
    kind: Kind = "paragraph"
    bold: bool = False
    indent: float = 0.0
    joins: str = "\n"
    full: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, table row or margin note; `start` and `end` count in `Document.text`."""

    index: int
    start: int
    end: int
    text: str
    kind: Kind
    bold: bool
    indent: float
    page: int

    @property
    def cells(self) -> list[str]:
        """The cells of a table row; one cell for any other block."""
        return self.text.split("\t")


@dataclass(frozen=True)
class Page:
    """One page: `start` is where its text begins in `Document.text`; `reader` and `reason` say how it was read."""

    number: int
    start: int
    text: str
    reader: str
    reason: str

    @property
    def end(self) -> int:
        """Where the page's text ends in `Document.text`."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Notice:
    """Something a reader should know: a page without text, a table that was not understood."""

    code: str
    message: str
    page: int | None = None


@dataclass
class Document:
    """A document that has been read."""

    source: str
    sha256: str
    media_type: str
    text: str = ""
    pages: list[Page] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    form: str = "document"

    def places(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """(page number, start, end) in page text for a stretch of `text`; two where it crosses a page."""
        found = []
        first = bisect_right(self.pages, start, key=lambda page: page.start) - 1
        last = bisect_left(self.pages, end, key=lambda page: page.start)
        for page in self.pages[max(first, 0) : last]:
            low, high = max(start, page.start), min(end, page.end)
            if low < high:
                found.append((page.number, low - page.start, high - page.start))
        return found


@dataclass
class SourcePage:
    """What a reader hands over for one page."""

    pieces: list[Piece]
    reader: str = "text"
    reason: str = ""


def assemble(document: Document, source_pages: list[SourcePage]) -> Document:
    """Lay the pieces out as canonical text and note where each block and page stands."""
    parts: list[str] = []
    spans: list[tuple[int, int, int, Piece]] = []
    bounds: list[tuple[int, int]] = []
    length = 0
    for number, source in enumerate(source_pages, 1):
        pieces = [piece for piece in source.pieces if piece.text]
        page_start = length + len(_joint(pieces, number))
        for position, piece in enumerate(pieces):
            joint = "\n" if position else _joint(pieces, number)
            start = length + len(joint)
            parts += [joint, piece.text]
            length = start + len(piece.text)
            spans.append((start, length, number, piece))
        bounds.append((min(page_start, length), length))
    document.text = "".join(parts)
    document.pages = [
        Page(number, start, document.text[start:end], source.reader, source.reason)
        for number, ((start, end), source) in enumerate(zip(bounds, source_pages, strict=True), 1)
    ]
    document.blocks = _blocks(document.text, spans)
    return document


def _joint(pieces: list[Piece], page_number: int) -> str:
    """What stands between a page and the one before it."""
    return pieces[0].joins if pieces and page_number > 1 else ""


def _blocks(text: str, spans: list[tuple[int, int, int, Piece]]) -> list[Block]:
    """One block a piece; a piece that runs on over a page end is added to the block before it."""
    merged: list[tuple[int, int, int, Piece]] = []
    for start, end, page, piece in spans:
        if merged and piece.joins != "\n" and page > merged[-1][2]:
            first, _, first_page, first_piece = merged[-1]
            merged[-1] = (first, end, first_page, first_piece)
        else:
            merged.append((start, end, page, piece))
    return [
        Block(index, start, end, text[start:end], piece.kind, piece.bold, piece.indent, page)
        for index, (start, end, page, piece) in enumerate(merged)
    ]
