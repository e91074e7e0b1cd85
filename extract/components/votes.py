"""Votes, movers and seconders: the nearest that stand with a decision (minutes-grammar 3.7)."""

from __future__ import annotations

import re

from minutebook.extract.paper import Decision, Paper
from minutebook.extract.people import clean_name, read_person
from minutebook.extract.rules import decisions as rules
from minutebook.extract.rules import first

# How far from its decision, in blocks, a motion and a vote are looked for.
BEFORE = 3
AFTER = 3
AMENDMENT = re.compile(r"\bamendment\b", re.IGNORECASE)


def attach(paper: Paper, decision: Decision) -> None:
    """Set the vote, mover and seconder of a decision."""
    own = paper.blocks[decision.block].text
    decision.vote = vote_in(own)
    mover, seconder = movers_in(own)
    for text in _around(paper, decision):
        if AMENDMENT.search(text) or first(rules.PUT_AND_LOST, text):
            continue
        decision.vote = decision.vote or vote_in(text)
        if mover is None:
            mover, seconder = movers_in(text)
    decision.mover, decision.seconder = _named(paper, mover), _named(paper, seconder)


def _around(paper: Paper, decision: Decision) -> list[str]:
    """The blocks near a decision, in its item, that tell how it was moved and carried; nearest first."""
    item = paper.item_of(decision.block)
    low = max(item.first if item else 0, decision.block - BEFORE)
    high = min(item.last if item else len(paper.blocks) - 1, decision.block + AFTER)
    near = sorted((n for n in range(low, high + 1) if n != decision.block), key=lambda n: abs(n - decision.block))
    return [text for n in near if _tells(text := paper.blocks[n].text)]


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


def _named(paper: Paper, printed: str | None) -> str | None:
    """A mover's name without title; initials through the document's key; an office as it is printed (guide D6)."""
    if printed is None:
        return None
    if printed.isupper() and " " not in printed:
        person = paper.person_with_initials(printed)
        return person.name if person else printed
    person_read = read_person(printed)
    return person_read.name if person_read else clean_name(re.sub(r"^the\s+", "", printed))
