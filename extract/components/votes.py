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
AMENDMENT = re.compile(r"\bamendment\b", re.IGNORECASE)
ANOTHER = re.compile(
    r"\b[Aa]mendment\b|\b(?:FELL|LOST|DEFEATED|(?:was|were)\s+(?:lost|not\s+approved|not\s+carried))\b"
)
SIDES = {"fo": "for", "ag": "against", "ab": "abstain"}


def attach(paper: Paper, group: list[Decision], taken: set[int]) -> None:
    """Set the vote, mover and seconder of decisions put together; `taken` are the blocks of other decisions."""
    before, after = _around(paper, group, taken)
    texts = [paper.blocks[n].text for n in (*before[:NEAR], *after)]
    around = [text for text in texts if _tells(text) and not _of_another_motion(text)]
    told = [paper.blocks[n].text for n in before if not _of_another_motion(paper.blocks[n].text)]
    rolled = _roll(paper, before)
    for decision in group:
        own = _own_words(paper, decision, group)
        decision.vote = (
            decision.vote or vote_in(own) or rolled or next((vote for text in around if (vote := vote_in(text))), None)
        )
        if decision.mover:
            continue
        near = told[:SAID_NEAR] if decision.how == "sentence" else told
        candidates = (own, decision.lead, *near, *around)
        moved = next((names for text in candidates if (names := movers_in(text))[0]), (None, None))
        decision.mover, decision.seconder = (named(paper, name) for name in moved)


def _own_words(paper: Paper, decision: Decision, group: list[Decision]) -> str:
    """The part of its paragraph that tells of a decision: between the one before it and the one after."""
    block = paper.blocks[decision.block]
    if decision.ref:
        return block.text
    inside = [other.spans[0] for other in group if other is not decision and other.block == block.index]
    low = max((end for _, end in inside if end <= decision.spans[0][0]), default=block.start)
    later = min((start for start, _ in inside if start >= decision.spans[0][1]), default=block.end)
    begins = (block.start + start for start, _ in sentences(block.text))
    high = max((start for start in begins if decision.spans[0][1] <= start <= later), default=later)
    return paper.document.text[low : high if later < block.end else block.end]


def _of_another_motion(text: str) -> bool:
    """An amendment, a motion that was lost, or one about the running of the meeting."""
    return bool(ANOTHER.search(text) or first(motions.PUT_AND_LOST, text) or first(rules.PROCEDURAL, text))


def _around(paper: Paper, group: list[Decision], taken: set[int]) -> tuple[list[int], list[int]]:
    """The blocks before a group, nearest first, and those after it: in its item, up to the next decision."""
    blocks = [decision.block for decision in group]
    item = paper.item_of(blocks[0])
    low = max(item.first if item else 0, blocks[0] - (BEFORE if item else NEAR))
    high = min(item.last if item else len(paper.blocks) - 1, blocks[-1] + AFTER)
    before = takewhile(lambda n: n not in taken, range(blocks[0] - 1, low - 1, -1))
    after = takewhile(lambda n: n not in taken, range(blocks[-1] + 1, high + 1))
    return list(before), list(after)


def _roll(paper: Paper, before: list[int]) -> dict[str, object] | None:
    """The nearest roll of votes before a decision that is not of an amendment, with the names below each side."""
    sides: dict[str, tuple[int, list[str]]] = {}
    for n in before:
        match = rules.ROLL.match(paper.blocks[n].text)
        if not match:
            continue
        side = SIDES[match.group("side")[:2].lower()]
        below = match.group("names") or (paper.blocks[n + 1].text if int(match.group("count")) else "")
        sides[side] = (int(match.group("count")), [person.name for person in read_list(below)])
        if side == "for":
            opened_by = paper.blocks[n - 1].text
            if not AMENDMENT.search(opened_by) and not first(rules.PROCEDURAL, opened_by):
                return _counted(sides)
            sides = {}
    return None


def _counted(sides: dict[str, tuple[int, list[str]]]) -> dict[str, object]:
    names = {side: found for side, (count, found) in sides.items() if len(found) == count}
    return {side: sides[side][0] if side in sides else None for side in ("for", "against", "abstain")} | {
        "manner": None,
        "names": {"for": [], "against": [], "abstain": [], **names},
    }


def _tells(text: str) -> bool:
    """Whether a block is about the vote, not another decision's words."""
    return len(text) < 400 and bool(
        re.search(r"\b(?:mov|propos|second|vot|unanim|carried|for\b.*against)", text, re.IGNORECASE)
    )


def vote_in(text: str) -> dict[str, object] | None:
    """The vote that a text tells: tallies and manner; nothing where it tells none."""
    tally = first(rules.VOTES, text)
    manner = first(rules.MANNERS, text)
    if not tally and not manner:
        return None
    counts = tally[1].groupdict() if tally else {}
    return {
        "for": _number(counts.get("for")),
        "against": _number(counts.get("against")),
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
    if printed.isupper() and " " not in printed:
        return paper.name_of_initials(printed) or printed
    person_read = read_person(printed)
    return person_read.name if person_read else clean_name(re.sub(r"^the\s+", "", printed))
