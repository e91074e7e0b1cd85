"""Headings of lists of those present, on a line of their own or over several lines of a column of labels."""

from __future__ import annotations

import re
from itertools import islice

from minutebook.extract.document import Block
from minutebook.extract.people import read_list
from minutebook.extract.reading.pieces import MARKER
from minutebook.extract.rules import attendance as rules
from minutebook.extract.rules import first

# The status that a heading gives, where the names begin, the role that they share.
Heading = tuple[str, int, str | None]
# A label in a column runs over so many lines, and a line of it over so many letters and points to either side.
LABEL_LINES = 4
LABEL_LENGTH = 30
ALIGNED = 4.0
# The number of an item, with or without its full stop, or in a cell of its own.
NUMBERED = re.compile(rf"{MARKER.pattern}|^\d{{1,3}}(?=\s)", re.VERBOSE)
NARRATIVE = re.compile(
    r"\b(?:attended|was|were|had|has|have|is|are|welcomed|declared|resolved|agreed|noted|said|recorded|opened|thanked|gave|reported|asked|will|would|should|shall)\b"
)


def heading_of(text: str) -> Heading | None:
    """(status, where the names begin, the role that they share) for a text that opens a list."""
    label = NUMBERED.match(text)
    offset = label.end() if label else 0
    offset += len(text[offset:]) - len(text[offset:].lstrip())
    line = text[offset:]
    found = first(rules.HEADINGS, line) if line[:1].isupper() or line.startswith("also ") else None
    if not found:
        return None
    rule, match = found
    rest = line[match.end() :]
    narrative = NARRATIVE.search(rest) and not read_list(rest[:80])
    if narrative or (label and rule.name not in ("apologies", "present", "in attendance", "absent")):
        return None
    nested = first(rules.HEADINGS, rest)
    end = match.end() + (nested[1].end() if nested and not rules.ROLE_HEADINGS.match(rest) else 0)
    capitals = line[:end].isupper() and rules.ROLE_HEADINGS.match(line)
    start = offset if rules.ROLE_HEADINGS.match(line) and not capitals else offset + end
    role = next((role for role, pattern in rules.HEADING_ROLES if pattern.search(line)), None)
    role = line[:end].strip(" :\t-–").capitalize() if capitals else role
    return str(rule.value), start, role


def wrapped(blocks: list[Block]) -> dict[int, Heading | None]:
    """Labels printed over several lines of their column: "Members also | Cllr A Rae", below it "attending: | ...".

    The heading by the block in which it begins, and nothing by each of the others that it runs through.
    """
    found: dict[int, Heading | None] = {}
    for block in blocks:
        if block.index not in found and block.kind == "row" and _may_begin(block):
            found |= _label_from(blocks, block)
    return found


def _may_begin(block: Block) -> bool:
    label = block.cells[0]
    return label[:1].isupper() and _short(label) and heading_of(label) is None


def _short(label: str) -> bool:
    return 0 < len(label) <= LABEL_LENGTH and not re.search(r"[\d.;,]", label) and not read_list(label)


def _label_from(blocks: list[Block], top: Block) -> dict[int, Heading | None]:
    """The label that begins in a row and ends with a colon, with the blocks that hold it; none if it is no heading."""
    label, held = top.cells[0], [top]
    for block in islice(blocks, top.index + 1, top.index + 3 * LABEL_LINES):
        part = block.cells[0]
        if not part or block.kind == "margin" or (len(block.cells) == 1 and block.indent > top.indent + ALIGNED):
            continue  # more of the names
        if not _short(part) or abs(block.indent - top.indent) > ALIGNED or len(held) == LABEL_LINES:
            return {}
        label, held = f"{label} {part}", [*held, block]
        heading = heading_of(label) if part.endswith(":") else None
        if heading and heading[1] == len(label):
            return {top.index: (heading[0], len(top.cells[0]) + 1, heading[2]), **{b.index: None for b in held[1:]}}
        if part.endswith(":"):
            return {}
    return {}
