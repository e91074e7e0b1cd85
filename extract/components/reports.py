"""Recommendations put to a body: by a report, or by the rubric of an agenda (minutes-grammar 4.1, 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from minutebook.extract.components.clauses import (
    Clause,
    Label,
    at_semicolons,
    clause_sentences,
    gather,
    inline,
    is_pure_lead,
    label_of,
    tidy,
)
from minutebook.extract.components.reviews import boxes, responses
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper, Span
from minutebook.extract.patterns import Match
from minutebook.extract.rules import decisions, layout
from minutebook.extract.rules import reports as rules

# A list begins within so many lines of its heading; a line shorter than this between its clauses only groups them.
LEAD_LINES = 3
GROUP_LINE = 80
# Recommendations stand near the top; what is headed so further down repeats or explains them.
OPENING_SHARE = 0.6
LEAST_OPENING = 60
OPENS_LIST = re.compile(r"\b(?:to|that)\s*:?\s*[-–]?$|:\s*[-–]?$")
WITH_VERB = re.compile(r"\bto\s*:?\s*[-–]?$")
PAGES = ("agenda_item", "meeting_page")


def recommendations(paper: Paper) -> None:
    """Add what a report or an agenda recommends to `paper.decisions`, outcome `proposed`; replies give another."""
    if paper.kind == "report":
        paper.decisions = _replied(paper) or _headed(paper) or _asked(paper, _opening(paper))
    elif paper.kind == "action_log":
        paper.decisions = _tracked(paper)
    elif paper.kind == "agenda":
        paper.decisions = _rubrics(paper, paper.blocks)
    elif paper.kind in PAGES:
        paper.decisions += _rubrics(paper, [block for block in paper.blocks if _is_unminuted(paper, block)])
    paper.decisions = [found for found in paper.decisions if found.text and not rules.NOTHING.search(found.text)]


def _opening(paper: Paper) -> list[Block]:
    return paper.blocks[: max(LEAST_OPENING, int(OPENING_SHARE * len(paper.blocks)))]


def _replied(paper: Paper) -> list[Decision]:
    """The recommendations of a review, or those of one that somebody answers."""
    found = []
    for review in responses(paper) or boxes(paper):
        words = paper.document.text[review.clause.start : review.clause.end]
        decision = _proposed(paper, review.clause, review.to or _to(paper, words))
        decision.outcome = review.outcome
        found.append(decision)
    return found


def _tracked(paper: Paper) -> list[Decision]:
    """The recommendations that a log follows up, which the body has made, and what the log itself asks for."""
    made = _replied(paper)
    for decision in made:
        decision.outcome = "recommended" if decision.outcome == "proposed" else decision.outcome
    return made + [asked for asked in _headed(paper) if asked.block not in {decision.block for decision in made}]


def _headed(paper: Paper) -> list[Decision]:
    for block in _opening(paper):
        match = rules.HEADING.search(block.text.replace("\t", " "))
        if match and (found := [decision for decision in _under(paper, block, match) if decision.text]):
            return found
    return []


def _asked(paper: Paper, blocks: list[Block]) -> list[Decision]:
    """What paragraphs without a heading ask the body to decide."""
    found: list[Decision] = []
    for block in blocks:
        asked = rules.DECIDED_ON.search(block.text) or rules.IS_RECOMMENDED.search(block.text)
        if asked and block.kind == "paragraph":
            label = label_of(block.text)
            found += _asking(paper, block, (label.end if label else 0, len(block.text)))
    return found


def _asking(paper: Paper, block: Block, within: Span) -> list[Decision]:
    """The clauses that an asking sentence of a block governs; itself, if it governs none."""
    words = block.text[slice(*within)]
    start, end = block.start + within[0], block.start + within[1]
    lead = re.search(r"\bto\s*:?\s*[-–]?\s*(?=\(?(?:1|a|i)[.)]\s)", words)
    clauses = inline(words[lead.end() :], start + lead.end(), block.index) if lead else []
    if OPENS_LIST.search(words) and end == block.end:
        clauses = _clauses(_part(paper, block), words)
    to = _to(paper, words)
    return [_proposed(paper, clause, to) for clause in clauses or [Clause(None, start, end, block.index)]]


def _rubrics(paper: Paper, blocks: list[Block]) -> list[Decision]:
    """What rubrics recommend: under a heading of their own, or in a sentence that asks the body to decide."""
    found: list[Decision] = []
    done: set[int] = set()
    for block in blocks:
        made: list[Decision] = []
        heading = rules.HEADING.search(block.text.replace("\t", " "))
        if block.index in done or rules.STANDING.search(block.text):
            continue
        if heading:
            made = _first_list([decision for decision in _under(paper, block, heading) if decision.text])
        elif block.kind == "paragraph":
            asking = [span for span in clause_sentences(block.text) if _asks(block.text[slice(*span)])]
            made = [decision for span in asking for decision in _first_list(_asking(paper, block, span))]
        done.update(decision.block for decision in made)
        found += made
    for decision in found:
        decision.addressed_to = decision.addressed_to or paper.header.get("committee")
    return found


def _asks(sentence: str) -> bool:
    """Whether a sentence of a rubric asks the body to decide: "The Panel is asked to", "It is recommended that"."""
    return rules.DECIDED_ON.search(sentence) is not None or rules.PUT_FORWARD.match(sentence) is not None


def _first_list(found: list[Decision]) -> list[Decision]:
    """Decisions down to where their labels break off: the next number of an agenda is an item, not a clause."""
    kept: list[Decision] = []
    for decision in found:
        label = label_of(f"{decision.ref} ") if decision.ref else None
        if kept and (label is None or not _follows(label_of(f"{kept[-1].ref} "), label)):
            break
        kept.append(decision)
    return kept


def _is_unminuted(paper: Paper, block: Block) -> bool:
    """Whether a block of a page belongs to an item that has neither minutes nor a decision (4.2)."""
    item = paper.item_of(block.index)
    first, last = (item.first, item.last) if item else (0, len(paper.blocks) - 1)
    if paper.kind == "agenda_item" and "label" not in paper.zones:
        return not paper.decisions
    return not {"minutes", "decision"} & set(paper.zones[first : last + 1])


def _under(paper: Paper, block: Block, match: Match) -> Iterator[Decision]:
    """The recommendations under a heading, or in its line."""
    below = _part(paper, block)
    rest = match.group("rest").strip()
    to = match.group("to")
    if rest and not is_pure_lead(rest):
        start = block.start + match.start("rest")
        if OPENS_LIST.search(rest) and (items := _clauses(below, rest)):
            yield from (_proposed(paper, item, to or _to(paper, rest)) for item in items)
            return
        whole = Clause(None, start, block.end, block.index)
        words = paper.document.text[start : block.end]
        parts = inline(words, start, block.index) or at_semicolons(words, start, block.index) or [whole]
        yield from (_proposed(paper, part, to or _to(paper, rest)) for part in parts)
        if not OPENS_LIST.search(rest) and not (below and label_of(below[0].text)):
            return
    lead = rest or next((other.text for other in below[:2] if _leads(other.text)), "")
    for clause in _clauses([other for other in below if other.text != lead], lead):
        words = paper.document.text[clause.start : clause.end]
        yield _proposed(paper, clause, to or _to(paper, lead) or _to(paper, words))


def _leads(text: str) -> bool:
    return is_pure_lead(text) or text.endswith(":") or bool(rules.DECIDED_ON.search(text) and OPENS_LIST.search(text))


def _part(paper: Paper, heading: Block) -> list[Block]:
    """The blocks under the heading, down to the next part of the report."""
    found: list[Block] = []
    label: Label | None = None
    number = _number(paper, heading)
    for block in paper.blocks[heading.index + 1 :]:
        if block.kind == "margin":
            continue
        if _follows(number, label_of(block.text)) or (_ends_part(block) and not _goes_on(paper, block, label)):
            break
        found.append(block)
        label = label_of(block.text) or label
    return found


def _number(paper: Paper, heading: Block) -> Label | None:
    """The number of the part; in an agenda, that of the item in which it stands."""
    own = label_of(heading.text)
    if own or paper.kind == "report":
        return own
    above = (label_of(block.text) for block in paper.blocks[max(0, heading.index - LEAD_LINES) : heading.index])
    return next((label for label in reversed(list(above)) if label and label.value.isdigit()), None)


def _ends_part(block: Block) -> bool:
    """Whether a block is the heading of another part."""
    label = label_of(block.text)
    words = block.text[label.end :] if label else block.text
    short = len(block.text) < 60 and not words.endswith((".", ";", ","))
    if rules.NEXT.search(words):
        return label is None or short
    if block.kind != "heading" or is_pure_lead(block.text):
        return False
    if label:
        return short
    return not decisions.OPERATIVE.match(block.text) and not block.text.endswith((".", ";"))


def _goes_on(paper: Paper, heading: Block, before: Label | None) -> bool:
    """Whether a heading only groups the clauses of a list: the label behind it follows the one before it."""
    if before is None or label_of(heading.text) or rules.NEXT.search(heading.text):
        return False
    below = paper.blocks[heading.index + 1 : heading.index + 1 + LEAD_LINES]
    return any(_follows(before, label_of(block.text)) for block in below)


def _follows(before: Label | None, label: Label | None) -> bool:
    if before is None or label is None or before.family[:4] != label.family[:4]:
        return False
    if label.value.isdigit() and before.value.isdigit():
        return int(label.value) == int(before.value) + 1
    roman = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    if before.value in roman and label.value in roman and roman.index(label.value) == roman.index(before.value) + 1:
        return True
    return len(before.value) == len(label.value) == 1 and ord(label.value) == ord(before.value) + 1


def _clauses(blocks: list[Block], lead: str) -> list[Clause]:
    """Labelled or "That" clauses; else each paragraph below a lead that opens a list; else those that ask."""
    clauses = gather(_without_groups(blocks))
    labelled = any(clause.ref for clause in clauses) or (blocks and label_of(blocks[0].text))
    if WITH_VERB.search(lead) and not labelled:
        listed = takewhile(lambda block: not (label_of(block.text) or rules.NO_VERB.search(block.text)), blocks)
        return [Clause(None, block.start, block.end, block.index) for block in listed]
    if clauses:
        return clauses
    asking = (rules.ASKS, rules.IS_RECOMMENDED, rules.SOUGHT)
    return [
        Clause(None, block.start, block.end, block.index)
        for block in blocks
        if any(rule.search(block.text) for rule in asking) or re.match("That\b", block.text)
    ]


def _without_groups(blocks: list[Block]) -> list[Block]:
    """A labelled list without its lead-in and the lines that group its clauses ("Capital programme")."""
    labels = [label_of(block.text) for block in blocks]
    first = next((place for place, label in enumerate(labels) if label), None)
    if first is None or first > LEAD_LINES:
        return blocks
    kept: list[Block] = []
    last: Label | None = None
    for place, block in enumerate(blocks[first:], first):
        if labels[place]:
            last = labels[place]
        elif _groups(block):
            if block.bold and not any(_follows(last, label) for label in labels[place : place + LEAD_LINES]):
                break
            continue
        kept.append(block)
    return kept


def _groups(block: Block) -> bool:
    return len(block.text) < GROUP_LINE and not block.text[:1].islower()


def _proposed(paper: Paper, clause: Clause, to: str | None) -> Decision:
    start, end = tidy(paper.document.text, clause.start, clause.end)
    words = re.sub(r"\s+", " ", paper.document.text[start:end])
    return Decision(
        "recommendation",
        words,
        [(start, end)],
        clause.block,
        outcome="proposed",
        ref=clause.ref,
        addressed_to=_body(paper, _tidied(to)),
        how="report",
    )


def _to(paper: Paper, words: str) -> str | None:
    """The body that a lead-in or a clause names: "That the Police and Crime Panel:"."""
    named = rules.ASKS.search(words) or rules.TO.search(words)
    if named is None and rules.SOUGHT.search(words):
        named = rules.SOUGHT_OF.search(words)
    return named.group("to") if named else None


def _field(paper: Paper) -> str | None:
    if paper.kind != "report":  # an agenda is addressed to those who are summoned
        return None
    texts = [block.text for block in paper.blocks[:20]]
    fields = (layout.TO_FIELD.match(text) or rules.TITLE_TO.search(text.replace("\t", " ")) for text in texts)
    return next((match.group("to") for match in fields if match), None)


def _body(paper: Paper, to: str | None) -> str | None:
    """The body by its name where a lead-in only says "the Panel" or "Members"."""
    committee = paper.header.get("committee")
    if to in (None, "Members", "Councillors"):
        to = _field(paper) or to
    if committee is None or " " not in committee:
        committee = _field(paper)
    return committee if to and committee and " " not in to and committee.endswith(to) else to


def _tidied(to: str | None) -> str | None:
    return re.sub(r"^(?:[Tt]hat\s+)?(?:[Tt]he\s+)?", "", to).strip(" ,") if to else None
