"""Sums of money: the largest one in pounds that a text names, as a number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# What follows the figure, and what that multiplies it by.
TIMES: Mapping[str, int] = MappingProxyType(
    {
        "k": 1_000,  # "a grant of £250k"
        "thousand": 1_000,
        "m": 1_000_000,  # "a budget of £1.2m"
        "mn": 1_000_000,
        "million": 1_000_000,  # "up to £2 million be borrowed"
        "bn": 1_000_000_000,  # "a programme of £1.1bn"
        "billion": 1_000_000_000,
    }
)
FIGURE = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,6})?"  # "£1,234,567.89", "£500"
SIZE = rf"\s?(?:{'|'.join(sorted(TIMES, key=len, reverse=True))})\b"
# A range has the size once, at its end: "£10-15 million". "£25 000" may be one figure or two, and so is none.
SUM = re.compile(
    rf"£\s?(?:(?:{FIGURE})\s?(?:-|–|to)\s?(?=(?:{FIGURE}){SIZE}))?(?P<figure>{FIGURE})(?![\d,.]*\d|\s\d{{3}}\b)"
    rf"(?P<size>{SIZE})?",
    re.IGNORECASE,
)


def largest_sum(text: str | None) -> float | None:
    """The largest sum in pounds that a text names; null if it names none.

    >>> largest_sum("That £1.2m be moved from reserves, of which £300,000 to Parks.")
    1200000.0
    >>> largest_sum("That £10-15 million be sought.")
    15000000.0
    >>> largest_sum("That the 2026 budget be noted.")
    """
    found = [_pounds(match) for match in SUM.finditer(text or "")]
    return max(found, default=None)


def _pounds(match: re.Match[str]) -> float:
    size = (match["size"] or "").strip().casefold()
    return round(float(match["figure"].replace(",", "")) * TIMES.get(size, 1), 2)
