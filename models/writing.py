"""Writing to the store so that all of a step is kept or none of it, and the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from minutebook.models.base import Base
from minutebook.models.errors import StoreError

UPSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

Row = dict[str, Any]


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """Commit what happens inside, or nothing of it. What the database refuses comes out as `StoreError`."""
    try:
        yield
        session.commit()
    except (SQLAlchemyError, UnicodeEncodeError) as error:  # the second: half a character, which no database takes
        session.rollback()
        reason = getattr(error, "orig", None) or error
        message = (
            f"The store could not be written: {reason}. Nothing of this step was kept; mend the cause and run again."
        )
        raise StoreError("store_failed", message) from error
    except BaseException:
        session.rollback()
        raise


def keep(session: Session, model: type[Base], rows: Iterable[Row]) -> None:
    """Insert the rows that are new and update those that differ, by `id`; every row has the same keys."""
    wanted = {row["id"]: row for row in rows}
    if not wanted:
        return
    table = model.__table__
    stored = {row["id"]: row for row in session.execute(select(table).where(table.c.id.in_(wanted))).mappings()}
    changed = [
        row
        for key, row in wanted.items()
        if key not in stored or any(stored[key][column] != value for column, value in row.items())
    ]
    if changed:
        upsert(session, model, changed)


def forget(session: Session, model: type[Base], scope: ColumnElement[bool], rows: Iterable[Row]) -> None:
    """Delete the rows of a scope that are not among these."""
    table = model.__table__
    gone = set(session.scalars(select(table.c.id).where(scope))) - {row["id"] for row in rows}
    if gone:
        session.execute(delete(model).where(table.c.id.in_(gone)))


def upsert(session: Session, model: type[Base], rows: list[Row]) -> None:
    """Insert rows or update those that are there, by `id`, without looking whether they differ."""
    session.execute(_upsert_statement(session.get_bind().dialect.name, model, tuple(rows[0])), rows)


@cache
def _upsert_statement(dialect: str, model: type[Base], columns: tuple[str, ...]) -> Any:
    """Insert, or update the row whose `id` is there: the one place where SQL differs between databases."""
    statement: Any = UPSERTS[dialect](model.__table__)  # type: ignore[arg-type]
    changes = {name: statement.excluded[name] for name in columns if name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=changes)
