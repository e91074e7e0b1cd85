"""Lines into paragraphs: by label, gap, indent, weight and unfilled lines; margin notes and columns set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from minutebook.extract.document import Box, Kind, Piece
from minutebook.extract.patterns import compiled
from minutebook.extract.reading.geometry import Line, Word
from minutebook.extract.reading.pieces import MARKER, UNFINISHED, is_lone_marker
from minutebook.extract.reading.repair import join_lines, joint
from minutebook.extract.rules.people import SINGULAR_TITLE

# A line that starts this much lower than the usual pitch begins a paragraph.
PARAGRAPH_GAP = 1.3
# Lines further apart than this, in sizes of the type, are no lines of one paragraph.
WIDEST_PITCH = 1.9
# A line that ends this share of the width short of the right edge is the last of its paragraph.
UNFILLED = 0.12
# Columns are aligned when they start within this many points of each other.
ALIGNED = 3.0
# A note beside the text starts in the right-hand part of the page and is short.
NOTE_FROM = 0.68
NOTE_LENGTH = 45
NOTE_WORDS = 7
NOTE_BODY = 32
NOTE_ENDINGS = frozenset("noted agreed approved complete completed ongoing on-going closed done".split())
NOTE_GAP = 1.0
# Where this share of the lines of text ends at one edge, they are justified to it.
JUSTIFIED = 0.25
# With this many aligned stretches a line is a table row, and its last one no note.
FEWEST_COLUMNS = 3
GOES_ON = re.compile(r"(?:,|\b(?:the|of|and|or|to|for|by|with|in|on|that|a|an))$")
TITLE_AT_END = compiled(rf"\b{SINGULAR_TITLE}\.?$")
FINISHED = (".", ":", ";", "?", "!")


@dataclass(frozen=True)
class Edge:
    """Where a note beside the text starts and ends, and the line it stands on."""

    x0: float
    x1: float
    line: int


@dataclass(frozen=True)
class Margins:
    """The right-hand side of a page: where filled lines end, the notes of the document, where lines of text end."""

    right: float
    notes: list[Edge]
    text_ends: list[float]


def of_pages(pages: list[list[Line]]) -> list[list[Piece]]:
    """The pieces of each page; the first of a page runs on from the page before where its sentence does."""
    edges = [edge for lines in pages if lines for edge in _note_edges(lines)]
    made = [list(_pieces(lines, edges)) for lines in pages]
    for before, after in pairwise(made):
        _run_over(before, after)
    return made


def _run_over(before: list[Piece], after: list[Piece]) -> None:
    """Mark, in place, the first piece of a page as the rest of the last paragraph of the page before."""
    last = next((index for index in range(len(before) - 1, -1, -1) if before[index].kind == "paragraph"), None)
    if last is None or last != len(before) - 1 or not after or after[0].kind != "paragraph":
        return
    ending, opening = before[last], after[0]
    continues = opening.text[:1].islower() or (ending.full and not opening.bold and not ending.bold)
    if not UNFINISHED.search(ending.text) or MARKER.match(opening.text) or not continues:
        return
    text, between = joint(ending.text, opening.text)
    before[last] = replace(ending, text=text)
    after[0] = replace(opening, joins=between)


def _pieces(lines: list[Line], edges: list[Edge]) -> Iterator[Piece]:
    """The pieces of one page; `edges` are those of the notes beside the text, over the whole document."""
    if not lines:
        return
    columns = _column_starts(lines)
    group: list[Line] = []
    notes: list[str] = []
    right = _right_edge(lines)
    margins = Margins(right, edges, [line.x1 for line in lines if len(line.stretches(NOTE_GAP)) == 1])
    pitch = _pitch([line for line in lines if not _is_lone_note(line, margins)])
    for line, cells in _with_cells(lines, columns):
        if not line.cells and not line.edge and _is_lone_note(line, margins):
            notes.append(line.text)
            continue
        note = None
        if len(cells) < FEWEST_COLUMNS and not line.cells:
            line, note = _without_note(line, margins)
            cells = [] if note else cells
        if cells or (group and _begins(group, line, pitch, right)):
            yield from _paragraph(group, notes, right)
            group, notes = [], []
        if note:
            notes.append(note)
        if cells:
            yield Piece("\t".join(cells), "row", line.bold, line.x0, size=line.size, box=_box([line]))
        elif line.words:
            group.append(line)
    yield from _paragraph(group, notes, right)


def _with_cells(lines: list[Line], columns: list[tuple[float, float]]) -> list[tuple[Line, list[str]]]:
    """Each line with its cells, if it is a row; the rest of a wrapped cell is added to the row above it."""
    made: list[tuple[Line, list[str]]] = []
    for line in lines:
        cells = line.cells or _aligned_cells(line, columns)
        above, above_cells = made[-1] if made else (line, [])
        column = _wrapped_cell(above, above_cells, line) if not cells else None
        if column is None:
            made.append((line, cells))
        else:
            above_cells[column] = join_lines([above_cells[column], line.text])
    return made


def _wrapped_cell(above: Line, cells: list[str], line: Line) -> int | None:
    """The column of the row above that a line goes on with: it stands right below it, and begins as no cell does."""
    stretches = above.stretches()
    if len(cells) != len(stretches) or line.base - above.base > 1.5 * line.size:
        return None
    near = [n for n, stretch in enumerate(stretches) if n and abs(stretch[0].x0 - line.x0) <= ALIGNED]
    goes_on = (
        near
        and not MARKER.match(line.text)
        and (line.text[:1] in "(" or line.text[:1].islower() or GOES_ON.search(cells[near[0]]))
    )
    return near[0] if goes_on else None


def _paragraph(group: list[Line], notes: list[str], right: float) -> Iterator[Piece]:
    if group:
        text = join_lines([line.text for line in group])
        bold = all(line.bold for line in group)
        kind: Kind = "heading" if bold and len(text) < 160 else "paragraph"
        edge = group[-1].edge or right
        full = group[-1].x1 > edge - UNFILLED * (edge - group[-1].x0)
        yield Piece(text, kind, bold, group[0].x0, full=full, size=group[0].size, box=_box(group))
    for note in notes:
        yield Piece(note, "margin")


def _box(group: list[Line]) -> Box:
    """The box of some lines, from the top of the first to the base line of the last."""
    first, last = group[0], group[-1]
    return min(line.x0 for line in group), first.base - first.size, max(line.x1 for line in group), last.base


def _pitch(lines: list[Line]) -> float:
    """The usual distance of base lines, which on a page of few lines cannot be told from them."""
    steps = [after.base - before.base for before, after in pairwise(lines)]
    usual = sorted(step for step in steps if step > 4)
    widest = WIDEST_PITCH * median(line.size for line in lines)
    return min(usual[len(usual) // 4], widest) if usual else widest


def _right_edge(lines: list[Line]) -> float:
    """Where filled lines end."""
    ends = sorted(_text_end(line) for line in lines)
    return ends[int(0.93 * (len(ends) - 1))]


def _text_end(line: Line) -> float:
    stretches = line.stretches()
    return stretches[-2][-1].x1 if len(stretches) > 1 and _note_like(stretches[-1]) else line.x1


def _note_like(stretch: list[Word]) -> bool:
    text = " ".join(word.text for word in stretch)
    short = len(stretch) <= NOTE_WORDS and len(text) <= NOTE_LENGTH and not text.endswith((".", ",", ";"))
    last = stretch[-1].text
    return short and not text[:1].islower() and (not last.islower() or last in NOTE_ENDINGS)


def _note_edges(lines: list[Line]) -> list[Edge]:
    """The edges of the stretches that stand apart at the right of long lines."""
    right = _right_edge(lines)
    found = []
    for line in lines:
        body, note = _parted(line, right)
        if note and len(" ".join(word.text for word in body)) >= NOTE_BODY:
            found.append(Edge(note[0].x0, note[-1].x1, id(line)))
    return found


def _is_lone_note(line: Line, margins: Margins) -> bool:
    """A note with no text on its base line: its words belong beside the paragraph, and do not end it."""
    beside = line.x0 > NOTE_FROM * margins.right and _note_like(line.words)
    return beside and _lines_up(line, line.words, margins)


def _lines_up(line: Line, note: list[Word], margins: Margins) -> bool:
    """Whether a note starts where another does, or ends where others do and lines of text mostly do not.

    In justified text every line ends at the edge, so that alone makes no column.
    """
    others = [edge for edge in margins.notes if edge.line != id(line)]
    starts = any(abs(edge.x0 - note[0].x0) <= ALIGNED for edge in others)
    ends = [edge for edge in others if abs(edge.x1 - note[-1].x1) <= ALIGNED]
    text_ends = sum(abs(end - note[-1].x1) <= ALIGNED for end in margins.text_ends)
    return starts or (bool(ends) and text_ends <= JUSTIFIED * len(margins.text_ends))


def _parted(line: Line, right: float) -> tuple[list[Word], list[Word]]:
    """The words of a line and, apart, those of a short stretch that stands off at its right."""
    stretches = [] if line.cells or line.edge else line.stretches(NOTE_GAP)
    if len(stretches) < 2 or stretches[-1][0].x0 < NOTE_FROM * right or not _note_like(stretches[-1]):
        return line.words, []
    body = line.words[: -len(stretches[-1])]
    return (line.words, []) if body[-1].text.endswith(",") else (body, stretches[-1])


def _without_note(line: Line, margins: Margins) -> tuple[Line, str | None]:
    """The line without a note at its right that lines up with those of other lines (an action column)."""
    body, note = _parted(line, margins.right)
    if not note:
        return line, None
    return (Line(body), " ".join(word.text for word in note)) if _lines_up(line, note, margins) else (line, None)


def _column_starts(lines: list[Line]) -> list[tuple[float, float]]:
    """(base line, left edge) of every stretch that follows a wide gap."""
    return [(line.base, stretch[0].x0) for line in lines for stretch in line.stretches()[1:]]


def _aligned_cells(line: Line, columns: list[tuple[float, float]]) -> list[str]:
    """The cells of a line whose stretches stand under or over others; none for running text with a gap in it."""
    stretches = line.stretches()
    near = 5 * line.size
    aligned = [
        any(
            abs(x - stretch[0].x0) <= ALIGNED and 0 < abs(base - line.base) <= near
            for base, x in columns
        )
        for stretch in stretches[1:]
    ]  # fmt: skip
    label_and_value = len(stretches) == 2 and stretches[0][-1].text.endswith(":")
    if not any(aligned) and not label_and_value:
        return []
    cells = [" ".join(word.text for word in stretch) for stretch in stretches]
    if len(cells) == 2 and is_lone_marker(cells[0]):
        return []
    return cells


def _begins(group: list[Line], line: Line, pitch: float, right: float) -> bool:
    """Whether a line begins a new paragraph."""
    before = group[-1]
    text = line.text
    if is_lone_marker(before.text) and len(group) == 1:
        return False
    if (MARKER.match(text) or is_lone_marker(text)) and not _is_initial(before, text):
        return True
    if before.edge != line.edge:
        return not (UNFINISHED.search(before.text) and text[:1].islower())
    if line.base - before.base > PARAGRAPH_GAP * pitch * max(1.0, line.size / max(before.size, 1)):
        return True
    return _changes_voice(before, line) or _unfilled(before, line, line.edge or right) or _outdented(group, line)


def _is_initial(before: Line, text: str) -> bool:
    """A line that begins with the initial of a name whose title ended the line before: "Cllr. / K. Davy"."""
    return re.match(r"[A-Z]\.?\s", text) is not None and TITLE_AT_END.search(before.text) is not None


def _changes_voice(before: Line, line: Line) -> bool:
    """A change of weight or size at a line end, unless the sentence plainly goes on."""
    changes = before.words[-1].bold != line.words[0].bold or abs(line.size - before.size) > 1.5
    return changes and not line.text[:1].islower() and not GOES_ON.search(before.text)


def _unfilled(before: Line, line: Line, right: float) -> bool:
    """The line before stopped although the first word of this one would have fitted."""
    room = right - before.x1
    width = max(right - before.x0, 1.0)
    first_word = line.words[0].x1 - line.words[0].x0
    fits = room > first_word + UNFILLED * width
    return fits and (before.text.endswith(FINISHED) or not line.text[:1].islower())


def _outdented(group: list[Line], line: Line) -> bool:
    """The line starts left of the paragraph that it would join."""
    usual = median([other.x0 for other in group[1:]] or [group[0].x0])
    return line.x0 < min(usual, group[0].x0) - 2 * ALIGNED
