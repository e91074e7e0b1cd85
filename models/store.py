"""Opening the store: SQLite by default, PostgreSQL when several machines write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

# Every module with a table is named here, for a table that was not imported would not be made.
from minutebook.models import (  # noqa: F401
    actions,
    authorities,
    blocks,
    committees,
    decisions,
    delegated,
    documents,
    evidence,
    interests,
    loaded,
    meetings,
    people,
    readings,
    rounds,
    runs,
    troubles,
    visits,
    votes,
)
from minutebook.models.base import Base
from minutebook.models.errors import StoreError
from minutebook.models.writing import UPSERTS

BUSY_TIMEOUT_MS = 30_000


@contextmanager
def open_store(url: str, *, readonly: bool = False) -> Iterator[Session]:
    """A session on the store at any SQLAlchemy URL; its tables are made if missing.

    `readonly` takes no lock and sees one moment of the store; raises `StoreError` if nothing was stored there yet.
    """
    try:
        engine = _engine(url, readonly)
    except (SQLAlchemyError, ImportError, OSError) as error:
        message = f"The store {_shown(url)} cannot be opened: {error}. Check the store setting."
        raise StoreError("no_store", message) from error
    try:
        with Session(engine) as session:
            yield session
    finally:
        engine.dispose()


def _engine(url: str, readonly: bool) -> Engine:
    if (backend := make_url(url).get_backend_name()) not in UPSERTS:
        message = f"The store can be in {' or '.join(UPSERTS)}, not {backend}. Change the store setting."
        raise StoreError("unknown_database", message)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _make_folder(url, readonly)
        event.listen(engine, "connect", lambda connection, _: _tune(connection))
        event.listen(engine, "begin", lambda connection: _begin(connection, readonly))
    present = inspect(engine).get_table_names() if readonly else []
    if readonly and "authorities" not in present:
        engine.dispose()
        raise StoreError("no_store", f"Nothing is stored at {_shown(url)} yet. Run `minutebook crawl` first.")
    if not set(Base.metadata.tables) <= set(present):  # a store of an earlier version lacks the newest
        Base.metadata.create_all(engine)
        _add_columns(engine)
    return engine


def _add_columns(engine: Engine) -> None:
    """The columns that a table of an earlier version lacks, empty."""
    found = inspect(engine)
    lacking = [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name not in {known["name"] for known in found.get_columns(table.name)}
    ]
    for column in lacking:
        kind = column.type.compile(engine.dialect)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {column.name} {kind}")
        for index in column.table.indexes:
            index.create(engine, checkfirst=True)


def _shown(url: str) -> str:
    """The address as it may stand in a log: without the password."""
    try:
        return make_url(url).render_as_string()
    except SQLAlchemyError:
        return repr(url)


def _make_folder(url: str, readonly: bool) -> None:
    name = make_url(url).database
    if not name or name == ":memory:":
        return
    if readonly and not Path(name).exists():
        raise StoreError("no_store", f"Nothing is stored at {name} yet. Run `minutebook crawl` first.")
    Path(name).parent.mkdir(parents=True, exist_ok=True)


def _tune(connection: Any) -> None:
    """SQLite lets readers in while it is written, honours foreign keys and waits for a lock."""
    connection.isolation_level = None  # the driver would begin too late to see and write one moment
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection, readonly: bool) -> None:
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
