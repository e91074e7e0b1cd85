"""Dates and times of day as ModernGov prints them, in English and in Welsh."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ],
        start=1,
    )
    for name in names.split()
}

# Thursday, 12th February, 2026 6.30 pm; Thursday, 26 January 2017 2.00 p.m.; Dydd Iau, 12fed Chwefror, 2026 6.30 pm
_WHEN = re.compile(
    r"(?:\b(?:\w+day|dydd \w+),?\s+)?\b(\d{1,2})(?:st|nd|rd|th|af|ail|il|ydd|fed|eg|ain)?[\s-]+"
    rf"({'|'.join(MONTHS)}),?[\s-]+(\d{{4}})\b(?:,?\s+(\d{{1,2}}[.:]\d{{2}}(?:\s*[ap]\.?\s*m\b\.?)?))?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b(?:,?\s+(\d{1,2}[.:]\d{2}(?:\s*[ap]\.?\s*m\b\.?)?))?")
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:([ap])\.?\s*m)?", re.IGNORECASE)


@dataclass
class When:
    """A day and the time of day (`18:30`) printed with it, and what stands before and after them."""

    date: date
    time: str | None
    before: str
    after: str


def find_when(text: str) -> When | None:
    """The last date in a text; None if there is none, or one that never was."""
    found = [*_WHEN.finditer(text)] or [*_NUMERIC.finditer(text)]
    if not found:
        return None
    day, month, year, time = found[-1].groups()
    try:
        on = date(int(year), MONTHS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None
    return When(on, clock_time(time), text[: found[-1].start()], text[found[-1].end() :])


def clock_time(text: str | None) -> str | None:
    """`6.30 pm` as `18:30`; None if it is no time of day."""
    found = _TIME.match(text or "")
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
