"""Actions with a label, typed before or after the task or alone above a list of tasks (minutes-grammar 5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from minutebook.extract.components.clauses import clause_sentences, label_of
from minutebook.extract.components.due import due_phrase
from minutebook.extract.components.owners import parts_of, shapes_of
from minutebook.extract.components.undertakings import doer_of, task_sentences
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Span, Task, task_of
from minutebook.extract.patterns import Match
from minutebook.extract.rules import actions as rules
from minutebook.extract.rules import first
from minutebook.extract.sentences import sentences

# How many blocks above a bare label its task is looked for.
REACH = 4
# An action heading can have several tasks below it.
TASKS_BELOW = 20


def labelled(paper: Paper, block: Block) -> Iterator[Task]:
    """Tasks with a typed label: on its own line, with owner or task or neither, or in brackets at a sentence's end."""
    if paper.zones[block.index] in ("rubric", "tail") or block.kind == "margin" or block.index in paper.listed:
        return
    for said in rules.TO_ACTION.finditer(block.text):
        yield from _to_action(paper, block, said)
    one, *others = _parted(block)
    yield from _in_part(paper, one)
    for part in others:  # one that only names owners has no task of its own in the paragraph
        match = rules.LABEL.match(part.text)
        if match and not rules.ONLY_OWNERS.match(match.group("rest")):
            yield from _in_part(paper, part)


def _to_action(paper: Paper, block: Block, label: Match) -> Iterator[Task]:
    """ "Clerk to action": the task stands before it, and keeps what it says from being read as a task of its own."""
    owner, said = label.group("owner"), (block.start + label.start(), block.start + label.end())
    number = label_of(block.text)
    before = list(clause_sentences(block.text[: label.start()]))
    if label.start() <= (number.end if number else 0):
        tasks = list(_task_above(paper, block, owner))
    elif chosen := _stating(block.text, before, owner, paper):
        tasks = [task_of(paper, block.index, (block.start + chosen[0], block.start + chosen[1]), "explicit", owner)]
    else:
        tasks = (
            [task_of(paper, block.index, (block.start + before[-1][0], said[1]), "explicit", owner)] if before else []
        )
    for task in tasks:
        task.spans.append(said)
        yield task


def _parted(block: Block) -> list[Block]:
    """A paragraph with several labels, cut where the second and each later one begins."""
    at = [match.end() for match in rules.NEXT_LABEL.finditer(block.text)]
    cuts = [0, *(at if rules.LABEL.match(block.text) else at[1:]), len(block.text)]
    return [
        replace(block, start=block.start + low, end=block.start + low + len(text), text=text)
        for low, high in pairwise(cuts)
        for text in [block.text[low:high].rstrip()]
    ]


def _in_part(paper: Paper, block: Block) -> Iterator[Task]:
    """The tasks of a stretch with one label at most."""
    number = label_of(block.text)
    offset = number.end if number else 0
    match = rules.LABEL.match(block.text[offset:])
    if match:
        yield from _under_label(paper, block, match, block.start + offset + match.start("rest"))
        return
    end = rules.AT_END.search(block.text)
    if end:
        group = "rest" if end.group("rest") else "rest2"
        yield from _after_text(paper, block, end.start(), end.group(group), block.start + end.start(group))


def _under_label(paper: Paper, block: Block, match: Match, at: int) -> Iterator[Task]:
    rest = match.group("rest").strip()
    if rules.EMPTY.match(rest) or rules.DECIDES.match(rest):
        return
    owners = rules.ONLY_OWNERS.match(rest)
    by = match.group("by") or match.group("given") or match.group("named")
    if rest and not owners:
        yield from _own_words(paper, block, at, rest, by)
    elif paper.kind == "report":
        steps = rules.NEXT_STEPS.match(match.group())
        yield from _next_steps(paper, block) if steps else _report_task(paper, block, by)
    elif not owners and (below := _tasks_below(paper, block)):
        yield from below
    else:
        owner = owners.group("owner") if owners else by or _owner_below(paper, block)
        yield from _task_above(paper, block, owner)


