"""What was decided, by invented papers in the forms that councils print: leads, motions, votes, outcomes (minutes-grammar 3)."""

from pathlib import Path

import pytest

from minutebook.extract.language import read_paper
from minutebook.extract.paper import Decision
from minutebook.extract.reading import read

HEAD = "ORME PARISH COUNCIL\n\nMinutes of the meeting of Orme Parish Council held on 4 March 2019\n\n1. Welcome\n\n"
# Parts of papers and what is decided in them: outcome | words | mover | seconder | vote and > whom it is addressed to.
PARTS = (Path(__file__).parent / "decisions.txt").read_text(encoding="utf-8").split("\n=====\n")


@pytest.mark.parametrize("part", PARTS, ids=[part.split("\n")[0][:60] for part in PARTS])
def test_decisions_of_a_paper(part: str) -> None:
    """Each decision is found once, with its outcome, its movers and its vote."""
    printed, wanted = part.split("\n", 1)[1].split("\n--\n")
    decisions = read_paper(read((HEAD + printed).encode(), "minutes.txt")).decisions
    assert wanted.strip().splitlines() == [row(decision) for decision in decisions]


def row(found: Decision) -> str:
    """A decision as `decisions.txt` writes it."""
    addressed = f">{found.addressed_to}" if found.addressed_to else ""
    fields = (found.outcome, found.text, found.mover, found.seconder, told(found.vote) + addressed)
    return "|".join(field or "" for field in fields).rstrip("|")


def told(vote: dict[str, object] | None) -> str:
    """A vote as `decisions.txt` writes it: the count, and the manner."""
    vote = vote or {}
    count = "-".join(str(vote[side]) for side in ("for", "against", "abstain") if vote.get(side) is not None)
    return f"{count} {vote.get('manner') or ''}".strip()
