"""Running headers, footers, page numbers, stamps and layout tags, known by repetition and place, never by wording."""

from __future__ import annotations

import re
from collections import Counter

from minutebook.extract.reading.geometry import Line

# How many lines at the top and bottom of a page can be furniture.
EDGE_LINES = 4
PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
PAGE_STAMP = re.compile(r"\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\s*$|^page\s+\d{1,4}\b", re.IGNORECASE)
LAYOUT_TAG = re.compile(r"^</?(?:AI\d+|[A-Z_]*SECTION)>$")
DIGITS = re.compile(r"\d+")


def without(pages: list[list[Line]], openings: set[int]) -> list[list[Line]]:
    """The pages without their furniture. `openings` are pages, as indexes, with the title of a paper at their top."""
    repeated = _repeated([lines for index, lines in enumerate(pages) if index not in openings])
    return [_body(lines, repeated, len(pages)) for lines in pages]


def _shape(line: Line) -> tuple[str, int]:
    """The line with its digits masked, and the height it stands at: furniture repeats in both."""
    return DIGITS.sub("#", line.text.casefold()), round(line.base / 12)


def _repeated(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """Shapes that stand at the edge of at least two pages, and of a third of them."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        shapes = {_shape(line) for line in _edges(lines)}
        seen.update({(text, height + shift) for text, height in shapes for shift in (0, 1)})
    return {shape for shape, times in seen.items() if times >= max(2, len(pages) / 3)}


def _edges(lines: list[Line]) -> list[Line]:
    return lines[:EDGE_LINES] + lines[EDGE_LINES:][-EDGE_LINES:]


def _body(lines: list[Line], repeated: set[tuple[str, int]], page_count: int) -> list[Line]:
    edges = {id(line) for line in _edges(lines)}
    kept = []
    for line in lines:
        bare = _untagged(line)
        if bare and not (id(bare) in edges and _is_furniture(bare, repeated, lines, page_count)):
            kept.append(bare)
    return kept


def _untagged(line: Line) -> Line | None:
    """The line without layout tags; itself where it has none, nothing where it is all tags."""
    words = [word for word in line.words if not LAYOUT_TAG.match(word.text)]
    if len(words) == len(line.words):
        return line
    return Line(words) if words else None


def _is_furniture(line: Line, repeated: set[tuple[str, int]], lines: list[Line], page_count: int) -> bool:
    text, height = _shape(line)
    recurs = page_count > 1 and ((text, height) in repeated or (text, height + 1) in repeated)
    outermost = line is lines[0] or line is lines[-1]
    return recurs or (outermost and bool(PAGE_NUMBER.match(line.text))) or bool(PAGE_STAMP.fullmatch(line.text))
