"""Which letter of a page a letter of its canonical text is, where reading has left words out and moved others.

Greedy string tiling (Wise 1993): the longest stretch that stands in both is placed first, then the longest of what is
left. So a phrase that occurs twice is placed by the words around it, and cells, columns and notes may change places.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from itertools import islice

from minutebook.extract.showing.letters import Letters

# A stretch is looked for by its first letters; in the last round, by its first word.
ROUNDS = (48, 24, 12, 6, 3, 0)
# So many places of the same words are compared; in a page made to do harm there are thousands.
MOST_CANDIDATES = 64
# Neighbours further away, in letters, say nothing.
REACH = 200


def align(text: Letters, page: Letters, height: Callable[[int], float]) -> list[int | None]:
    """For each letter of `text` the index of the letter of `page` that it is; None where it is none of them.

    `height` says how far down a letter of the page stands: of two places that are alike, the one nearer to the
    neighbours in the text is taken.
    """
    tiling = _Tiling(text, page, height)
    for size in ROUNDS:
        tiling.round(size)
    return tiling.placed


class _Tiling:
    """What is placed so far."""

    def __init__(self, text: Letters, page: Letters, height: Callable[[int], float]) -> None:
        self.text, self.page, self.height = text, page, height
        self.placed: list[int | None] = [None] * len(text.text)
        self.free = [True] * len(page.text)

    def round(self, size: int) -> None:
        """Place every stretch that begins with the same `size` letters (0: the same word) in both."""
        index: dict[str, deque[int]] = defaultdict(deque)
        for start in range(len(self.page.text)):
            if self.page.starts[start] and self.free[start]:
                index[_opening(self.page, start, size)].append(start)
        at = 0
        while at < len(self.placed):
            length = self._place(at, index.get(_opening(self.text, at, size))) if self._may_start(at) else 0
            at += length or 1

    def _may_start(self, at: int) -> bool:
        goes_on = at > 0 and self.placed[at - 1] is not None
        return self.placed[at] is None and (self.text.starts[at] or goes_on)

    def _place(self, at: int, candidates: deque[int] | None) -> int:
        """Place the stretch that begins at a letter of the text. Returns its length, 0 where it is nowhere."""
        while candidates and not self.free[candidates[0]]:
            candidates.popleft()
        lengths = {start: self._common(at, start) for start in islice(candidates or (), MOST_CANDIDATES)}
        longest = max(lengths.values(), default=0)
        if longest:
            near = self._neighbours(at, at + longest)
            alike = (start for start in lengths if lengths[start] == longest)
            best = min(alike, key=lambda start: self._distance(start, longest, *near))
            self.placed[at : at + longest] = range(best, best + longest)
            self.free[best : best + longest] = [False] * longest
        return longest

    def _common(self, at: int, start: int) -> int:
        """How many letters are the same from there on, up to the end of a word in both."""
        length = whole = 0
        text, page = self.text, self.page
        room = min(len(self.placed) - at, len(self.free) - start)
        while (
            length < room
            and self.free[start + length]
            and self.placed[at + length] is None
            and text.text[at + length] == page.text[start + length]
        ):
            length += 1
            ends = text.starts[at + length] or page.goes_on[start + length]
            if page.starts[start + length] and ends:
                whole = length
        return whole

    def _neighbours(self, start: int, end: int) -> tuple[int | None, int | None]:
        """Where the last letter placed before a stretch of the text is, and the first after it."""
        before = reversed(self.placed[max(0, start - REACH) : start])
        after = self.placed[end : end + REACH]
        return _first(before), _first(after)

    def _distance(self, start: int, length: int, before: int | None, after: int | None) -> tuple[float, int]:
        """How far a place is from those neighbours: in height, then in the order in which the page was written."""
        ends = [(before, start), (after, start + length - 1)]
        pairs = [(neighbour, end) for neighbour, end in ends if neighbour is not None]
        height = sum(abs(self.height(neighbour) - self.height(end)) for neighbour, end in pairs)
        return round(height), sum(abs(neighbour - end) for neighbour, end in pairs) or start


def _first(places: Iterable[int | None]) -> int | None:
    return next((place for place in places if place is not None), None)


def _opening(letters: Letters, start: int, size: int) -> str:
    if size:
        return letters.text[start : start + size]
    return letters.text[start : letters.starts.index(True, start + 1)]
