"""Words into lines, and lines into the stretches that wide gaps leave. Lengths in points, origin at the top left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

# Words whose base lines differ by less than this share of the size stand in one line.
SAME_LINE = 0.35
# A gap this many sizes wide parts two stretches of a line; a word space is about a quarter.
WIDE_GAP = 1.6


@dataclass(frozen=True)
class Word:
    """A word; `base` is the height of its base line, counted downwards."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    weight: int = 0
    bold: bool = False


@dataclass
class Line:
    """The words that stand on one base line, left to right. `cells` are set where the line is a table row."""

    words: list[Word]
    cells: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def base(self) -> float:
        """Base line."""
        return self.words[0].base

    @property
    def size(self) -> float:
        """Size of the type."""
        return median(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether every word with a letter is bold."""
        lettered = [word.bold for word in self.words if any(map(str.isalpha, word.text))]
        return bool(lettered) and all(lettered)

    def stretches(self, gap: float = WIDE_GAP) -> list[list[Word]]:
        """The words, parted at gaps of more than `gap` sizes."""
        parts = [[self.words[0]]]
        for before, word in zip(self.words, self.words[1:], strict=False):
            if word.x0 - before.x1 > gap * word.size:
                parts.append([])
            parts[-1].append(word)
        return parts


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from top to bottom; small raised words (ordinals, note marks) stay in their line."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (round(word.base, 1), word.x0)):
        near = lines[-1][0] if lines else None
        if near is not None and abs(word.base - near.base) <= SAME_LINE * max(word.size, near.size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(sorted(line, key=lambda word: word.x0)) for line in lines]
