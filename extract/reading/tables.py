"""Ruled tables: pdfplumber finds the cells, the words are PDFium's."""

from __future__ import annotations

import io

import pdfplumber

from minutebook.extract.reading.geometry import Line, Word, lines_of
from minutebook.extract.reading.pieces import is_lone_marker
from minutebook.extract.reading.repair import join_lines, mend

# A table of two rows and two columns has six rules; fewer are underlines and boxes round a heading.
FEWEST_RULES = 6
# A cell of more lines than this, alone beside a label, holds running text.
LONGEST_CELL = 4
Box = tuple[float, float, float, float]
Row = list[Box]


def cell_boxes(data: bytes, page_indexes: list[int]) -> dict[int, list[Row]]:
    """Rows of cell boxes (x0, top, x1, bottom) for each page that has a table of two columns or more."""
    found: dict[int, list[Row]] = {}
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for index in page_indexes:
            page = pdf.pages[index]
            rows = [
                [cell for cell in row.cells if cell]
                for table in page.find_tables()
                for row in table.rows
                if len(table.rows) > 1
            ]
            page.close()
            if any(len(row) > 1 for row in rows):
                found[index] = [row for row in rows if row]
    return found


def rows_into(lines: list[Line], rows: list[Row]) -> list[Line]:
    """The lines of a page with those inside a table replaced by one line a row, its cells set."""
    if not rows:
        return lines
    taken: dict[int, list[Word]] = {number: [] for number in range(len(rows))}
    rest: list[Line] = []
    for line in lines:
        outside: list[Word] = []
        for word in line.words:
            row = _row_of(word, rows)
            (outside if row is None else taken[row]).append(word)
        if outside:
            rest.append(Line(outside))
    made = [line for number, words in taken.items() if words for line in _row_lines(words, rows[number])]
    return sorted(rest + made, key=lambda line: line.base)


def _row_of(word: Word, rows: list[Row]) -> int | None:
    for number, row in enumerate(rows):
        if any(_holds(cell, word) for cell in row):
            return number
    return None


def _holds(cell: Box, word: Word) -> bool:
    x, y = (word.x0 + word.x1) / 2, word.base - word.size / 4
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _row_lines(words: list[Word], row: Row) -> list[Line]:
    """One line for a row; a row used for layout (one filled cell, or a long one and a label) stays running text."""
    parts = [[word for word in words if _holds(cell, word)] for cell in row]
    filled = [part for part in parts if part]
    longest = max((len(lines_of(part)) for part in filled), default=0)
    numbered = len(filled) == 2 and is_lone_marker(_cell_text(filled[0]))
    if len(filled) < 2 or numbered or (len(filled) == 2 and longest > LONGEST_CELL):
        return [line for part in filled for line in lines_of(part)]
    return [Line(words, [_cell_text(part) for part in parts])]


def _cell_text(words: list[Word]) -> str:
    lines: dict[float, list[str]] = {}
    for word in words:
        lines.setdefault(round(word.base), []).append(word.text)
    return mend(join_lines([" ".join(texts) for _, texts in sorted(lines.items())]))