def _own_words(paper: Paper, block: Block, at: int, rest: str, by: str | None = None) -> Iterator[Task]:
    """A label with its own task: "Action: Clerk to write to Highways"; `by` is whom the label names."""
    rest, who, when = _fields_off(rest)
    others = rules.NEXT_DASHED.search(rest)
    if others and rules.OWNER_DASH_TASK.match(rest):
        yield from _own_words(paper, block, at, rest[: others.start()])
        yield from _own_words(paper, block, at + others.end(), rest[others.end() :])
        return
    led = rules.OWNER_THEN_TASK.match(rest) or rules.GIVEN_THEN_TASK.match(rest) or rules.SHOUTED_OWNER.match(rest)
    dashed = rules.OWNER_DASH_TASK.match(rest)
    behind = None if led or dashed else rules.TASK_THEN_OWNER.match(rest)
    charged = first(rules.CHARGED, rest)
    asked = charged[1] if charged else None
    owner = next((found.group("owner") for found in (led, dashed, behind, asked) if found), who or by)
    text = dashed.group("task") if dashed and not led else behind.group("task") if behind else rest
    start = at + rest.index(text)
    # what follows the first sentence is narrative again, but for others who take over in it
    spans = list(sentences(text)) or [(0, len(text))]
    end = spans[0][1]
    dated = [high for low, high in spans[1:2] if due_phrase(text[low:high]) == text[low:high].strip(" .")]
    pieces = [piece for piece in task_sentences(paper, text) if piece[1] <= end] or [(0, end)]
    for low, high in pieces:
        whose = owner if low == pieces[0][0] else doer_of(paper, text[low:high])
        last = dated[0] if dated and high == end else high  # "Clerk to ring them. This week."
        task = task_of(paper, block.index, (start + low, start + last), "explicit", whose)
        task.due = when
        yield task


def _fields_off(rest: str) -> tuple[str, str | None, str | None]:
    """(words, owner, due) of a task that ends with fields: "Send the plan. Owner: Clerk. Due: 5 June"."""
    who = when = None
    while field := rules.FIELD_BEHIND.search(rest):
        if field.group("who"):
            who = field.group("value")
        else:
            when = field.group("value")
        mark = rest[field.start()]
        rest = rest[: field.start() + (mark == ".")]
    return rest, who, when


def _report_task(paper: Paper, label: Block, by: str | None) -> Iterator[Task]:
    """The paragraph under an action heading of a report; its owner is in the heading or the sentence (5.2)."""
    for block in paper.blocks[label.index + 1 : label.index + 1 + TASKS_BELOW]:
        if block.index > label.index + 1 and (block.kind == "heading" or label_of(block.text) is None):
            return
        number = label_of(block.text)
        offset = number.end if number else 0
        if rules.EMPTY.match(block.text[offset:]):  # the field tells what is wanted of the body: "Decision"
            return
        subject = rules.REPORT_DOER.match(block.text[offset:])
        owner = by or (subject.group("owner") if subject else None)
        yield task_of(paper, block.index, (block.start + offset, block.end), "explicit", owner)


def _next_steps(paper: Paper, heading: Block) -> Iterator[Task]:
    """The steps that a report announces under a heading of its own, each with who will take it."""
    for block in paper.blocks[heading.index + 1 : heading.index + 1 + TASKS_BELOW]:
        if block.kind == "heading":
            return
        number = label_of(block.text)
        for start, end in _steps(block.text, number.end if number else 0):
            step = rules.NEXT_STEP.match(block.text[start:end])
            if step:
                yield task_of(
                    paper, block.index, (block.start + start, block.start + end), "explicit", step.group("owner")
                )


def _steps(text: str, offset: int) -> Iterator[Span]:
    """The sentences of a paragraph, and the entries of a list that is parted by semicolons."""
    for start, end in sentences(text[offset:]):
        low = offset + start
        for mark in rules.STEP_ENDS.finditer(text[: offset + end]):
            if mark.start() > low:
                yield low, mark.start()
                low = mark.end()
        yield low, len(text[: offset + end].rstrip("; "))


def _tasks_below(paper: Paper, label: Block) -> list[Task]:
    """The list of tasks below a heading "Actions:"; an entry that states none ends it (trap 45)."""
    found: list[Task] = []
    for block in paper.blocks[label.index + 1 : label.index + 1 + TASKS_BELOW]:
        number = label_of(block.text)
        offset = number.end if number else 0
        task = _listed_task(paper, block, offset)
        if block.index in paper.openings or task is None:
            break
        found.append(task)
    return found


def _listed_task(paper: Paper, block: Block, offset: int) -> Task | None:
    text = block.text[offset:]
    led, behind = (
        rules.OWNER_THEN_TASK.match(text) or rules.GIVEN_THEN_TASK.match(text),
        rules.TASK_THEN_OWNER.match(text),
    )
    if not (led or behind or rules.TO_DO.match(text)):
        return None
    end = behind.end("task") if behind else len(text)
    owner = led.group("owner") if led else behind.group("owner") if behind else None
    return task_of(paper, block.index, (block.start + offset, block.start + offset + end), "explicit", owner)


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
        span = (block.start + chosen[0], block.start + chosen[1])
        yield task_of(paper, block.index, span, "explicit", owners.group("owner"))


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
            owner = owner or doer_of(paper, block.text[start:end])
            yield task_of(paper, block.index, (block.start + start, block.start + end), "explicit", owner)
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
    names = [shape for part in parts_of(owner or "") for shape in shapes_of(paper, part)]
    own = [span for span in stating if any(name in text[slice(*span)] for name in names)]
    return (own or stating)[-1] if stating else None
