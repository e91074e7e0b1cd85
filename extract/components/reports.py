"""Recommendations that a report puts to a body: under its heading, or in a sentence that asks (minutes-grammar 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from minutebook.extract.components.clauses import Clause, gather, is_pure_lead, label_of, tidy
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper
from minutebook.extract.rules import decisions as rules
from minutebook.extract.rules import layout

# A list begins within so many lines of its heading; a line shorter than this between its clauses only groups them.
LEAD_LINES = 3
GROUP_LINE = 80
# Recommendations stand near the top; what is headed so further down repeats or explains them.
OPENING_SHARE = 0.6
LEAST_OPENING = 60


def recommendations(paper: Paper) -> None:
    """Add what a report recommends to `paper.decisions`, outcome `proposed`."""
    if paper.kind != "report":
        return
    limit = max(LEAST_OPENING, int(OPENING_SHARE * len(paper.blocks)))
    for block in paper.blocks[:limit]:
        match = rules.REPORT_HEADING.match(block.text.replace("\t", " "))
        if match and not paper.decisions:
            paper.decisions = [found for found in _under(paper, block, match) if found.text]


def _under(paper: Paper, block: Block, match: re.Match[str]) -> Iterator[Decision]:
    below = _part(paper, block)
    rest = match.group("rest").strip()
    to = match.group("to")
    if rest and not is_pure_lead(rest):
        start = block.start + match.start("rest")
        asked = rules.REPORT_ASKS.match(rest)
        if rest.endswith(":") and (items := gather(below)):
            yield from (_proposed(paper, item, to or _to(paper, rest)) for item in items)
            return
        yield _proposed(paper, Clause(None, start, block.end, block.index), to or (asked and asked.group("to")))
    lead = rest or next((other.text for other in below[:2] if is_pure_lead(other.text) or other.text.endswith(":")), "")
    skipped = [other for other in below if other.text != lead]
    for clause in _clauses(skipped):
        words = paper.document.text[clause.start : clause.end]
        yield _proposed(paper, clause, to or _to(paper, lead) or _to(paper, words))


def _part(paper: Paper, heading: Block) -> list[Block]:
    """The blocks under the heading, down to the next part of the report."""
    found: list[Block] = []
    for block in paper.blocks[heading.index + 1 :]:
        heads = (
            block.kind == "heading" and not rules.OPERATIVE.match(block.text) and not block.text.endswith((".", ";"))
        )
        heads = heads and not is_pure_lead(block.text)
        if rules.REPORT_NEXT.match(block.text) or (heads and label_of(block.text) is None) or _numbered_heading(block):
            break
        if block.kind != "margin":
            found.append(block)
    return found


def _numbered_heading(block: Block) -> bool:
    label = label_of(block.text)
    return bool(label and block.kind == "heading" and len(block.text) < 60 and not block.text.endswith((".", ";")))


def _clauses(blocks: list[Block]) -> list[Clause]:
    """Labelled or "That" clauses; else each sentence-long paragraph that asks the body to do something."""
    clauses = gather(_without_groups(blocks))
    if clauses:
        return clauses
    return [
        Clause(None, block.start, block.end, block.index)
        for block in blocks
        if rules.REPORT_ASKS.match(block.text) or re.match(r"^(?:It\s+is\s+recommended\s+that|That)\b", block.text)
    ]


def _without_groups(blocks: list[Block]) -> list[Block]:
    """A labelled list without its lead-in and the lines that group its clauses ("Capital programme")."""
    labelled = [block for block in blocks if label_of(block.text)]
    if not labelled or blocks.index(labelled[0]) > LEAD_LINES:
        return blocks
    listed = takewhile(lambda block: label_of(block.text) or not block.bold, blocks[blocks.index(labelled[0]) :])
    return [block for block in listed if label_of(block.text) or not _groups(block)]


def _groups(block: Block) -> bool:
    return len(block.text) < GROUP_LINE and not block.text[:1].islower()


def _proposed(paper: Paper, clause: Clause, to: str | None) -> Decision:
    start, end = tidy(paper.document.text, clause.start, clause.end)
    words = re.sub(r"\s+", " ", paper.document.text[start:end])
    asked = rules.REPORT_ASKS.match(words)
    return Decision(
        "recommendation",
        words,
        [(start, end)],
        clause.block,
        outcome="proposed",
        ref=clause.ref,
        addressed_to=_whole(paper, _tidied(to or (asked.group("to") if asked else None) or _field(paper))),
        how="report",
    )


def _to(paper: Paper, words: str) -> str | None:
    """The body that a lead-in names: "That the Police and Crime Panel:"."""
    asked = rules.REPORT_ASKS.match(words)
    named = rules.REPORT_TO.match(words)
    return asked.group("to") if asked else named.group("to") if named else None


def _field(paper: Paper) -> str | None:
    fields = (layout.TO_FIELD.match(block.text.replace("\t", " ")) for block in paper.blocks[:20])
    return next((match.group("to") for match in fields if match), None)


def _whole(paper: Paper, to: str | None) -> str | None:
    """The committee's name where a lead-in only says "the Panel"."""
    committee = paper.header.get("committee")
    return committee if to and committee and " " not in to and committee.endswith(to) else to


def _tidied(to: str | None) -> str | None:
    return re.sub(r"^(?:[Tt]hat\s+)?(?:[Tt]he\s+)?", "", to).strip(" ,") if to else None
