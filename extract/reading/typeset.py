"""What is set on a PDF page: its words and the rules drawn on it, as PDFium has them.

A page has a thousand words, and to convert the arguments of a call into PDFium costs as much as the call. So its
functions are declared here with plain addresses, the text comes in one call, and what the words of a text object have
in common (size, weight, base line) is asked once an object.
"""

from __future__ import annotations

import ctypes
import re
from contextlib import closing
from dataclasses import dataclass, field
from math import hypot
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdfium2_raw.bindings import _libs

from minutebook.extract.reading.geometry import Word
from minutebook.extract.reading.limits import MAX_PAGE_CHARACTERS, MAX_PAGE_OBJECTS
from minutebook.extract.reading.repair import characters

MAX_PAGE_SEGMENTS = 5_000
# White or tiny text carries layout tags, never words for a reader.
SMALLEST_SIZE = 3.0
# A stroke thinner than this is a line, shorter than that a dot.
THICKEST_RULE = 3.0
SHORTEST_RULE = 1.0
# A rectangle has five points, with the one that closes it.
RECTANGLE_SEGMENTS = 6
DEEPEST_FORM = 4
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


def _function(name: str, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)((name, _libs["pdfium"]))


_P, _I = ctypes.c_void_p, ctypes.c_int
_get_text = _function("FPDFText_GetText", _P, _I, _I, _P)
_get_unicode = _function("FPDFText_GetUnicode", _P, _I, result=ctypes.c_uint)
_get_box = _function("FPDFText_GetCharBox", _P, _I, _P, _P, _P, _P)
_get_text_object = _function("FPDFText_GetTextObject", _P, _I, result=_P)
_get_font = _function("FPDFTextObj_GetFont", _P, result=_P)
_get_size = _function("FPDFText_GetFontSize", _P, _I, result=ctypes.c_double)
_get_matrix = _function("FPDFText_GetMatrix", _P, _I, _P)
_get_weight = _function("FPDFText_GetFontWeight", _P, _I)
_get_font_info = _function("FPDFText_GetFontInfo", _P, _I, _P, ctypes.c_ulong, _P, result=ctypes.c_ulong)
_has_map_error = _function("FPDFText_HasUnicodeMapError", _P, _I)
_count_objects = _function("FPDFPage_CountObjects", _P)
_get_object = _function("FPDFPage_GetObject", _P, _I, result=_P)
_count_form_objects = _function("FPDFFormObj_CountObjects", _P)
_get_form_object = _function("FPDFFormObj_GetObject", _P, ctypes.c_ulong, result=_P)
_get_type = _function("FPDFPageObj_GetType", _P)
_get_bounds = _function("FPDFPageObj_GetBounds", _P, _P, _P, _P, _P)
_get_object_matrix = _function("FPDFPageObj_GetMatrix", _P, _P)
_count_segments = _function("FPDFPath_CountSegments", _P)
_get_segment = _function("FPDFPath_GetPathSegment", _P, _I, result=_P)
_get_point = _function("FPDFPathSegment_GetPoint", _P, _P, _P)
_get_segment_type = _function("FPDFPathSegment_GetType", _P)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class TypesetPage:
    """Words and rules (x0, top, x1, bottom) in points from the top left of the page as it is shown.

    `cut` says that it has more characters than are read.
    """

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    cut: bool = False


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


def typeset(page: pdfium.PdfPage) -> TypesetPage:
    """The words and rules of a page. Raises `pdfium.PdfiumError` where it cannot be taken apart."""
    made = TypesetPage(page.get_width(), page.get_height())
    bounds = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, bounds)
    frame = Frame(bounds.left, bounds.bottom, bounds.right, bounds.top, max(raw.FPDFPage_GetRotation(page.raw), 0))
    with closing(page.get_textpage()) as textpage:
        count = textpage.count_chars()
        made.cut = count > MAX_PAGE_CHARACTERS
        made.words = _words(ctypes.cast(textpage.raw, _P).value or 0, min(count, MAX_PAGE_CHARACTERS), frame)
    drawing = _Drawing()
    drawing.add_page(ctypes.cast(page.raw, _P).value or 0)
    made.rules = [frame.box(*rule) for rule in drawing.rules]
    return made


# --- words --------------------------------------------------------------------------------------------------------


def printed(textpage: pdfium.PdfTextpage) -> str:
    """The characters of a page, one for each index that PDFium counts, as the reader takes them."""
    return _text(ctypes.cast(textpage.raw, _P).value or 0, min(textpage.count_chars(), MAX_PAGE_CHARACTERS))


def _text(handle: int, count: int) -> str:
    """The characters of a page; those of a font without a table of them have its glyphs' numbers, and are looked up."""
    text = _listed(handle, count)
    if GLYPHS.search(text):
        unmapped = (_has_map_error(handle, index) == 1 for index in range(count))
        text = "".join(
            _of_glyph(character) if lost else character for character, lost in zip(text, unmapped, strict=True)
        )
    return SYMBOL_BULLET.sub(lambda x: "•" if _has_map_error(handle, x.start()) == 1 else "x", text)


def _of_glyph(number: str) -> str:
    return chr(ord(number) + GLYPH_OFFSET) if ord(number) < LAST_GLYPH else OTHER_GLYPHS.get(ord(number), number)


