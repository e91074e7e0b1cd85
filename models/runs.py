"""Runs: when each stage ran, what came of it and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, Integer, insert, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.base import Base, Object
from minutebook.models.writing import transaction

RunState = Literal["running", "finished", "failed", "interrupted"]


class Run(Base):
    """One run of one stage; a `state` of failed: some source failed or some document was set aside. Times are UTC."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stage: Mapped[str]
    state: Mapped[str]
    started_at: Mapped[str]
    finished_at: Mapped[str | None]
    counts: Mapped[Object]


class RunError(Base):
    """What went wrong in a run; `location` is the URL or file."""

    __tablename__ = "run_errors"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    authority: Mapped[str | None]
    location: Mapped[str | None]
    code: Mapped[str]
    message: Mapped[str]


def start_run(session: Session, stage: str) -> int:
    """Note that a stage has begun and return the run's id. A run of it that never finished is marked interrupted."""
    with transaction(session):
        unfinished = update(Run).where(Run.stage == stage, Run.state == "running")
        session.execute(unfinished.values(state="interrupted"))
        run = Run(stage=stage, state="running", started_at=_now(), finished_at=None, counts={})
        session.add(run)
        session.flush()
        return run.id


def finish_run(
    session: Session,
    run_id: int,
    state: RunState,
    counts: Mapping[str, Any] | None = None,
    errors: Iterable[Mapping[str, str | None]] = (),
) -> None:
    """Note how a run ended; each error has `code` and `message`, and may have `authority` and `location`."""
    rows = [
        {"run_id": run_id, "authority": error.get("authority"), "location": error.get("location")}
        | {"code": error["code"], "message": error["message"]}
        for error in errors
    ]
    with transaction(session):
        ended = update(Run).where(Run.id == run_id)
        session.execute(ended.values(state=state, finished_at=_now(), counts=dict(counts or {})))
        if rows:
            session.execute(insert(RunError), rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
