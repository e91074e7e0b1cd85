"""Words that a rule is drawn through: they get the marks of struck-through text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby

from minutebook.extract.document import Box
from minutebook.extract.reading.geometry import Word

# A strike is thin, and runs through the middle of the small letters, in shares of the size above the base line.
THICKEST = 2.0
LOWEST, HIGHEST = 0.12, 0.5
# It begins with the first word and ends with the last, give or take so many sizes: a rule across the page is none.
SLACK = 0.5
MARK = "~~"


def mark_struck(words: list[Word], rules: list[Box]) -> None:
    """Put marks, in place, round each run of words that one of the rules (x0, top, x1, bottom) strikes out."""
    level = sorted((rule for rule in rules if rule[3] - rule[1] <= THICKEST < rule[2] - rule[0]), key=_height)
    if not level:
        return
    for base, run in groupby(words, lambda word: word.base):
        line = list(run)
        size = line[0].size
        first = bisect_left(level, base - HIGHEST * size, key=_height)
        last = bisect_right(level, base - LOWEST * size, key=_height)
        if first < last:
            _mark(line, {id(word) for rule in level[first:last] for word in _struck(line, rule)})


def _mark(line: list[Word], struck: set[int]) -> None:
    for is_struck, together in groupby(line, lambda word: id(word) in struck):
        found = list(together)
        if is_struck:
            for word in found:
                word.text = word.text.replace("~", "-")
            found[0].text = MARK + found[0].text
            found[-1].text += MARK


def _height(rule: Box) -> float:
    return (rule[1] + rule[3]) / 2


def _struck(line: list[Word], rule: Box) -> list[Word]:
    """The words that a rule at the right height strikes out."""
    size = line[0].size
    found = [word for word in line if rule[0] <= (word.x0 + word.x1) / 2 <= rule[2]]
    if not found or rule[0] < found[0].x0 - SLACK * size or rule[2] > found[-1].x1 + SLACK * size:
        return []
    return found
