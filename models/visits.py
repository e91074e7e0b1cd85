"""Visits: what each run asked of each authority and committee, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ForeignKey, Integer, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.base import Base, Object
from minutebook.models.writing import transaction


class Visit(Base):
    """One committee in one run; `committee` is its name, empty for what the authority's own pages cost.

    Meetings: `listed` by the site, of them `loaded`, with so many `documents` to be had. Answers: `fetched` whole.
    Pages and documents: `new` in their bytes or `unchanged`. `failed` is everything that came to nothing, `blocked`
    what was not asked for, since the site refuses us or has cost its bounds. `statuses` counts answers by HTTP status;
    `bytes` are those of their bodies as sent. `sweep` tells a visit to everything from one to what is near today.
    """

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    authority: Mapped[str] = mapped_column(index=True)
    committee: Mapped[str]
    sweep: Mapped[bool]
    listed: Mapped[int]
    loaded: Mapped[int]
    documents: Mapped[int]
    fetched: Mapped[int]
    unchanged: Mapped[int]
    new: Mapped[int]
    failed: Mapped[int]
    blocked: Mapped[int]
    requests: Mapped[int]
    bytes: Mapped[int]
    statuses: Mapped[Object]


def record_visits(session: Session, run_id: int, visits: Iterable[Mapping[str, Any]]) -> None:
    """Store the visits of a run, each a `crawlers.report.Visit` as a dictionary."""
    rows = [{"run_id": run_id, **visit} for visit in visits]
    with transaction(session):
        if rows:
            session.execute(insert(Visit), rows)
