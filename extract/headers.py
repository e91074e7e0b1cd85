"""Tables keep their header: each row knows what stands above its cells, over page ends too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, takewhile

from minutebook.extract.document import Block

# A cell of a header is a short label without figures; where the row is not bold, it consists of such words.
LONGEST_LABEL = 40
LONGEST_BOLD_LABEL = 60
# The blocks into which a page end may tear one row.
MOST_TORN = 3
# So many columns on both sides are of one table, however its rows between them were torn.
WIDE = 5
MOST_TORN_WIDE = 12
LABELS = frozenset(
    "name title role item action actions who whom owner lead date due deadline status no number ref reference "
    "description recommendation decision outcome response minute organisation representing present attended apologies "
    "councillor member subject of and the to detail details comment comments update progress responsible officer by "
    "when target completed for against abstained votes vote party ward position body agenda issue meeting raised task "
    "tasks assigned state rag timescale timescales matter back accepted reason reasons reply maker be taken "
    "required made alternative options considered rejected eligible call in".split()
)


def with_headers(blocks: list[Block]) -> list[Block]:
    """The blocks, those of a table after its first row with that row's cells as `header`, if it is one."""
    made: list[Block] = []
    for (kind, width), group in groupby(blocks, lambda block: (block.kind, len(block.cells))):
        rows = list(group)
        if kind == "row" and width > 1 and len(rows) > 1:
            made += _headed(rows, _torn_off(made, rows[0]))
        else:
            made += rows
    return made


def _torn_off(above: list[Block], row: Block) -> tuple[str, ...]:
    """The header of a table that goes on: a row that the page end tore in two, but no heading, stands between."""
    torn = takewhile(lambda block: block.kind != "heading" and len(block.cells) != len(row.cells), reversed(above))
    between = list(torn)
    before = above[-len(between) - 1] if len(between) < len(above) else None
    most = MOST_TORN_WIDE if len(row.cells) >= WIDE else MOST_TORN
    if before is None or not 0 < len(between) <= most or before.kind != "row" or before.page == row.page:
        return ()
    return before.header if len(before.cells) == len(row.cells) else ()


def _headed(rows: list[Block], header: tuple[str, ...]) -> Iterator[Block]:
    """Each row with the last header above it; a header that is printed again on the next page is one too."""
    all_bold = all(row.bold for row in rows)
    for row in rows:
        yield replace(row, header=header)
        if _is_header(row, all_bold):
            header = tuple(row.cells)


def _is_header(row: Block, all_bold: bool) -> bool:
    cells = [cell for cell in row.cells if cell]
    longest = LONGEST_BOLD_LABEL if row.bold else LONGEST_LABEL
    labels = [cell for cell in cells if len(cell) <= longest and not cell.endswith((".", ",", ";"))]
    if len(cells) < 2 or len(labels) < len(cells) or any(char.isdigit() for char in row.text):
        return False
    words = {word for cell in cells for word in re.findall(r"[a-z]+", cell.casefold())}
    return (row.bold and not all_bold) or words <= LABELS
