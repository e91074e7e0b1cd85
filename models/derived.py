"""Columns that are worked out as they are published: the largest sum in a text, the numbers in the report of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Dialect, Text, TypeDecorator

from minutebook.extract.sums import largest_sum


class LargestSum(TypeDecorator[float]):
    """A text read as the largest sum in pounds that it names."""

    impl = Text
    cache_ok = True

    @property
    def python_type(self) -> type[float]:
        """What it is published as."""
        return float

    def process_result_value(self, value: str | None, dialect: Dialect) -> float | None:
        """The sum, or null."""
        return largest_sum(value)


class Numbers(TypeDecorator[dict[str, int]]):
    """The counts of a run without what else its report says, for that names files and addresses."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[str, int]:
        """The numbers by what they count; of a night, how many new rows of each kind there are."""
        return numbers(value or {})


def numbers(counts: Mapping[str, Any]) -> dict[str, int]:
    """The numbers in the counts of a run; a night's are of all authorities together.

    >>> numbers({"documents": 3, "well": True})
    {'documents': 3}
    >>> numbers({"new": {"NMR": {"meetings": 2}, "KST": {"meetings": 1}}, "well": True})
    {'meetings': 3}
    """
    found: dict[str, int] = {}
    for kinds in [*counts.get("new", {}).values(), counts]:
        for kind, number in kinds.items():
            if isinstance(number, int) and not isinstance(number, bool):
                found[kind] = found.get(kind, 0) + number
    return found