def _listed(handle: int, count: int) -> str:
    """The characters of a page, one for each index."""
    buffer = (ctypes.c_uint16 * (count + 1))()
    written = _get_text(handle, 0, count, ctypes.addressof(buffer))
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # A character that is two units long, or none, shifts the rest: they are asked for one by one.
    return "".join(chr(min(_get_unicode(handle, index), 0x10FFFF)) for index in range(count))


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
        text_object = _get_text_object(handle, start)
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
        _get_box(handle, start, left, right, bottom, top)
        x0 = sign * sides[begins] + offset
        if end - start > 1:
            _get_box(handle, end - 1, left, right, bottom, top)
        words.append(Word(text, x0, sign * sides[ends] + offset, base, size, weight))
    return words


def _set_in(handle: int, index: int) -> tuple[float, float, float]:
    """The size of the type as it is shown (some programs set it to 1 and scale the text), and where it begins.

    Text that runs neither along nor up the page has no size: it is a watermark.
    """
    matrix = (ctypes.c_float * 6)()
    size = float(_get_size(handle, index))
    if not _get_matrix(handle, index, ctypes.addressof(matrix)):
        return size, 0.0, 0.0
    along, across = sorted(map(abs, matrix[:2]))
    if along > ASKEW * across:
        return 0.0, 0.0, 0.0
    return size * hypot(matrix[2], matrix[3]), matrix[4], matrix[5]


def _weight(handle: int, index: int, text_object: int | None, fonts: dict[int, int]) -> int:
    """The weight of a character's type; `NAMED_BOLD` where the font's name says that it is bold."""
    font = _get_font(text_object) if text_object else None
    if font in fonts:
        return fonts[font]
    name = ctypes.create_string_buffer(64)
    _get_font_info(handle, index, ctypes.addressof(name), len(name), None)
    named = any(mark in name.value.lower() for mark in BOLD_NAMES)
    weight = NAMED_BOLD if named else int(_get_weight(handle, index))
    if font:
        fonts[font] = weight
    return weight


# --- rules --------------------------------------------------------------------------------------------------------


class _Drawing:
    """Collects the straight strokes of a page, those inside form objects too."""

    def __init__(self) -> None:
        self.rules: list[Box] = []
        self._objects = self._segments = 0
        self._floats = (ctypes.c_float * 6)()
        address = ctypes.addressof(self._floats)
        self._fields = tuple(address + 4 * n for n in range(6))

    def add_page(self, page: int) -> None:
        """Add the objects of a page; one of very many is a map, and has no tables."""
        count = _count_objects(page)
        for index in range(count if count <= MAX_PAGE_OBJECTS else 0):
            self._add(_get_object(page, index), IDENTITY, 0)

    def _add(self, drawn: int, matrix: Matrix, depth: int) -> None:
        self._objects += 1
        kind = _get_type(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._add_path(drawn, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            inner = _times(self._matrix(drawn), matrix)
            for index in range(max(_count_form_objects(drawn), 0)):
                if self._objects > MAX_PAGE_OBJECTS:
                    return
                self._add(_get_form_object(drawn, index), inner, depth + 1)

    def _add_path(self, path: int, matrix: Matrix) -> None:
        if not _get_bounds(path, *self._fields[:4]):
            return
        box = _moved((self._floats[0], self._floats[1], self._floats[2], self._floats[3]), matrix)
        if box[2] - box[0] <= THICKEST_RULE or box[3] - box[1] <= THICKEST_RULE:
            self._rule(box)
        elif (segments := _count_segments(path)) <= RECTANGLE_SEGMENTS:
            west, south, east, north = box
            for side in ((west, south, west, north), (east, south, east, north)):
                self._rule(side)
            for side in ((west, south, east, south), (west, north, east, north)):
                self._rule(side)
        elif self._segments + segments <= MAX_PAGE_SEGMENTS:
            self._segments += segments
            self._add_segments(path, segments, _times(self._matrix(path), matrix))

    def _add_segments(self, path: int, count: int, matrix: Matrix) -> None:
        """The level and upright strokes of a path of many."""
        last: tuple[float, float] | None = None
        for index in range(count):
            segment = _get_segment(path, index)
            _get_point(segment, self._fields[0], self._fields[1])
            point = _point(self._floats[0], self._floats[1], matrix)
            if last and _get_segment_type(segment) == raw.FPDF_SEGMENT_LINETO:
                west, east = sorted((last[0], point[0]))
                south, north = sorted((last[1], point[1]))
                if min(east - west, north - south) < SHORTEST_RULE:
                    self._rule((west, south, east, north))
            last = point

    def _rule(self, box: Box) -> None:
        if max(box[2] - box[0], box[3] - box[1]) >= SHORTEST_RULE:
            self.rules.append(box)

    def _matrix(self, drawn: int) -> Matrix:
        if not _get_object_matrix(drawn, self._fields[0]):
            return IDENTITY
        a, b, c, d, e, f = self._floats
        return (a, b, c, d, e, f)


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix is IDENTITY:
        return box
    points = [_point(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` and then `outer`."""
    a, b, c, d, e, f = inner
    x, y = _point(e, f, outer)
    return (
        a * outer[0] + b * outer[2],
        a * outer[1] + b * outer[3],
        c * outer[0] + d * outer[2],
        c * outer[1] + d * outer[3],
        x,
        y,
    )
