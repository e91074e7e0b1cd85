"""Actions whose owners stand beside them, in a margin or a column of a table (minutes-grammar 5.2, 8.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from minutebook.extract.components.followups import is_done, state_of
from minutebook.extract.components.owners import is_owner, parts_of, shapes_of
from minutebook.extract.components.undertakings import task_sentences
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Span, Task, overlaps, task_of
from minutebook.extract.rules import actions as rules
from minutebook.extract.rules import first, reports

FEWEST_IN_MARGIN = 2


def beside(paper: Paper, block: Block) -> Iterator[Task]:
    """The tasks of a paragraph, bullet or row that has owners beside it."""
    if block.index in paper.listed:
        return
    if block.kind == "row" and len(block.cells) > 1:
        yield from _row_tasks(paper, block)
    elif block.kind == "margin" and block.index and paper.blocks[block.index - 1].kind != "margin":
        above = paper.blocks[block.index - 1]
        stacked = [other.text for other in takewhile(lambda other: other.kind == "margin", paper.blocks[block.index :])]
        owners = [text for text in stacked if is_owner(text)]
        if owners and above.index not in paper.listed:
            yield from _owned(paper, above, (0, len(above.text)), "; ".join(owners))
    elif block.kind == "paragraph" and (behind := rules.OWNERS_AT_END.search(block.text)) and _has_margin(paper):
        yield from _owned(paper, block, (0, behind.start()), behind.group("owner"))


def _has_margin(paper: Paper) -> bool:
    """Whether a paper prints owners in its margin; one that drifts into the line is then told from a sentence."""
    return sum(block.kind == "margin" and is_owner(block.text) for block in paper.blocks) >= FEWEST_IN_MARGIN


@dataclass(frozen=True)
class Cell:
    """A cell of a row: where it stands in the row's text, and what its column is for, as far as the header says."""

    start: int
    text: str
    column: str | None

    @property
    def span(self) -> Span:
        """Start and end in the row's text."""
        return self.start, self.start + len(self.text)


def _cells(block: Block) -> list[Cell]:
    headed = block.header if len(block.header) == len(block.cells) else ("",) * len(block.cells)
    cells, at = [], 0
    for text, title in zip(block.cells, headed, strict=True):
        column = next((name for name, pattern in rules.COLUMNS.items() if pattern.match(title.strip())), None)
        cells.append(Cell(at, text, column))
        at += len(text) + 1
    return cells


def _row_tasks(paper: Paper, block: Block) -> Iterator[Task]:
    """Tasks in the cell that the header calls so, each with the owner, due date and state of its row; without such a
    cell, those of the text beside a cell of owners."""
    if _answers(block):
        return
    cells = _cells(block)
    tasks = [cell for cell in cells if _holds_tasks(cell)]
    dated = rules.OWNER_AND_DUE.match(cells[-1].text)
    owner = next((cell.text for cell in cells if cell.column in (None, "owner", "task") and is_owner(cell.text)), None)
    due = next((cell.text for cell in cells if cell.column == "due" or rules.ONLY_DATE.match(cell.text)), None)
    if dated and not owner:
        owner, due = dated.group("owner", "due")
    state = next((state for cell in cells if cell.column == "state" and (state := state_of(cell.text))), None)
    if is_done(state):
        return
    found: list[Task] = []
    if owner and (dated or is_owner(cells[-1].text)) and not any(cell.column for cell in tasks):
        found = list(_owned(paper, block, (0, cells[-1].start - 1), owner))
    if tasks and not found:
        found = [task for cell in tasks for task in _told(paper, block, cell, owner)]
    elif owner and owner != cells[0].text and due and not found:
        longest = max(cells, key=lambda cell: len(cell.text))
        found = list(_owned(paper, block, longest.span, owner))
    for task in found:
        task.due = due or None
        task.state = state
        yield task


def _answers(block: Block) -> bool:
    """Whether a row tracks a recommendation: what became of it is no task."""
    titles = [title.strip() for title in block.header]
    recommends = any(map(reports.RECOMMENDATION_COLUMN.search, titles))
    return recommends and not any(rules.COLUMNS["task"].match(title) for title in titles)


