"""No query of a visitor can take gigabytes, or a processor for good.

SQLite checks the time limit between steps, and one function call, such as `hex(zeroblob(450000000))`, is one step. Nor
does it count what Datasette gathers: two thousand rows of the largest cell are sixteen gigabytes.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import datasette.database
from datasette import hookimpl

LONGEST = 8_000_000  # bytes of a cell or row; `publish` cuts longer cells
LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 100,  # bytes; what LIKE takes grows with text times pattern
}
HEAP = 400_000_000  # bytes that SQLite may hold in this process, all queries together
RESULT = 40_000_000  # characters of one answer
STEPS = 100
# They make much of nothing in one step, and no question about councils needs them
REFUSED = {"zeroblob", "randomblob", "printf", "format", "load_extension"}


def bounded_rows() -> Callable[[sqlite3.Cursor, tuple[Any, ...]], sqlite3.Row]:
    """A row factory that gives up once the rows of one query hold too much."""
    sizes: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def make(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        size = sum(len(cell) for cell in row if isinstance(cell, (str, bytes)))
        sizes[cursor] = sizes.get(cursor, 0) + size
        if sizes[cursor] > RESULT:
            raise sqlite3.OperationalError("the answer is too big: ask for fewer rows or shorter columns")
        return sqlite3.Row(cursor, row)

    return make


def authorize(action: int, first: str | None, second: str | None, *rest: Any) -> int:
    """Deny the functions that are refused, and to be told where the file lies."""
    refused = action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in REFUSED
    tells = action == sqlite3.SQLITE_READ and (first or "").lower() == "pragma_database_list"
    return sqlite3.SQLITE_DENY if refused or tells else sqlite3.SQLITE_OK


def instr(text: Any, part: Any) -> int | None:
    """SQLite's own takes minutes for long texts; Python's search does not."""
    return None if text is None or part is None else str(text).find(str(part)) + 1


def replace(text: Any, part: Any, by: Any) -> Any:
    """As `instr`; raises `ValueError` rather than to make more than a cell may hold."""
    if text is None or part is None or by is None:
        return None
    text, part, by = str(text), str(part), str(by)
    if part and len(text) + text.count(part) * (len(by) - len(part)) > LONGEST:
        raise ValueError("string or blob too big")
    return text.replace(part, by) if part else text


@contextmanager
def time_limit(conn: sqlite3.Connection, milliseconds: int) -> Iterator[None]:
    """As Datasette's own, which looks at the clock each thousand steps; a step may take a second."""
    end = time.perf_counter() + milliseconds / 1000
    conn.set_progress_handler(lambda: time.perf_counter() > end, STEPS)
    try:
        yield
    finally:
        conn.set_progress_handler(None, STEPS)


datasette.database.sqlite_timelimit = time_limit


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Set the limits on every connection."""
    for limit, value in LIMITS.items():
        conn.setlimit(limit, value)
    conn.execute(f"PRAGMA hard_heap_limit = {HEAP}")
    conn.create_function("instr", 2, instr, deterministic=True)
    conn.create_function("replace", 3, replace, deterministic=True)
    conn.set_authorizer(authorize)
    conn.row_factory = bounded_rows()
