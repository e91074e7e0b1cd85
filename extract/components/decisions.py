"""Resolutions and minuted recommendations: blocks under a lead word, decision sections, sentences of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.extract.components import votes
from minutebook.extract.components.clauses import (
    Clause,
    at_semicolons,
    clause_sentences,
    following,
    gather,
    governs_items,
    inline,
    is_pure_lead,
    label_of,
    tidy,
)
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper
from minutebook.extract.rules import Rule, first
from minutebook.extract.rules import decisions as rules
from minutebook.extract.sentences import sentences

CONFIDENCE = {"lead": 0.97, "section": 0.95, "sentence": 0.85, "motion": 0.9, "lost heading": 0.75}
MINUTED = ("minutes", "agenda_item", "meeting_page")
# A clause of running text ends where the narrative goes on.
NARRATIVE = re.compile(
    r"^(?:The\s+(?:Chair|Leader|meeting|Clerk)|Mr|Mrs|Ms|Cllr|Councillor|Members?|It\s+was|He|She|They)\b.*\b(?:said|asked|reported|was|were|had|then|left|joined|thanked)\b"
)
# Reported speech, in which no decision is worded.
REPORTED = re.compile(r"^[^.]*\b(?:would|was|were|had)\b")
# Two decisions of one item with fewer characters than this may well be two: "to donate £100".
SHORTEST_REPEAT = 30
LOST_HEADING = re.compile(r"^[Tt]hat\s+(?:the\s+)?\S.*\bbe\b")


def decisions(paper: Paper) -> None:
    """Fill `paper.decisions` with what the meeting decided, in the order printed."""
    if paper.kind not in MINUTED:
        return
    groups: list[list[Decision]] = []
    done: set[int] = set()
    for block in paper.blocks:
        if block.index in done or block.kind == "margin" or block.index in paper.listed:
            continue
        made = [decision for decision in _from_block(paper, block, done) if decision.text]
        done.update(decision.block for decision in made)
        groups += [made] if made else []
    settled = [decision for group in groups for decision in group if not decision.procedural]
    blocks = {decision.block for decision in settled if decision.outcome != "lost"}
    for group in groups:
        _complete(paper, group, blocks - {decision.block for decision in group})
    paper.decisions = _once([decision for group in groups for decision in group])


def _from_block(paper: Paper, block: Block, done: set[int]) -> Iterator[Decision]:
    zone = paper.zones[block.index]
    if zone == "decision":
        yield from _section(paper, block, done)
    elif zone == "minutes":
        led = list(_led(paper, block, done))
        yield from (
            led or _lost(paper, block) or _said(paper, block) or _moved(paper, block, done) or _unheaded(paper, block)
        )


def _led(paper: Paper, block: Block, done: set[int]) -> Iterator[Decision]:
    """Decisions under a lead word at the start of a line (3.1)."""
    label = label_of(block.text)
    offset = label.end if label else 0
    found = first(rules.LEADS, block.text[offset:])
    if not found:
        return
    rule, match = found
    kind = "recommendation" if match.group("target") else str(rule.value)
    start = block.start + offset + match.end()
    done.add(block.index)
    lead = paper.document.text[block.start : start]
    for clause, inherited in _clauses(paper, block, start, done, label.family if label else None):
        yield _decision(
            paper,
            clause,
            inherited or kind,
            "lead",
            paper.document.text[start : block.end] if inherited else lead,
        )


def _clauses(
    paper: Paper, block: Block, start: int, done: set[int], outer: str | None, strict: bool = True
) -> Iterator[tuple[Clause, str | None]]:
    """The clauses that begin at `start` of a block, with the kind that an operative lead-in gives them."""
    text = paper.document.text
    start += _skipped(text[start : block.end])
    content = text[start : block.end]
    below = following(paper, block.index, outer)
    labelled = inline(content, start, block.index)
    if labelled:
        yield from ((clause, None) for clause in labelled)
        below_same = [other for other in below if _same_style(other, labelled[-1].ref)]
        yield from ((clause, None) for clause in _taken(gather(below_same[:1] and below, strict), below, done))
        return
    inherited = "recommendation" if first(rules.RECOMMENDS, content) else None
    within = re.search(r":\s*[-–—]?\s*(?=\(?(?:1|a|i)[).]\s)", content)
    if within and (parts := inline(content[within.end() :], start + within.end(), block.index)):
        yield from ((part, inherited) for part in parts)
        return
    if is_pure_lead(content) or (content.rstrip().endswith((":", "to", "that", ":-")) and governs_items(content)):
        yield from ((clause, inherited) for clause in _taken(gather(below, strict), below, done))
        return
    whole = Clause(None, start, block.end, block.index)
    if content.rstrip().endswith((":", ":-")):
        children = gather(below, strict=False)
        if children and label_of(below[0].text):
            whole.end = children[-1].end
            done.update(other.index for other in below if other.end <= whole.end)
    else:
        whole.end = start + _first_part(content)
    parts = at_semicolons(text[start : whole.end], start, block.index)
    yield from ((part, None) for part in parts or [whole])


def _skipped(content: str) -> int:
    """How much stands before the clauses: a bracket ("(Unanimous)"), or a "That" before the first label."""
    match = re.match(r"(?:\s*\([^()]*[a-z]{3}[^()]*\)\s*)?(?:[Tt]hat\s*:?\s*(?=\(?(?:1|a|i)[).]\s))?", content)
    return match.end() if match else 0


def _taken(clauses: list[Clause], below: list[Block], done: set[int]) -> list[Clause]:
    if clauses:
        done.update(block.index for block in below if block.end <= clauses[-1].end)
    return clauses


def _same_style(block: Block, ref: str | None) -> bool:
    label = label_of(block.text)
    return bool(label and label.ref and ref and label.ref[0] == ref[0] and label.ref[-1] == ref[-1])


def _first_part(content: str) -> int:
    """Where a run-on clause ends: before a sentence that goes back to narrative."""
    for start, _ in list(sentences(content))[1:]:
        if NARRATIVE.match(content[start:]) or REPORTED.search(content[start:]) or first(rules.STOPS, content[start:]):
            return start
    return len(content)


def _section(paper: Paper, block: Block, done: set[int]) -> Iterator[Decision]:
    """What stands under "Decision:", which needs no lead word."""
    label = label_of(block.text)
    offset = label.end if label else 0
    found = first(rules.LEADS, block.text[offset:])
    if first(rules.STOPS, block.text):
        return
    start = block.start + (offset + found[1].end() if found else 0)
    kind = str(found[0].value) if found else "resolution"
    content = paper.document.text[start : block.end]
    done.add(block.index)
    if found or is_pure_lead(content):
        for clause, inherited in _clauses(paper, block, start, done, None, strict=False):
            yield _decision(paper, clause, inherited or kind, "section", "")
    elif rules.OPERATIVE.match(block.text[offset:]) or first(rules.SENTENCES, content):
        yield _decision(
            paper,
            Clause(label.ref if label else None, block.start + offset, block.end, block.index),
            kind,
            "section",
            "",
        )


def _said(paper: Paper, block: Block) -> list[Decision]:
    """Decisions told in running text, one a sentence at the most."""
    made = []
    for start, end in clause_sentences(block.text):
        sentence = block.text[start:end]
        found = _sentence_rule(sentence)
        if not found:
            continue
        rule, match = found
        clause = Clause(
            None, block.start + start + match.start("text"), block.start + start + match.end("text"), block.index
        )
        if rule.name == "then resolved":
            clause.end = block.start + end
        if rule.value == "items":
            made += [_decision(paper, item, "resolution", "sentence", sentence) for item in _listed_below(paper, block)]
            continue
        if end == len(block.text) and (sentence.endswith(":") or rule.name == "was authorised"):
            items = _listed_below(paper, block)
            clause.end = items[-1].end if items else clause.end
        made.append(_decision(paper, clause, "resolution", "sentence", sentence))
        if rule.name == "then resolved":
            break
    return made


def _listed_below(paper: Paper, block: Block) -> list[Clause]:
    """The items of a labelled list right below a paragraph."""
    below = following(paper, block.index)
    return gather(below, strict=False) if below and label_of(below[0].text) else []


def _sentence_rule(sentence: str) -> tuple[Rule, re.Match[str]] | None:
    found = first(rules.SENTENCES, sentence)
    if not found or sentence.rstrip().endswith("?"):
        return None
    match = found[1]
    groups = match.groupdict()
    text, verb = match.group("text"), (groups.get("verb") or "")
    moved = groups.get("mover") is not None
    if (
        verb in ("agreed", "decided")
        and not moved
        and (rules.TO_FOLLOW_UP.match(text) or rules.ONLY_A_VIEW.match(text))
    ):
        return None
    return found


def _lost(paper: Paper, block: Block) -> list[Decision]:
    """Motions and amendments told, put and lost within one paragraph (3.7)."""
    found = first(rules.PUT_AND_LOST, block.text)
    if not found:
        return []
    match = found[1]
    clause = Clause(None, block.start + match.start("text"), block.start + match.end("text"), block.index)
    decision = _decision(paper, clause, "resolution", "motion", block.text)
    decision.outcome = "lost"
    return [decision]


def _unheaded(paper: Paper, block: Block) -> list[Decision]:
    """On a committee system's page the heading is sometimes lost: a bare "That the ... be ..." decides (trap 13)."""
    if paper.document.form not in ("meeting_page", "item_page") or not LOST_HEADING.match(block.text):
        return []
    return [_decision(paper, Clause(None, block.start, block.end, block.index), "resolution", "lost heading", "")]


