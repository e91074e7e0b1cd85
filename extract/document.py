"""What reading makes of a file: pages of canonical text, cut into blocks. Every offset of a fact counts in it.

The canonical text of a page is its blocks, one a line, in reading order, with white space collapsed, running headers
and footers left out and words broken at a line end rejoined. A tab separates the cells of a table row. A paragraph
that runs over a page end is one block of the document and two stretches of page text.

Struck-through text stands between two tildes on either side, as in Markdown: "the sum of ~~£50~~ £70". It is there for
whoever reads the page. `Document.text` and its blocks, from which facts are taken, have as many blanks in its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

Kind = Literal["paragraph", "heading", "row", "margin"]
Box = tuple[float, float, float, float]

STRUCK = re.compile(r"~~[^~\n]+~~")
# What is marked of a line: all but the white space at its ends.
STRETCH = re.compile(r"\S(?:.*\S)?")


def marked(parts: Iterable[tuple[str, bool]]) -> str:
    """Parts of a text, each with whether it is struck through, as one text with the struck words between marks.

    >>> marked([("the sum of ", False), ("£50", True), (" £70", False)])
    'the sum of ~~£50~~ £70'
    """
    runs = ((struck, "".join(text for text, _ in run)) for struck, run in groupby(parts, lambda part: part[1]))
    return "".join(STRETCH.sub(_strike, text) if struck else text for struck, text in runs)


def _strike(words: re.Match[str]) -> str:
    return f"~~{words.group().replace('~', '-')}~~"


@dataclass(frozen=True)
class Piece:
    """A block as a reader sees it, before it has a place in the text.

    `joins` is what stands between it and the piece before: a line break, or a space or nothing where a sentence or a
    word runs on over a page end. `full` says that its last line reaches the right edge. `indent` is the left edge in
    points (PDF) or the depth of the list (web). `box` (x0, top, x1, bottom) and the `size` of the type are in points,
    the origin at the top left of the page; both are known for a PDF only.
    """

    text: str
    kind: Kind = "paragraph"
    bold: bool = False
    indent: float = 0.0
    joins: str = "\n"
    full: bool = False
    size: float = 0.0
    box: Box | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, table row or margin note; `start` and `end` count in `Document.text`.

    `box` and `size` are those of its piece, on the page where it begins. `header` holds what stands above each cell of
    a table row.
    """

    index: int
    start: int
    end: int
    text: str
    kind: Kind
    bold: bool
    indent: float
    page: int
    size: float = 0.0
    box: Box | None = None
    header: tuple[str, ...] = ()

    @property
    def cells(self) -> list[str]:
        """The cells of a table row; one cell for any other block."""
        return self.text.split("\t")

    def cell_at(self, place: int) -> int:
        """Where a cell, counted from 0, begins in the block's text."""
        return sum(len(cell) + 1 for cell in self.cells[:place])


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
class Start:
    """A page of a PDF on which a paper seems to begin, what says so, and the number and title that it gives.

    `kind` is empty where nothing is known of it. Pages count from 1.
    """

    page: int
    found_by: Literal["bookmark", "stamp", "title"]
    number: str | None = None
    title: str | None = None
    kind: Literal["", "minutes", "report", "appendix"] = ""


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
    starts: list[Start] = field(default_factory=list)
    form: str = "document"

    def places(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """(page number, start, end) in page text for a stretch of `text`; two where it crosses a page."""
        found = []
        first = bisect_right(self.pages, start, key=lambda page: page.end)
        last = bisect_left(self.pages, end, key=lambda page: page.start)
        for page in self.pages[first:last]:
            low, high = max(start, page.start), min(end, page.end)
            if low < high:
                found.append((page.number, low - page.start, high - page.start))
        return found

    def part(self, first: int, last: int) -> Document:
        """Pages `first` to `last` as a document of their own, whose offsets count from the start of the first of them.

        The pages keep their numbers. A block that runs on over an end of the part is cut there.
        """
        pages = self.pages[first - 1 : last]
        low, high = pages[0].start, pages[-1].end
        begin = bisect_right(self.blocks, low, key=lambda block: block.end)
        end = bisect_left(self.blocks, high, key=lambda block: block.start)
        part = Document(self.source, self.sha256, self.media_type, self.text[low:high], form=self.form)
        part.pages = [replace(page, start=page.start - low) for page in pages]
        for index, block in enumerate(self.blocks[begin:end]):
            start, stop = max(block.start, low) - low, min(block.end, high) - low
            page = max(block.page, first)
            cut = replace(block, index=index, start=start, end=stop, text=part.text[start:stop], page=page)
            part.blocks.append(cut)
        return part


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
    text = "".join(parts)
    document.text = STRUCK.sub(lambda struck: " " * len(struck.group()), text)
    document.pages = [
        Page(number, start, text[start:end], source.reader, source.reason)
        for number, ((start, end), source) in enumerate(zip(bounds, source_pages, strict=True), 1)
    ]
    document.blocks = _blocks(document.text, spans)
    return document


def _joint(pieces: list[Piece], page_number: int) -> str:
    """What stands between a page and the one before it."""
    return pieces[0].joins if pieces and page_number > 1 else ""


def _blocks(text: str, spans: list[tuple[int, int, int, Piece]]) -> list[Block]:
    """One block a piece, if any of it stands; a piece that runs on over a page end is added to the block before it."""
    merged: list[tuple[int, int, int, Piece]] = []
    for start, end, page, piece in spans:
        if merged and piece.joins != "\n" and page > merged[-1][2]:
            first, _, first_page, first_piece = merged[-1]
            merged[-1] = (first, end, first_page, first_piece)
        else:
            merged.append((start, end, page, piece))
    standing = ((*_without_blanks(text, start, end), page, piece) for start, end, page, piece in merged)
    return [
        Block(index, start, end, text[start:end], piece.kind, piece.bold, piece.indent, page, piece.size, piece.box)
        for index, (start, end, page, piece) in enumerate(found for found in standing if found[0] < found[1])
    ]


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks at its ends, which struck words leave; a tab is the end of a cell and stays."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip(" ")), start + len(words.rstrip(" "))
