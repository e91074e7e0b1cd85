"""How values are worded on our pages: dates as people in Britain write them, numbers with their thousands."""

from datetime import date
from typing import Any

from datasette import hookimpl
from jinja2 import Environment


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


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add both as filters."""
    env.filters |= {"uk_date": uk_date, "thousands": thousands}
