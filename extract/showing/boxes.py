"""Where a quote stands on a page of a PDF. Lengths in points, the origin at the top left of the page as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from minutebook.extract import sniff
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.geometry import Word
from minutebook.extract.reading.pdf import open_pdf
from minutebook.extract.reading.typeset import Frame, frame_of, printed
from minutebook.extract.showing.alignment import align
from minutebook.extract.showing.letters import is_blank, is_mark, letters_of

# How far a recognised word reaches above and below its base line, in sizes of its type.
ABOVE, BELOW = 0.8, 0.2
# Boxes grow together that share so much of the lower one's height, are no taller than so many of it, and not further
# apart.
SAME_LINE = 0.5
TALLEST = 2.0
WIDEST_GAP = 1.2
# A page of whose text less than this is in its text layer was read another way.
FEWEST_PLACED = 0.5


class Box(NamedTuple):
    """A rectangle; `top` and `bottom` are counted downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Print(NamedTuple):
    """The characters of a page as they are printed, blanks too, and what tells the box of one by its index."""

    characters: list[str]
    box: Callable[[int], Box]


class Placement(NamedTuple):
    """One box a line of the quote, in its order, and the share of its letters (0 to 1) that they hold."""

    boxes: list[Box]
    share: float


Scan = Callable[[pdfium.PdfPage], list[Word]]


def quote_boxes(data: bytes, page: int, page_text: str, start: int, end: int, scan: Scan | None = None) -> Placement:
    """Where the characters `start` to `end` of a page's canonical text stand on the page (counted from 1).

    `scan` reads the words of a page that has no text layer, or not that text. Only this page is loaded.
    Raises `UnreadableDocument`, as `loaded_page` does.
    """
    with loaded_page(data, page) as opened:
        (placement,) = page_boxes(opened, page_text, [(start, end)], scan)
    return placement


def page_boxes(
    opened: pdfium.PdfPage, page_text: str, stretches: Sequence[tuple[int, int]], scan: Scan | None = None
) -> list[Placement]:
    """Where each stretch, from one character of a page's canonical text up to another, stands on the page."""
    with closing(opened.get_textpage()) as textpage:
        found = Print(list(printed(textpage)), cache(partial(_shown, frame_of(opened), textpage.raw)))
        places = _places(page_text, found)
        if scan and len(places) < FEWEST_PLACED * len(letters_of(page_text).text):
            found = _scanned(scan(opened))
            places = _places(page_text, found)
        return [_placement(places, found, page_text, start, end) for start, end in stretches]


def _placement(places: dict[int, int], found: Print, page_text: str, start: int, end: int) -> Placement:
    shown = _with_marks(places, found.characters, page_text, start, end)
    wanted = letters_of(page_text[start:end]).origins
    placed = sum(start + origin in places for origin in wanted)
    return Placement(_lines(found.box(index) for index in shown), placed / len(wanted) if wanted else 0.0)


@contextmanager
def loaded_page(data: bytes, number: int) -> Iterator[pdfium.PdfPage]:
    """One page of a PDF, counted from 1; it and the document are closed at the end.

    Raises `UnreadableDocument` with code `not_a_pdf`, `encrypted`, `damaged` or `no_such_page`.
    """
    if sniff.media_type(data) != sniff.PDF:
        raise UnreadableDocument("not_a_pdf", "The file is not a PDF, so it has no pages to show.")
    with closing(open_pdf(data)) as pdf:
        if not 1 <= number <= len(pdf):
            raise UnreadableDocument("no_such_page", f"There is no page {number}: the PDF has {len(pdf)} pages.")
        try:
            with closing(pdf[number - 1]) as page:
                yield page
        except pdfium.PdfiumError as error:
            raise UnreadableDocument("damaged", f"Page {number} cannot be shown ({error}).") from None


def _shown(frame: Frame, handle: object, index: int) -> Box:
    """The box of a character, as high as its font, on the page as it is cropped and turned."""
    rect = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(handle, index, rect)
    return Box(*(round(side, 2) for side in frame.box(rect.left, rect.bottom, rect.right, rect.top)))


def _scanned(words: list[Word]) -> Print:
    """Words that have been recognised in a picture: each character has an equal share of its word."""
    characters, boxes = [], []
    for word in words:
        step = (word.x1 - word.x0) / len(word.text)
        top, bottom = word.base - ABOVE * word.size, word.base + BELOW * word.size
        characters += [*word.text, " "]
        boxes += [Box(word.x0 + at * step, top, word.x0 + (at + 1) * step, bottom) for at in range(len(word.text) + 1)]
    return Print(characters, boxes.__getitem__)


def _places(page_text: str, found: Print) -> dict[int, int]:
    """For each letter of the text, by its offset, which printed character it is; those that are none are left out."""
    text, page = letters_of(page_text), letters_of(found.characters)
    placed = align(text, page, lambda letter: found.box(page.origins[letter]).bottom)
    return {text.origins[at]: page.origins[letter] for at, letter in enumerate(placed) if letter is not None}


def _with_marks(places: dict[int, int], characters: list[str], page_text: str, start: int, end: int) -> list[int]:
    """The printed characters of a stretch of text: letters, and the brackets, dashes and stops next to them."""
    found = {at: places[at] for at in range(start, end) if at in places}
    for step, offsets in ((1, range(start, end)), (-1, range(end - 1, start - 1, -1))):
        last = None
        for at in offsets:
            if is_blank(page_text[at]):
                continue
            if at not in found and last is not None and is_mark(page_text[at]):
                found |= _beside(at, characters, last, step)
            last = found.get(at)
    return [found[at] for at in sorted(found)]


def _beside(at: int, characters: list[str], index: int, step: int) -> dict[int, int]:
    """The mark that stands next to a printed character, blanks apart, as the place of a character of the text."""
    index += step
    while 0 <= index < len(characters) and is_blank(characters[index]):
        index += step
    return {at: index} if 0 <= index < len(characters) and is_mark(characters[index]) else {}


def _lines(boxes: Iterable[Box]) -> list[Box]:
    """The boxes of characters as one box a line, or more where a wide gap parts it."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _adjoin(lines[-1], box):
            last = lines.pop()
            box = Box(*map(min, last[:2], box[:2]), *map(max, last[2:], box[2:]))
        lines.append(box)
    return lines


def _adjoin(one: Box, other: Box) -> bool:
    low, high = sorted((one.bottom - one.top, other.bottom - other.top))
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return overlap >= SAME_LINE * low and high <= TALLEST * low and gap <= WIDEST_GAP * low
