"""Sources that turned us away: since when, and how they said so. They are left alone for some days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from minutebook.models.authorities import Authority
from minutebook.models.base import Base, Id, stable_id
from minutebook.models.writing import keep, transaction


class Block(Base):
    """An authority whose site refuses us: `since` the first time, `at` the last (ISO 8601, UTC)."""

    __tablename__ = "blocks"

    id: Mapped[Id] = mapped_column(ForeignKey("authorities.id"))
    since: Mapped[str]
    at: Mapped[str]
    message: Mapped[str]


def note_block(session: Session, authority: str, message: str, now: datetime | None = None) -> None:
    """Note that an authority's site has refused us, at `now` (UTC)."""
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    key = stable_id("authority", authority)
    with transaction(session):
        known = session.get(Block, key)
        keep(session, Block, [{"id": key, "since": known.since if known else at, "at": at, "message": message}])


def lift_block(session: Session, authority: str) -> None:
    """Note that an authority's site lets us in, again or as ever."""
    with transaction(session):
        session.execute(delete(Block).where(Block.id == stable_id("authority", authority)))


def left_alone(session: Session, days: float, now: datetime | None = None) -> dict[str, str]:
    """By code, the authorities that refused us less than so many days ago, each with what is to be said of it."""
    now = now or datetime.now(UTC)
    with transaction(session):
        found = session.execute(select(Authority.code, Block).join(Block, Block.id == Authority.id)).all()
        return {
            code: f"blocked since {block.since[:10]}, left alone until {until:%Y-%m-%d %H:%M} UTC: {block.message}"
            for code, block in found
            if (until := datetime.fromisoformat(block.at) + timedelta(days=days)) > now
        }
