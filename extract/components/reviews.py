"""Recommendations of a scrutiny review, each in a box, and the replies of the body they were put to (4.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from minutebook.extract.components.clauses import Clause, label_of
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper
from minutebook.extract.rules import Rule, first
from minutebook.extract.rules import reports as rules


@dataclass(frozen=True)
class Reviewed:
    """A recommendation, what became of it (`proposed`, or what its reply says), and to whom it says it was made."""

    clause: Clause
    outcome: str = "proposed"
    to: str | None = None


def responses(paper: Paper) -> list[Reviewed]:
    """Recommendations that are replied to, in a table or each in the paragraph behind it; at least one reply tells."""
    found = list(_in_table(paper)) or list(_in_paragraphs(paper))
    return found if any(reviewed.outcome != "proposed" for reviewed in found) else []


def boxes(paper: Paper) -> list[Reviewed]:
    """ "Recommendation 1" and what it says; one that is printed again, in a summary or at the end, counts once."""
    found: dict[str | None, Reviewed] = {}
    for block in paper.blocks:
        clause = _box(paper, block)
        if clause and clause.ref not in found:
            found[clause.ref] = Reviewed(clause)
    return list(found.values())


def _box(paper: Paper, block: Block) -> Clause | None:
    match = rules.BOX.search(block.text)
    if not match:
        return None
    words = match.group("rest") or match.group("that")
    clause = Clause(block.text[: match.end("ref")], block.end - len(words or ""), block.end, block.index)
    below = paper.blocks[block.index + 1 :]
    if not words and below:
        clause = replace(clause, start=below[0].start, end=below[0].end, block=below[0].index)
        words = below[0].text
    if not words or rules.NOTHING.search(words) or not rules.WORDED.search(words):
        return None
    if not words.endswith("."):
        below = paper.blocks[clause.block + 1 :]
        own = label_of(below[0].text) if below else None
        listed = takewhile(lambda other: own and (label := label_of(other.text)) and label.family == own.family, below)
        clause.end = max([clause.end, *(other.end for other in listed)])
    return clause


def _in_paragraphs(paper: Paper) -> Iterator[Reviewed]:
    """A numbered recommendation, then the paragraph that replies to it."""
    for block, below in zip(paper.blocks, paper.blocks[1:], strict=False):
        clause = _numbered(block) or _box(paper, block)
        after = below if clause and clause.block == block.index else next(iter(paper.blocks[below.index + 1 :]), None)
        reply = first(rules.REPLIES, after.text) if clause and after and label_of(after.text) is None else None
        if clause and reply:
            yield Reviewed(clause, str(reply[0].value))


def _numbered(block: Block) -> Clause | None:
    label = label_of(block.text)
    if not label or not label.ref or not rules.WORDED.search(block.text[label.end :]):
        return None
    return Clause(label.ref, block.start + label.end, block.end, block.index)


def _in_table(paper: Paper) -> Iterator[Reviewed]:
    """Rows of a table that has a column of recommendations and one of replies."""
    for block in paper.blocks:
        cells = block.cells
        if block.kind != "row" or len(block.header) != len(cells) or tuple(cells) == block.header:
            continue
        what = _column(block, rules.RECOMMENDATION_COLUMN)
        how = _column(block, rules.REPLY_COLUMN)
        if what is None or how is None or not cells[what].strip():
            continue
        start = block.start + block.cell_at(what)
        label = label_of(cells[what])
        clause = Clause(None, start + (label.end if label else 0), start + len(cells[what]), block.index)
        clause.ref = label.ref if label else (cells[0].strip() or None) if what and len(cells[0]) <= 8 else None
        reply = first(rules.REPLIES, cells[how])
        to = _column(block, rules.MADE_TO_COLUMN)
        yield Reviewed(clause, str(reply[0].value) if reply else "proposed", cells[to].strip() or None if to else None)


def _column(block: Block, rule: Rule) -> int | None:
    return next((place for place, title in enumerate(block.header) if rule.search(title)), None)
