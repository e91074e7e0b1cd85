"""Sources that look broken: found after each crawl by comparing it with what there used to be.

A month without meetings is no trouble, a council without committees is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.authorities import Authority
from minutebook.models.base import Base, Id, stable_id
from minutebook.models.blocks import Block
from minutebook.models.meetings import Meeting
from minutebook.models.runs import Run, RunError
from minutebook.models.visits import Visit
from minutebook.models.writing import Row, forget, keep, transaction

SILENCE = timedelta(days=60)  # the longest recess is that of August
FEW = 3  # meetings, of which fewer tell nothing about documents
FALLEN = 0.5  # of the documents per meeting that there used to be
FORMER = 30  # visits


class Trouble(Base):
    """Something that looks broken about an authority, or one of its committees, `since` a day (ISO 8601)."""

    __tablename__ = "troubles"

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"), index=True)
    committee: Mapped[str]
    code: Mapped[str]
    message: Mapped[str]
    since: Mapped[str]


def note_troubles(session: Session, today: date | None = None) -> None:
    """Find what looks broken after the latest crawl; what is no more is forgotten, what goes on keeps its `since`."""
    with transaction(session):
        known = {row.id: row.since for row in session.scalars(select(Trouble))}
        rows = []
        for authority in session.scalars(select(Authority)):
            for code, committee, message in _troubles(session, authority, today or datetime.now(UTC).date()):
                key = stable_id("trouble", authority.code, code, committee)
                since = known.get(key, (today or datetime.now(UTC).date()).isoformat())
                rows.append(
                    {"id": key, "authority_id": authority.id, "committee": committee, "code": code}
                    | {"message": message, "since": since}
                )
        forget(session, Trouble, Trouble.id.is_not(None), rows)
        keep(session, Trouble, rows)


def troubles(session: Session) -> list[Row]:
    """What looks broken now, by authority."""
    found = (
        select(Authority.code.label("authority"), Trouble.committee, Trouble.code, Trouble.message, Trouble.since)
        .join(Authority, Authority.id == Trouble.authority_id)
        .order_by(Authority.code, Trouble.committee, Trouble.code)
    )
    return [dict(row) for row in session.execute(found).mappings()]


def _troubles(session: Session, authority: Authority, today: date) -> Iterator[tuple[str, str, str]]:
    """Code, committee (empty: all of them) and message of each trouble of an authority."""
    if block := session.get(Block, authority.id):
        yield "blocked", "", block.message
        return
    visits = _visits(session, authority.code)
    if not visits:
        return
    latest = max(visit.run_id for visit in visits)
    now = [visit for visit in visits if visit.run_id == latest]
    yield from _errors(session, authority.code, latest, now)
    yield from _lists_nothing([visit for visit in visits if visit.sweep])
    yield from _few_documents(visits)
    last = session.scalar(select(func.max(Meeting.date)).where(Meeting.authority_id == authority.id))
    if last and last < today - SILENCE:
        yield "all_past", "", f"its last meeting was on {last}: has it moved to another site?"


def _visits(session: Session, code: str) -> Sequence[Visit]:
    """The visits to an authority that came to their end, latest first."""
    ended = select(Run.id).where(Run.state.in_(("finished", "failed")))
    found = select(Visit).where(Visit.authority == code, Visit.run_id.in_(ended)).order_by(Visit.run_id.desc())
    runs = select(Visit.run_id).where(Visit.authority == code).distinct().order_by(Visit.run_id.desc()).limit(FORMER)
    return session.scalars(found.where(Visit.run_id.in_(runs))).all()


def _errors(session: Session, code: str, run_id: int, now: Sequence[Visit]) -> Iterator[tuple[str, str, str]]:
    """A site that gave nothing but errors, and one without committees."""
    counted = ("fetched", "listed", "loaded", "failed")
    fetched, listed, loaded, failed = (sum(getattr(visit, name) for visit in now) for name in counted)
    # A site may be asked in several ways before it fails, and has no committee to show for it then
    nowhere = not any(visit.committee for visit in now)
    errors = session.scalars(
        select(RunError).where(RunError.run_id == run_id, RunError.authority == code).order_by(RunError.id)
    ).all()
    none = next((error for error in errors if error.code == "no_committees"), None)
    if none:
        yield "no_committees", "", none.message
    elif not loaded and failed and (nowhere or 2 * failed >= fetched or failed >= listed > 0):
        yield "only_errors", "", f"all that it gave were errors: {errors[0].message if errors else 'see the run log'}"


def _lists_nothing(sweeps: Iterable[Visit]) -> Iterator[tuple[str, str, str]]:
    """Committees of which a visit to everything lists no meeting, where one before did."""
    by_committee: dict[str, list[Visit]] = {}
    for visit in sweeps:
        by_committee.setdefault(visit.committee, []).append(visit)
    for committee, (latest, *former) in by_committee.items():
        most = max((visit.listed for visit in former), default=0)
        if most and not latest.listed and not latest.failed:
            yield "lists_nothing", committee, f"no meeting is listed of {committee} any more; there were {most}"


def _few_documents(visits: Sequence[Visit]) -> Iterator[tuple[str, str, str]]:
    """A fall in the documents that a meeting lists, beside visits of the same reach."""
    runs: dict[tuple[int, bool], list[Visit]] = {}
    for visit in visits:
        runs.setdefault((visit.run_id, visit.sweep), []).append(visit)
    rates: dict[bool, list[float]] = {}
    for (_, sweep), found in runs.items():
        meetings = sum(visit.loaded for visit in found)
        if meetings >= FEW:
            rates.setdefault(sweep, []).append(sum(visit.documents for visit in found) / meetings)
    for latest, *former in rates.values():
        usual = sum(former) / len(former) if former else 0.0
        if usual and latest < FALLEN * usual:
            yield "few_documents", "", f"a meeting has {latest:.1f} documents; it used to have {usual:.1f}"
            return
