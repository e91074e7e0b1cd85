"""Motions and amendments: numbered ones with their fate behind them, quoted ones, and those told and lost (3.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from minutebook.extract.components.clauses import RESOLVES_TO, Clause, gather, label_of, unlabelled
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper
from minutebook.extract.patterns import Match
from minutebook.extract.rules import decisions, first
from minutebook.extract.rules import motions as rules
from minutebook.extract.sentences import sentences

# How far below its words the fate of a motion stands, in blocks, and how many blocks a motion fills.
REACH = 12
FAR_REACH = 30
LONGEST = 60
# A RESOLVED block that repeats a motion begins this near behind its fate.
REPEATED = 3
QUOTES = '“"”'


@dataclass
class Motion:
    """A motion's clauses, what became of it, who moved it, and the words that tell the vote, where they are known.

    `beaten` by another, whose count those words give; `roll` are the blocks, last first, that may hold a roll of votes.
    """

    clauses: list[Clause]
    outcome: str | None
    movers: tuple[str | None, str | None] | None = None
    put: str = ""
    beaten: bool = False
    roll: list[int] = field(default_factory=list)


def motion_at(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """The motion that a block opens or tells, if its fate is known; blocks that belong to it are added to `done`."""
    return (
        _numbered(paper, block, done)
        or _headed(paper, block, done)
        or _tallied(block)
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
    """A motion or amendment told, put and lost, or withdrawn, within one paragraph."""
    found = first(rules.PUT_AND_LOST, block.text)
    if not found:
        return None
    match = found[1]
    clause = Clause(None, block.start + match.start("text"), block.start + match.end("text"), block.index)
    return Motion([clause], str(found[0].value), _movers(match))


def _movers(match: Match) -> tuple[str | None, str | None]:
    """Who moved and who seconded, wherever in a rule the seconder stands."""
    groups = match.groupdict()
    return groups.get("mover"), groups.get("seconder") or groups.get("second")


def _agreed(block: Block) -> Motion | None:
    """A motion told and agreed over two sentences of a paragraph."""
    found = first(rules.TOLD_AND_AGREED, block.text)
    if not found:
        return None
    match = found[1]
    clause = Clause(None, block.start + match.start("text"), block.start + match.end("text"), block.index)
    return Motion([clause], None, _movers(match))


def _headed(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """A motion or amendment below its heading, with its movers behind it, and further on which of the two won."""
    head = rules.HEADED.match(block.text)
    if not head:
        return None
    below = paper.blocks[block.index + 1 : block.index + 1 + REACH]
    words = list(takewhile(lambda other: not (_parts(paper, other) or rules.MOVED_LINE.match(other.text)), below))
    moved = rules.MOVED_LINE.match(below[len(words)].text) if len(words) < len(below) else None
    won, put = _winner(paper, block)
    if not words or not moved or won is None:
        return None
    done.update(range(block.index, below[len(words)].index + 1))
    label = label_of(words[0].text)
    clause = Clause(None, words[0].start + (label.end if label else 0), words[-1].end, words[0].index)
    wins = won == head.group("what").lower()
    return Motion([clause], None if wins else "lost", (moved.group("mover"), moved.group("seconder")), put, not wins)


def _parts(paper: Paper, block: Block) -> bool:
    return block.index in paper.openings or rules.HEADED.match(block.text) is not None


def _winner(paper: Paper, block: Block) -> tuple[str | None, str]:
    """Whether an item's motion or its amendment was carried, and the words that say so; nothing with two amendments."""
    item = paper.item_of(block.index)
    low, high = (item.first, item.last) if item else (max(0, block.index - REACH), block.index + FAR_REACH)
    within = paper.blocks[low : high + 1]
    heads = [head.group("what").lower() for other in within if (head := rules.HEADED.match(other.text))]
    if sorted(heads) != ["amendment", "motion"]:
        return None, ""
    after = (other.text for other in within if other.index > block.index)
    won = next((match for text in after if (match := rules.WON.search(text))), None)
    return (won.group("what").lower(), won.string) if won else (None, "")


def _tallied(block: Block) -> Motion | None:
    """A matter with its count and outcome in one line."""
    label = label_of(block.text)
    start = label.end if label else 0
    match = rules.TALLIED.search(block.text[start:])
    if not match:
        return None
    clause = Clause(label.ref if label else None, block.start + start, block.end, block.index)
    return Motion([clause], "lost" if rules.NOT_CARRIED.match(match.group("fate")) else None, None, block.text)


def _quoted(paper: Paper, block: Block, done: set[int]) -> Motion | None:
    """A motion or amendment that stands in quotation marks below the words that move it, and was put to the vote."""
    found = first(rules.QUOTED, block.text)
    below = paper.blocks[block.index + 1 : block.index + 1 + REACH]
    if not found or not below or below[0].text[:1] not in QUOTES:
        return None
    within = list(takewhile(lambda other: other.text.rstrip()[-1:] not in QUOTES, below))
    if len(within) == len(below):
        return None
    within.append(below[len(within)])
    last = within[-1]
    amends = rules.AMENDING.search(block.text) is not None
    fate, put = _put(paper, last.index + 1, "amendment" if amends else "motion")
    told = next((other.index for other in paper.blocks[last.index + 1 :] if other.text == put), last.index)
    if fate is None or (fate == "carried" and not amends and _repeated(paper, told)):
        return None
    done.update(range(block.index, last.index + 1))
    moved = found[1].group("mover"), found[1].group("seconder")
    return Motion(_of_quoted(within), fate, moved, put, roll=list(range(told, last.index, -1)) if amends else [])


def _of_quoted(within: list[Block]) -> list[Clause]:
    """The items below "This Council resolves to:" of a quoted motion, or the whole of it."""
    lead = next((place for place, block in enumerate(within) if RESOLVES_TO.search(block.text)), None)
    items = gather(within[lead + 1 :], strict=False) if lead is not None else []
    return items or [Clause(None, within[0].start, within[-1].end, within[0].index)]


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
        if put and put.group("what").lower() == what:
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
        fate = _fate(after.text)
        if fate == "carried" and _repeated(paper, after.index):
            return None
        if fate:
            done.add(block.index)
            start = found[1].start("text")
            end = next((high for _, high in sentences(block.text) if high > start), len(block.text))
            clause = Clause(None, block.start + start, block.start + end, block.index)
            movers = found[1].group("mover"), found[1].group("seconder")
            return Motion([clause], fate if fate == "lost" else None, movers, after.text)
    return None


def _repeated(paper: Paper, fate: int) -> bool:
    """Whether a RESOLVED block right behind the fate of a motion repeats its words, and does not say "the motion"."""
    behind = paper.blocks[fate + 1 : fate + 1 + REPEATED]
    within = takewhile(lambda other: other.index not in paper.openings, behind)
    resolved = next((other for other in within if first(decisions.LEADS, unlabelled(other.text))), None)
    return resolved is not None and not rules.BY_REFERENCE.search(resolved.text)


def _fate(text: str) -> str | None:
    """What a paragraph says of the motion above it: that it was carried, or lost."""
    if rules.LOST.match(text):
        return "lost"
    put = rules.PUT.search(text)
    carried = put and put.group("what").lower() == "motion" and put.group("fate").lower() == "carried"
    return "carried" if carried or rules.CARRIED.match(text) else None
