"""Two columns of running text: the left one is read first, then the right one.

Columns of a table or of names are read across; columns of text are told by lines on both sides of a gutter that are
long and mostly filled.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from minutebook.extract.reading.geometry import GAP, Line, Word

# So many lines on both sides of a gutter make columns.
FEWEST_LINES = 6
# Each side is at least this share of the width of the text, and holds so many words a line.
NARROWEST = 0.3
FEWEST_WORDS = 4
# So many of the lines of a side end near its edge, in shares of its width.
FILLED = 0.6
NEAR_EDGE = 0.15
# Lines of a column start within so many points of each other.
ALIGNED = 3.0


@dataclass(frozen=True)
class Gutter:
    """The strip between two columns: where the left one ends, where the right one starts, and how far that goes."""

    left: float
    right: float
    far: float


def in_order(lines: list[Line]) -> list[Line]:
    """The lines of a page as they are to be read; those of a column have its right edge as their `edge`."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        sides = _sides(line, gutter)
        if sides is None:
            ordered += [*columns[0], *columns[1], line]
            columns = ([], [])
            continue
        for column, words, edge in zip(columns, sides, (gutter.left, gutter.far), strict=True):
            if words:
                column.append(Line(words, edge=edge))
    return [*ordered, *columns[0], *columns[1]]


def _gutter(lines: list[Line]) -> Gutter | None:
    free = [line.stretches(GAP) for line in lines if not line.cells and line.edge is None]
    pairs = [stretches for stretches in free if len(stretches) == 2]
    if len(pairs) < FEWEST_LINES:
        return None
    start = Counter(round(second[0].x0 / ALIGNED) for _, second in pairs).most_common(1)[0][0] * ALIGNED
    pairs = [pair for pair in pairs if abs(pair[1][0].x0 - start) <= 2 * ALIGNED]
    left_edge = min(line.x0 for line in lines)
    width = max(line.x1 for line in lines) - left_edge
    if len(pairs) < FEWEST_LINES or not all(_is_text([pair[side] for pair in pairs], width) for side in (0, 1)):
        return None
    return Gutter(
        max(first[-1].x1 for first, _ in pairs),
        min(second[0].x0 for _, second in pairs),
        max(second[-1].x1 for _, second in pairs),
    )


def _is_text(stretches: list[list[Word]], width: float) -> bool:
    """Whether one side of a gutter is running text: wide, wordy and mostly filled."""
    edge = max(words[-1].x1 for words in stretches)
    spans = [words[-1].x1 - words[0].x0 for words in stretches]
    filled = sum(edge - words[-1].x1 <= NEAR_EDGE * max(spans) for words in stretches)
    wordy = median(len(words) for words in stretches) >= FEWEST_WORDS
    return wordy and median(spans) >= NARROWEST * width and filled >= FILLED * len(stretches)


def _sides(line: Line, gutter: Gutter) -> tuple[list[Word], list[Word]] | None:
    """The words left and right of the gutter; nothing for a line that runs across it."""
    middle = (gutter.left + gutter.right) / 2
    left = [word for word in line.words if word.x1 <= middle]
    right = [word for word in line.words if word.x0 >= middle]
    crosses = len(left) + len(right) < len(line.words)
    close = bool(left and right) and right[0].x0 - left[-1].x1 <= GAP * line.size
    return None if crosses or close or line.cells or line.edge is not None else (left, right)
