"""Who was there, as the website's own pages list it: one meeting's attendance, and each member's over a time."""

from __future__ import annotations

from lxml.html import HtmlElement

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Attendance
from minutebook.crawlers.moderngov.markup import address, cells, modgov, own_rows, text_of
from minutebook.crawlers.moderngov.urls import number_in
from minutebook.crawlers.pages import select

COLUMNS = {"role": "role", "attendance": "attendance", "party": "party", "ward": "ward", "representing": "representing"}
USUAL = ["name", "role", "attendance"]


def read_attendance(body: bytes, url: str) -> list[Attendance]:
    """Read `mgMeetingAttendance.aspx`: names, roles and words for attendance as printed.

    A meeting nobody was listed for is legitimate. Raises `SourceError` if the page is not ModernGov's, or has no table.
    """
    tables = select(modgov(body, url), "table")
    if not tables:
        raise SourceError("no_attendance", f"{url} has no table of attendance: see it in a browser")
    table = next((found for found in tables if "attendance" in found.get("summary", "").lower()), tables[0])
    names = USUAL
    lines: list[Attendance] = []
    for row in own_rows(table):
        if row.find("td") is None:
            names = _names(row)
        elif len(cells(row)) >= len(USUAL):
            lines.append(_line(cells(row), names, url))
    return [line for line in lines if line.name]


def _names(header: HtmlElement) -> list[str]:
    """What the columns hold; the first is the name, whatever it is called."""
    found = [COLUMNS.get(text_of(cell).lower(), "") for cell in cells(header)]
    return ["name", *found[1:]] if "attendance" in found else USUAL


def _line(row: list[HtmlElement], names: list[str], url: str) -> Attendance:
    name, *rest = (text_of(cell) for cell in row)
    stated = {column: text or None for column, text in zip(names[1:], rest, strict=False) if column}
    return Attendance(name, member_id=member_of(row[0], url), **stated)


def member_of(cell: HtmlElement, url: str) -> str | None:
    """The install's number for a member whose name is a link; officers and guests have none."""
    targets = (address(url, link.get("href", "")) for link in cell.iter("a"))
    return next((number_in(target, "uid") for target in targets if target), None)
