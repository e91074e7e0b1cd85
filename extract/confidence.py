"""How sure a fact is: how often rows found in the same way were right, on papers that were also read by hand.

The counts stand in `measured.json`, which `make accuracy` writes.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

# Below it a row is rather wrong than right, and does more harm published than left out.
LEAST_CONFIDENCE = 0.5
MEASURED = Path(__file__).with_name("measured.json")


@cache
def measured() -> dict[str, Any]:
    """What was last measured, on how many `documents` of how many `bodies`.

    `rules` has the rows right and given by family and way of finding, `tables` the scores by published table; both
    scores and numbers once more under `held_out` for the bodies that taught no rule, if there were any.
    """
    found: dict[str, Any] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return found


def confidence(family: str, how: str) -> float:
    """The share of right rows among the attendees, decisions or actions (`family`) that were found so, 0 to 1.

    One right and one wrong row are added (Laplace's rule of succession): few rows prove little, and a way of finding
    that was never counted is worth one half.
    """
    counts: dict[str, list[float]] = measured()["rules"].get(family, {})
    right, given = counts.get(how, (0, 0))
    return round((right + 1) / (given + 2), 3)
