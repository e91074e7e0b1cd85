"""Tables of actions whose header names their columns, ruled or not: "Who | What | Status" (minutes-grammar 5.2)."""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.extract.components.clauses import inline
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Task, task_of
from minutebook.extract.patterns import Pattern
from minutebook.extract.rules import actions as rules
from minutebook.extract.rules import first, reports

# How many blocks above a table its heading may stand.
HEADING_ABOVE = 2


def follow_ups(paper: Paper) -> Iterator[Task]:
    """The tasks of each such table; one of what became of earlier tasks gives none, but in a log of them."""
    if paper.kind == "report":  # an action plan put to a body is no action of it; what a reply promises is
        yield from (task for block in paper.blocks for task in _promised(paper, block))
        return
    for block in paper.blocks:
        columns = columns_of(tuple(block.cells)) if block.kind == "row" else {}
        if {"owner", "task"} <= set(columns) and block.index not in paper.listed:
            told = any(rules.DISCUSSION.search(title) for title in block.cells)
            rows = list(_rows_of_minutes(paper, block, columns["task"]) if told else _rows_below(paper, block))
            paper.listed.update(row.index for row in rows)
            if paper.kind == "action_log" or not _is_review(paper, block):
                found = _tasks(paper, rows, columns, len(block.cells))
                yield from (task for task in found if paper.kind == "action_log" or not is_done(task.state))


def _promised(paper: Paper, block: Block) -> Iterator[Task]:
    """What somebody who replies to a recommendation will do, in the row of both."""
    cells, titles = block.cells, block.header
    columns = columns_of(titles) if block.kind == "row" and len(titles) == len(cells) and tuple(cells) != titles else {}
    replies = all(any(map(rule.search, titles)) for rule in (reports.RECOMMENDATION_COLUMN, reports.REPLY_COLUMN))
    if not replies or "task" not in columns or not {"owner", "due"} & set(columns):
        return
    text = cells[columns["task"]]
    refused = any(reply and reply[0].value == "rejected" for cell in cells if (reply := first(reports.REPLIES, cell)))
    if refused or rules.EMPTY.match(text) or not rules.WORDED.search(text):
        return
    start = block.start + block.cell_at(columns["task"])
    listed = [(clause.start, clause.end) for clause in inline(text, start, block.index)] or [(start, start + len(text))]
    owners = _each(cells, columns.get("owner"), rules.OWNER_BY_INITIAL, len(listed))
    days = _each(cells, columns.get("due"), rules.MONTH_AND_YEAR, len(listed))
    for span, owner, due in zip(listed, owners, days, strict=True):
        task = task_of(paper, block.index, span, "explicit", owner)
        task.due = due
        yield task


def _each(cells: list[str], place: int | None, part: Pattern, number: int) -> list[str | None]:
    """What a cell holds for each of so many tasks: as many parts, or the whole for all; nothing for a dash."""
    text = cells[place].strip(" -–") if place is not None else ""
    parts = [match.group() for match in part.finditer(text)]
    return [*parts] if len(parts) == number > 1 else [text or None] * number


def columns_of(titles: tuple[str, ...]) -> dict[str, int]:
    """The columns by what they are for: `task`, `owner`, `due`, `state`."""
    found: dict[str, int] = {}
    for place, title in enumerate(titles):
        for name, pattern in rules.COLUMNS.items():
            if pattern.match(title.strip()):
                found.setdefault(name, place)
    behind = enumerate(titles[found["owner"] + 1 :], found["owner"] + 1) if {"owner", "task"} <= set(found) else ()
    later = next((place for place, title in behind if rules.DUE_BEHIND_OWNER.match(title.strip())), None)
    if later is not None:
        found.setdefault("due", later)
    status = next((place for place, title in enumerate(titles) if rules.STATUS.match(title.strip())), None)
    if status is not None:  # beside a column of updates, it says whether the task is done
        found["state"] = status
    return found


def state_of(cell: str) -> str | None:
    """The state with which the cell of a task's progress begins; or "closed", if it ends so."""
    match = rules.STATED.match(cell)
    return match.group("state").lower() if match else "closed" if rules.TO_CLOSE.search(cell) else None


