"""Resolutions and recommendations: what was decided, and what somebody was advised to do."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from minutebook.models.base import Base, Object
from minutebook.models.facts import Fact


class Decision(Fact):
    """One clause with its outcome. `ref` is its printed label, `item` the printed number of its item of business.

    `exempt` says that the press and public were shut out.
    """

    text: Mapped[str]
    outcome: Mapped[str]
    procedural: Mapped[bool]
    ref: Mapped[str | None]
    item: Mapped[str | None]
    item_title: Mapped[str | None]
    mover: Mapped[str | None]
    seconder: Mapped[str | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_abstain: Mapped[int | None]
    vote_manner: Mapped[str | None]
    named_votes: Mapped[Object | None]
    addressed_to: Mapped[str | None]
    exempt: Mapped[bool | None]


class Resolution(Decision, Base):
    """A decision a meeting took."""

    __tablename__ = "resolutions"


class Recommendation(Decision, Base):
    """What a report proposes to a meeting (`outcome` proposed), or a meeting recommends to somebody."""

    __tablename__ = "recommendations"
