"""Every fact of the invented county comes out of its papers, and nothing else does."""

from functools import cache
from pathlib import Path

import pytest

from minutebook.extract import extract_file
from minutebook.extract.evaluate import Evaluation, evaluate

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers"
LINES = ("attendees", "resolutions_all", "recommendations_all", "actions", "actions_implicit")
FIELDS = (
    "attendees.status", "attendees.title", "attendees.party", "attendees.organisation", "decisions.ref", "decisions.outcome",
    "decisions.procedural", "actions.owner", "actions.due", "actions.tier",
)  # fmt: skip


@cache
def score() -> Evaluation:
    """The county's papers, read and compared with the facts that lie beside them."""
    return evaluate(PAPERS, extract_file)


@pytest.mark.parametrize("line", LINES)
def test_every_row_is_found_and_no_other(line: str) -> None:
    """Nothing is missed and nothing is made up."""
    found = score().score(line)
    assert found.hits
    assert (0, 0) == (found.missed, found.false)


@pytest.mark.parametrize("field", FIELDS)
def test_fields_of_the_rows_are_right(field: str) -> None:
    """Labels, outcomes, owners and the like are as printed."""
    found = score().fields()[field]
    assert (0, 0) == (found.missed, found.false)


def test_no_trap_is_taken() -> None:
    """Nothing of what must not be a row is one."""
    assert [] == [row for row in score().rows() if row.verdict == "must_not"]
