"""Publishing: a fresh flat SQLite file, built beside the one that is served and put in its place in one step."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlite_utils import Database
from sqlite_utils.db import DescIndex

from minutebook.extract.confidence import LEAST_CONFIDENCE
from minutebook.models.bulk import bulk_edition
from minutebook.models.errors import StoreError
from minutebook.models.pictures import place_boxes, prune_pictures
from minutebook.models.site import NEWEST, SITE_FILE, prepare_site, table_config, undescribed
from minutebook.models.store import open_store
from minutebook.models.sureness import kept_back
from minutebook.models.tables import TABLES, Table

# A cell that Datasette may not read would take its whole page down: `limits.py` allows 8 MB a row, this half of it.
LONGEST_CELL = 400_000  # characters
BATCH = 1_000  # rows
# Columns of which readers give a part. They stand beside the day in its index, so that a list by day that is narrowed
# down by one of them is read from the index, and not row by row.
IN_PART = ("committee", "mover", "addressed_to", "owner", "name")
TOKENIZE = "porter unicode61 remove_diacritics 2"


@dataclass(frozen=True)
class PublishReport:
    """What was published: the file, its size in bytes, its rows by table, and the facts kept back by table."""

    path: Path
    size: int
    rows: Mapping[str, int]
    kept_back: Mapping[str, int]


def publish(store_url: str, site_dir: Path, least: float = LEAST_CONFIDENCE) -> PublishReport:
    """Build the site's file and its bulk files from the store and swap them in; who serves or reads them goes on.

    Facts of a confidence below `least` (0 to 1) are kept back.

    Raises `StoreError` if the store has nothing or the file cannot be built; what was published before still stands.
    """
    fresh = site_dir / f".{SITE_FILE}.new"
    try:
        site_dir.mkdir(parents=True, exist_ok=True)
        _discard(fresh)
        with open_store(store_url, readonly=True) as session:
            rows = build_file(fresh, site_dir, lambda table: _rows(table, session, least))
            kept = kept_back(session, least)
        _sync(fresh)
        prepare_site(site_dir)
        with bulk_edition(fresh, site_dir):
            os.replace(fresh, site_dir / SITE_FILE)
        _sync(site_dir)
        with closing(sqlite3.connect(site_dir / SITE_FILE)) as connection:
            prune_pictures(Database(connection), site_dir)
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        message = f"The site in {site_dir} could not be published: {error}. The one before still stands. "
        raise StoreError(
            "publish_failed", message + "Make room on the disk, or mend the cause, and run again."
        ) from error
    finally:
        _discard(fresh)
    return PublishReport(site_dir / SITE_FILE, (site_dir / SITE_FILE).stat().st_size, rows, kept)


def build_file(path: Path, site_dir: Path, rows_of: Callable[[Table], Iterable[dict[str, Any]]]) -> dict[str, int]:
    """Write the rows of all tables to a new file, check it and make it compact; returns the rows by table.

    Where words stand on the pictures in `site_dir` is written beside their evidence.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")  # the file is thrown away if anything goes wrong
        connection.execute("PRAGMA synchronous=OFF")
        site = Database(connection)
        for table in TABLES:
            _fill(site, table, rows_of(table))
        place_boxes(site, site_dir)
        for table in TABLES:
            _index(site, table)
            if table.search:
                site.table(table.name).enable_fts(table.search, tokenize=TOKENIZE)
        _check(site)
        site.execute("ANALYZE")
        site.execute("VACUUM")
        return {table.name: site.table(table.name).count for table in TABLES}


def _fill(site: Database, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    columns: dict[str, Any] = {
        str(column.key): _column_type(column.type.python_type) for column in table.rows.selected_columns
    }
    references = [(column, other, "id") for column, other in table.references.items()]
    site.table(table.name).create(columns, pk="id", foreign_keys=references)
    site.table(table.name).insert_all(rows, batch_size=BATCH)


def _rows(table: Table, session: Session, least: float) -> Iterator[dict[str, Any]]:
    """The rows as they are published, in order of id, so that the same store gives the same file."""
    ordered = table.rows.order_by(table.rows.selected_columns.id)
    for row in session.execute(ordered, {"least": least}, execution_options={"yield_per": BATCH}).mappings():
        yield {name: _cell(value) for name, value in row.items()}


def _column_type(python_type: type) -> type:
    return python_type if python_type in (int, float, bool) else str


def _cell(value: Any) -> Any:
    """A value as SQLite holds it: JSON as text, a day as ISO 8601, no text too long to be served."""
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return value[:LONGEST_CELL] if isinstance(value, str) else value


def _index(site: Database, table: Table) -> None:
    """Indexes for all that is referred to, faceted or sorted by.

    Those of facets hold the order of the list and the other facets, so that a filtered list is read in its order and
    its counts need no row. What lists and feeds begin with the newest of falls, for ties rise by id: see `tiebreak.py`.
    """
    config = table_config(table.name)
    facets, newest = config.get("facets", []), config.get("sort_desc", "")
    for facet in facets:
        others = [other for other in facets if other not in (facet, newest)]
        order = [DescIndex(newest)] if newest not in ("", "id", facet) else []
        site.table(table.name).create_index([facet, *order, *others])
    for column in sorted({*table.references, *config.get("sortable_columns", ())} - {"id", *facets}):
        falls = column in (newest, *NEWEST)
        site.table(table.name).create_index([DescIndex(column) if falls else column])
    in_part = [column for column in IN_PART if column in table.rows.selected_columns]
    if in_part and "meeting_date" in config.get("sortable_columns", ()):
        site.table(table.name).create_index(["meeting_date", *in_part])
    for columns in table.indexes:
        site.table(table.name).create_index(columns)


def _check(site: Database) -> None:
    """Refuse a file with a broken reference or search index, or with a table or column that nobody described."""
    if broken := site.execute("PRAGMA foreign_key_check").fetchall():
        raise sqlite3.IntegrityError(f"{len(broken)} rows refer to a row that is not published, such as {broken[0]}")
    for table in TABLES:
        if table.search:
            index = f"{table.name}_fts"
            site.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 our own name
    if unknown := undescribed(
        {table.name: [column.name for column in site.table(table.name).columns] for table in TABLES}
    ):
        raise StoreError("undescribed", f"datasette.yaml and the tables disagree on {', '.join(unknown)}.")


def _discard(path: Path) -> None:
    """Remove what was half built, by this run or by one that was killed."""
    if path.exists():
        path.unlink()


def _sync(path: Path) -> None:
    """Have the disk hold what was written before it counts as published."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
