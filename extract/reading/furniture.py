"""Running headers, footers, page numbers, stamps, watermarks and layout tags, known by repetition and place."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

from minutebook.extract.reading.geometry import Line

# How many lines at the top and bottom of a page can be furniture.
EDGE_LINES = 4
# Type so many times as large as the usual, that recurs at one place, is a watermark wherever it stands.
WATERMARK = 2.0
PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE)
PAGE_STAMP = re.compile(r"\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\s*$|^page\s+\d{1,4}\b", re.IGNORECASE)
LAYOUT_TAG = re.compile(r"^</?(?:AI\d+|[A-Z_]*SECTION)>$")
DIGITS = re.compile(r"\d+")


def without(pages: list[list[Line]], openings: set[int]) -> list[list[Line]]:
    """The pages without their furniture. `openings` are pages, as indexes, with the title of a paper at their top."""
    sizes = [line.size for lines in pages for line in lines]
    large = WATERMARK * median(sizes) if sizes else 0.0
    repeated = _repeated([_suspects(lines, large) for index, lines in enumerate(pages) if index not in openings])
    return [_body(lines, _suspects(lines, large), repeated, len(pages)) for lines in pages]


def _shape(line: Line) -> tuple[str, int]:
    """The line with its digits masked, and the height it stands at: furniture repeats in both."""
    return DIGITS.sub("#", line.text.casefold()), round(line.base / 12)


def _repeated(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """Shapes of lines that stand on at least two pages, and on a third of them."""
    seen: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        shapes = set(map(_shape, lines))
        seen.update({(text, height + shift) for text, height in shapes for shift in (0, 1)})
    return {shape for shape, times in seen.items() if times >= max(2, len(pages) / 3)}


def _suspects(lines: list[Line], large: float) -> list[Line]:
    """The lines that can be furniture: those at the edges, and large ones anywhere."""
    middle = lines[EDGE_LINES:-EDGE_LINES]
    return [*lines[:EDGE_LINES], *(line for line in middle if line.size >= large), *lines[EDGE_LINES:][-EDGE_LINES:]]


def _body(lines: list[Line], suspects: list[Line], repeated: set[tuple[str, int]], page_count: int) -> list[Line]:
    suspected = {id(line) for line in suspects}
    kept = []
    for line in lines:
        bare = _untagged(line)
        if bare and not (id(bare) in suspected and _is_furniture(bare, repeated, lines, page_count)):
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
