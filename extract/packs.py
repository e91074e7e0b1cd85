"""Packs: one file of many papers, each read by itself, so that no paper's words count as another's.

A pack is printed before its meeting: the agenda as a front sheet, the minutes of the last meeting, reports with their
appendices. So nobody attended and nothing was resolved in it. It gives the header and the items of its front sheet, and
what its reports propose. Minutes are of another meeting: they are listed among its parts with the committee and date of
that meeting and with what they record. Appendices are listed and no more. A file that opens with minutes is no pack,
whatever is attached to it.

Where a paper begins is told by bookmarks, else by stamps, else by the heads of the papers themselves; in a paper
that was found by its bookmark or stamp, a further head begins something attached to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from minutebook.extract import sniff
from minutebook.extract.components.outline import kind_of, outline
from minutebook.extract.document import Document, Notice, Start
from minutebook.extract.facts import Part
from minutebook.extract.language import read_paper
from minutebook.extract.output import record_of
from minutebook.extract.paper import Business, Decision, Interest, Paper, Person, Task, Voice
from minutebook.extract.reading.starts import HEAD_LINES, is_front, titles_minutes
from minutebook.extract.rules import packs as rules

# What tells that papers are bound behind an agenda.
CARRIED = ("minutes", "report")
# On how many pages the front sheet may list the papers.
FRONT_PAGES = 10
NOT_SPLIT = "The papers of this pack could not be told apart, so nothing was read in it. Read its papers one by one."

Found = TypeVar("Found", Decision, Task, Person, Voice, Interest, Business)


def read_pack(document: Document) -> Paper | None:
    """The facts of a pack; null where the document is no pack, and is to be read as one paper."""
    if document.media_type != sniff.PDF:
        return None
    if starts := _papers(document):
        return _put_together(document, starts)
    if not _is_unsplit(document):
        return None
    document.notices.append(Notice("pack_not_split", NOT_SPLIT))
    return _fronted(document, read_paper(document.part(1, 1)))


def _papers(document: Document) -> list[Start]:
    """Where the papers of a pack begin, the first on page 1; none if it is no pack or nothing tells them apart."""
    for found_by in ("bookmark", "stamp", "title"):
        source = [start for start in document.starts if start.found_by == found_by]
        later = [start for start in source if start.page > 1]
        if any(start.kind != "appendix" for start in later) and _splits_a_pack(document, later):
            first = min(start.page for start in later)
            others = [start for start in document.starts if start.page > first and start.kind]
            return _one_each([*source, *map(_attached, others), Start(1, later[0].found_by)])
    return []


def _attached(start: Start) -> Start:
    """A start that the source does not have: a second report in one paper is attached to the first."""
    return replace(start, kind="appendix") if start.kind == "report" else start


def _one_each(starts: Iterable[Start]) -> list[Start]:
    """The first start of each page, in the order of the pages."""
    found: dict[int, Start] = {}
    for start in starts:
        found.setdefault(start.page, start)
    return [found[page] for page in sorted(found)]


def _splits_a_pack(document: Document, later: list[Start]) -> bool:
    """Whether these are papers behind a front sheet; without one, only stamps of two items tell a pack.

    The chapters of a report and the headings of an agenda have bookmarks too, but no minutes or reports among them.
    """
    stamped = later[0].found_by == "stamp"
    if not (_is_front(document, 1) or _is_front(document, later[0].page - 1)):
        numbers = {start.number for start in document.starts if start.found_by == "stamp" and start.number}
        return stamped and len(numbers) > 1
    return stamped or any(kind_of(paper) in CARRIED for _, paper in _stretches(document, _one_each(later)))


def _is_front(document: Document, last: int) -> bool:
    """Whether the pages up to `last` are the front sheet of a pack; one without an agenda has a stamp that says so."""
    text = document.part(1, last).text
    return is_front(text) or (_is_marked(document) and not rules.MINUTED.search(text))


def _is_marked(document: Document) -> bool:
    return any(start.page == 1 and rules.PACK.search(start.title or "") for start in document.starts)


def _is_unsplit(document: Document) -> bool:
    """Whether a file that opens with a front sheet holds papers too: it lists their pages, and has as many."""
    if len(document.pages) < 2 or not _is_front(document, 1):
        return False
    text = "\n".join(page.text for page in document.pages[:FRONT_PAGES])
    listed = {page for first, last in rules.PAGES.findall(text) for page in range(int(first), int(last or first) + 1)}
    return len(listed) < len(document.pages) if listed else _is_marked(document)


def _stretches(document: Document, starts: Iterable[Start]) -> Iterator[tuple[Start, Document]]:
    """The papers that begin at the starts, one after another: a large pack is not held in memory twice."""
    for start, after in pairwise([*starts, Start(len(document.pages) + 1, "title")]):
        yield start, document.part(start.page, after.page - 1)


def _put_together(document: Document, starts: list[Start]) -> Paper:
    """The facts of the front sheet and of the reports, each read by itself."""
    last = starts[1].page - 1
    fronted = _is_front(document, 1) or _is_front(document, last)
    pack = _fronted(document, read_paper(document.part(1, last))) if fronted else Paper(document, "pack")
    for start, stretch in _stretches(document, starts):
        paper = Paper(stretch)
        outline(paper)
        part = _part(pack, start, paper)
        pack.parts.append(part)
        if part.kind == "report":
            _add_proposals(pack, read_paper(stretch), part)
        elif part.kind == "minutes" and part.meeting_date:
            part.minutes = record_of(_in_pack(pack, read_paper(stretch), part))
    return pack


def _fronted(document: Document, front: Paper) -> Paper:
    """A pack with the header and the items of its front sheet, with which the file begins."""
    items = [replace(item, title=rules.PAGES.sub("", item.title).strip()) for item in front.business]
    return Paper(document, "pack", header=front.header, business=items)


def _part(pack: Paper, start: Start, paper: Paper) -> Part:
    """A part of the pack, with the meeting it belongs to: minutes to the one in their title, all else to the pack's."""
    kind = "appendix" if start.kind == "appendix" else paper.kind
    if not pack.parts and pack.header:
        kind = "agenda"
    meeting = pack.header if kind != "minutes" else _minuted(pack, paper)
    listed = next((item.title for item in pack.business if start.number and _bare(item.number) == start.number), None)
    title = start.title or listed or paper.header["title"]
    return Part(
        number=_number(pack, start, title),
        title=title,
        kind=kind,
        first_page=start.page,
        last_page=paper.document.pages[-1].number,
        found_by=start.found_by,
        committee=meeting.get("committee"),
        meeting_date=meeting.get("meeting_date"),
    )


