"""What a night brought: what is new, what broke and what was mended since the last night that came to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from minutebook.models.authorities import Authority
from minutebook.models.completeness import HAS_MINUTES
from minutebook.models.documents import Document, DocumentVersion
from minutebook.models.gather import FACTS
from minutebook.models.meetings import Meeting
from minutebook.models.runs import Run, RunError, finish_run
from minutebook.models.troubles import troubles
from minutebook.models.writing import Row, transaction

Totals = dict[str, dict[str, int]]


@dataclass
class News:
    """The report of a night, as it stands in its row of `runs`; `since` is when the last one began.

    `totals`, and what of it is `new`, are by authority and kind of row. `broke`, `mended` and `broken` (before, and
    still) are sources that look so; `failed` is what went wrong that did not the last time; `stopped` are the stages
    that could not be done. `well`: every source, document and stage was.
    """

    since: str | None = None
    new: Totals = field(default_factory=dict)
    broke: list[Row] = field(default_factory=list)
    mended: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    failed: list[Row] = field(default_factory=list)
    stopped: list[Row] = field(default_factory=list)
    totals: Totals = field(default_factory=dict)
    well: bool = True


def end_night(session: Session, run_id: int, stopped: Sequence[Row]) -> News:
    """Compare the store with how the last night left it, and enter that in the row of this night's run."""
    with transaction(session):
        ended = select(Run).where(Run.stage == "nightly", Run.id < run_id, Run.finished_at.is_not(None))
        last = session.scalar(ended.order_by(Run.id.desc()).limit(1))
        before: Mapping[str, Any] = last.counts if last else {}
        broken = troubles(session)
        known = {_key(trouble): trouble for trouble in [*before.get("broke", []), *before.get("broken", [])]}
        now = {_key(trouble) for trouble in broken}
        failed = _errors(session, run_id, None)
        old = {_key(error) for error in _errors(session, last.id, run_id)} if last else set()
        totals = _totals(session)
        news = News(
            since=last.started_at if last else None,
            new=_more(before.get("totals", {}), totals),
            broke=[trouble for trouble in broken if _key(trouble) not in known],
            mended=[trouble for key, trouble in known.items() if key not in now],
            broken=[trouble for trouble in broken if _key(trouble) in known],
            failed=[error for error in failed if _key(error) not in old],
            stopped=list(stopped),
            totals=totals,
            well=not failed and not stopped,
        )
    finish_run(session, run_id, "finished" if news.well else "failed", asdict(news))
    return news


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["authority"], row["code"], row.get("committee"), row.get("location")


def _errors(session: Session, after: int, before: int | None) -> list[Row]:
    """The errors of the runs between two runs."""
    found = select(RunError.authority, RunError.location, RunError.code, RunError.message).order_by(RunError.id)
    found = found.where(RunError.run_id > after, *([RunError.run_id < before] if before else []))
    return [dict(row) for row in session.execute(found).mappings()]


def _totals(session: Session) -> Totals:
    """By code of authority, the number of its rows of each kind."""
    counted: dict[str, Any] = {
        "meetings": select(Meeting.authority_id, func.count()).group_by(Meeting.authority_id),
        "minutes": select(Meeting.authority_id, func.count()).where(HAS_MINUTES).group_by(Meeting.authority_id),
        "documents": select(Document.authority_id, func.count())
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .group_by(Document.authority_id),
    }
    for model in FACTS:
        counted[model.__tablename__] = select(model.authority_id, func.count()).group_by(model.authority_id)
    codes = {key: code for key, code in session.execute(select(Authority.id, Authority.code)).all()}
    totals: Totals = {code: {} for code in sorted(codes.values())}
    for kind, rows in counted.items():
        for key, number in session.execute(rows).all():
            totals[codes[key]][kind] = number
    return totals


def _more(before: Totals, now: Totals) -> Totals:
    """How many more there are than before; what did not change is left out."""
    more = {
        code: {kind: more for kind, number in kinds.items() if (more := number - before.get(code, {}).get(kind, 0))}
        for code, kinds in now.items()
    }
    return {code: kinds for code, kinds in more.items() if kinds}
