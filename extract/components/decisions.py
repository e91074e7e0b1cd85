"""Resolutions and minuted recommendations: blocks under a lead word, decision sections, sentences of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from minutebook.extract.components import votes
from minutebook.extract.components.clauses import (
    Clause,
    applications,
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
from minutebook.extract.components.motions import motion_at
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper
from minutebook.extract.patterns import compiled
from minutebook.extract.rules import Rule, actions, first, motions
from minutebook.extract.rules import decisions as rules
from minutebook.extract.sentences import sentences

MINUTED = ("minutes", "agenda_item", "meeting_page")
# A clause of running text ends where the narrative goes on.
NARRATIVE = re.compile(
    r"^(?:The\s+(?:Chair|Leader|meeting|Clerk)|Mr|Mrs|Ms|Cllr|Councillor|Members?|It\s+was|He|She|They)\b.*\b(?:said|asked|reported|was|were|had|then|left|joined|thanked)\b"
)
# Reported speech, in which no decision is worded.
REPORTED = re.compile(r"^[^.]*\b(?:would|was|were|had)\b")
# In lower case these words may also bring in a task or a view.
LOOSE = ("agreed", "decided")
# Two decisions of one item with fewer characters than this may well be two: "to donate £100".
SHORTEST_REPEAT = 30
# Where labelled clauses begin behind a lead-in in one sentence: "That the Clerk should (i) mend it, and (ii) ask".
WITHIN = re.compile(r"(?::\s*[-–—]?\s*|\b(?:should|shall|to|that)\s+)(?=\(?(?:1|a|i)[).]\s)")
TASK_BEHIND = compiled(
    rf";\s+(?={actions.OWNER}\s+to\s+{actions.VERBS}\b|(?:the|it|he|she|they|this)\s+(?:\w+\s+){{0,3}}?(?:was|were|had|would)\b)"
)
RUNS_ON = re.compile(r";(?:\s+and)?\s*$")
PRICE = re.compile(r"[£€$]\s?\d")
# What somebody will do is told of him, not asked of him.
PLANNED = re.compile(r"\b(?:should|would|will|to)\b")
# How far below a heading its paragraphs stand at most.
FAR_BELOW = 8
# A line of a list without labels is no longer than this, and no sentence: "Footpaths – Cllr Rae".
LISTED = re.compile(r"(?!\()[A-Z£\d][^;:]{1,88}[^.;:]")
# How many paragraphs above a signature the close of the meeting stands at most.
CLOSED = 3
CLOSE = re.compile(r"\bmeeting\s+(?:was\s+)?(?:closed|ended|concluded|finished|terminated)\b", re.IGNORECASE)
# What is left of "RESOLVED that:" where nothing stands below it.
SAYS_NOTHING = re.compile(r"(?:that|to)?\W*", re.IGNORECASE)
BRINGS_A_LIST = re.compile(r"\b(?:following|listed|below)\b", re.IGNORECASE)
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
        made = [decision for decision in _from_block(paper, block, done) if not SAYS_NOTHING.fullmatch(decision.text)]
        done.update(decision.block for decision in made)
        groups += [made] if made else []
    every = [decision for group in groups for decision in group]
    blocks = {decision.block for decision in every if _settles(decision)}
    for group in groups:
        running = all(decision.procedural for decision in group)
        taken = {decision.block for decision in every} if running else blocks
        _complete(paper, group, taken - {decision.block for decision in group})
    paper.decisions = _once(every)


def _settles(decision: Decision) -> bool:
    """Whether what is told before a decision is no longer of those behind it: not so with amendments and procedure."""
    amends = decision.how == "motion" and motions.AMENDING.search(decision.lead)
    return not (decision.procedural or decision.outcome == "lost" or amends)


def _from_block(paper: Paper, block: Block, done: set[int]) -> Iterator[Decision]:
    zone = paper.zones[block.index]
    if zone == "decision":
        yield from _section(paper, block, done)
    elif zone == "minutes":
        led = list(_led(paper, block, done))
        told = led or list(_put(paper, block, done))
        yield from told or ([] if _gives_reasons(paper, block) else _said(paper, block) or _unheaded(paper, block))


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
    if rule.name == "body alone":
        yield from _deeds(paper, block, done)
        return
    done.add(block.index)
    lead = paper.document.text[block.start : start]
    content = paper.document.text[start : block.end]
    within = WITHIN.search(content)
    for clause, inherited in _clauses(paper, block, start, done, label.family if label else None):
        if match.groupdict().get("verb") in LOOSE and not clause.ref and _is_no_decision(paper, clause):
            continue
        decision = _decision(paper, clause, inherited or kind, "lead", content if inherited else lead)
        decision.lead = lead + (content[: within.end()] if within else "" if clause.block == block.index else content)
        yield decision


def _gives_reasons(paper: Paper, block: Block) -> bool:
    """Whether a paragraph stands below a heading "Reasons", where what a body accepted or noted decides nothing."""
    above = (paper.blocks[n] for n in range(block.index - 1, max(-1, block.index - FAR_BELOW), -1))
    heading = next((other for other in above if _heads(paper, other)), None)
    found = first(rules.STOPS, heading.text) if heading else None
    return found is not None and found[0].name == "reasons"


def _heads(paper: Paper, block: Block) -> bool:
    """Whether a block is a heading, be it plain: "Reasons"."""
    alone = len(block.text) < SHORTEST_REPEAT and block.text[-1:].isalpha() and first(rules.STOPS, block.text)
    return block.kind == "heading" or block.index in paper.openings or bool(alone)


def _deeds(paper: Paper, block: Block, done: set[int]) -> Iterator[Decision]:
    """What a body did, below its name: "The Council: / (1) noted it"; a labelled list holds nothing else."""
    text = paper.document.text
    below = following(paper, block.index)
    clauses = gather(below, strict=False)
    deeds = list(takewhile(lambda clause: rules.DEED.match(text[clause.start : clause.end]), clauses))
    if not deeds or (deeds[0].ref and len(deeds) < len(clauses)):
        return
    done.add(block.index)
    for deed in _taken(deeds, below, done):
        for part in at_semicolons(text[deed.start : deed.end], deed.start, deed.block) or [deed]:
            yield _decision(paper, part, "resolution", "lead", block.text)


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
    within = WITHIN.search(content)
    if within and (parts := inline(content[within.end() :], start + within.end(), block.index)):
        yield from ((part, inherited) for part in parts)
        return
    if is_pure_lead(content) or (content.rstrip().endswith((":", "to", "that", ":-")) and governs_items(content)):
        yield from ((clause, inherited) for clause in _taken(gather(below, strict), below, done))
        return
    whole = Clause(None, start, block.end, block.index)
    if content.rstrip().endswith((":", ":-")):
        children = gather(below, strict=False)
        children = children if children and label_of(below[0].text) else _priced_below(paper, block)
        children = children or _lines_below(content, below)
        if children:
            whole.end = children[-1].end
            done.update(other.index for other in below if other.end <= whole.end)
    elif more := _run_on(block, below):
        whole.end = more[-1].end
        done.update(other.index for other in more)
    else:
        whole.end = start + _first_part(content)
    parts = at_semicolons(text[start : whole.end], start, block.index)
    yield from ((part, None) for part in parts or [whole])


def _run_on(block: Block, below: list[Block]) -> list[Block]:
    """Paragraphs that go on with the clauses of one that ends in a semicolon: "that A be paid; / that B be asked"."""
    before = [block, *below]
    joined = zip(before, below, strict=False)
    pairs = takewhile(lambda pair: RUNS_ON.search(pair[0].text) and rules.OPERATIVE.match(pair[1].text), joined)
    return [after for _, after in pairs]


def _skipped(content: str) -> int:
    """How much stands before the clauses: a bracket, "That" before the first label, "On the motion of Cllr Rae,"."""
    match = re.match(r"(?:\s*\([^()]*[a-z]{3}[^()]*\)\s*)?(?:[Tt]hat\s*:?\s*(?=\(?(?:1|a|i)[).]\s))?", content)
    skipped = match.end() if match else 0
    moved = rules.ON_MOTION.match(content, skipped)
    return moved.end() if moved else skipped


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
        if actions.OWNER_THEN_TASK.match(content[start:]):
            return start
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
        lead = paper.document.text[block.start : start]
        for clause, inherited in _clauses(paper, block, start, done, None, strict=False):
            yield _decision(paper, clause, inherited or kind, "section", lead)
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
    resolved = False
    for start, end in clause_sentences(block.text):
        sentence = block.text[start:end]
        found = _sentence_rule(sentence)
        if not found:
            continue
        rule, match = found
        if resolved and rule.name not in rules.TOLD_BEHIND:
            continue
        resolved = resolved or rule.name == "then resolved"
        if rule.name in rules.APPROVING and _is_closed(paper, block):
            continue
        clause = Clause(
            None, block.start + start + match.start("text"), block.start + start + match.end("text"), block.index
        )
        if rule.name == "then resolved":
            clause.end = block.start + end
        clause.end = _before_task(paper, clause)
        if rule.value == "items":
            items = _listed_below(paper, block) or applications(paper, block) or _fated_below(paper, block)
            made += [_decision(paper, item, "resolution", "sentence", sentence) for item in items]
            continue
        brings = BRINGS_A_LIST.search(sentence) and ":" not in sentence
        if end == len(block.text) and (sentence.endswith(":") or brings):
            items = _listed_below(paper, block) or _priced_below(paper, block)
            items = items or (_lines_below(sentence, following(paper, block.index)) if sentence.endswith(":") else [])
            clause.end = items[-1].end if items else clause.end
        made.append(_decision(paper, clause, str(rule.value), "sentence", sentence))
    return made


def _is_closed(paper: Paper, block: Block) -> bool:
    """Whether the meeting was closed in a paragraph right above."""
    above = paper.blocks[max(0, block.index - CLOSED) : block.index]
    return any(CLOSE.search(other.text) for other in above)


def _before_task(paper: Paper, clause: Clause) -> int:
    """Where a clause ends before a task that hangs on it: "that the price be accepted; Clerk to arrange delivery"."""
    task = TASK_BEHIND.search(paper.document.text, clause.start, clause.end)
    return task.start() if task else clause.end


def _listed_below(paper: Paper, block: Block) -> list[Clause]:
    """The items of a labelled list right below a paragraph."""
    below = following(paper, block.index)
    return gather(below, strict=False) if below and label_of(below[0].text) else []


def _fated_below(paper: Paper, block: Block) -> list[Clause]:
    """The sentences right below a paragraph that end with what came of their matter: "Lower Farm, gates – approved"."""
    found: list[Clause] = []
    for other in paper.blocks[block.index + 1 :]:
        fated = [span for span in sentences(other.text) if rules.FATED.search(other.text[slice(*span)])]
        if not fated or other.index in paper.openings:
            break
        found += [Clause(None, other.start + low, other.start + high, other.index) for low, high in fated]
    return found


def _priced_below(paper: Paper, block: Block) -> list[Clause]:
    """The lines of a list of payments right below a paragraph (ruling 14)."""
    priced = takewhile(lambda other: PRICE.search(other.text), paper.blocks[block.index + 1 :])
    return [Clause(None, other.start, other.end, other.index) for other in priced]


def _lines_below(lead: str, below: list[Block]) -> list[Clause]:
    """The short lines of a list without labels below words that bring in "the following"."""
    if not BRINGS_A_LIST.search(lead):
        return []
    lines = list(takewhile(lambda other: LISTED.fullmatch(other.text) and other.kind != "heading", below))
    if any(rules.APPLICATION.match(other.text) for other in lines):  # it goes on in paragraphs
        return []
    return [Clause(None, other.start, other.end, other.index) for other in lines]


def _sentence_rule(sentence: str) -> tuple[Rule, re.Match[str]] | None:
    found = first(rules.SENTENCES, sentence)
    if not found or sentence.rstrip().endswith("?"):
        return None
    match = found[1]
    groups = match.groupdict()
    text, verb = match.group("text"), (groups.get("verb") or "")
    moved = groups.get("mover") is not None
    if (
        verb in LOOSE
        and not moved
        and "unanimously" not in sentence[: match.start("text")]
        and (rules.TO_FOLLOW_UP.match(text) or rules.ONLY_A_VIEW.match(text))
    ):
        return None
    return found


def _is_no_decision(paper: Paper, clause: Clause) -> bool:
    """Whether what was agreed is a task or a view (ruling 2)."""
    text = paper.document.text[clause.start : clause.end]
    return bool(rules.TO_FOLLOW_UP.match(text) or rules.ONLY_A_VIEW.match(text))


def _put(paper: Paper, block: Block, done: set[int]) -> Iterator[Decision]:
    """Motions and amendments, each clause a row."""
    motion = motion_at(paper, block, done)
    for clause in motion.clauses if motion else ():
        assert motion is not None  # noqa: S101
        decision = _decision(paper, clause, "resolution", "motion", block.text)
        decision.outcome = motion.outcome if motion.outcome and motion.outcome != "carried" else decision.outcome
        decision.vote = votes.vote_in(motion.put, motion.beaten) or votes.roll(paper, motion.roll, amendment=True)
        if motion.movers:
            decision.mover, decision.seconder = (votes.named(paper, name) for name in motion.movers)
        yield decision


def _unheaded(paper: Paper, block: Block) -> list[Decision]:
    """On a committee system's page the heading is sometimes lost: a bare "That the ... be ..." decides (trap 13)."""
    if paper.document.form not in ("meeting_page", "item_page") or not LOST_HEADING.match(block.text):
        return []
    return [_decision(paper, Clause(None, block.start, block.end, block.index), "resolution", "lost heading", "")]


