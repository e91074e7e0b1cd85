"""A newly published file is served from the next request on, without a restart and without a failed request.

Datasette keeps a connection a thread for as long as it runs, so it never notices that the file was replaced. Here each
request is bound to an edition, the file as it stood when the request came: it reads that to its end, a long CSV too.
An edition is closed when a newer one is there and its last reader has gone.

Since an edition never changes, small answers that took long, such as counts for facets, are remembered with it.
"""

import asyncio
import os
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database, Results

Stamp = tuple[int, int, int, int]
SLOW = 0.02  # seconds
SMALL = 50_000  # characters
REMEMBERED = 500  # answers of one edition
App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


class Edition:
    """The published file at one time: its connections, one a thread, and how many requests read it."""

    def __init__(self, stamp: Stamp) -> None:
        self.stamp = stamp
        self.connections: dict[int, sqlite3.Connection] = {}
        self.readers = 0
        self.answers: OrderedDict[str, Results] = OrderedDict()

    def remember(self, question: str, answer: Results) -> None:
        """Keep a small answer; the one that was asked for longest ago goes."""
        if sum(len(str(cell)) for row in answer.rows for cell in row) <= SMALL:
            self.answers[question] = answer
            while len(self.answers) > REMEMBERED:
                self.answers.popitem(last=False)


class LiveDatabase(Database):
    """A database whose file may be replaced at any time."""

    def __init__(self, ds: Datasette, path: str) -> None:
        super().__init__(ds, path)
        self.newest = Edition(self._stamp())
        self._bound: ContextVar[Edition] = ContextVar("edition")

    def _stamp(self) -> Stamp:
        found = os.stat(self.path)
        return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size

    @contextmanager
    def bound(self) -> Iterator[None]:
        """Bind what runs inside to the newest edition."""
        self._notice()
        edition = self.newest
        edition.readers += 1
        token = self._bound.set(edition)
        try:
            yield
        finally:
            self._bound.reset(token)
            edition.readers -= 1
            self._retire(edition)

    def _notice(self) -> None:
        """Begin a new edition if the file was replaced; while it is missing, the old one is served."""
        try:
            stamp = self._stamp()
        except FileNotFoundError:
            return
        if stamp != self.newest.stamp:
            former, self.newest = self.newest, Edition(stamp)
            self._retire(former)

    def _retire(self, edition: Edition) -> None:
        if edition.readers or edition is self.newest:
            return
        while edition.connections:
            connection = edition.connections.popitem()[1]
            self._all_file_connections.remove(connection)
            connection.close()

    async def execute(self, sql: str, params: Any = None, *rest: Any, **more: Any) -> Results:
        """The answer to a query, perhaps from memory."""
        edition = self._bound.get(self.newest)
        question = repr((sql, params, rest, more, date.today()))  # what is overdue today is not so tomorrow
        if question in edition.answers:
            edition.answers.move_to_end(question)
            return edition.answers[question]
        began = time.perf_counter()
        answer = await super().execute(sql, params, *rest, **more)
        if time.perf_counter() - began > SLOW:
            edition.remember(question, answer)
        return answer

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run `fn` with this thread's connection to the edition of the request."""
        edition = self._bound.get(self.newest)

        def in_thread() -> Any:
            thread = threading.get_ident()
            if thread not in edition.connections:
                connection = self.connect()
                self.ds._prepare_connection(connection, self.name)
                edition.connections[thread] = connection
            return fn(edition.connections[thread])

        if self.ds.executor is None:
            return in_thread()
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread)


@hookimpl
def startup(datasette: Datasette) -> None:
    """Make every database that is a file a live one."""
    for name, database in list(datasette.databases.items()):
        if database.path and database.is_mutable:
            datasette.remove_database(name)
            datasette.add_database(LiveDatabase(datasette, database.path), name)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Bind each request to the edition that is newest when it comes."""

    def wrap(app: App) -> App:
        async def one_edition(scope: dict[str, Any], receive: Any, send: Any) -> None:
            with ExitStack() as stack:
                if scope["type"] == "http":
                    for database in datasette.databases.values():
                        if isinstance(database, LiveDatabase):
                            stack.enter_context(database.bound())
                await app(scope, receive, send)

        return one_edition

    return wrap
