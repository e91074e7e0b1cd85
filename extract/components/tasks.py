"""Actions: labelled, beside the text, undertaken, or promised to nobody in particular (minutes-grammar 5)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from minutebook.extract.components.clauses import clause_sentences, label_of
from minutebook.extract.components.outline import iso_date
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper, Span, Task
from minutebook.extract.patterns import compiled
from minutebook.extract.people import read_person
from minutebook.extract.rules import actions as rules
from minutebook.extract.rules import decisions, first, layout
from minutebook.extract.sentences import sentences

# A decision under a lead word; its text holds no undertakings but those it charges somebody with.
SURELY_DECIDED = ("lead", "section")
# How many blocks above a bare label its task is looked for.
REACH = 4
# A report's action heading can have several numbered tasks below it.
REPORT_TASKS = 8


def actions(paper: Paper) -> None:
    """Fill `paper.tasks`, in the order printed. Agendas and scoping papers ask nobody to do anything."""
    if paper.kind in ("agenda", "scoping", "other"):
        return
    found = [task for block in paper.blocks for task in _labelled(paper, block)]
    if paper.kind != "report":
        found += [task for block in paper.blocks for task in _beside(paper, block)]
        taken = [span for task in found for span in task.spans]
        decided = _decided(paper)
        said = (task for block in paper.blocks for task in _said(paper, block, decided.get(block.index, [])))
        found += [task for task in said if not _overlaps(task.spans[0], taken)]
    for task in found:
        _complete(paper, task)
    found = [task for task in found if task.text]
    paper.tasks = sorted(_apart(found), key=lambda task: task.spans[0])


def _labelled(paper: Paper, block: Block) -> Iterator[Task]:
    """Tasks with a typed label: on its own line, with owner or task or neither, or in brackets at a sentence's end."""
    if paper.zones[block.index] in ("rubric", "tail") or block.kind == "margin":
        return
    number = label_of(block.text) if paper.kind == "report" else None
    offset = number.end if number else 0
    match = rules.LABEL.match(block.text[offset:])
    if match:
        yield from _under_label(paper, block, match, block.start + offset + match.start("rest"))
        return
    end = rules.AT_END.search(block.text)
    if end:
        group = "rest" if end.group("rest") else "rest2"
        yield from _after_text(paper, block, end.start(), end.group(group), block.start + end.start(group))


def _under_label(paper: Paper, block: Block, match: re.Match[str], at: int) -> Iterator[Task]:
    rest = match.group("rest").strip()
    if rules.EMPTY.match(rest):
        return
    owners = rules.ONLY_OWNERS.match(rest)
    if rest and not owners:
        yield from _own_words(paper, block, at, rest)
    elif paper.kind == "report":
        yield from _report_task(paper, block, match.group("by"))
    else:
        owner = owners.group("owner") if owners else _owner_below(paper, block)
        yield from _task_above(paper, block, owner)


def _own_words(paper: Paper, block: Block, at: int, rest: str) -> Iterator[Task]:
    """A label with its own task: "Action: Clerk to write to Highways"."""
    led = rules.OWNER_THEN_TASK.match(rest)
    dashed = rules.OWNER_DASH_TASK.match(rest)
    owner = led.group("owner") if led else dashed.group("owner") if dashed else None
    text = dashed.group("task") if dashed and not led else rest
    start = at + rest.index(text)
    # what follows the first sentence is narrative again
    _, end = next(iter(sentences(text)), (0, len(text)))
    yield _task(paper, block.index, (start, start + end), "explicit", owner)


def _report_task(paper: Paper, label: Block, by: str | None) -> Iterator[Task]:
    """The paragraph under an action heading of a report; its owner is in the heading or the sentence (5.2)."""
    for block in paper.blocks[label.index + 1 : label.index + 1 + REPORT_TASKS]:
        if block.index > label.index + 1 and (block.kind == "heading" or label_of(block.text) is None):
            return
        number = label_of(block.text)
        offset = number.end if number else 0
        subject = rules.REPORT_DOER.match(block.text[offset:])
        owner = by or (subject.group("owner") if subject else None)
        yield _task(paper, block.index, (block.start + offset, block.end), "explicit", owner)


def _owner_below(paper: Paper, block: Block) -> str | None:
    """An owner on the line after a bare label, if that line is nothing else."""
    below = paper.blocks[block.index + 1 : block.index + 2]
    match = rules.ONLY_OWNERS.match(below[0].text) if below else None
    return match.group("owner") if match else None


def _after_text(paper: Paper, block: Block, end: int, rest: str, at: int) -> Iterator[Task]:
    """A label at the end of a paragraph: with its own words, or naming who does what was said before it."""
    if rules.EMPTY.match(rest):
        return
    owners = rules.ONLY_OWNERS.match(rest.rstrip(" ."))
    if not owners:
        yield from _own_words(paper, block, at, rest)
        return
    chosen = _stating(block.text, clause_sentences(block.text[:end]), owners.group("owner"), paper)
    if chosen:
        yield _task(
            paper, block.index, (block.start + chosen[0], block.start + chosen[1]), "explicit", owners.group("owner")
        )