def _decision(paper: Paper, clause: Clause, kind: str, how: str, lead: str) -> Decision:
    text = paper.document.text
    start, end = tidy(text, clause.start, clause.end)
    words = re.sub(r"\s+", " ", text[start:end])
    own = first(rules.RECOMMENDS, words)
    if own and kind == "resolution":
        kind = "recommendation"
    decision = Decision(kind, words, [(start, end)], clause.block, ref=clause.ref, how=how)
    decision.lead = lead
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
        re.search(r"\b(?:TO|to)\s+(?:THE\s+|the\s+)?(?!RECOMMEND)([A-Z][A-Za-z ]{2,40}?)\s*(?:[:\-–(]|that\b|$)", lead)
        if lead.isupper() or "RECOMM" in lead.upper()
        else None
    )
    if heading:
        return heading.group(1).strip()
    approver = rules.APPROVER.match(words) if "RECOMM" in lead.upper() else None
    if approver:
        return approver.group("to")
    asked = rules.ADDRESSED.search(words) or rules.ASKS.search(words)
    bidden = None if asked else rules.ASKS_THAT.search(words)
    if bidden:
        return str(bidden.group("to") or bidden.group("body")).strip()
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
        twin = next((other for other in kept if other.item == decision.item and _folded(other) == folded), None)
        if twin is None or len(folded) < SHORTEST_REPEAT:
            kept.append(decision)
            continue
        if twin.mover is None:
            twin.mover, twin.seconder = decision.mover, decision.seconder
        twin.vote = twin.vote or decision.vote
    return kept


def _folded(decision: Decision) -> str:
    return re.sub(r"\W+", " ", decision.text).casefold().removeprefix("that ").strip()
