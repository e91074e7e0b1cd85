"""What is set on a PDF page: its words and the rules drawn on it, as PDFium has them.

A page has a thousand words: so its text comes in one call, and what the words of a text object have in common (size,
weight, base line) is asked once an object.
"""

from __future__ import annotations

import ctypes
import re
from contextlib import closing
from dataclasses import dataclass, field
from math import hypot

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from minutebook.extract.document import Box
from minutebook.extract.reading import native
from minutebook.extract.reading.drawing import rules_on
from minutebook.extract.reading.geometry import Word
from minutebook.extract.reading.limits import MAX_PAGE_CHARACTERS
from minutebook.extract.reading.repair import characters

# White or tiny text carries layout tags, never words for a reader.
SMALLEST_SIZE = 3.0
# Text is askew whose slope, from level or from upright, is more than this.
ASKEW = 0.2
NAMED_BOLD = 10_000
BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")
# In the usual order of glyphs number 3 is the space and 36 is A; a control character stands for such a space.
GLYPHS = re.compile("[\x03-\x08\x0b\x0c\x0e-\x1f]")
GLYPH_OFFSET = 29
LAST_GLYPH = 98
OTHER_GLYPHS = {133: "£", 177: "–", 178: "—", 179: "“", 180: "”", 181: "‘", 182: "’"}
# The round bullet is glyph 120 of the Symbol font, which is an x in others.
SYMBOL_BULLET = re.compile(r"^x(?= )", re.MULTILINE)
# A word ends at white space, and at PDFium's mark for the hyphen of a word that goes on in the next line.
WORD = re.compile("[^\x00\t\n\r \xa0\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")


@dataclass
class TypesetPage:
    """Words and rules (x0, top, x1, bottom) in points from the top left of the page as it is shown.

    `characters` is how many it has, of which no more than the limit are read.
    """

    words: list[Word] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    characters: int = 0


@dataclass(frozen=True)
class Frame:
    """How a page is turned for showing: a point of its own space from the left and the top edge that a reader sees."""

    west: float
    south: float
    east: float
    north: float
    quarters: int

    @property
    def across(self) -> tuple[int, int, float, float]:
        """Of a character's (left, right, bottom, top): which begins it and which ends it as shown, sign and offset."""
        return (
            (0, 1, 1.0, -self.west),
            (2, 3, 1.0, -self.south),
            (1, 0, -1.0, self.east),
            (3, 2, -1.0, self.north),
        )[self.quarters]

    def down(self, x: float, y: float) -> float:
        """How far a point lies below the top edge."""
        return (self.north - y, x - self.west, y - self.south, self.east - x)[self.quarters]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """x0, top, x1, bottom of a box."""
        sides = (left, right, bottom, top)
        begins, ends, sign, offset = self.across
        heights = sorted((self.down(left, bottom), self.down(right, top)))
        return sign * sides[begins] + offset, heights[0], sign * sides[ends] + offset, heights[1]


def frame_of(page: pdfium.PdfPage) -> Frame:
    """How a page is cropped and turned."""
    bounds = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, bounds)
    return Frame(bounds.left, bounds.bottom, bounds.right, bounds.top, max(raw.FPDFPage_GetRotation(page.raw), 0))


def typeset(page: pdfium.PdfPage) -> TypesetPage:
    """The words and rules of a page. Raises `pdfium.PdfiumError` where it cannot be taken apart."""
    made, frame = TypesetPage(), frame_of(page)
    with closing(page.get_textpage()) as textpage:
        made.characters = textpage.count_chars()
        count = min(made.characters, MAX_PAGE_CHARACTERS)
        made.words = _words(native.address_of(textpage.raw), count, frame)
    made.rules = [frame.box(*rule) for rule in rules_on(page)]
    return made


def printed(textpage: pdfium.PdfTextpage) -> str:
    """The characters of a page, one for each index that PDFium counts, as the reader takes them."""
    return _text(native.address_of(textpage.raw), min(textpage.count_chars(), MAX_PAGE_CHARACTERS))


def _text(handle: int, count: int) -> str:
    """The characters of a page; those of a font without a table of them have its glyphs' numbers, and are looked up."""
    text = _listed(handle, count)
    if GLYPHS.search(text):
        unmapped = (native.has_map_error(handle, index) == 1 for index in range(count))
        text = "".join(
            _of_glyph(character) if lost else character for character, lost in zip(text, unmapped, strict=True)
        )
    return SYMBOL_BULLET.sub(lambda x: "•" if native.has_map_error(handle, x.start()) == 1 else "x", text)


def _of_glyph(number: str) -> str:
    return chr(ord(number) + GLYPH_OFFSET) if ord(number) < LAST_GLYPH else OTHER_GLYPHS.get(ord(number), number)


def _listed(handle: int, count: int) -> str:
    """The characters of a page, one for each index."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    written = native.get_text(handle, 0, count, ctypes.addressof(buffer))
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # A character that is two units long, or none, shifts the rest: they are asked for one by one.
    return "".join(_character(native.get_unicode(handle, index)) for index in range(count))


def _character(number: int) -> str:
    """The character of a code point; of half a one, or none, the sign for that."""
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else chr(number)


def _words(handle: int, count: int, frame: Frame) -> list[Word]:
    words = []
    sides = (ctypes.c_double * 4)()
    left, right, bottom, top = (ctypes.addressof(sides) + 8 * n for n in range(4))
    begins, ends, sign, offset = frame.across
    fonts: dict[int, int] = {}
    current: int | None = 0
    size = base = 0.0
    weight = 0
    for match in WORD.finditer(_text(handle, count)):
        start, end = match.span()
        text = match[0]
        text_object = native.get_text_object(handle, start)
        if text_object != current or text_object is None:
            current = text_object
            size, x, y = _set_in(handle, start)
            base = frame.down(x, y)
            weight = _weight(handle, start, text_object, fonts)
        if size < SMALLEST_SIZE:
            continue
        if not (text.isascii() and text.isprintable()):
            text = characters(text).strip()
            if not text:
                continue
        native.get_box(handle, start, left, right, bottom, top)
        x0 = sign * sides[begins] + offset
        if end - start > 1:
            native.get_box(handle, end - 1, left, right, bottom, top)
        words.append(Word(text, x0, sign * sides[ends] + offset, base, size, weight))
    return words


def _set_in(handle: int, index: int) -> tuple[float, float, float]:
    """The size of the type as it is shown (some programs set it to 1 and scale the text), and where it begins.

    Text that runs neither along nor up the page has no size: it is a watermark.
    """
    matrix = (ctypes.c_float * 6)()
    size = float(native.get_size(handle, index))
    if not native.get_matrix(handle, index, ctypes.addressof(matrix)):
        return size, 0.0, 0.0
    along, across = sorted(map(abs, matrix[:2]))
    if along > ASKEW * across:
        return 0.0, 0.0, 0.0
    return size * hypot(matrix[2], matrix[3]), matrix[4], matrix[5]


def _weight(handle: int, index: int, text_object: int | None, fonts: dict[int, int]) -> int:
    """The weight of a character's type; `NAMED_BOLD` where the font's name says that it is bold."""
    font = native.get_font(text_object) if text_object else None
    if font in fonts:
        return fonts[font]
    name = ctypes.create_string_buffer(64)
    native.get_font_info(handle, index, ctypes.addressof(name), len(name), None)
    named = any(mark in name.value.lower() for mark in BOLD_NAMES)
    weight = NAMED_BOLD if named else int(native.get_weight(handle, index))
    if font:
        fonts[font] = weight
    return weight
