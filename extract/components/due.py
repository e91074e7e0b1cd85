"""When a task is due: the phrase as printed, and the day it means where the paper tells (minutes-grammar 5.6)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

from dateutil.relativedelta import relativedelta

from minutebook.extract.components.outline import MONTHS, iso_date
from minutebook.extract.paper import Paper
from minutebook.extract.patterns import Match
from minutebook.extract.rules import dues as rules
from minutebook.extract.rules import layout

# How far a date stands from the words that announce the next meeting, in characters.
NEAR = 160


def due_phrase(text: str, owner: str | None = None) -> str | None:
    """The first phrase behind the owner's undertaking that says when the task is due, else the first of all."""
    doing = rules.UNDERTAKES.search(text, max(0, text.find(owner)) if owner else 0)
    behind = text[doing.start() :] if doing else text
    for part, tables in ((behind, (*rules.DUE, rules.ON_A_DAY)), (text, rules.DUE)):
        found = [match for rule in tables if (match := rule.search(part))]
        if found:
            return min(found, key=lambda match: (match.start(), -match.end())).group().strip()
    return None


def due_date(paper: Paper, phrase: str) -> str | None:
    """The ISO date that a due phrase means: printed in full, or reckoned from this meeting's date or the next one's.

    Nothing for a phrase that names no day ("in the summer", "shortly").
    """
    full = layout.DATE.search(phrase)
    if full:
        return iso_date(full)
    if rules.NEXT_MEETING.search(phrase):
        return next_meeting(paper)
    met = paper.header.get("meeting_date")
    found = _reckoned(phrase, date.fromisoformat(met)) if met else None
    return found.isoformat() if found else None


def next_meeting(paper: Paper) -> str | None:
    """The date of the next meeting, where the paper states it."""
    for block in reversed(paper.blocks):
        announced = rules.MEETS_NEXT.search(block.text)
        if announced:
            after = paper.document.text[block.start + announced.start() : block.start + announced.end() + NEAR]
            match = layout.DATE.search(after)
            return iso_date(match) if match else None
    return None


def _reckoned(phrase: str, met: date) -> date | None:
    """The day of a phrase without a year, counted from the day of the meeting; nothing past the end of time."""
    for pattern, reckon in RECKONINGS:
        match = pattern.search(phrase)
        if match:
            try:
                return reckon(match, met)
            except (ValueError, OverflowError):
                return None
    return None


def _short(match: Match, _: date) -> date:
    year = int(match.group("year"))
    return date(year if year > 99 else 2000 + year, int(match.group("month")), int(match.group("day")))


def _end_of_month(match: Match, met: date) -> date:
    month = _month(match.group("month"))
    year = int(match.group("year") or (met.year if month >= met.month else met.year + 1))
    return date(year, month, monthrange(year, month)[1])


def _day_of_month(match: Match, met: date) -> date:
    day, month = int(match.group("day") or match.group("day2")), _month(match.group("month") or match.group("month2"))
    this_year = date(met.year, month, day)
    return this_year if this_year >= met else date(min(met.year + 1, MAXYEAR), month, day)


def _weekday(match: Match, met: date) -> date:
    wanted = rules.WEEKDAYS.index(match.group("day").lower())
    return met + timedelta(days=(wanted - met.weekday() - 1) % 7 + 1)


def _after(match: Match, met: date) -> date | None:
    """So many days, weeks or months on; working days depend on holidays, and are left to people."""
    printed = match.group("number").lower()
    number = int(printed) if printed.isdigit() else rules.NUMBERS.get(printed)
    if number is None or match.group("working"):
        return None
    later: date = met + relativedelta(**{f"{match.group('unit').lower()}s": number})
    return later


def _month(name: str) -> int:
    return MONTHS.index(re.sub(r"\W", "", name)[:3].lower()) + 1


# Tried in this order; the first that is found in the phrase reckons.
RECKONINGS = (
    (rules.SHORT_DATE, _short),
    (rules.END_OF, _end_of_month),
    (rules.DAY_OF_MONTH, _day_of_month),
    (rules.WEEKDAY, _weekday),
    (rules.AMOUNT, _after),
)
