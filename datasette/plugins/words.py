"""How values and columns are worded on our pages: dates as people in Britain write them, codes as plain words, sums."""

import json
from datetime import date
from typing import Any

from datasette import hookimpl
from jinja2 import Environment

from minutebook.models.site import DATABASE, site_config

DAYS = {
    "meeting_date",
    "found_on",
    "fetched_at",
    "due_date",
    "decided",
    "published",
    "effective",
    "since",
    "first",
    "last",
}
FLAGS = {"procedural", "exempt", "expired", "left_room", "took_part", "key", "call_in"}
CODES = {
    "outcome",
    "status",
    "papers_status",
    "website_status",
    "kind",
    "vote_manner",
    "tier",
    "minutes_outcome",
    "code",
}
# Codes whose own letters say too little.
SAID = {
    "explicit": "action point",
    "inline": "undertaking",
    "implicit": "nobody named",
    "partially_accepted": "partly accepted",
}
# The least confidence, from 0 to 1, for each wording.
SURE = ((0.98, "Very sure"), (0.9, "Sure"), (0.75, "Fairly sure"), (0.0, "Not sure"))


def uk_date(value: str | None) -> str:
    """An ISO date or moment as a day in words; what is no date stays as it is.

    >>> uk_date("2026-02-12T18:30:00")
    '12 February 2026'
    """
    try:
        day = date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return str(value or "")
    return f"{day.day} {day:%B %Y}"


def thousands(value: Any) -> str:
    """A whole number with its thousands set apart.

    >>> thousands(1234567)
    '1,234,567'
    """
    return f"{int(value or 0):,}"


def plain(value: Any) -> str:
    """A code as words.

    >>> plain("in_attendance")
    'in attendance'
    """
    return SAID.get(str(value), str(value or "").replace("_", " "))


def heading(column: str) -> str:
    """A column or parameter as a heading, by `shared.headings` of datasette.yaml or by its own name.

    >>> heading("item_title")
    'Item title'
    """
    headings: dict[str, str] = site_config()["shared"]["headings"]
    return headings.get(column) or plain(column).capitalize()


def how_sure(confidence: float | None) -> str:
    """A confidence from 0 to 1 as a sentence; the website's own lists have none.

    >>> how_sure(0.93)
    'Sure: of 100 rows read in the same way, about 93 are right.'
    """
    if confidence is None:
        return "Taken from the website's own list, not from the words of a paper."
    words = next(words for least, words in SURE if confidence >= least)
    return f"{words}: of 100 rows read in the same way, about {int(100 * confidence)} are right."


def from_json(text: str | None) -> Any:
    """The value that a text holds as JSON; None if it holds none."""
    try:
        return json.loads(text or "null")
    except ValueError:
        return None


def pounds(value: float | None) -> str:
    """A sum of money; pence only where there are any.

    >>> pounds(1200000.0), pounds(42.5)
    ('£1,200,000', '£42.50')
    """
    return "" if value is None else f"£{value:,.2f}".removesuffix(".00")


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add all as filters."""
    env.filters |= {word.__name__: word for word in (uk_date, thousands, plain, heading, how_sure, from_json, pounds)}


@hookimpl(trylast=True)
def render_cell(value: Any, column: str, database: str) -> str | None:
    """Days, flags and codes in words wherever Datasette makes a table of rows."""
    if database != DATABASE or value is None:
        return None
    if column == "amount" and isinstance(value, float):
        return pounds(value)
    if column in DAYS:
        return uk_date(value)
    if column in FLAGS and value in (0, 1):
        return "yes" if value else "no"
    return plain(value) if column in CODES and value else None
