"""Decisions published on their own, not in minutes: those that officers and cabinet members took."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.base import Base, Id, stable_id
from minutebook.models.writing import keep, transaction


class DelegatedDecision(Base):
    """A decision as its own page states it; `source_id` is the website's name for it, `sha256` the page's bytes."""

    __tablename__ = "delegated_decisions"
    __table_args__ = (UniqueConstraint("authority_id", "source_id"),)

    id: Mapped[Id]
    authority_id: Mapped[int] = mapped_column(ForeignKey("authorities.id"))
    source_id: Mapped[str]
    title: Mapped[str]
    url: Mapped[str]
    maker: Mapped[str | None]
    status: Mapped[str | None]
    key: Mapped[bool | None]
    call_in: Mapped[bool | None]
    published: Mapped[datetime.date | None]
    decided: Mapped[datetime.date | None]
    effective: Mapped[datetime.date | None]
    lead_officer: Mapped[str | None]
    sha256: Mapped[str | None]
    purpose: Mapped[str | None]
    text: Mapped[str | None]
    reasons: Mapped[str | None]
    alternatives: Mapped[str | None]


def load_decision(session: Session, decision: Mapping[str, Any]) -> None:
    """Store a decision, a `crawlers.items.Decision` as a dictionary; its authority was loaded. Raises `StoreError`."""
    authority, own = decision["authority"], DelegatedDecision.__table__.columns.keys()
    row = {name: value for name, value in decision.items() if name in own}
    row |= {"id": stable_id("decision", authority, row["source_id"]), "authority_id": stable_id("authority", authority)}
    with transaction(session):
        keep(session, DelegatedDecision, [row])
