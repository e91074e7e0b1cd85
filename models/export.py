"""Rows out of the published file, without a web server."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal, TextIO

from minutebook.models.errors import StoreError
from minutebook.models.site import SITE_FILE, table_config
from minutebook.models.spreadsheet import BOM, harmless, write_workbook
from minutebook.models.tables import TABLES

Lines = Literal["csv", "excel", "jsonl"]
Format = Lines | Literal["xlsx"]

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

    CSV and JSON Lines are exact; `excel` is CSV made harmless for spreadsheets, `xlsx` a workbook, written to the
    buffer of `out`. `authority` is a code or a name; `since` and `until` are days of the meeting, both included.
    Raises `StoreError` if nothing is published in `site_dir`, if there is no such table, or it cannot be filtered so.
    """
    site = site_dir / SITE_FILE
    if not site.exists():
        raise StoreError("no_site", f"Nothing is published in {site_dir} yet. Run `minutebook publish` first.")
    sql = f"SELECT * FROM {table}{_conditions(table, authority, since, until)} ORDER BY id"  # noqa: S608 checked below
    wanted = {"authority": authority, "since": str(since), "until": str(until)}
    try:
        with closing(open_site(site)) as connection:
            _require(connection, authority)
            return _write(connection.execute(sql, wanted), table, fmt, out)
    except sqlite3.Error as error:
        raise StoreError("export_failed", f"{site} cannot be read: {error}. Run `minutebook publish` again.") from error


def open_site(path: Path) -> sqlite3.Connection:
    """A published file, to read; bytes in it that are no UTF-8 are replaced, as Datasette does."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


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


def _write(rows: sqlite3.Cursor, table: str, fmt: Format, out: TextIO) -> int:
    names = [column[0] for column in rows.description]
    if fmt == "xlsx":
        config = table_config(table)
        columns = {name: config["columns"][name] for name in names}
        return write_workbook(rows, columns, config["title"], config["description"], out.buffer)
    write = line_writer(fmt, names, out)
    count = 0
    for row in rows:
        count += 1
        write(row)
    return count


def line_writer(fmt: Lines, names: Sequence[str], out: TextIO) -> Callable[[Sequence[Any]], object]:
    """A function that writes one row to `out`; the headings of CSV are written at once."""
    if fmt == "jsonl":
        return lambda row: out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
    table = csv.writer(out)
    if fmt == "excel":
        out.write(BOM)
    table.writerow(names)
    return table.writerow if fmt == "csv" else lambda row: table.writerow(map(harmless, row))
