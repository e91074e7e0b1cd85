"""Votes, movers and seconders: the nearest that stand with a decision (minutes-grammar 3.7)."""

from __future__ import annotations

import re
from itertools import takewhile

from minutebook.extract.paper import Decision, Paper
from minutebook.extract.people import clean_name, read_list, read_person
from minutebook.extract.rules import decisions as rules
from minutebook.extract.rules import first, motions
from minutebook.extract.sentences import sentences

# How far from its decision, in blocks, a motion and a vote are looked for.
NEAR = 8
BEFORE = 60
# The same for a decision told in a sentence, whose mover is told with it.
SAID_NEAR = 2
AFTER = 3
# A paragraph that tells of a vote is no longer than this.
LONGEST_TOLD = 400
AMENDMENT = re.compile(r"\bamendment\b", re.IGNORECASE)
HELD_BY = re.compile(r"\(([^()]+)\)$")
ANOTHER = re.compile(
    r"\b(?:[Aa]mendment|AMENDMENT)\b|\b(?:FELL|LOST|DEFEATED|(?:was|were)\s+(?:lost|not\s+approved|not\s+carried))\b"
)
OPENS_ITEM = re.compile(r"\d{1,4}(?:/\d{1,4})?[A-Za-z]?(?: \*)?(?:\t| (?=[A-Z]))")
SIDES = {"fo": "for", "ag": "against", "ab": "abstain"}


def attach(paper: Paper, group: list[Decision], taken: set[int]) -> None:
    """Set the vote, mover and seconder of decisions put together; `taken` are the blocks of other decisions."""
    before, after = _around(paper, group, taken)
    running = all(decision.procedural for decision in group)
    told = [text for n in before if not _of_another_motion(text := paper.blocks[n].text, running)]
    ahead = [text for n in before[:NEAR] if (text := paper.blocks[n].text) in told and _tells(text)]
    behind = [text for n in after if _tells(text := paper.blocks[n].text) and not _of_another_motion(text, running)]
    rolled = roll(paper, before)
    for decision in group:
        own = _own_words(paper, decision, group)
        decision.vote = (
            decision.vote
            or vote_in(own)
            or rolled
            or next((vote for text in (*ahead, *behind) if (vote := vote_in(text))), None)
        )
        if decision.mover:
            continue
        near = told[:SAID_NEAR] if decision.how == "sentence" else told
        candidates = (own, decision.lead, *near, *behind)
        moved = next((names for text in candidates if (names := movers_in(text))[0]), (None, None))
        decision.mover, decision.seconder = (named(paper, name) for name in moved)


def _own_words(paper: Paper, decision: Decision, group: list[Decision]) -> str:
    """The part of its paragraph that tells of a decision: between the one before it and the one after."""
    block = paper.blocks[decision.block]
    if decision.ref:
        behind = [other.text for other in paper.blocks[block.index + 1 : block.index + 2]]
        return " ".join([block.text, *(text for text in behind if rules.VOTE_ALONE.match(text))])
    inside = [other.spans[0] for other in group if other is not decision and other.block == block.index]
    low = max((end for _, end in inside if end <= decision.spans[0][0]), default=block.start)
    later = min((start for start, _ in inside if start >= decision.spans[0][1]), default=block.end)
    begins = (block.start + start for start, _ in sentences(block.text))
    high = max((start for start in begins if decision.spans[0][1] <= start <= later), default=later)
    return paper.document.text[low : high if later < block.end else block.end]


def _of_another_motion(text: str, running: bool) -> bool:
    """An amendment, a lost motion, a matter with its own count or, unless `running`, one about the meeting itself."""
    another = ANOTHER.search(text) or first(motions.PUT_AND_LOST, text) or motions.TALLIED.search(text)
    return bool(another or (not running and first(rules.PROCEDURAL, text)))


