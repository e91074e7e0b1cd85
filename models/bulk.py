"""Bulk files: every published table as compressed CSV, CSV for spreadsheets and JSON Lines, with what describes them.

They lie in editions, `bulk/20261122T013000.123Z/`, each whole from the moment it can be seen. The newest is offered;
the one before stays, so that a download which has begun, file by file, comes to its end.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from minutebook.models.export import Lines, line_writer, open_site
from minutebook.models.site import BULK, DATABASE, MANIFEST, editions, site_config, table_config
from minutebook.models.tables import TABLES, Table

KEPT = 2  # editions
ENDINGS: dict[Lines, str] = {"csv": ".csv.gz", "excel": "-excel.zip", "jsonl": ".jsonl.gz"}
# https://specs.frictionlessdata.io/table-schema/
TYPES = {"int": "integer", "float": "number", "bool": "boolean", "date": "date"}
BOOLEAN = {"trueValues": ["1"], "falseValues": ["0"]}


@contextmanager
def bulk_edition(site_file: Path, site_dir: Path) -> Iterator[None]:
    """Make the bulk files of a published file; they can be seen once what runs inside has succeeded.

    Raises `OSError` or `sqlite3.Error`; nothing half-made is left.
    """
    fresh = site_dir / BULK / ".new"
    shutil.rmtree(fresh, ignore_errors=True)  # of a run that was killed
    fresh.mkdir(parents=True)
    now = datetime.now(UTC)
    try:
        _write_all(site_file, fresh, now)
        yield
        os.replace(fresh, site_dir / BULK / f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03}Z")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for old in editions(site_dir)[:-KEPT]:
        shutil.rmtree(old)


def _write_all(site_file: Path, folder: Path, now: datetime) -> None:
    """All files of an edition; the manifest says of each its rows, its size in bytes and its sha256."""
    with closing(open_site(site_file)) as connection:
        rows = {table.name: _write_table(connection, table.name, folder) for table in TABLES}
    _write_dictionary(folder / "dictionary.csv")
    made_at = now.isoformat(timespec="seconds")
    files = {path.name: _measured(path) for path in sorted(folder.iterdir())}
    config = site_config()
    package = {"name": DATABASE, "title": config["title"], "description": config["description"], "created": made_at}
    resources = [_resource(table, files[f"{table.name}.csv.gz"]) for table in TABLES]
    _write_json(folder / "datapackage.json", package | {"profile": "tabular-data-package", "resources": resources})
    _write_json(folder / MANIFEST, {"made_at": made_at, "rows": rows, "files": files})


def _write_table(connection: sqlite3.Connection, table: str, folder: Path) -> int:
    """The files of one table, in one go through its rows; returns how many there are."""
    found = connection.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 our own name
    names = [column[0] for column in found.description]
    with ExitStack() as opened:
        outs = {
            fmt: opened.enter_context(_opened(folder / f"{table}{ending}", table)) for fmt, ending in ENDINGS.items()
        }
        writers = [line_writer(fmt, names, out) for fmt, out in outs.items()]
        count = 0
        for row in found:
            count += 1
            for write in writers:
                write(row)
    return count


@contextmanager
def _opened(path: Path, table: str) -> Iterator[TextIO]:
    """A compressed file to write text to; the same text gives the same bytes."""
    with ExitStack() as opened:
        if path.suffix == ".zip":
            archive = opened.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED))
            entry = zipfile.ZipInfo(f"{table}.csv")
            entry.compress_type = zipfile.ZIP_DEFLATED
            binary: Any = opened.enter_context(archive.open(entry, "w", force_zip64=True))
        else:
            file = opened.enter_context(path.open("wb"))
            binary = opened.enter_context(gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0))
        yield opened.enter_context(io.TextIOWrapper(binary, encoding="utf-8", errors="replace", newline=""))


def _measured(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _fields(table: Table) -> Iterator[dict[str, Any]]:
    """The columns of a table in the words of a Table Schema."""
    meanings = table_config(table.name)["columns"]
    for column in table.rows.selected_columns:
        kind = TYPES.get(column.type.python_type.__name__, "string")
        described = {"name": str(column.key), "type": kind, "description": meanings[column.key]}
        yield described | (BOOLEAN if kind == "boolean" else {})


def _resource(table: Table, measured: dict[str, Any]) -> dict[str, Any]:
    """One table in the words of a Frictionless Data Package, https://specs.frictionlessdata.io/data-resource/."""
    config = table_config(table.name)
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": "id"}}
        for column, other in table.references.items()
    ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv.gz",
        "profile": "tabular-data-resource",
        "title": config["title"],
        "description": config["description"],
        "format": "csv",
        "compression": "gz",
        "encoding": "utf-8",
        "bytes": measured["bytes"],
        "hash": f"sha256:{measured['sha256']}",
        "schema": {"fields": [*_fields(table)], "primaryKey": "id", "foreignKeys": keys},
    }


def _write_dictionary(path: Path) -> None:
    """What each column of each table means, as a table."""
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(["table", "table_title", "column", "type", "meaning"])
        for table in TABLES:
            title = table_config(table.name)["title"]
            lines.writerows(
                [table.name, title, field["name"], field["type"], field["description"]] for field in _fields(table)
            )


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
