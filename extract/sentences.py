"""Sentences of minutes: full stops after titles, initials, labels and abbreviations end nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev revd fr st cllr cllrs clr ald col capt sgt insp supt messrs hon no nos para paras "
    "ref approx est inc ltd co vs etc eg e.g i.e ie cf vol fig rd ave jan feb mar apr jun jul aug sept sep oct "
    "nov dec pp p tel ext dept dist govt".split()
)
END = re.compile(r"[.!?]+[”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-Z0-9•£])|[.!?]+[”’\"')\]]*$|\n")
LAST_WORD = re.compile(r"([\w.’']+)$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence."""
    start = 0
    for end in END.finditer(text):
        word = LAST_WORD.search(text, start, end.start())
        if end.group().startswith(".") and word and _abbreviated(word.group(1)):
            continue
        if text[start : end.end()].strip():
            yield _trimmed(text, start, end.end())
        start = end.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _abbreviated(word: str) -> bool:
    last = word.rsplit(".", 1)[-1]
    return word.lower() in ABBREVIATIONS or (len(last) == 1 and last.isupper())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
