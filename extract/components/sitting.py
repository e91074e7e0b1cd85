"""The sitting: whether it had a quorum, and which items and decisions were taken with the public shut out."""

from __future__ import annotations

import re

from minutebook.extract.document import Block
from minutebook.extract.paper import Paper
from minutebook.extract.rules import Rule, first
from minutebook.extract.rules import sitting as rules
from minutebook.extract.sentences import sentences

KINDS = ("minutes", "agenda_item", "meeting_page", "decision_notice", "agenda")


def sitting(paper: Paper) -> None:
    """Set `paper.quorate`, and `exempt` of the items and decisions."""
    if paper.kind not in KINDS:
        return
    paper.quorate = _quorate(paper)
    private = _private_blocks(paper)
    for item in paper.business:
        item.exempt = item.first in private or rules.PRIVATE_TITLE.search(item.title) is not None
        private |= set(range(item.first, item.last + 1)) if item.exempt else set()
    for decision in paper.decisions:
        decision.exempt = decision.block in private


def _quorate(paper: Paper) -> bool | None:
    """What the minutes say of the whole meeting; null where they say nothing, or only of one item."""
    for block in paper.blocks:
        if "quor" not in block.text.casefold() or paper.zones[block.index] != "minutes":
            continue
        for start, end in sentences(block.text):
            found = first(rules.QUORUM, block.text[start:end])
            if found and not rules.NOT_OF_THE_SITTING.search(block.text[start:end]):
                return found[0].value == "yes"
    return None


def _private_blocks(paper: Paper) -> set[int]:
    """The blocks from an exclusion, or from the heading of a private part, to readmission or the end."""
    excluding = {
        decision.block: decision.text
        for decision in paper.decisions
        if decision.outcome == "carried" and rules.EXCLUDED.search(decision.text)
    }
    private: set[int] = set()
    shut, openings_left = False, 0
    for block in paper.blocks:
        if rules.READMITTED.search(block.text) or _heads(block, rules.PUBLIC_HEADING):
            shut = False
        elif block.index in paper.openings and shut and openings_left:
            openings_left -= 1
            shut = openings_left > 0
        if shut:
            private.add(block.index)
        if words := excluding.get(block.index):
            private |= _named(paper, block, words)
            shut = not rules.FOR_ITEMS.search(words)
            openings_left = 2 if rules.FOR_NEXT.search(words) else 0
        elif _heads(block, rules.PRIVATE_HEADING):
            shut, openings_left = True, 0
    return private


def _named(paper: Paper, block: Block, words: str) -> set[int]:
    """The blocks of the later items whose numbers an exclusion gives."""
    match = rules.FOR_ITEMS.search(words)
    numbers = re.findall(r"\d+[a-z]?", match.group("numbers")) if match else []
    return {
        index
        for item in paper.business
        if item.first > block.index and (item.number or "").strip(" .:") in numbers
        for index in range(item.first, item.last + 1)
    }


def _heads(block: Block, rule: Rule) -> bool:
    plain = block.kind != "row" and len(block.text) <= rules.LONGEST_HEADING
    return plain and (block.kind == "heading" or block.text.isupper()) and rule.search(block.text) is not None
