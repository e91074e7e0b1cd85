"""Bookmarks of a PDF that lead to the top of a page: in a pack, one for each paper that was put into it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from minutebook.extract.document import Start
from minutebook.extract.reading.repair import mend
from minutebook.extract.rules import packs

MOST = 2000
LONGEST_TITLE = 200
# Chapters of a report are no papers, so deeper bookmarks are of no use here.
DEEPEST = 2
# A bookmark that leads below this share of the page's height leads to a heading in the text.
TOP = 0.75


def bookmarked(pdf: pdfium.PdfDocument) -> list[Start]:
    """A start for each bookmark of the top level, and for each below it that calls itself an appendix.

    One bookmark over all others is the title of the file, and the level below it counts. The first `MOST` bookmarks are
    read; PDFium follows no circle among them.
    """
    marks = list(_marks(pdf))
    top = min((level for level, _, _ in marks), default=0)
    top += sum(level == top for level, _, _ in marks) == 1
    return [
        _start(page, title)
        for level, page, title in marks
        if level <= top or packs.APPENDED.match(title)
    ]  # fmt: skip


def _start(page: int, title: str) -> Start:
    if packs.APPENDED.match(title):
        return Start(page, "bookmark", None, title, "appendix")
    item = packs.BOOKMARK.match(title)
    return Start(page, "bookmark", item and item.group("item"), item.group("title") if item else title)


def _marks(pdf: pdfium.PdfDocument) -> Iterator[tuple[int, int, str]]:
    """(level, page, title), in the order of the outline."""
    for mark in islice(pdf.get_toc(), MOST):
        target = mark.get_dest() if mark.level < DEEPEST else None
        index = target.get_index() if target else None
        if target is None or index is None or index >= len(pdf) or not _leads_to_top(pdf, target, index):
            continue
        if title := mend(_title(mark))[:LONGEST_TITLE]:
            yield mark.level, index + 1, title


def _title(mark: pdfium.PdfBookmark) -> str:
    try:
        return str(mark.get_title())
    except UnicodeDecodeError:
        return ""


def _leads_to_top(pdf: pdfium.PdfDocument, target: pdfium.PdfDest, index: int) -> bool:
    """Whether the target is a whole page, or a place near its upper edge; a height of 0 is one that was left out."""
    mode, place = target.get_view()
    height = place[1] if mode == raw.PDFDEST_VIEW_XYZ and len(place) > 1 else 0
    return not height or height >= TOP * pdf.get_page_size(index)[1]
