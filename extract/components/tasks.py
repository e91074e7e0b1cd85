"""Actions: labelled, beside the text, undertaken, or promised to nobody in particular (minutes-grammar 5)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from minutebook.extract.components.beside import beside
from minutebook.extract.components.due import due_date, due_phrase
from minutebook.extract.components.followups import follow_ups
from minutebook.extract.components.labelled import labelled
from minutebook.extract.components.owners import owners_of
from minutebook.extract.components.undertakings import undertaken
from minutebook.extract.paper import Decision, Paper, Task, overlaps

SILENT = ("agenda", "scoping", "other")
TIERS = ("explicit", "inline", "implicit")


def actions(paper: Paper) -> None:
    """Fill `paper.tasks`, in the order printed. Agendas and scoping papers ask nobody to do anything."""
    if paper.kind in SILENT:
        return
    found = list(follow_ups(paper))
    found += [task for block in paper.blocks for task in labelled(paper, block)]
    if paper.kind != "report":
        found += [task for block in paper.blocks for task in beside(paper, block)]
        decided = _decided(paper)
        found += [task for block in paper.blocks for task in undertaken(paper, block, decided.get(block.index, []))]
    kept = _apart([task for task in found if task.text])
    for task in kept:
        _complete(paper, task)
    paper.tasks = sorted(kept, key=lambda task: task.spans[0])


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


def _apart(found: list[Task]) -> list[Task]:
    """One row for one sentence: the tier that stands higher wins."""
    kept: list[Task] = []
    for task in sorted(found, key=lambda task: (TIERS.index(task.tier), task.spans[0])):
        if not overlaps(task.spans[0], [span for other in kept for span in other.spans]):
            kept.append(task)
    return kept


def _complete(paper: Paper, task: Task) -> None:
    """Owner, due phrase and date, item."""
    task.owner = owners_of(paper, task.owner_as_written) if task.tier != "implicit" else None
    task.due = task.due or due_phrase(task.text, task.owner_as_written)
    task.due_date = due_date(paper, task.due) if task.due else None
    item = paper.item_of(task.block)
    task.item = item.number if item else None