def _task_above(paper: Paper, label: Block, owner: str | None) -> Iterator[Task]:
    """The nearest sentence above a label that states a future task (ruling 9, traps 45 to 47)."""
    for block in reversed(paper.blocks[max(0, label.index - REACH) : label.index]):
        if rules.URL.match(block.text) or block.kind == "margin":
            continue
        if rules.LABEL.match(block.text) and not rules.FUTURE.search(block.text):
            return
        chosen = _stating(block.text, clause_sentences(block.text), owner, paper)
        if chosen:
            start, end = chosen
            if owner is None:
                owner = _doer(block.text[start:end])
            yield _task(paper, block.index, (block.start + start, block.start + end), "explicit", owner)
            return


def _stating(text: str, spans: Iterable[Span], owner: str | None, paper: Paper) -> Span | None:
    """The last sentence that states a task, one of the owner's own before any other."""
    stating = [
        (start, end)
        for start, end in spans
        if rules.FUTURE.search(text[start:end])
        and not rules.COMMENT.search(text[start:end])
        and not text[start:end].endswith("?")
    ]
    names = _names(owner, paper)
    own = [span for span in stating if any(name in text[slice(*span)] for name in names)]
    return (own or stating)[-1] if stating else None


def _names(owner: str | None, paper: Paper) -> list[str]:
    """How an owner may be printed in the sentence: surname, initials, post."""
    names: list[str] = []
    for part in rules.OWNER_PARTS.split(owner or ""):
        mention = read_person(part)
        person = paper.person_with_initials(part) if part.isupper() else None
        names += [mention.surname] if mention else [part] if part else []
        names += [person.name.split()[-1]] if person else []
    return names


def _beside(paper: Paper, block: Block) -> Iterator[Task]:
    """Owners in a column or margin: each beside the bullet or row that holds its tasks (5.2, ruling 9)."""
    if block.kind == "row" and len(block.cells) > 1 and block.index not in paper.listed:
        owner = block.cells[-1].strip()
        if _is_owner(owner):
            yield from _margin_task(paper, block, block.text[: -len(block.cells[-1]) - 1], owner)
    elif block.kind == "margin" and block.index and _is_owner(block.text):
        above = next((other for other in reversed(paper.blocks[: block.index]) if other.kind != "margin"), None)
        if above and above.index not in paper.listed:
            yield from _margin_task(paper, above, above.text, block.text)


def _is_owner(text: str) -> bool:
    match = rules.ONLY_OWNERS.match(text)
    return bool(match) and text.strip().lower() not in rules.NOT_OWNERS and not rules.STATE.match(text)


def _margin_task(paper: Paper, block: Block, text: str, owner: str) -> Iterator[Task]:
    """The tasks of a paragraph that has its owners beside it: one row an owner who is named with a task of his own,
    from the first to the last of them; else one row of the sentences that state a task (ruling 9)."""
    spans = list(clause_sentences(text))
    stating = [span for span in spans if _is_future(text[slice(*span)])]
    owners: dict[Span, list[str]] = {}
    for one in rules.OWNER_PARTS.split(owner):
        names = _names(one, paper)
        own = [span for span in spans if _acts(text[slice(*span)], names)]
        if own:
            owners.setdefault((own[0][0], own[-1][1]), []).append(one)
    if not owners and stating:
        agreed = [span for span in stating if rules.SETTLED.search(text[slice(*span)])]
        doing = [span for span in stating if rules.FUTURE_DOER.match(text[slice(*span)])]
        owners[(agreed or doing or stating)[-1]] = [owner]
    for (start, end), those in owners.items():
        yield _task(paper, block.index, (block.start + start, block.start + end), "margin", "; ".join(those))


def _is_future(sentence: str) -> bool:
    return rules.FUTURE.search(sentence) is not None and rules.PAST.search(sentence) is None


def _acts(sentence: str, names: list[str]) -> bool:
    """Whether one of these is the doer of a task in the sentence."""
    if rules.PAST.search(sentence):
        return False
    act = r"\b[^.;]{0,40}?\b(?:to|would|will|agreed|undertook|offered|should)\b"
    return any(re.search(rf"\b{re.escape(name)}{act}", sentence) for name in names)


def _decided(paper: Paper) -> dict[int, list[Decision]]:
    """The decisions that stand, or go on, in each block."""
    decided: dict[int, list[Decision]] = {}
    for found in paper.decisions:
        for start, end in found.spans:
            first = bisect_right(paper.blocks, start, key=lambda block: block.end)
            last = bisect_left(paper.blocks, end, key=lambda block: block.start)
            for block in paper.blocks[first:last]:
                if found not in decided.setdefault(block.index, []):
                    decided[block.index].append(found)
    return decided