def _around(paper: Paper, group: list[Decision], taken: set[int]) -> tuple[list[int], list[int]]:
    """The blocks before a group, nearest first, and those after it: in its item, up to the next decision."""
    blocks = [decision.block for decision in group]
    item = paper.item_of(blocks[0])
    low = max(item.first if item else 0, blocks[0] - (BEFORE if item else NEAR))
    high = min(item.last if item else len(paper.blocks) - 1, blocks[-1] + AFTER)
    before = list(takewhile(lambda n: n not in taken, range(blocks[0] - 1, low - 1, -1)))
    after = takewhile(lambda n: n not in taken, range(blocks[-1] + 1, high + 1))
    if item is None:
        opened = next((n for n in (blocks[0], *before) if _opens(paper, n)), low)
        before = [n for n in before if n >= opened]
        after = takewhile(lambda n: not _opens(paper, n), after)
    return before, list(after)


def _opens(paper: Paper, block: int) -> bool:
    """Whether a block begins as items do whose heading is no line of its own: "131 Accounts It was agreed to pay"."""
    return OPENS_ITEM.match(paper.blocks[block].text) is not None


def roll(paper: Paper, before: list[int], amendment: bool = False) -> dict[str, object] | None:
    """The nearest roll of votes among the blocks before a decision, with the names below or behind each side."""
    sides: dict[str, tuple[int, list[str]]] = {}
    manner = next((vote["manner"] for n in before if (vote := _recorded(paper.blocks[n].text))), None)
    for n in before:
        match = rules.ROLL.match(paper.blocks[n].text) or rules.ROLL_COUNTED.match(paper.blocks[n].text)
        if not match:
            continue
        side, count = SIDES[match.group("side")[:2].lower()], int(match.group("count") or 0)
        names = match.group("names") or (paper.blocks[n + 1].text if count else "")
        sides[side] = (count, [person.name for person in read_list(names)])
        if side == "for":
            opened_by = paper.blocks[n - 1].text
            if amendment == bool(AMENDMENT.search(opened_by)) and not first(rules.PROCEDURAL, opened_by):
                return _counted(sides, manner)
            sides = {}
    return None


def _recorded(text: str) -> dict[str, object] | None:
    """The vote that a text tells, if it says that it was recorded by name."""
    vote = vote_in(text) if "vote" in text and len(text) < LONGEST_TOLD else None
    return vote if vote and vote["manner"] == "recorded" else None


def _counted(sides: dict[str, tuple[int, list[str]]], manner: object) -> dict[str, object]:
    names = {side: found for side, (count, found) in sides.items() if len(found) == count}
    return {side: sides[side][0] if side in sides else None for side in ("for", "against", "abstain")} | {
        "manner": manner,
        "names": {"for": [], "against": [], "abstain": [], **names},
    }


def _tells(text: str) -> bool:
    """Whether a block is about the vote, not another decision's words."""
    return len(text) < LONGEST_TOLD and bool(
        re.search(r"\b(?:mov|propos|second|vot|unanim|carried|for\b.*against)", text, re.IGNORECASE)
    )


def vote_in(text: str, beaten: bool = False) -> dict[str, object] | None:
    """The vote that a text tells: tallies and manner; nothing where it tells none.

    For the motion that was `beaten` by the one of which the text tells, those in favour were against.
    """
    tally = first(rules.VOTES, text)
    manner = first(rules.MANNERS, text)
    if not tally and not manner:
        return None
    counts = tally[1].groupdict() if tally else {}
    sides = ("against", "for") if beaten else ("for", "against")
    return {
        "for": _number(counts.get(sides[0])),
        "against": _number(counts.get(sides[1])),
        "abstain": _number(counts.get("abstain")),
        "manner": manner[0].value if manner else None,
    }


def _number(printed: str | None) -> int | None:
    if printed is None:
        return None
    return rules.NUMBER_WORDS.get(printed.lower()) if not printed.isdigit() else int(printed)


def movers_in(text: str) -> tuple[str | None, str | None]:
    """(mover, seconder) as printed."""
    found = first(rules.MOVERS, text)
    if not found:
        return None, None
    groups = found[1].groupdict()
    return groups.get("mover"), groups.get("seconder")


def named(paper: Paper, printed: str | None) -> str | None:
    """A mover's name without title; initials through the document's key; an office as it is printed (guide D6)."""
    if printed is None:
        return None
    held_by = HELD_BY.search(printed)
    printed = held_by.group(1) if held_by else printed
    if printed.isupper() and " " not in printed:
        return paper.name_of_initials(printed) or printed
    person_read = read_person(printed)
    return person_read.name if person_read else clean_name(re.sub(r"^the\s+", "", printed))
