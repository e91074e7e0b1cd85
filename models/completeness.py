"""Completeness: of the meetings of an authority in a year, how many have agenda and minutes, and how many were read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, exists, extract, func, or_, select

from minutebook.models.authorities import Authority
from minutebook.models.documents import Document, Link
from minutebook.models.gather import FACTS, FactModel
from minutebook.models.meetings import AgendaItem, Meeting
from minutebook.models.sureness import sure


def year_of(date: Any) -> ColumnElement[int]:
    """The year of a day."""
    return cast(extract("year", date), Integer)


def _lists(role: str) -> ColumnElement[bool]:
    return exists().where(Link.meeting_id == Meeting.id, Link.role == role, Link.listed)


def _recorded(*kinds: str) -> ColumnElement[bool]:
    """A document that was read and found to record this meeting, wherever it was linked."""
    return exists().where(Document.meeting_id == Meeting.id, Document.kind.in_(kinds))


def _facts_of(model: FactModel) -> ColumnElement[int]:
    return select(func.count()).select_from(model).where(model.meeting_id == Meeting.id, sure(model)).scalar_subquery()


_HAS_ITEMS = exists().where(AgendaItem.meeting_id == Meeting.id)
_HAS_MINUTED_ITEMS = exists().where(AgendaItem.meeting_id == Meeting.id, AgendaItem.minute_number.is_not(None))

COUNTED = ("cancelled", "with_agenda", "with_minutes", "minutes_read")
HAS_AGENDA = or_(_lists("agenda"), _HAS_ITEMS)
HAS_MINUTES = or_(_lists("minutes"), _recorded("minutes"), _HAS_MINUTED_ITEMS)
MINUTES_READ = or_(_recorded("minutes"), and_(_HAS_MINUTED_ITEMS, _recorded("meeting_page")))


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def completeness() -> Select[*tuple[Any, ...]]:
    """A row for each authority and year. Cancelled meetings count as listed, and are told apart."""
    facts = sum((_facts_of(model) for model in FACTS), start=cast(0, Integer))
    each = (
        select(
            Meeting.authority_id,
            year_of(Meeting.date).label("year"),
            (Meeting.status == "cancelled").label("cancelled"),
            HAS_AGENDA.label("with_agenda"),
            HAS_MINUTES.label("with_minutes"),
            MINUTES_READ.label("minutes_read"),
            facts.label("facts"),
        )
    ).subquery()
    counted = [
        _number(each.c[name]).label(name) for name in ("cancelled", "with_agenda", "with_minutes", "minutes_read")
    ]
    return (
        select(
            # Within 53 bits, and the same whatever is added
            (Authority.id % 500_000_000_000 * 10_000 + each.c.year).label("id"),
            Authority.name.label("authority"),
            each.c.year,
            func.count().label("meetings"),
            *counted,
            func.sum(each.c.facts).label("facts"),
            Authority.id.label("authority_id"),
        )
        .join(Authority, Authority.id == each.c.authority_id)
        .group_by(Authority.id, Authority.name, each.c.year)
    )
