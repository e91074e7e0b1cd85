"""Ruled tables: pdfplumber's table finder, given the rules that PDFium sees; the words are PDFium's too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from minutebook.extract.document import Box
from minutebook.extract.reading.geometry import Line, Word, lines_of
from minutebook.extract.reading.pieces import is_lone_marker
from minutebook.extract.reading.repair import join_lines

# A table of two rows and two columns has six rules; fewer are underlines and boxes round a heading.
FEWEST_RULES = 6
# A page of more rules is a drawing; to look for cells in it takes time that grows with the square.
MOST_RULES = 4000
# A cell of more lines than this, alone beside a label, holds running text.
LONGEST_CELL = 4
Row = list[Box]


@dataclass(frozen=True)
class Ruled:
    """What pdfplumber's table finder asks of a page: its edges."""

    edges: list[dict[str, Any]]


def cell_rows(rules: list[Box]) -> list[Row]:
    """Rows of cell boxes (x0, top, x1, bottom) of the tables that rules draw; none where no row has two cells."""
    if not FEWEST_RULES <= len(rules) <= MOST_RULES:
        return []
    edges = list(map(_edge, rules))
    if len({edge["orientation"] for edge in edges}) < 2:
        return []
    from pdfplumber.table import TableFinder  # half a second to load, for pages that have rules

    found = TableFinder(cast(Any, Ruled(edges))).tables
    rows = [[cell for cell in row.cells if cell] for table in found for row in table.rows if len(table.rows) > 1]
    return [row for row in rows if row] if any(len(row) > 1 for row in rows) else []


def _edge(rule: Box) -> dict[str, Any]:
    x0, top, x1, bottom = rule
    upright = x1 - x0 < bottom - top
    if upright:
        x0 = x1 = (x0 + x1) / 2
    else:
        top = bottom = (top + bottom) / 2
    return {
        "object_type": "line",
        "orientation": "v" if upright else "h",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "width": x1 - x0,
        "height": bottom - top,
    }


def rows_into(lines: list[Line], rows: list[Row]) -> list[Line]:
    """The lines of a page with those inside a table replaced by one line a row, its cells set."""
    if not rows:
        return lines
    taken: dict[int, list[Word]] = {number: [] for number in range(len(rows))}
    rest: list[Line] = []
    bands = [(number, min(c[1] for c in row), max(c[3] for c in row), row) for number, row in enumerate(rows)]
    for line in lines:
        near = [
            (number, row) for number, top, bottom, row in bands if top - line.size <= line.base <= bottom + line.size
        ]
        outside: list[Word] = []
        for word in line.words:
            row = _row_of(word, near) if near else None
            (outside if row is None else taken[row]).append(word)
        if len(outside) == len(line.words):
            rest.append(line)
        elif outside:
            rest.append(Line(outside))
    placed = [(line.base, line) for line in rest]
    for number, words in taken.items():
        if words:  # the lines of a row stay together, cell after cell
            top = min(word.base for word in words)
            placed += [(top, line) for line in _row_lines(words, rows[number])]
    return [line for _, line in sorted(placed, key=lambda entry: entry[0])]


def _row_of(word: Word, rows: list[tuple[int, Row]]) -> int | None:
    x, y = _middle(word)
    for number, row in rows:
        for x0, top, x1, bottom in row:
            if x0 <= x <= x1 and top <= y <= bottom:
                return number
    return None


def _middle(word: Word) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, word.base - word.size / 4


def _holds(cell: Box, word: Word) -> bool:
    x, y = _middle(word)
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _row_lines(words: list[Word], row: Row) -> list[Line]:
    """One line for a row; a row used for layout (one filled cell, or a long one and a label) stays running text."""
    parts = [[word for word in words if _holds(cell, word)] for cell in row]
    filled = [(cell, part) for cell, part in zip(row, parts, strict=True) if part]
    if len(filled) == 1 or (len(filled) == 2 and is_lone_marker(_cell_text(filled[0][1]))):
        return lines_of(words)
    if len(filled) == 2 and max(len(lines_of(part)) for _, part in filled) > LONGEST_CELL:
        return [Line(line.words, edge=cell[2]) for cell, part in filled for line in lines_of(part)]
    return [Line(words, [_cell_text(part) for part in parts])]


def _cell_text(words: list[Word]) -> str:
    lines: dict[float, list[str]] = {}
    for word in words:
        lines.setdefault(round(word.base), []).append(word.text)
    return join_lines([" ".join(texts) for _, texts in sorted(lines.items())])
