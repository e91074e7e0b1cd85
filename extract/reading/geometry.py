"""Words into lines, and lines into the stretches that wide gaps leave. Lengths in points, origin at the top left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

# Words whose base lines differ by less than this share of the size stand in one line.
SAME_LINE = 0.35
# Type more than so many times as large is another line's, or a watermark.
LARGER = 2.5
# A gap this many sizes wide parts two stretches of a line; a word space is about a quarter.
WIDE_GAP = 1.6
# The narrowest gap that anybody asks for.
GAP = 1.0


@dataclass(slots=True)
class Word:
    """A word; `base` is the height of its base line, counted downwards."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    weight: int = 0
    bold: bool = False


class Line:
    """The words that stand on one base line, left to right.

    `cells` are set where the line is a table row, `edge` (a right edge) where it stands in a column or cell of text.

    `text` is the words with single spaces, `x0` and `x1` are its left and right edge, `base` its base line and `size`
    the usual size of the type; `bold` says whether every word with a letter is bold.
    """

    __slots__ = ("_gaps", "base", "bold", "cells", "edge", "size", "text", "words", "x0", "x1")

    def __init__(self, words: list[Word], cells: list[str] | None = None, edge: float | None = None) -> None:
        self.words, self.cells, self.edge = words, cells or [], edge
        self.text = " ".join([word.text for word in words])
        self.x0, self.base = words[0].x0, words[0].base
        self.x1 = max([word.x1 for word in words])
        sizes = [word.size for word in words]
        self.size = sizes[0] if min(sizes) == max(sizes) else median(sizes)
        self.bold = _all_bold(words)
        self._gaps: list[tuple[int, float]] | None = None

    def stretches(self, gap: float = WIDE_GAP) -> list[list[Word]]:
        """The words, parted at gaps of more than `gap` sizes (of the word after); `gap` is 1 or more."""
        if self._gaps is None:
            self._gaps = [
                (number, (word.x0 - before.x1) / word.size)
                for number, (before, word) in enumerate(zip(self.words, self.words[1:], strict=False), 1)
                if word.x0 - before.x1 > GAP * word.size
            ]
        if not self._gaps:
            return [self.words]
        parts, at = [], 0
        for number, width in self._gaps:
            if width > gap:
                parts.append(self.words[at:number])
                at = number
        return [*parts, self.words[at:]]


def _all_bold(words: list[Word]) -> bool:
    if not words[0].bold and words[0].text[:1].isalpha():
        return False
    lettered = [word.bold for word in words if any(map(str.isalpha, word.text))]
    return bool(lettered) and all(lettered)


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom; small raised words (ordinals, note marks) stay in their line."""
    lines: list[list[Word]] = []
    for run in sorted(_runs(words), key=lambda run: (round(run[0].base, 1), run[0].x0)):
        near, word = lines[-1][0] if lines else None, run[0]
        if near is not None and _on_one_line(near, word):
            lines[-1] = sorted(lines[-1] + run, key=_left_edge)
        else:
            lines.append(run)
    return list(map(Line, lines))


def _on_one_line(one: Word, other: Word) -> bool:
    """Whether two words stand on one base line; huge type behind small type does not draw it in."""
    small, large = sorted((one.size, other.size))
    return abs(one.base - other.base) <= SAME_LINE * (large if large <= LARGER * small else small)


def _runs(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words that were set one after another, from left to right on one base line."""
    run: list[Word] = []
    for word in words:
        if run and (word.base != run[0].base or word.x0 < run[-1].x0):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _left_edge(word: Word) -> float:
    return word.x0