def _moved(paper: Paper, block: Block, done: set[int]) -> list[Decision]:
    """A motion printed in full whose fate stands below it, unless a RESOLVED block repeats it."""
    match = rules.MOTION.match(block.text)
    if not match:
        return []
    for after in paper.blocks[block.index + 1 : block.index + 12]:
        if first(rules.LEADS, after.text) or after.index in paper.openings:
            return []
        fate = "lost" if rules.LOST.match(after.text) else "carried" if rules.CARRIED.match(after.text) else None
        if fate:
            clause = Clause(None, block.start + match.start("text"), block.end, block.index)
            decision = _decision(paper, clause, "resolution", "motion", block.text)
            decision.outcome = "lost" if fate == "lost" else decision.outcome
            done.add(block.index)
            return [decision]
    return []


def _decision(paper: Paper, clause: Clause, kind: str, how: str, lead: str) -> Decision:
    text = paper.document.text
    start, end = tidy(text, clause.start, clause.end)
    words = re.sub(r"\s+", " ", text[start:end])
    own = first(rules.RECOMMENDS, words)
    if own and kind == "resolution":
        kind = "recommendation"
    decision = Decision(kind, words, [(start, end)], clause.block, ref=clause.ref, confidence=CONFIDENCE[how])
    decision.outcome = outcome(words, kind)
    decision.procedural = first(rules.PROCEDURAL, words) is not None
    decision.addressed_to = _addressee(own, words, lead)
    return decision


