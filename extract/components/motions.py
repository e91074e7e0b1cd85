"""Motions and amendments: numbered ones with their fate behind them, quoted ones, and those told and lost (3.7)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from minutebook.extract.components.clauses import Clause, label_of
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper
from minutebook.extract.rules import decisions, first
from minutebook.extract.rules import motions as rules
from minutebook.extract.sentences import sentences

# How far below its words the fate of a motion stands, in blocks, and how many blocks a motion fills.
REACH = 12
FAR_REACH = 30
LONGEST = 60
QUOTES = '“"”'


@dataclass
class Motion:
    """A motion's clauses, what became of it, who moved it, and the words that tell the vote, where they are known."""

    clauses: list[Clause]
    outcome: str | None
    movers: tuple[str, str] | None = None
    put: str = ""


def motion_at(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """The motion that a block opens or tells, if its fate is known; blocks that belong to it are added to `done`."""
    return (
        _numbered(paper, block, done)
        or _lost(block)
        or _agreed(block)
        or _quoted(paper, block, done)
        or _amends(paper, block, done)
        or _moved(paper, block, done)
    )


def _numbered(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    head = rules.NUMBERED.search(block.text)
    if not head:
        return None
    body: list[Block] = []
    for below in paper.blocks[block.index + 1 : block.index + 1 + LONGEST]:
        if rules.NUMBERED.search(below.text):
            return None
        body.append(below)
        fate = rules.FATE.search(below.text)
        if fate:
            done.update(range(block.index, below.index + 1))
            clauses = _resolved(body, below.start + fate.start(), head.group("ref").strip())
            movers = head.group("mover"), head.group("seconder")
            return Motion(clauses, rules.FATES[fate.group("fate").lower()], movers)
    return None


def _resolved(body: list[Block], end: int, ref: str) -> list[Clause]:
    """The clauses of a numbered motion up to `end`: each THAT, or each item below a lead-in that says no more."""
    clauses: list[Clause] = []
    family: str | None = None
    for block in body:
        if block.start >= end or rules.READING.match(block.text):
            break
        if rules.GROUNDS.match(block.text) or rules.LEAD_ALONE.match(block.text):
            continue
        label = label_of(block.text)
        opens = rules.OPENS.match(block.text)
        if label and (label.family == family or not clauses):
            family = label.family
            clauses.append(Clause(label.ref, block.start + label.end, min(block.end, end), block.index))
        elif opens and (not clauses or (family is None and rules.RESOLVES.match(block.text))):
            clauses.append(Clause(ref, block.start + opens.start("text"), min(block.end, end), block.index))
        else:
            clauses[-1].end = min(block.end, end)
    return clauses


def _lost(block: Block) -> Motion | None:
    """A motion or amendment told, put and lost within one paragraph."""
    found = first(rules.PUT_AND_LOST, block.text)
    if not found:
        return None
    match = found[1]
    clause = Clause(None, block.start + match.start("text"), block.start + match.end("text"), block.index)
    return Motion([clause], "lost", (match.group("mover"), match.group("seconder")))


def _agreed(block: Block) -> Motion | None:
    """A motion told and agreed over two sentences of a paragraph."""
    match = rules.TOLD_AND_AGREED.search(block.text)
    if not match:
        return None
    clause = Clause(None, block.start + match.start("text"), block.start + match.end("text"), block.index)
    return Motion([clause], None, (match.group("mover"), match.group("seconder")))


def _quoted(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """A motion or amendment that stands in quotation marks below the words that move it, and was put to the vote."""
    moved = rules.QUOTED.search(block.text)
    below = paper.blocks[block.index + 1 : block.index + 1 + REACH]
    if not moved or not below or below[0].text[:1] not in QUOTES:
        return None
    within = list(takewhile(lambda other: other.text.rstrip()[-1:] not in QUOTES, below))
    if len(within) == len(below):
        return None
    last = below[len(within)]
    fate, put = _put(paper, last.index + 1, moved.group("what"))
    if fate is None:
        return None
    done.update(range(block.index, last.index + 1))
    clause = Clause(None, below[0].start, last.end, below[0].index)
    return Motion([clause], fate, (moved.group("mover"), moved.group("seconder")), put)


def _amends(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """A lost amendment whose words stand below "An amendment was moved by X as follows:", down to its seconder."""
    moved = rules.AMENDS.search(block.text)
    if not moved:
        return None
    below = paper.blocks[block.index + 1 : block.index + 1 + REACH]
    words = list(takewhile(lambda other: not rules.SECONDED.search(other.text), below))
    fate, put = _put(paper, block.index + 1, "amendment")
    if len(words) == len(below) or fate != "lost":
        return None
    seconded = rules.SECONDED.search(below[len(words)].text)
    words = [other for other in words if not other.text.rstrip().endswith(":")]
    if not words or not seconded:
        return None
    done.update(other.index for other in (block, *words))
    label = label_of(words[0].text)
    start = words[0].start + (label.end if label else 0)
    clause = Clause(label.ref if label else None, start, words[-1].end, words[0].index)
    return Motion([clause], "lost", (moved.group("mover"), seconded.group("seconder")), put)


def _put(paper: Paper, start: int, what: str) -> tuple[str | None, str]:
    """What became of an amendment or motion, and the words that say so; nothing where a RESOLVED repeats it."""
    for after in paper.blocks[start : start + FAR_REACH]:
        if after.index in paper.openings or first(decisions.LEADS, after.text):
            break
        put = rules.PUT.search(after.text)
        if put and put.group("what") == what:
            return "carried" if put.group("fate").lower() == "carried" else "lost", after.text
    return None, ""


def _moved(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """A motion printed in full whose fate stands below it, unless a RESOLVED block repeats it."""
    amended = rules.AMENDED_TO.search(block.text)
    if amended:
        fate, put = _put(paper, block.index + 1, "amendment")
        clause = Clause(None, block.start + amended.start("text"), block.end, block.index)
        return (
            Motion([clause], "lost", (amended.group("mover"), amended.group("seconder")), put)
            if fate == "lost"
            else None
        )
    found = first(rules.MOVED, block.text)
    if not found:
        return None
    for after in paper.blocks[block.index + 1 : block.index + REACH]:
        if first(decisions.LEADS, after.text) or after.index in paper.openings:
            return None
        fate = "lost" if rules.LOST.match(after.text) else "carried" if rules.CARRIED.match(after.text) else None
        if fate:
            done.add(block.index)
            start = found[1].start("text")
            end = next((high for _, high in sentences(block.text) if high > start), len(block.text))
            clause = Clause(None, block.start + start, block.start + end, block.index)
            movers = found[1].group("mover"), found[1].group("seconder")
            return Motion([clause], fate if fate == "lost" else None, movers)
    return None