def _minuted(pack: Paper, minutes: Paper) -> dict[str, str | None]:
    """The header of minutes that name their meeting; a date that is the pack's own is that of a running header."""
    named = titles_minutes(minutes.document.text.split("\n", HEAD_LINES)[:HEAD_LINES])
    own = minutes.header["meeting_date"] != pack.header.get("meeting_date")
    return minutes.header if named and own else {}


def _number(pack: Paper, start: Start, title: str | None) -> str | None:
    """The number of the item: the start's, that of the item of this title, or that of the paper it is attached to."""
    if start.number:
        return start.number
    for item in pack.business:
        if title and item.title.casefold() == title.casefold():
            return _bare(item.number)
    attached = pack.parts and (start.kind == "appendix" or start.found_by != pack.parts[0].found_by)
    return pack.parts[-1].number if attached else None


def _bare(number: str | None) -> str | None:
    return number.rstrip(".:") if number else None


def _add_proposals(pack: Paper, report: Paper, part: Part) -> None:
    """Add what a report recommends and asks for to the pack, under the number of its item."""
    offset = pack.document.pages[part.first_page - 1].start
    pack.decisions += [replace(_moved(found, offset), item=part.number) for found in report.decisions]
    pack.tasks += [replace(_moved(found, offset), item=part.number) for found in report.tasks]


def _in_pack(pack: Paper, minutes: Paper, part: Part) -> Paper:
    """Minutes, with the places of their facts counted in the file."""
    offset = pack.document.pages[part.first_page - 1].start
    return replace(
        minutes,
        document=pack.document,
        business=[_moved(found, offset) for found in minutes.business],
        people=[_moved(found, offset) for found in minutes.people],
        voices=[_moved(found, offset) for found in minutes.voices],
        decisions=[_moved(found, offset) for found in minutes.decisions],
        tasks=[_moved(found, offset) for found in minutes.tasks],
        interests=[_moved(found, offset) for found in minutes.interests],
    )


def _moved(found: Found, offset: int) -> Found:
    """A fact of a part as one of the file."""
    return replace(found, spans=[(start + offset, end + offset) for start, end in found.spans])
