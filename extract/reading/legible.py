"""Whether the text layer of a page can be read: nonsense, and stamps on a scan, count as none.

Words are judged once each, so that nothing is made of repetition: the marks of a table, the dots of a list of contents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from math import sqrt
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

Fault = Literal["scan", "nonsense text layer"]

# Fewer words than this on a page that is one picture are a stamp or a page number put on a scan.
STAMP_WORDS = 15
# The share of a page's width and height that a scan covers at least; the pictures of covers and charts leave margins.
SCANNED = 0.75
MOST_STRIPS = 500
# Below so many characters nothing is judged; below so many letters, not their frequencies.
FEWEST_CHARACTERS = 50
FEWEST_LETTERS = 150
# Papers of figures have four letters and figures in five characters; private glyphs and OCR dust have few or none.
LEAST_ALPHANUMERIC = 0.5
# English and Welsh pages reach 0.90 by one profile or the other, Gaelic and Polish 0.81, a list of rare names 0.78;
# of shifted alphabets one in a hundred reaches 0.73, the half not 0.60.
LEAST_LIKENESS = 0.75
LEADERS = ("..", "__", "--")
LAST_LATIN = "\u024f"
# A page that has so many of these is in a language, whatever else is on it.
COMMON = frozenset("the and of to in for that was a y yn i o ar a’r o’r".split())
FEWEST_COMMON = 4
# How often each letter, a to z, comes in a thousand of those of the distinct words of a page of a council paper.
PROFILES = (
    (75, 15, 47, 38, 124, 17, 24, 25, 79, 2, 6, 45, 29, 75, 69, 30, 2, 74, 69, 78, 31, 14, 13, 2, 15, 0),  # English
    (87, 18, 39, 97, 72, 36, 34, 35, 74, 2, 1, 57, 23, 76, 61, 10, 0, 71, 31, 29, 28, 4, 41, 1, 74, 0),  # Welsh
)
# A page is looked at this small, in pixels, to tell whether anything is on it, and by this difference of greys.
GLANCE = 600
INK = 40


def fault(page: pdfium.PdfPage, words: list[str]) -> Fault | None:
    """Why the words of a page are not its text; nothing where they are, or where the page is blank."""
    if len(words) >= STAMP_WORDS:
        return "nonsense text layer" if is_nonsense(words) else None
    if words:
        return "scan" if _is_picture(page) else None
    return None if _is_blank(page) else "scan"


def is_nonsense(words: Iterable[str]) -> bool:
    """Whether words are no language: glyph numbers, private characters, a shifted alphabet, the dust of a bad OCR.

    >>> is_nonsense("the committee considered a report on the repair of the harbour wall and agreed".split() * 2)
    False
    >>> is_nonsense(["\\ue054\\ue068\\ue065", "\\ue043\\ue06f\\ue075\\ue06e"] + [chr(0xE100 + n) for n in range(50)])
    True
    """
    distinct = set(words)
    if len(distinct & COMMON) >= FEWEST_COMMON:
        return False
    text = " ".join(distinct).casefold()
    for leader in LEADERS:
        text = text.replace(leader, "")
    counts = Counter(text)
    counts.pop(" ", None)
    characters = counts.total()
    if characters < FEWEST_CHARACTERS:
        return False
    if sum(times for char, times in counts.items() if char.isalnum()) < LEAST_ALPHANUMERIC * characters:
        return True
    letters = {char: times for char, times in counts.items() if char.isalpha() and char <= LAST_LATIN}
    return sum(letters.values()) >= FEWEST_LETTERS and _likeness(letters) < LEAST_LIKENESS


def _likeness(letters: dict[str, int]) -> float:
    """The cosine of the angle between the letters' frequencies and those of the nearer language, 0 to 1."""
    length = sqrt(sum(times * times for times in letters.values()))
    found = [letters.get(char, 0) for char in "abcdefghijklmnopqrstuvwxyz"]
    return max(
        sum(ours * theirs for ours, theirs in zip(found, profile, strict=True))
        / (length * sqrt(sum(share * share for share in profile)))
        for profile in PROFILES
    )


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether pictures as wide as the page cover it; a scan may come in strips."""
    page_left, page_bottom, page_right, page_top = page.get_bbox()
    covered = 0.0
    for picture in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2), MOST_STRIPS):
        left, bottom, right, top = picture.get_bounds()
        if min(right, page_right) - max(left, page_left) >= SCANNED * (page_right - page_left):
            covered += min(top, page_top) - max(bottom, page_bottom)
    return bool(covered >= SCANNED * (page_top - page_bottom))


def _is_blank(page: pdfium.PdfPage) -> bool:
    """Whether nothing is to be seen on the page; a scanned sheet of white paper is blank too."""
    darkest, lightest = page.render(scale=GLANCE / max(page.get_size()), grayscale=True).to_pil().getextrema()
    return bool(lightest - darkest < INK)