def is_done(state: str | None) -> bool:
    """Whether nothing is left to do: minutes that print such a row look back on an earlier task."""
    return state in rules.DONE


def _is_review(paper: Paper, header: Block) -> bool:
    above = paper.blocks[max(0, header.index - HEADING_ABOVE) : header.index]
    return any(rules.REVIEW.search(block.text) for block in above)


def _rows_below(paper: Paper, header: Block) -> Iterator[Block]:
    """The blocks of a table: down to a heading, an item, or another table's header."""
    for block in paper.blocks[header.index + 1 :]:
        # the number of a row is no number of an item
        opens = block.index in paper.openings and len(block.cells) != len(header.cells)
        if block.kind == "heading" or opens or len(columns_of(tuple(block.cells))) > 1:
            return
        if rules.END_OF_PAPER.search(block.text) or any(map(reports.RECOMMENDATION_COLUMN.search, block.cells)):
            return
        yield block


def _rows_of_minutes(paper: Paper, header: Block, task: int) -> Iterator[Block]:
    """The rows of minutes that are all one table and have something in their column of tasks. Headings, and what a page
    end tore out of the table, may stand between; a table of other columns ends it."""
    for block in paper.blocks[header.index + 1 :]:
        if block.kind == "row" and len(block.cells) == len(header.cells):
            if len(columns_of(tuple(block.cells))) > 1 or block.header not in ((), tuple(header.cells)):
                return
            if block.cells[task].strip():
                yield block


def _tasks(paper: Paper, rows: list[Block], columns: dict[str, int], width: int) -> Iterator[Task]:
    """A task a row; an owner holds for the rows below that name none, and a line that was broken goes on."""
    owner: str | None = None
    task: Task | None = None
    whole = False
    for block in rows:
        if block.kind == "margin":
            continue
        whose, start, length = _read(paper, block, columns, width)
        owner = whose or owner
        text = block.text[start : start + length]
        if rules.EMPTY.match(text) or not rules.WORD.search(text):
            continue
        if task and whose is None and (text[:1].islower() or rules.GOES_ON.search(task.text)):
            task.spans.append((block.start + start, block.start + start + length))
            task.text = f"{task.text} {text.strip()}"
            continue
        if whole and whose is None and len(block.cells) < 2:  # a line below whole rows is a heading, or no row at all
            continue
        whole = len(block.cells) == width
        if task:
            yield task
        task = task_of(paper, block.index, (block.start + start, block.start + start + length), "explicit", owner)
        _note_columns(task, block, columns, width)
    if task:
        yield task


def _read(paper: Paper, block: Block, columns: dict[str, int], width: int) -> tuple[str | None, int, int]:
    """(owner, start, length) of what a row says: by its columns, or by its shape where some of them are empty."""
    cells = block.cells
    if len(cells) == width:
        place = columns["task"]
        return cells[columns["owner"]].strip() or None, block.cell_at(place), len(cells[place])
    if len(cells) > 1 and rules.SHORT_OWNER.match(cells[0]):
        return cells[0].strip(), len(cells[0]) + 1, len(cells[1])
    given = rules.GIVEN_FIRST.match(cells[0])
    if given and all(paper.given_name_of_one(name) for name in rules.OWNER_PARTS.split(given.group("owner"))):
        return given.group("owner"), given.end(), len(cells[0]) - given.end()
    return None, 0, len(cells[0])


def _note_columns(task: Task, block: Block, columns: dict[str, int], width: int) -> None:
    """Due phrase and state, where the row has their cells."""
    if len(block.cells) != width:
        return
    if "due" in columns:
        task.due = block.cells[columns["due"]].strip(" -–") or None
    split = rules.OWNER_AND_DUE.match(task.owner_as_written or "")
    if split:
        task.owner_as_written, task.due = split.group("owner"), task.due or split.group("due")
    if "state" in columns:
        task.state = state_of(block.cells[columns["state"]])
