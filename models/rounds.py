"""What is due tonight: when each meeting was last fetched, and when everything of an authority was.

A night asks for the meetings near today, for those whose minutes are missing, and once a week for all. What a run that
was cut short has stored is not asked for again by the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.base import Base, Id, stable_id
from minutebook.models.completeness import HAS_MINUTES
from minutebook.models.delegated import DelegatedDecision
from minutebook.models.meetings import Meeting
from minutebook.models.runs import Run
from minutebook.models.votes import RecordedVote
from minutebook.models.writing import keep, transaction, upsert

# Lists that not every site has: what shows that one does, and whose it is.
RECORDS = {
    "decisions": (select(DelegatedDecision.id), DelegatedDecision.authority_id),
    "votes": (select(RecordedVote.id).join(Meeting, Meeting.id == RecordedVote.meeting_id), Meeting.authority_id),
}
SAME_NIGHT = timedelta(hours=20)  # an interrupted run of longer ago says nothing about tonight


class Fetched(Base):
    """When a meeting or a decision was last fetched whole (ISO 8601, UTC); `id` is its own."""

    __tablename__ = "fetched"

    id: Mapped[Id]
    at: Mapped[str]


class Sweep(Base):
    """The latest time that everything of an authority was asked for; it may take several nights."""

    __tablename__ = "sweeps"

    id: Mapped[Id] = mapped_column(ForeignKey("authorities.id"))
    started_at: Mapped[str]
    finished_at: Mapped[str | None]


@dataclass(frozen=True)
class Round:
    """One round of visits: what was fetched at `fresh` or later is not asked for again.

    `near` are the first and last day of meetings that are always asked for, and null if everything is. Of a `sweep`, so
    are all that were not fetched since the sweep of their authority began; else those whose minutes are missing.
    `first` is the earliest day of a meeting that the round looks at.
    """

    session: Session
    fresh: str
    near: tuple[date, date] | None = None
    first: date = date.min
    sweep: bool = False

    def due(self, kind: str, authority: str, source_id: str = "", day: date | None = None) -> bool:
        """Whether to ask for what its site lists: `crawlers.spiders.base.Due`."""
        with transaction(self.session):
            if kind == "committee":
                return self._committee_due(authority, source_id)
            if kind in RECORDS:
                return self._records_due(kind, authority)
            key = stable_id("meeting" if kind == "change" else kind, authority, source_id)
            fetched = self.session.get(Fetched, key)
            if fetched is None:
                return True
            if fetched.at >= self.fresh:
                return False
            if kind == "change":
                return day is None or fetched.at < _iso_day(day + timedelta(days=1))
            again = self.near is None or self._sweeping(authority, fetched)
            if kind == "decision":
                return again and self._decided_lately(key)
            return again or self._meeting_due(key, day or date.min)

    def _sweeping(self, authority: str, fetched: Fetched) -> bool:
        begun = self.session.get(Sweep, stable_id("authority", authority))
        return self.sweep and (begun is None or fetched.at < begun.started_at)

    def _committee_due(self, authority: str, source_id: str) -> bool:
        """One that meets no more is asked for by a sweep, and while minutes of its last meetings may be missing."""
        if self.sweep or self.near is None:
            return True
        key = stable_id("committee", authority, source_id)
        late = select(Meeting.id).where(Meeting.committee_id == key, Meeting.date >= self.first).limit(1)
        return self.session.scalar(late) is not None

    def _records_due(self, kind: str, authority: str) -> bool:
        """Not every site has them: where there were none, only a sweep looks again."""
        if self.sweep or self.near is None:
            return True
        known, owner = RECORDS[kind]
        return self.session.scalar(known.where(owner == stable_id("authority", authority)).limit(1)) is not None

    def _decided_lately(self, key: int) -> bool:
        """A decision can be called in; after that its page stays as it is."""
        decision = self.session.get(DelegatedDecision, key)
        day = (decision.published or decision.decided) if decision else None
        return day is not None and (self.near is None or self.near[0] <= day)

    def _meeting_due(self, key: int, day: date) -> bool:
        if self.near and self.near[0] <= day <= self.near[1]:
            return True
        missing = select(Meeting.id).where(Meeting.id == key, Meeting.status != "cancelled", ~HAS_MINUTES)
        return not self.sweep and self.session.scalar(missing) is not None


def note_fetched(session: Session, authority: str, source_id: str, kind: str = "meeting") -> None:
    """Note that a meeting or a decision was fetched whole, or a meeting found to be withheld, now."""
    with transaction(session):
        upsert(session, Fetched, [{"id": stable_id(kind, authority, source_id), "at": _iso(datetime.now(UTC))}])


def fresh_since(session: Session, run_id: int) -> str:
    """When the night began: now, at the start of this crawl, or with the first of those cut short right before it."""
    now = datetime.now(UTC)
    with transaction(session):
        ended = select(func.max(Run.id)).where(Run.stage == "crawl", Run.id < run_id, Run.state != "interrupted")
        last = session.scalar(ended) or 0
        begun = select(func.min(Run.started_at)).where(Run.stage == "crawl", Run.id > last, Run.id < run_id)
        return max(session.scalar(begun) or _iso(now), _iso(now - SAME_NIGHT))


def sweeps_due(session: Session, authorities: Iterable[str], days: float) -> set[str]:
    """The codes of those whose last sweep is not finished, or finished so many days ago; a new one begins now."""
    now = datetime.now(UTC)
    due = set()
    with transaction(session):
        for code in authorities:
            key = stable_id("authority", code)
            known = session.get(Sweep, key)
            if known and known.finished_at and known.finished_at > _iso(now - timedelta(days=days)):
                continue
            due.add(code)
            if known is None or known.finished_at:
                keep(session, Sweep, [{"id": key, "started_at": _iso(now), "finished_at": None}])
    return due


def end_sweep(session: Session, authority: str) -> None:
    """Note that everything of an authority was asked for."""
    with transaction(session):
        sweep = session.get(Sweep, stable_id("authority", authority))
        if sweep:
            sweep.finished_at = _iso(datetime.now(UTC))


def _iso_day(day: date) -> str:
    return _iso(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
