"""The crawl stage: who is visited tonight and for what, and what is noted of it in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from minutebook.crawlers.archive import Archive
from minutebook.crawlers.report import CrawlReport, Problem
from minutebook.crawlers.run import crawl
from minutebook.crawlers.sites import OVER
from minutebook.manners import Manners
from minutebook.models.blocks import left_alone, lift_block, note_block
from minutebook.models.delegated import load_decision
from minutebook.models.load import load_authority, load_meeting, withhold_meeting
from minutebook.models.rounds import Round, end_sweep, fresh_since, note_fetched, sweeps_due
from minutebook.models.runs import RunState, finish_run, start_run
from minutebook.models.troubles import note_troubles
from minutebook.models.unread import archived
from minutebook.models.visits import record_visits

Authorities = list[dict[str, Any]]
Visits = tuple[Authorities, date | None, date | None, Round]  # who is visited, first and last day of meetings, and why


@dataclass(frozen=True)
class Keeping:
    """Where a crawl keeps what it finds: the store, and two folders."""

    session: Session
    archive: Path
    cache: Path


def run(
    keeping: Keeping,
    authorities: Authorities,
    since: date | None,
    until: date | None,
    manners: Manners,
    on_progress: Callable[[int, int, str], None] | None = None,
    today: date | None = None,
) -> CrawlReport:
    """Visit authorities, each an entry of the settings, and store what they have.

    With `since` or `until` (days of meetings, inclusive) everything between them is asked for; without, what is due
    today. Raises `MinutebookError` if the store or the archive fails; what was loaded until then stays.
    """
    session = keeping.session
    run_id = start_run(session, "crawl")
    for authority in authorities:
        load_authority(session, authority)
    Archive(keeping.archive).tidy()
    alone = left_alone(session, manners.blocked_days)
    visited = [authority for authority in authorities if authority["code"] not in alone]
    fresh = fresh_since(session, run_id)
    report = CrawlReport("finished")
    asked: Iterator[Visits] = iter([(visited, since, until, Round(session, fresh))])
    due = _rounds(session, visited, fresh, manners, today or date.today())
    for chosen, first, last, plan in asked if since or until else due:
        found = _visit(keeping, chosen, first, last, plan, manners, on_progress)
        _conclude(session, chosen, plan, found)
        report.add(found)
        known = (visit for visit in found.visits.values() if visit.authority)
        record_visits(session, run_id, (asdict(visit) | {"sweep": plan.sweep} for visit in known))
        if report.state != "finished":
            break
    report.problems += [
        Problem(each["code"], each["base_url"], "left_alone", alone[each["code"]])
        for each in authorities
        if each["code"] in alone
    ]
    _finish(session, run_id, report)
    return report


def _rounds(session: Session, visited: Authorities, fresh: str, manners: Manners, today: date) -> Iterator[Visits]:
    """What is near today first, then everything of those whose week is over."""
    window = timedelta(days=manners.window_days)
    near = (today - window, today + window)
    sweeping = sweeps_due(session, [authority["code"] for authority in visited], manners.sweep_days)
    others = [authority for authority in visited if authority["code"] not in sweeping]
    if others:
        first = min(near[0], today - timedelta(days=manners.minutes_days))
        yield others, first, near[1], Round(session, fresh, near, first)
    if sweeping:
        chosen = [authority for authority in visited if authority["code"] in sweeping]
        yield chosen, None, None, Round(session, fresh, near, sweep=True)


def _visit(
    keeping: Keeping,
    authorities: Authorities,
    since: date | None,
    until: date | None,
    plan: Round,
    manners: Manners,
    on_progress: Callable[[int, int, str], None] | None,
) -> CrawlReport:
    session = keeping.session

    def on_meeting(meeting: dict[str, Any]) -> None:
        load_meeting(session, meeting)
        note_fetched(session, meeting["authority"], meeting["source_id"])

    def on_decision(decision: dict[str, Any]) -> None:
        if decision["meeting_id"] is None:  # else it stands in the minutes
            load_decision(session, decision)
        note_fetched(session, decision["authority"], decision["source_id"], "decision")

    def on_problem(problem: Problem) -> None:
        if problem.code == "blocked":
            note_block(session, problem.authority, problem.message)

    return crawl(
        authorities,
        Archive(keeping.archive),
        on_meeting,
        since=since,
        until=until,
        delay=manners.delay,
        contact=manners.contact,
        known=partial(archived, session),
        due=plan.due,
        cache=keeping.cache,
        on_progress=on_progress,
        on_decision=on_decision,
        on_problem=on_problem,
    )


def _conclude(session: Session, authorities: Authorities, plan: Round, report: CrawlReport) -> None:
    """Note what a round says of its authorities as a whole."""
    for code, source_id in report.withheld:
        withhold_meeting(session, code, source_id)
        note_fetched(session, code, source_id)
    if report.state != "finished":
        return
    for code in (authority["code"] for authority in authorities):
        problems = {problem.code for problem in report.problems if problem.authority == code}
        if "blocked" not in problems:
            lift_block(session, code)
        listed = any(visit.listed for visit in report.visits.values() if visit.authority == code)
        if plan.sweep and listed and not problems.intersection(OVER):
            end_sweep(session, code)


def _finish(session: Session, run_id: int, report: CrawlReport) -> None:
    counts = {name: value for name, value in asdict(report).items() if isinstance(value, int)}
    errors = [
        {"authority": p.authority, "location": p.url, "code": p.code, "message": p.message} for p in report.problems
    ]
    finish_run(session, run_id, _state(report), counts, errors)
    note_troubles(session)


def _state(report: CrawlReport) -> RunState:
    """How a crawl is entered in the run log; one that died did not come to its end either."""
    if report.state != "finished":
        return "interrupted"
    return "failed" if report.problems else "finished"
