"""No query of a visitor can take gigabytes.

SQLite checks the time limit between steps, and one function call, such as `hex(zeroblob(450000000))`, is one step.
"""

import sqlite3

from datasette import hookimpl

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 8_000_000,  # bytes of a cell or row; `publish` cuts longer cells
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 20,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Set the limits on every connection."""
    for limit, value in LIMITS.items():
        conn.setlimit(limit, value)
