"""Rows out of the published file, without a web server."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Literal, TextIO

from minutebook.models.errors import StoreError
from minutebook.models.site import SITE_FILE
from minutebook.models.tables import TABLES

Format = Literal["csv", "jsonl"]

OF_AUTHORITY = "authority_id IN (SELECT id FROM authorities WHERE :authority IN (code, name))"
SINCE = "meeting_date >= :since"
UNTIL = "meeting_date <= :until"


def export(
    site_dir: Path,
    table: str,
    fmt: Format,
    authority: str | None,
    since: date | None,
    until: date | None,
    out: TextIO,
) -> int:
    """Write all columns of a published table's rows to `out`, CSV with a line of headings; returns the number of rows.

    `authority` is a code or a name; `since` and `until` are days of the meeting, both included. Raises `StoreError` if
    nothing is published in `site_dir`, if there is no such table, or if it cannot be filtered so.
    """
    site = site_dir / SITE_FILE
    if not site.exists():
        raise StoreError("no_site", f"Nothing is published in {site_dir} yet. Run `minutebook publish` first.")
    sql = f"SELECT * FROM {table}{_conditions(table, authority, since, until)} ORDER BY id"  # noqa: S608 checked below
    wanted = {"authority": authority, "since": str(since), "until": str(until)}
    try:
        with closing(sqlite3.connect(f"{site.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            _require(connection, authority)
            return _write(connection.execute(sql, wanted), fmt, out)
    except sqlite3.Error as error:
        raise StoreError("export_failed", f"{site} cannot be read: {error}. Run `minutebook publish` again.") from error


def _conditions(table: str, authority: str | None, since: date | None, until: date | None) -> str:
    """The WHERE of the query; evidence is filtered by its document. Raises `StoreError` for an unknown table."""
    columns = {known.name: set(known.rows.selected_columns.keys()) for known in TABLES}
    if table not in columns:
        raise StoreError("unknown_table", f"There is no table {table!r}. Choose one of {', '.join(columns)}.")
    wanted = [condition for condition, value in ((OF_AUTHORITY, authority), (SINCE, since), (UNTIL, until)) if value]
    conditions = " AND ".join(wanted)
    if not wanted:
        return ""
    if "document_id" in columns[table]:
        return f" WHERE document_id IN (SELECT id FROM documents WHERE {conditions})"  # noqa: S608 our own words
    if not {condition.split()[0] for condition in wanted} <= columns[table]:
        raise StoreError("no_such_filter", f"{table} cannot be filtered so; leave out the authority or the days.")
    return f" WHERE {conditions}"


def _require(connection: sqlite3.Connection, authority: str | None) -> None:
    """Raise `StoreError` for a misspelt authority, for an empty file would look like an answer."""
    known = connection.execute("SELECT code, name FROM authorities ORDER BY code").fetchall()
    if authority and authority not in {name for names in known for name in names}:
        codes = ", ".join(code for code, _ in known)
        raise StoreError("unknown_authority", f"There is no authority {authority!r}. Choose one of {codes}.")


def _write(rows: sqlite3.Cursor, fmt: Format, out: TextIO) -> int:
    names = [column[0] for column in rows.description]
    table = csv.writer(out)
    if fmt == "csv":
        table.writerow(names)
    count = 0
    for row in rows:
        count += 1
        if fmt == "csv":
            table.writerow(row)
        else:
            out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
    return count
