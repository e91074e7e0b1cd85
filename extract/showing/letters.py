"""Text as a stream of letters and digits: what is left of it, and comparable, however it was set and repaired."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# What stands at the end of a line where a word goes on in the next; PDFium writes two of its own, without a line end.
HYPHENS = frozenset("-\u00ad\u2010\u2011\u0002\ufffe")
UNSPACED_HYPHENS = frozenset("\u0002\ufffe")


@dataclass(frozen=True)
class Letters:
    """Letters and digits one after the other.

    `origins` says for each which character it came from. `starts` and `goes_on` have an entry a letter and one for the
    end: whether a word begins there, and whether that may be the rest of a word that a hyphen broke.
    """

    text: str
    origins: list[int]
    starts: list[bool]
    goes_on: list[bool]

    def between(self, start: int, end: int) -> range:
        """The letters that came from the characters from `start` up to `end`."""
        return range(bisect_left(self.origins, start), bisect_left(self.origins, end))


def letters_of(characters: Sequence[str]) -> Letters:
    """The letters of a text. Ligatures and accented letters are taken apart, so that every way to write them is one.

    >>> letters_of("Caf\u00e9 \ufb01le").text
    'Cafefile'
    """
    text: list[str] = []
    origins: list[int] = []
    starts: list[bool] = []
    goes_on: list[bool] = []
    start, hyphen = True, False
    for origin, character in enumerate(characters):
        letters = folded(character)
        for letter in letters:
            text.append(letter)
            origins.append(origin)
            starts.append(start)
            goes_on.append(start and hyphen)
            start = hyphen = False
        if not letters:
            blank = is_blank(character)
            start = start or blank or character in UNSPACED_HYPHENS
            hyphen = character in HYPHENS or (hyphen and blank)
    return Letters("".join(text), origins, [*starts, True], [*goes_on, hyphen])


@lru_cache(4096)
def folded(character: str) -> str:
    """The letters and digits of a character.

    >>> folded("\u00bd"), folded("\u2022")
    ('12', '')
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", character)))


def is_blank(character: str) -> bool:
    """Whether it parts words; PDFium has NUL among the blanks."""
    return character.isspace() or character == "\0"


def is_mark(character: str) -> bool:
    """Whether it is printed but neither letter nor digit: a bracket, a stop, a bullet."""
    return not is_blank(character) and not folded(character)
