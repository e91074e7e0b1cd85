"""Which facts are sure enough to be published; the others are kept back, and stay in the store."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Float, bindparam, func, select
from sqlalchemy.orm import Session

from minutebook.models.gather import FACTS, FactModel
from minutebook.models.people import Attendance


def sure(model: FactModel) -> ColumnElement[bool]:
    """Whether a fact's confidence is at least the parameter `least`, or the website's own list states it too."""
    enough = model.confidence.is_(None) | (model.confidence >= bindparam("least", type_=Float))
    return enough | Attendance.website_status.is_not(None) if model is Attendance else enough


def kept_back(session: Session, least: float) -> dict[str, int]:
    """How many facts are less sure than `least` (0 to 1), by table."""
    counts = {model.__tablename__: select(func.count()).select_from(model).where(~sure(model)) for model in FACTS}
    return {table: session.scalar(count, {"least": least}) or 0 for table, count in counts.items()}
