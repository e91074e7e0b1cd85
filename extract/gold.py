"""Hand-made facts files, and the rows in which they and the extractor's facts are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from minutebook import MinutebookError
from minutebook.extract.facts import Decision, Fact, Facts

Family = Literal["attendees", "decisions", "actions"]
TALLIES = ("for", "against", "abstain", "manner")


class GoldAttendee(BaseModel):
    """A person who ought to be found."""

    name: str
    title: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    status: str
    page: int | None = None


class GoldDecision(BaseModel):
    """A resolution or recommendation that ought to be found."""

    text: str
    kind: Literal["resolution", "recommendation"]
    ref: str | None = None
    outcome: str
    procedural: bool = False
    mover: str | None = None
    seconder: str | None = None
    vote: dict[str, Any] | None = None
    addressed_to: str | None = None
    page: int | None = None


class GoldAction(BaseModel):
    """A task that ought to be found."""

    text: str
    owner: str | None = None
    due: str | None = None
    tier: Literal["explicit", "inline", "implicit"] = "explicit"
    page: int | None = None


class Mark(BaseModel):
    """A row that is tolerated, or one that must not appear."""

    field: Family
    text: str
    why: str = ""


class Gold(BaseModel):
    """The hand-made facts of one document; `file` is its name under documents/, `body` the council it belongs to."""

    file: str
    body: str
    attendees: list[GoldAttendee] = []
    decisions: list[GoldDecision] = []
    actions: list[GoldAction] = []
    tolerated: list[Mark] = []
    must_not: list[Mark] = []


@dataclass(frozen=True)
class Row:
    """One row, wanted or found: `text` is the name of an attendee, else the clause; `how` a found one was found."""

    family: Family
    text: str
    page: int | None
    fields: dict[str, Any]
    how: str = ""

    @property
    def table(self) -> str:
        """Where it stands in the facts: attendees, resolutions, recommendations or actions."""
        return f"{self.fields['kind']}s" if self.family == "decisions" else self.family

    @property
    def kind(self) -> str:
        """The class it is counted in: procedural decisions and implicit actions are classes of their own."""
        if self.family == "decisions":
            return f"{self.table}{'_procedural' if self.fields['procedural'] else ''}"
        return "actions_implicit" if self.fields.get("tier") == "implicit" else self.family


def read_gold(file: Path) -> Gold:
    """One facts file; raises MinutebookError `bad_gold` when it is not what it should be."""
    try:
        return Gold.model_validate_json(file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole file"
        raise MinutebookError("bad_gold", f"{file}: {where}: {first['msg']}. Mend the facts file.") from error


def gold_rows(gold: Gold) -> Iterator[Row]:
    """The rows that ought to be found."""
    for attendee in gold.attendees:
        yield Row("attendees", attendee.name, attendee.page, attendee.model_dump())
    for decision in gold.decisions:
        yield Row("decisions", decision.text, decision.page, decision.model_dump())
    for action in gold.actions:
        yield Row("actions", action.text, action.page, action.model_dump())


def fact_rows(facts: Facts) -> Iterator[Row]:
    """The rows that were found."""
    for attendee in facts.attendees:
        yield Row("attendees", attendee.name, _page(attendee), attendee.model_dump(), attendee.how)
    for resolution in facts.resolutions:
        yield _decision_row(resolution, "resolution")
    for recommendation in facts.recommendations:
        yield _decision_row(recommendation, "recommendation")
    for action in facts.actions:
        yield Row("actions", action.text, _page(action), action.model_dump(), action.how)


def _decision_row(decision: Decision, kind: str) -> Row:
    fields = decision.model_dump(by_alias=True) | {"kind": kind}
    if fields["vote"] and all(fields["vote"][tally] is None for tally in TALLIES):
        fields["vote"] = None
    return Row("decisions", decision.text, _page(decision), fields, decision.how)


def _page(fact: Fact) -> int:
    return fact.evidence[0].page
