"""Dates as council websites write them: on pages, in links, in the names of files."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date

_MONTHS = {name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name}
_MONTHS |= {"sept": 9}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_GAP = r"(?:\s*,\s*|[\s._-]+)"

# Each with examples, those that can be mistaken for another later.
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-_./](?P<month>\d{2})[-_./](?P<day>\d{2})(?!\d)",  # 2026-02-09
        rf"{_DAY}(?:\s+of)?{_GAP}{_MONTH}{_GAP}(?P<year>\d{{4}}|\d{{2}})(?!\d)",  # Monday, 9th February, 2026; 9-Feb-26
        rf"\b{_MONTH}{_GAP}{_DAY}{_GAP}(?P<year>\d{{4}})(?!\d)",  # February 9th, 2026
        r"(?<!\d)(?P<day>\d{1,2})[-_./](?P<month>\d{1,2})[-_./](?P<year>\d{4}|\d{2})(?!\d)",  # 09/02/2026, 9.2.26
        r"(?<!\d)(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",  # 20260209
        r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>20\d{2})(?!\d)",  # 09022026
    )
]
_WITHOUT_YEAR = re.compile(rf"{_DAY}(?:\s+of)?{_GAP}{_MONTH}\b", re.IGNORECASE)  # Monday, 9 February


def find_date(text: str, year: int | None = None) -> date | None:
    """The first date in a text; None if there is none. Where the text names no year, `year` is meant, if given.

    >>> find_date("Minutes of 9th February, 2026")
    datetime.date(2026, 2, 9)
    """
    for form in _FORMS:
        for found in form.finditer(text):
            if day := _date(found["day"], found["month"], int(found["year"])):
                return day
    found_day = _WITHOUT_YEAR.search(text) if year else None
    return _date(found_day["day"], found_day["month"], year or 0) if found_day else None


def _date(day: str, month: str, year: int) -> date | None:
    """The date, if there is such a day; a year of two digits is of this century."""
    try:
        return date(year + 2000 if year < 100 else year, _MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