def _said(paper: Paper, block: Block, decided: list[Decision]) -> Iterator[Task]:
    """Undertakings and requests in running text; `decided` are the decisions that touch the block."""
    if paper.zones[block.index] not in ("minutes", "decision") or block.kind == "margin" or block.index in paper.listed:
        return
    yield from (task for found in decided if found.block == block.index for task in _charged(paper, found))
    spoken = [span for found in decided if found.how in SURELY_DECIDED for span in found.spans]
    for start, end in clause_sentences(block.text):
        sentence = block.text[start:end]
        held = _overlaps((block.start + start, block.start + end), spoken)
        if held or rules.NOT_TASKS.search(sentence) or first(decisions.LEADS, sentence):
            continue
        task = _undertaking(paper, block, start, sentence) or _promise(paper, block, start, sentence)
        if task:
            yield task


def _charged(paper: Paper, decision: Decision) -> Iterator[Task]:
    """A clause that charges a named person or post with a task makes an action beside the decision (5.3)."""
    match = rules.CHARGED.search(decision.text)
    if match and not rules.BODIES.search(match.group("owner")):
        yield _task(paper, decision.block, decision.spans[0], "inline", match.group("owner"))


def _undertaking(paper: Paper, block: Block, start: int, sentence: str) -> Task | None:
    found = first(rules.UNDERTAKINGS, sentence)
    if (
        not found
        or not _may_own(paper, found[1].group("owner"))
        or rules.EMPOWERED.search(sentence[: found[1].start()])
    ):
        return None
    span = (block.start + start, block.start + start + len(sentence))
    return _task(paper, block.index, span, "inline", _with_partners(sentence, found[1]))


def _with_partners(sentence: str, match: re.Match[str]) -> str:
    """The doer of a task and those who are named with him: "KC and HL would look at it"."""
    start = match.start("owner")
    while (partner := rules.PARTNER.search(sentence, max(0, start - 60), start)) is not None:
        start = partner.start()
    return sentence[start : match.end("owner")]


def _may_own(paper: Paper, printed: str) -> bool:
    """Whether a printed doer is a person or a post, not two words in capitals ("Harbour Lights")."""
    return any(
        _is_somebody(paper, re.sub(r"^[Tt]he\s+", "", part).strip()) for part in rules.OWNER_PARTS.split(printed)
    )


def _is_somebody(paper: Paper, printed: str) -> bool:
    if printed.isupper() or compiled(rules.POSTS).fullmatch(printed):
        return True
    mention = read_person(printed)
    return mention is not None and (mention.title is not None or paper.person_named(mention.name) is not None)


def _promise(paper: Paper, block: Block, start: int, sentence: str) -> Task | None:
    found = first(rules.IMPLICIT, sentence)
    if not found:
        return None
    rule, match = found
    if rule.name == "agreed to follow up" and not decisions.TO_FOLLOW_UP.match(match.group("task")):
        return None
    span = (block.start + start, block.start + start + len(sentence))
    return _task(paper, block.index, span, "implicit", None)


def _doer(sentence: str) -> str | None:
    """The subject of a sentence that undertakes something."""
    found = first(rules.UNDERTAKINGS, sentence)
    if found:
        return found[1].group("owner")
    subject = rules.SENTENCE_DOER.match(sentence)
    return subject.group("owner") if subject else None


def _task(paper: Paper, block: int, span: Span, how: str, owner: str | None) -> Task:
    start, end = span
    text = re.sub(r"\s+", " ", paper.document.text[start:end]).strip()
    tier = "explicit" if how == "margin" else how
    return Task(text, [span], block, tier, owner_as_written=owner, how=how)


def _complete(paper: Paper, task: Task) -> None:
    """Owner, due phrase and date, item."""
    task.owner = _owner(paper, task.owner_as_written) if task.tier != "implicit" else None
    due = rules.DUE.search(task.text)
    task.due = due.group() if due else None
    task.due_date = _due_date(task.due) if task.due else None
    item = paper.item_of(task.block)
    task.item = item.number if item else None


def _owner(paper: Paper, printed: str | None) -> str | None:
    """Owners as names or posts: initials through the key, a surname through the people of the document (5.6)."""
    if not printed:
        return None
    owners = []
    for part in rules.OWNER_PARTS.split(printed):
        part = re.sub(r"^(?:the|The)\s+", "", part).strip()
        mention = None if compiled(rules.INITIALS).fullmatch(part) else read_person(part)
        known = paper.person_with_initials(part) or (paper.person_named(mention.name) if mention else None)
        owners.append(known.name if known else mention.name if mention else part)
    return "; ".join(owner for owner in owners if owner)


def _due_date(due: str) -> str | None:
    """The date that a due phrase prints in full; a phrase that needs reckoning is left to people."""
    match = layout.DATE.search(due)
    return iso_date(match) if match else None


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _apart(found: list[Task]) -> list[Task]:
    """One row for one sentence: the tier that stands higher wins."""
    order = {"explicit": 0, "inline": 1, "implicit": 2}
    kept: list[Task] = []
    for task in sorted(found, key=lambda task: (order[task.tier], task.spans[0])):
        if not _overlaps(task.spans[0], [span for other in kept for span in other.spans]):
            kept.append(task)
    return kept
