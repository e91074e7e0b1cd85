"""Sentences of minutes: full stops after titles, initials, labels and abbreviations end nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev revd fr st cllr cllrs clr ald col capt sgt insp supt messrs hon no nos para paras "
    "ref approx est inc ltd co vs etc eg e.g i.e ie cf vol fig rd ave jan feb mar apr jun jul aug sept sep oct "
    "nov dec pp p tel ext dept dist govt".split()
)
LONGEST = 1500
LONGEST_WORD = 40
END = re.compile(r"[.!?]+[”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-Z0-9•£])|[.!?]+[”’\"')\]]*$|\n")
LAST_WORD = re.compile(r"([\w.’']+)$")


@lru_cache(maxsize=1024)
def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence."""
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in END.finditer(text):
        word = LAST_WORD.search(text, max(start, end.start() - LONGEST_WORD), end.start())
        if end.group().startswith(".") and word and _abbreviated(word.group(1)):
            continue
        yield from _pieces(text, start, end.end())
        start = end.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence; one of absurd length in pieces, since no rule is meant for it and some would take for ever."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        if text[start:cut].strip():
            yield _trimmed(text, start, cut)
        start = cut
    if text[start:end].strip():
        yield _trimmed(text, start, end)


def _abbreviated(word: str) -> bool:
    last = word.rsplit(".", 1)[-1]
    return word.lower() in ABBREVIATIONS or (len(last) == 1 and last.isupper())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