def _holds_tasks(cell: Cell) -> bool:
    """Whether a cell states tasks: its column says so, or each of its sentences has a doer who is to do something."""
    text = cell.text.strip()
    if (
        not text
        or is_owner(text)
        or rules.OWNER_AND_DUE.match(text)
        or rules.EMPTY.match(text)
        or rules.STATE.match(text)
        or rules.LABEL.match(text)
    ):
        return False
    return cell.column == "task" or bool(cell.column is None and rules.OWNER_THEN_TASK.match(text))


def _told(paper: Paper, block: Block, cell: Cell, owner: str | None) -> Iterator[Task]:
    """The tasks of a cell that holds nothing else: one for each doer who is named, else one."""
    pieces = [(cell.start + start, cell.start + end) for start, end in task_sentences(paper, cell.text)]
    doers = [rules.OWNER_THEN_TASK.match(block.text[slice(*piece)]) for piece in pieces]
    if not any(doers):
        pieces, doers = [cell.span], [None]
    for (start, end), doer in zip(pieces, doers, strict=True):
        if doer or len(pieces) == 1:
            whose = doer.group("owner") if doer else owner
            yield task_of(paper, block.index, (block.start + start, block.start + end), "explicit", whose)


def _owned(paper: Paper, block: Block, within: Span, owner: str) -> Iterator[Task]:
    """The tasks of a paragraph that has its owners beside it: one row an owner who is named with a task of his own,
    from the first to the last of them; else one row of the sentences that state a task (ruling 9)."""
    low, high = within
    text = block.text[low:high]
    spans = list(task_sentences(paper, text))
    stating = [span for span in spans if _is_future(text[slice(*span)])]
    owners: dict[Span, list[str]] = {}
    others: list[str] = []
    for part in parts_of(owner):
        own = [span for span in spans if _acts(text[slice(*span)], shapes_of(paper, part))]
        if own:
            acting = owners.setdefault((own[0][0], own[-1][1]), [])
            acting += [doer for doer in (part, *_partners(text[slice(*own[-1])], part)) if doer not in acting]
        else:
            others.append(part)
    answered = any(after in owners and rules.REQUEST.search(text[slice(*span)]) for span, after in pairwise(spans))
    free = [span for span in stating if not overlaps(span, owners) and not answered]  # what one took on, all beside owe
    if others and free:
        agreed = [span for span in free if rules.SETTLED.search(text[slice(*span)])]
        doing = [span for span in free if rules.FUTURE_DOER.match(text[slice(*span)])]
        owners[(agreed or doing or free)[-1]] = others
    elif others and len(owners) == 1:
        owners = {span: [*acting, *others] for span, acting in owners.items()}
    for (start, end), named in owners.items():
        span = (block.start + low + start, block.start + low + end)
        yield task_of(paper, block.index, span, "margin", "; ".join(named))


def _partners(sentence: str, part: str) -> list[str]:
    """Those who are named with an owner as doers of his task: "NR and RA agreed to take it on"."""
    doers = (parts_of(match.group("owner")) for match in rules.DOER.finditer(sentence))
    return next((found for found in doers if part in found), [])


def _is_future(sentence: str) -> bool:
    """Whether a sentence states something still to do, or settles what somebody must see to (rulings 3 and 12)."""
    if sentence.endswith("?") or rules.OF_THE_ONE_BEFORE.match(sentence):
        return False
    if any(rule.search(sentence) for rule in (rules.MINUTES_APPROVED, rules.ASKED, rules.ONLY_NOTED)):
        return False
    if rules.PAST.search(sentence) and not rules.DOER.search(sentence) and not rules.SETTLED.search(sentence):
        return False
    return any(rule.search(sentence) for rule in (rules.FUTURE, rules.SETTLED)) or bool(first(rules.CHARGED, sentence))


def _acts(sentence: str, names: list[str]) -> bool:
    """Whether one of these is the doer of a task in the sentence."""
    act = r"\b[^.;]{0,40}?\b(?:to|would|will|agreed|undertook|offered|should)\b"
    told = any(re.search(rf"\b{re.escape(name)}{act}", sentence) for name in names)
    return told and (not rules.PAST.search(sentence) or rules.DOER.search(sentence) is not None)
