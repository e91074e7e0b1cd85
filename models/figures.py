"""Figures: counted rows laid out by year and value, for a chart and for the table beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

MOST_SERIES = 5  # values told apart; the rarer ones are counted together
OTHERS = "Others"

Counted = Iterable[tuple[int | None, str | None, int]]


def figures(counted: Counted, address: Callable[[Mapping[str, Any]], str], value_column: str) -> dict[str, Any]:
    """`years`, and `series` with `name` and, for each year, `number` and `href` of the rows, or null.

    `counted` gives year, value and number; what has no year is left out. `address` makes the address of the rows of
    such values of their columns as `year` and `value_column`. The commonest value comes first.

    >>> figures([(2025, "carried", 3), (2026, "lost", 1)], lambda chosen: f"?{chosen['year']}", "outcome")["years"]
    [2025, 2026]
    """
    table: dict[str, dict[int, int]] = {}
    for year, value, number in counted:
        if year is not None and number:
            by_year = table.setdefault(value or "", {})
            by_year[year] = by_year.get(year, 0) + number
    kept = sorted(table, key=lambda value: (-sum(table[value].values()), value))
    years = sorted({year for by_year in table.values() for year in by_year})
    series = []
    for value in kept[:MOST_SERIES]:
        cells = [_cell(table[value].get(year), address({value_column: value, "year": year})) for year in years]
        series.append({"name": in_words(value), "cells": cells})
    if rest := kept[MOST_SERIES:]:
        numbers = [sum(table[value].get(year, 0) for value in rest) for year in years]
        cells = [_cell(number, address({"year": year})) for year, number in zip(years, numbers, strict=True)]
        series.append({"name": OTHERS, "cells": cells})
    return {"years": years, "series": series}


def in_words(value: str) -> str:
    """A value such as `in_attendance` as people write it.

    >>> in_words("in_attendance")
    'In attendance'
    """
    return value.replace("_", " ").capitalize() or "Not said"


def _cell(number: int | None, href: str) -> dict[str, Any] | None:
    return {"number": number, "href": href} if number else None
