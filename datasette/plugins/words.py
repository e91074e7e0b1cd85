"""How values are worded on our pages: dates as people in Britain write them, numbers with their thousands, sums."""

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


def pounds(value: float | None) -> str:
    """A sum of money; pence only where there are any.

    >>> pounds(1200000.0), pounds(42.5)
    ('£1,200,000', '£42.50')
    """
    return "" if value is None else f"£{value:,.2f}".removesuffix(".00")


@hookimpl
def render_cell(value: Any, column: str, database: str) -> str | None:
    """Sums of money in every table."""
    return pounds(value) if (database, column) == ("minutebook", "amount") and isinstance(value, float) else None


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add them as filters."""
    env.filters |= {"uk_date": uk_date, "thousands": thousands, "pounds": pounds}
