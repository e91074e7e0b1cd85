"""The straight strokes on a PDF page, of which tables and strikes are made."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from minutebook.extract.document import Box
from minutebook.extract.reading import native
from minutebook.extract.reading.limits import MAX_PAGE_OBJECTS

MAX_PAGE_SEGMENTS = 5_000
# A stroke thinner than this is a line, shorter than that a dot.
THICKEST_RULE = 3.0
SHORTEST_RULE = 1.0
# A rectangle has five points, with the one that closes it.
RECTANGLE_SEGMENTS = 6
DEEPEST_FORM = 4
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def rules_on(page: pdfium.PdfPage) -> list[Box]:
    """Level and upright strokes (left, bottom, right, top) in the page's own space; none on a map."""
    drawing = _Drawing()
    drawing.add_page(native.address_of(page.raw))
    return drawing.rules


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
        count = native.count_objects(page)
        for index in range(count if count <= MAX_PAGE_OBJECTS else 0):
            self._add(native.get_object(page, index), IDENTITY, 0)

    def _add(self, drawn: int, matrix: Matrix, depth: int) -> None:
        self._objects += 1
        kind = native.get_type(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._add_path(drawn, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
            inner = _times(self._matrix(drawn), matrix)
            for index in range(max(native.count_form_objects(drawn), 0)):
                if self._objects > MAX_PAGE_OBJECTS:
                    return
                self._add(native.get_form_object(drawn, index), inner, depth + 1)

    def _add_path(self, path: int, matrix: Matrix) -> None:
        if not native.get_bounds(path, *self._fields[:4]):
            return
        box = _moved((self._floats[0], self._floats[1], self._floats[2], self._floats[3]), matrix)
        if box[2] - box[0] <= THICKEST_RULE or box[3] - box[1] <= THICKEST_RULE:
            self._rule(box)
        elif (segments := native.count_segments(path)) <= RECTANGLE_SEGMENTS:
            west, south, east, north = box
            self._rule((west, south, west, north))
            self._rule((east, south, east, north))
            self._rule((west, south, east, south))
            self._rule((west, north, east, north))
        elif self._segments + segments <= MAX_PAGE_SEGMENTS:
            self._segments += segments
            self._add_segments(path, segments, _times(self._matrix(path), matrix))

    def _add_segments(self, path: int, count: int, matrix: Matrix) -> None:
        """The level and upright strokes of a path of many."""
        last: tuple[float, float] | None = None
        for index in range(count):
            segment = native.get_segment(path, index)
            native.get_point(segment, self._fields[0], self._fields[1])
            point = _point(self._floats[0], self._floats[1], matrix)
            if last and native.get_segment_type(segment) == raw.FPDF_SEGMENT_LINETO:
                west, east = sorted((last[0], point[0]))
                south, north = sorted((last[1], point[1]))
                if min(east - west, north - south) < SHORTEST_RULE:
                    self._rule((west, south, east, north))
            last = point

    def _rule(self, box: Box) -> None:
        if max(box[2] - box[0], box[3] - box[1]) >= SHORTEST_RULE:
            self.rules.append(box)

    def _matrix(self, drawn: int) -> Matrix:
        if not native.get_object_matrix(drawn, self._fields[0]):
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
