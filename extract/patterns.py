"""Regular expressions by PCRE2: the same syntax as `re`, and named parts.

A name is then spelt out once, not in each rule: `re` takes 1.5 s to compile them, and three times as long to search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from sys import maxsize
from typing import Any

import pcre2

I = pcre2.I  # noqa: E741
M = pcre2.M
Match = re.Match[str]  # PCRE2's matches are used as those of `re` are; the library brings no types
DEFINITIONS = "(?(DEFINE)"
PART = re.compile(r"\(\?&(\w+)\)")
_parts: dict[str, str] = {}


def part(name: str, pattern: str) -> str:
    """Give a pattern a name and return what stands for it in other patterns.

    >>> part("COLOUR", "red|blue")
    '(?&COLOUR)'
    >>> compiled(part("COLOUR", "red|blue") + " fence").search("a blue fence").group()
    'blue fence'
    """
    _parts[name] = pattern
    return f"(?&{name})"


class Pattern:
    """A compiled pattern. Text that overflows the stack of the fast matcher is given to the patient one.

    Text on which that gives up as well (it tries ten million times) counts as not matched.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags
        self._fast = pcre2.compile(pattern, flags)

    @cached_property
    def _patient(self) -> Any:
        return pcre2.compile(self.pattern, self.flags, jit=False)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> Match | None:
        """The first place from `start` to `end` where it is found."""
        try:
            found: Match | None = self._fast.search(text, start, end)
        except pcre2.LibraryError:
            found = self._try("search", text, start, end)
        return found

    def match(self, text: str, start: int = 0) -> Match | None:
        """The match that begins at `start`."""
        try:
            found: Match | None = self._fast.match(text, start)
        except pcre2.LibraryError:
            found = self._try("match", text, start)
        return found

    def fullmatch(self, text: str) -> Match | None:
        """The match of the whole text."""
        try:
            found: Match | None = self._fast.fullmatch(text)
        except pcre2.LibraryError:
            found = self._try("fullmatch", text)
        return found

    def finditer(self, text: str, start: int = 0) -> Iterator[Match]:
        """All matches that do not overlap."""
        while match := self.search(text, start):
            yield match
            start = max(match.end(), match.start() + 1)

    def split(self, text: str) -> list[str]:
        """The stretches between matches."""
        parts, at = [], 0
        for match in self.finditer(text):
            parts.append(text[at : match.start()])
            at = match.end()
        return [*parts, text[at:]]

    def _try(self, how: str, *given: Any) -> Match | None:
        try:
            found: Match | None = getattr(self._patient, how)(*given)
        except pcre2.LibraryError:
            found = None
        return found


@cache
def compiled(pattern: str, flags: int = 0) -> Pattern:
    """A pattern with the parts that it names, directly or through others. It is kept: for the patterns of rules."""
    return compiled_once(pattern, flags)


def compiled_once(pattern: str, flags: int = 0) -> Pattern:
    """The same for a pattern that is made of a document's own words, and not kept."""
    # Behind the pattern, so that its own groups keep their numbers; `pattern` may be that of one compiled before.
    return Pattern(pattern if DEFINITIONS in pattern else pattern + _definitions(pattern), flags)


def _definitions(pattern: str) -> str:
    needed: dict[str, str] = {}
    waiting = [pattern]
    while waiting:
        for name in PART.findall(waiting.pop()):
            if name not in needed:
                needed[name] = f"(?<{name}>{_parts[name]})"
                waiting.append(_parts[name])
    return f"{DEFINITIONS}{''.join(needed.values())})" if needed else ""
