"""Decisions of a notice, record or register, and of the forms of delegated decisions (minutes-grammar 1.5, 3.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutebook.extract.components import votes
from minutebook.extract.components.cells import led_in
from minutebook.extract.components.cells import within as labelled_within
from minutebook.extract.components.clauses import (
    Clause,
    Label,
    gather,
    governs_items,
    is_pure_lead,
    label_of,
    tidy,
)
from minutebook.extract.components.decisions import outcome
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper
from minutebook.extract.rules import decisions, first
from minutebook.extract.rules import notices as rules
from minutebook.extract.sentences import sentences


def notices(paper: Paper) -> None:
    """Fill `paper.decisions` with what a notice says was decided, in the order printed."""
    if paper.kind != "decision_notice":
        return
    parts = list(_parts(paper))
    tabled = _in_table(paper)
    stated = [_stated(paper, part) for part in parts]
    if tabled:
        groups = [[decision] for decision in tabled]
    elif any(stated):
        groups = [found or _worded(paper, part) for found, part in zip(stated, parts, strict=True)]
    else:
        groups = [_unheaded(paper)] if _unheaded(paper) else [_worded(paper, part) for part in parts]
    groups = [group for group in groups if group]
    taken = {decision.block for group in groups for decision in group}
    for group in groups:
        votes.attach(paper, group, taken - {decision.block for decision in group})
        _not_approved(paper, group)
    paper.decisions = _once(decision for group in groups for decision in group)
    for decision in paper.decisions:
        paper.zones[decision.block] = "decision"


def _in_table(paper: Paper) -> list[Decision]:
    """The decisions of a register or a sheet: what stands under its column of decisions."""
    cells = list(_cells(paper))
    sheet = any(rules.LED_CELL.search(text) for _, _, text in cells)
    rows = {block.index for block, _, _ in cells}
    between = paper.blocks[min(rows) : max(rows) + 1] if sheet else []
    cells += [
        (block, 0, block.text) for block in between if block.index not in rows and rules.LED_CELL.match(block.text)
    ]
    found: list[Decision] = []
    for block, at, text in sorted(cells, key=lambda cell: cell[0].index):
        led = list(led_in(text, block.start + at, block.index)) if sheet else []
        for group in led:
            for clause in group.clauses:
                decision = _decision(paper, clause, group.kind, "notice")
                decision.addressed_to, decision.vote = group.to or decision.addressed_to, group.vote
                found.append(decision)
        if not led and (not sheet or rules.TOLD_CELL.match(text)):
            start = block.start + at
            clauses = labelled_within(text, start, block.index) or [_whole(text, start, block.index)]
            found += [_decision(paper, clause, "resolution", "notice") for clause in clauses]
    return found


def _whole(text: str, start: int, block: int) -> Clause:
    """A cell as one clause, without the label with which it goes on from the row above."""
    label = label_of(text)
    return Clause(label.ref if label else None, start + (label.end if label else 0), start + len(text), block)


def _cells(paper: Paper) -> Iterator[tuple[Block, int, str]]:
    """The cells under the column of decisions: the row, where the cell begins in it, its text."""
    for block in paper.blocks:
        columns = [place for place, title in enumerate(block.header) if rules.DECISION_COLUMN.search(title)]
        if block.kind != "row" or not columns or len(block.header) != len(block.cells):
            continue
        cell = block.cells[columns[0]]
        if cell.strip() and not rules.NOTHING.search(cell) and not rules.DECISION_COLUMN.search(cell):
            yield block, block.cell_at(columns[0]), cell


def _parts(paper: Paper) -> Iterator[list[Block]]:
    """The blocks of each field that holds decisions; the first is cut where its words begin."""
    part: list[Block] | None = None
    for block in paper.blocks:
        match = rules.DECISION.search(block.text)
        dated = rules.DATED_TITLE.search(block.text)
        if match or dated or rules.OTHER.search(block.text) or _heads_item(paper, block):
            if part:
                yield part
            part = [] if dated else None
        if match:
            rest = match.group("rest")
            part = [_from(block, len(block.text) - len(rest))] if rest else []
        elif part is not None and not dated and block.kind != "margin" and not first(decisions.STOPS, block.text):
            part.append(_from(block, 0))
    if part:
        yield part


def _heads_item(paper: Paper, block: Block) -> bool:
    """Whether a numbered line is the title of the next item of a notice: its decision stands right below it."""
    below = paper.blocks[block.index + 1 : block.index + 2]
    label = label_of(block.text)
    titled = label and label.value.isdigit() and not block.text.endswith((".", ";", ":", ","))
    return bool(titled) and any(rules.DECISION.search(other.text) or _lead(other, []) for other in below)


def _from(block: Block, offset: int) -> Block:
    """A block from `offset` characters on, down to the label of another field that has run into it."""
    stop = rules.LABEL_WITHIN.search(block.text, offset)
    end = stop.start() if stop and not rules.RUN_IN.search(block.text) else len(block.text)
    return replace(block, start=block.start + offset, end=block.start + end, text=block.text[offset:end])


def _stated(paper: Paper, part: list[Block]) -> list[Decision]:
    """The decisions of a field: what a lead governs; else its list."""
    found = [decision for block in part for decision in _run_in(paper, block)] or _led(paper, part)
    if found or not part:
        return found
    text = paper.document.text
    clauses = [clause for clause in _listed(paper, part) if clause.ref or _decides(text[clause.start : clause.end])]
    return [_decision(paper, clause, "resolution", "notice") for clause in clauses]


def _unheaded(paper: Paper) -> list[Decision]:
    """The decisions of a notice whose heading of them is lost: below leads, or from the first "That" clause on."""
    found = [decision for block in paper.blocks for decision in _run_in(paper, block)] or _led(paper, paper.blocks)
    for place, block in enumerate(paper.blocks if not found else ()):
        label = label_of(block.text)
        if label and re.match(r"That\b", block.text[label.end :]):
            clauses = _listed(paper, _down_to_field(paper.blocks[place:]))
            return [_decision(paper, clause, "resolution", "notice") for clause in clauses]
    return found


def _led(paper: Paper, part: list[Block]) -> list[Decision]:
    """What stands below leads; the list of another body than the maker of the decision only where no other follows."""
    leads = [(place, lead) for place, block in enumerate(part) if (lead := _lead(block, part[place + 1 : place + 2]))]
    maker = _maker(paper)
    own = [lead for _, lead in leads if lead.who and lead.who.split()[-1].casefold() in maker]
    own = own or [lead for _, lead in leads if not rules.ADVISERS.search(lead.who) or lead.who.casefold() in maker]
    found: list[Decision] = []
    ends = [place for place, _ in leads[1:]] + [len(part)]
    for (place, lead), end in zip(leads, ends, strict=False):
        if own and lead.who and lead not in own:
            continue
        below = _down_to_field(part[place + 1 : end])
        rest = part[place].text[lead.end :].strip()
        if rest:
            below = [_from(part[place], len(part[place].text) - len(rest)), *below]
        found += [_decision(paper, clause, lead.kind, "notice") for clause in _listed(paper, below)]
    return found


@dataclass(frozen=True)
class Lead:
    """Words that lead in decisions: of whom (empty where only a verb is printed), their kind, and where they end."""

    who: str
    kind: str
    end: int


def _lead(block: Block, below: list[Block]) -> Lead | None:
    """What a block leads in, if it does; `below` is the block after it."""
    label = label_of(block.text)
    offset = label.end if label else 0
    typed = first(decisions.LEADS, block.text[offset:])
    word = typed[1].group("lead") if typed else ""
    if typed and not word.startswith(("That", "Decision", "DECISION")) and _may_lead(label, block.text, typed[1].end()):
        kind = "recommendation" if typed[1].group("target") else str(typed[0].value)
        return Lead("", kind, offset + typed[1].end())
    match = rules.LEAD.search(block.text)
    if match:
        kind = "recommendation" if match.group("verb").lower() == "recommended" else "resolution"
        return Lead(match.group("who"), kind, match.start("rest") if match.group("rest") else len(block.text))
    bare = rules.BARE_LEAD.search(block.text)
    return Lead(bare.group("who"), "resolution", len(block.text)) if bare and any(map(_acts, below)) else None


def _may_lead(label: Label | None, text: str, end: int) -> bool:
    """Whether a verb leads in a list: behind a label it is the verb of that clause, unless nothing follows it."""
    return label is None or label.family.startswith("decimal") or text.endswith(":") or not text[label.end + end :]


def _acts(block: Block) -> bool:
    """Whether a labelled clause begins with what was done: "(1) AGREED that"."""
    label = label_of(block.text)
    return bool(label and rules.PARTICIPLE_FIRST.match(block.text[label.end :]))


def _maker(paper: Paper) -> str:
    made = (rules.MAKER_FIELD.search(block.text) for block in paper.blocks[:40])
    return next((match.group("who").casefold() for match in made if match), "")


def _down_to_field(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if rules.OTHER.search(block.text) or (found and first(decisions.STOPS, block.text)):
            break
        found.append(block)
    return found


def _listed(paper: Paper, blocks: list[Block]) -> list[Clause]:
    """The clauses of a list, those of a pure lead-in or one that hands its list on in its place."""
    blocks = [block for block in blocks if not rules.NOT_APPROVED.search(block.text)]
    while blocks and _only_leads(blocks):
        blocks = blocks[1:]
    if not blocks:
        return []
    within = labelled_within(blocks[0].text, blocks[0].start, blocks[0].index)
    if within:
        below = blocks[1:] if len(blocks) > 1 and label_of(blocks[1].text) else []
        return [*within, *_listed(paper, below)]
    clauses = []
    for clause in gather(blocks, strict=False):
        own = [block for block in blocks if clause.start <= block.end and block.start < clause.end]
        text = own[0].text if own else ""
        label = label_of(text)
        hands_on = is_pure_lead(text[label.end if label else 0 :]) or governs_items(text) or _hands_on(text)
        clauses += _listed(paper, own[1:]) if len(own) > 1 and text.endswith(":") and hands_on else [clause]
    return clauses


def _only_leads(blocks: list[Block]) -> bool:
    """Whether the first of some blocks only leads in the others."""
    text = blocks[0].text
    if label_of(text):
        return False
    if is_pure_lead(text) or rules.THAT_BODY.match(text) or rules.THAT_MAKER.search(text):
        return True
    return len(blocks) > 1 and label_of(blocks[1].text) is not None and (_hands_on(text) or governs_items(text))


def _hands_on(text: str) -> bool:
    return rules.AS_FOLLOWS.search(text) is not None


def _run_in(paper: Paper, block: Block) -> list[Decision]:
    """The sentences of a form that has run into one paragraph: each that begins with what was done is a row."""
    lead = rules.RUN_IN.search(block.text)
    if not lead:
        return []
    stop = rules.LABEL_WITHIN.search(block.text, lead.end())
    words = block.text[lead.end() : stop.start() if stop else len(block.text)]
    clauses: list[Clause] = []
    for start, end in sentences(words):
        if rules.PARTICIPLE_FIRST.match(words[start:end]):
            clauses.append(Clause(None, block.start + lead.end() + start, 0, block.index))
        clauses[-1].end = block.start + lead.end() + end
    return [_decision(paper, clause, "resolution", "notice") for clause in clauses]


def _decides(text: str) -> bool:
    return bool(decisions.OPERATIVE.match(text) or rules.PARTICIPLE_FIRST.match(text))


def _worded(paper: Paper, part: list[Block]) -> list[Decision]:
    """The paragraphs that tell a decision; where none does, the first is one, verb or not."""
    told = [block for block in part if first(decisions.SENTENCES, block.text)] or part[:1]
    clauses = [Clause(None, b.start, b.end, b.index) for b in told if not rules.NOTHING.search(b.text)]
    return [_decision(paper, clause, "resolution", "notice words") for clause in clauses]


def _decision(paper: Paper, clause: Clause, kind: str, how: str) -> Decision:
    start, end = tidy(paper.document.text, clause.start, clause.end)
    words = re.sub(r"\s+", " ", paper.document.text[start:end])
    own = first(decisions.RECOMMENDS, words)
    typed = first(decisions.LEADS, words)
    recommends = own or (typed and typed[0].value == "recommendation")
    asked = rules.ASKED.search(words) or decisions.ADDRESSED.search(words)
    to = own[1].group("to") if own else asked.group("to") if asked else None
    if recommends and typed and typed[1].group("target"):
        to = re.sub(r"^\W*to\s+(?:the\s+)?", "", typed[1].group("target"), flags=re.IGNORECASE)
    kind = "recommendation" if recommends else kind
    item = paper.item_of(clause.block)
    return Decision(
        kind,
        words,
        [(start, end)],
        clause.block,
        outcome=outcome(words, kind),
        ref=clause.ref,
        procedural=first(decisions.PROCEDURAL, words) is not None,
        item=item.number if item else None,
        addressed_to=to.strip() if to else None,
        how=how,
    )


def _not_approved(paper: Paper, group: list[Decision]) -> None:
    """Clauses that a line between them says were lost, with the vote it tells."""
    blocks = [decision.block for decision in group]
    for block in paper.blocks[min(blocks) : max(blocks) + 2]:
        match = rules.NOT_APPROVED.search(block.text)
        for decision in group if match else ():
            if match and decision.ref and decision.ref.strip("().") == match.group("ref"):
                decision.outcome, decision.vote = "lost", votes.vote_in(block.text)


def _once(found: Iterator[Decision]) -> list[Decision]:
    """Each decision once: some notices print it in a summary and again in full (trap 16)."""
    kept: dict[tuple[str | None, str | None, str], Decision] = {}
    for decision in found:
        if decision.text:
            kept.setdefault((decision.item, decision.ref, decision.text.casefold()), decision)
    return list(kept.values())
