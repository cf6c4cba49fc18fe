"""One database by URL, SQLite or PostgreSQL: how it is opened, read and written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from service.store import deadline
from service.store.errors import StoreUnusable

BUSY_MILLISECONDS = 30_000
"""How long a writer waits for one of another process; SQLite has one at a time."""

CONNECTIONS = 20
WRITERS = 8
"""How many write at a time in this process on PostgreSQL; the other connections are for readers."""


class Database:
    """The store of the service: transactions that read, and transactions that write."""

    def __init__(self, url: str) -> None:
        self.url = parsed_url(url)
        self.engine = _engine(self.url)
        self._writing = self.engine.execution_options(writing=True)
        # Writers wait here, without a connection: so readers find one, however many want to write,
        # and those of SQLite follow one another at once. Its own way is to look again later.
        self._turn = threading.BoundedSemaphore(1 if self.is_sqlite else WRITERS)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine rather than a server."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def plain_url(self) -> str:
        """The URL without the name of a driver, password included: for DBOS alone."""
        return self.url.set(drivername=self.url.get_backend_name()).render_as_string(False)

    @property
    def shown_url(self) -> str:
        """The URL without its password, for logs and messages."""
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that changes nothing; it holds nobody up."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept whole when the block ends, or not at all when it raises.

        TooLate if it belongs to a request that has been answered meanwhile.
        """
        with self._turn, self._writing.begin() as connection:
            yield connection
            deadline.keep()

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def parsed_url(url: str) -> URL:
    """A database URL with the driver that we use; StoreUnusable if it is of another kind."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnusable(
            "The database URL cannot be read; it looks like sqlite:///allocator.db "
            "or postgresql://user@host/name."
        ) from None
    match parsed.get_backend_name():
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite":
            if parsed.database in (None, "", ":memory:"):
                raise StoreUnusable("The service keeps its rollouts in a file, not in memory.")
            return parsed.set(drivername="sqlite")
        case other:
            raise StoreUnusable(
                f"The service keeps its rollouts in SQLite or PostgreSQL, not {other}."
            )


def _engine(url: URL) -> Engine:
    pool = {"pool_size": CONNECTIONS // 2, "max_overflow": CONNECTIONS - CONNECTIONS // 2}
    if url.get_backend_name() == "postgresql":
        return create_engine(url, **pool, pool_pre_ping=True)
    folder = Path(str(url.database)).absolute().parent
    if not folder.is_dir():
        raise StoreUnusable(f"There is no directory {folder} for the database.")
    engine = create_engine(url, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # `_begin_sqlite` says when a transaction begins
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later could not wait for the other writer.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
