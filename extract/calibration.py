"""Whether confidence means what it says: the rows given, in bins of their confidence and by the way they were found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import mean
from typing import Any

from minutebook.extract.scoring import Judged

EDGES = (0.0, 0.6, 0.7, 0.8, 0.9, 1.0)
TABLES = ("attendees", "resolutions", "recommendations", "actions")


def reliability(rows: Sequence[Judged]) -> dict[str, list[dict[str, Any]]]:
    """For all rows and for each table the bins of confidence, `low` included: rows given, right ones, their share.

    `confidence` is the mean of those given; where it is above the share, the rows are less sure than they say.
    """
    tables = {"all": list(rows)} | {table: [row for row in rows if row.table == table] for table in TABLES}
    return {table: _bins(chosen) for table, chosen in tables.items()}


def _bins(rows: Iterable[Judged]) -> list[dict[str, Any]]:
    binned: list[list[Judged]] = [[] for _ in EDGES[1:]]
    for row in rows:
        binned[bisect_right(EDGES[1:-1], row.confidence)].append(row)
    return [
        {
            "low": low,
            "high": high,
            "rows": len(held),
            "right": sum(row.right for row in held),
            "share": mean(row.right for row in held) if held else None,
            "confidence": mean(row.confidence for row in held) if held else None,
        }
        for (low, high), held in zip(pairwise(EDGES), binned, strict=True)
    ]


def rule_counts(rows: Iterable[Judged]) -> dict[str, dict[str, list[float]]]:
    """Rows right and rows given, by family and way of finding: what confidence is made of."""
    counts: dict[str, dict[str, list[float]]] = {}
    for row in sorted(rows, key=lambda row: (row.family, row.how)):
        count = counts.setdefault(row.family, {}).setdefault(row.how, [0, 0])
        count[0] += row.right
        count[1] += 1
    return counts