def outcome(words: str, kind: str) -> str:
    """The outcome that a clause's own words state (3.6 and ruling 8)."""
    if kind == "recommendation":
        return "recommended"
    found = first(rules.OUTCOMES, words)
    if found:
        return str(found[0].value)
    only_notes = rules.NOTING.search(words) and not rules.DECIDING.search(words)
    return "noted" if only_notes else "carried"


def _addressee(own: tuple[Rule, re.Match[str]] | None, words: str, lead: str) -> str | None:
    """Who is recommended, requested or asked to act, in the document's words (4.6 and 4.7)."""
    if own:
        return own[1].group("to").strip()
    governing = first(rules.RECOMMENDS, lead)
    if governing:
        return governing[1].group("to").strip()
    heading = (
        re.search(r"\b(?:TO|to)\s+(?:THE\s+|the\s+)?([A-Z][A-Za-z ]{2,40}?)\s*(?:[:\-–]|that\b|$)", lead)
        if lead.isupper() or "RECOMM" in lead
        else None
    )
    if heading:
        return heading.group(1).strip()
    asked = rules.ADDRESSED.search(words)
    return asked.group("to").strip() if asked else None


def _complete(paper: Paper, group: list[Decision], others: set[int]) -> None:
    """The item, mover, seconder and vote that stand around decisions made together."""
    item = paper.item_of(group[0].block)
    for decision in group:
        decision.item = item.number if item else None
    votes.attach(paper, group, others)


def _once(found: list[Decision]) -> list[Decision]:
    """Each decision once: "Decision:" and "Minutes:" of one item repeat it (trap 16)."""
    kept: list[Decision] = []
    for decision in found:
        folded = _folded(decision)
        twin = any(other.item == decision.item and _folded(other) == folded for other in kept)
        if not twin or len(folded) < SHORTEST_REPEAT:
            kept.append(decision)
    return kept


def _folded(decision: Decision) -> str:
    return re.sub(r"\W+", " ", decision.text).casefold().removeprefix("that ").strip()
