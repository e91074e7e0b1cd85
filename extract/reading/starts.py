"""The pages on which a paper seems to begin, by what is printed at their top: stamps, and the heads of papers.

A stamp is what a committee system prints at the top right when it puts papers together into a pack: ModernGov "Public
Document Pack" on the first page and "Agenda Item 5" on the first of each paper, others "Item No. 5" or "Appendix A".
It is none of the paper's words. At the left or in the middle the same words are a heading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minutebook.extract.document import Start
from minutebook.extract.reading.geometry import Line
from minutebook.extract.rules import first, layout, packs

# Stamps stand in the first lines of a page, and begin right of this share of its width.
STAMP_LINES = 4
RIGHT_FROM = 0.55
# A paper's head stands in the first lines of a page; the title of minutes in the first few of them.
HEAD_LINES = 12
TITLE_LINES = 5
# In so many characters a front sheet says what it is.
OPENING = 6000


def without_stamps(pages: list[list[Line]]) -> tuple[list[list[Line]], list[Start]]:
    """The pages without their stamps, and a start where the stamp is another than before: some stand on every page."""
    rest: list[list[Line]] = []
    starts: list[Start] = []
    before = ""
    for number, lines in enumerate(pages, 1):
        stamp, kept = _unstamped(lines)
        rest.append(kept)
        if stamp and stamp != before:
            starts.append(_stamped(number, stamp))
            before = stamp
    return rest, starts


def _unstamped(lines: list[Line]) -> tuple[str, list[Line]]:
    """The stamp of a page and its other lines; a page that holds nothing else keeps its lines."""
    edge = max((line.x1 for line in lines), default=0.0)
    stamps: list[str] = []
    rest = [_without(line, RIGHT_FROM * edge, stamps) for line in lines[:STAMP_LINES]] + lines[STAMP_LINES:]
    return " ".join(stamps), [line for line in rest if line] or lines


def _without(line: Line, from_x: float, stamps: list[str]) -> Line | None:
    """The line without its last stretch if that is a stamp, which is added to `stamps`; nothing if all of it is one."""
    stretches = line.stretches()
    last = stretches[-1]
    text = " ".join(word.text for word in last)
    wording = packs.STAMP_BESIDE if len(stretches) > 1 else packs.STAMP
    if last[0].x0 < from_x or not wording.fullmatch(text):
        return line
    stamps.append(text)
    return Line(line.words[: -len(last)]) if len(stretches) > 1 else None


def _stamped(page: int, stamp: str) -> Start:
    item, appendix = packs.ITEM_STAMP.search(stamp), packs.APPENDIX_STAMP.search(stamp)
    number = item and (item.group("item") or item.group("item2"))
    if appendix:
        return Start(page, "stamp", number, appendix.group(), "appendix")
    return Start(page, "stamp", number, None if item else stamp)


def headed(pages: Iterable[list[Line]]) -> Iterator[Start]:
    """A start for each page that begins as minutes, a report or an appendix does; some go on under the same line.

    A list of those present begins minutes too: taking too much for minutes costs no row.
    """
    before = ""
    for number, lines in enumerate(pages, 1):
        head = [line.text for line in lines[:HEAD_LINES]]
        appendix = packs.APPENDIX_HEAD.search(head[0]) if head else None
        if appendix and appendix.group() != before:
            before = appendix.group()
            yield Start(number, "title", None, before, "appendix")
        elif titles_minutes(head) or packs.PRESENT_HEAD.search("\n".join(head)):
            yield Start(number, "title", kind="minutes")
        elif _heads_report(head):
            yield Start(number, "title", kind="report")


def titles_minutes(head: list[str]) -> bool:
    """Whether the first lines of a page are the title of minutes, with the date of their meeting."""
    title = packs.MINUTES_HEAD.search("\n".join(head[:TITLE_LINES]))
    return bool(title and layout.DATE.search("\n".join(head[:HEAD_LINES])))


def _heads_report(head: list[str]) -> bool:
    """Whether a line says that it is a report, and another is a field of its title block."""
    heads = [bool(packs.REPORT_HEAD.search(line)) for line in head]
    return any(heads) and sum(heads) + sum(bool(packs.REPORT_FIELD.search(line)) for line in head) > 1


def openings(pages: list[list[Line]], starts: Iterable[Start]) -> set[int]:
    """The pages, as indexes, whose first lines are a title, and no furniture though others have them too.

    Of bookmarks and heads this is only sure behind the front sheet of a pack; others have them for their chapters.
    """
    fronted = bool(pages) and is_front("\n".join(line.text for line in pages[0]))
    return {start.page - 1 for start in starts if start.page > 1 and (fronted or start.found_by == "stamp")}


def is_front(text: str) -> bool:
    """Whether pages of this text are an agenda, the front sheet of a pack, and not the beginning of minutes."""
    found = first(layout.KINDS, text[:OPENING])
    if found and found[0].value == "agenda":
        return True
    return bool(packs.FRONT.search(text)) and not packs.MINUTED.search(text)
