"""Decisions that stand in a cell of a table, each lead word with its clauses: "RESOLVED: (1) That … (2) That …" """

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from minutebook.extract.components.clauses import Clause, at_semicolons, inline
from minutebook.extract.components.votes import vote_in
from minutebook.extract.rules import decisions, first
from minutebook.extract.rules import notices as rules
from minutebook.extract.sentences import sentences

# Numbers within a cell or paragraph: "1. Approve the plan. 2. Delegate the works."
NUMBERED = re.compile(r"(?:^|(?<=[.;:])\s+)(?P<ref>\d{1,2}[.)])\s+(?=[A-Za-z])")
# The rules of a lead word that is printed as such.
TYPED = ("resolved", "recommended", "agreed", "agreed, with a colon")


@dataclass(frozen=True)
class Led:
    """The clauses of one lead word of a cell, their kind, and what the lead says of addressee and vote."""

    clauses: list[Clause]
    kind: str
    to: str | None
    vote: dict[str, object] | None


def led_in(text: str, start: int, block: int) -> Iterator[Led]:
    """What each lead word of a cell governs; `start` is where the cell begins in the document."""
    marks = [match.end() for match in rules.LEAD_IN_CELL.finditer(text)]
    for low, high in pairwise([*marks, len(text)]):
        found = first(decisions.LEADS, text[low:high])
        if not found or found[0].name not in TYPED:
            continue
        rule, match = found
        skipped = rules.THAT_BEFORE_LABEL.match(text, low + match.end())
        at = skipped.end() if skipped else low + match.end()
        end = at + _end(text[at:high])
        clauses = within(text[at:end], start + at, block) or at_semicolons(text[at:end], start + at, block)
        target = match.group("target") or ""
        to = re.sub(r"^\W*(?:to\s+recommend)?\W*(?:to\s+)?(?:the\s+)?", "", target, flags=re.IGNORECASE).strip()
        kind = "recommendation" if target else str(rule.value)
        vote = vote_in(match.group("note") + (match.group("how") or ""))
        yield Led(clauses or [Clause(None, start + at, start + end, block)], kind, to or None, vote)


def _end(words: str) -> int:
    """Where the decisions of a cell end: before reasons, or a sentence that goes back to narrative."""
    for start, _ in list(sentences(words))[1:]:
        if first(decisions.STOPS, words[start:]) or rules.AFTER_DECISIONS.match(words[start:]):
            return start
    return len(words)


def within(text: str, start: int, block: int) -> list[Clause]:
    """Clauses that are labelled within one paragraph or cell: "(1) … ; (2) …" or "1. … 2. …"."""
    found = inline(text, start, block)
    if found:
        return found
    marks = list(NUMBERED.finditer(text))
    numbers = [int(mark["ref"][:-1]) for mark in marks]
    if len(marks) < 2 or marks[0].start() or numbers != list(range(1, len(marks) + 1)):
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [Clause(mark["ref"], start + mark.end(), start + end, block) for mark, end in zip(marks, ends, strict=True)]
