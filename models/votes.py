"""Recorded votes by the website's own list, beside what the minutes print of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from minutebook.models.base import Base, Id, Object
from minutebook.models.writing import Row

SIDES = {
    "for": ("for", "aye", "yes", "in favour"),
    "against": ("against", "no", "noe", "nay"),
    "abstain": ("abstain", "abstained", "abstention", "abstentions"),
}


class RecordedVote(Base):
    """One vote by name; `votes` lists name, vote as printed and the website's number of the member."""

    __tablename__ = "recorded_votes"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    title: Mapped[str]
    item: Mapped[str | None]
    outcome: Mapped[str | None]
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    votes_abstain: Mapped[int]
    votes: Mapped[Object]


def vote_columns(vote: Mapping[str, Any]) -> Row:
    """The columns that a vote fills, a `crawlers.items.RecordedVote` as a dictionary; the sides are counted."""
    printed = [cast["vote"].casefold() for cast in vote["votes"]]
    counts = {f"votes_{side}": sum(word in words for word in printed) for side, words in SIDES.items()}
    return {name: vote[name] for name in ("title", "item", "outcome", "votes")} | counts
