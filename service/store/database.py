"""One database by URL, SQLite or PostgreSQL: how it is opened, read and written."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from service.store import clock, deadline, postgresql, versions
from service.store.errors import StoreUnusable

BUSY_MILLISECONDS = 30_000
"""How long a writer waits for one of another process; SQLite has one at a time."""

CONNECTIONS = 20
WRITERS = 8
"""How many write at a time in this process on PostgreSQL; the other connections are for readers."""


class Database:
    """The store of the service: transactions that read, and transactions that write."""

    def __init__(self, url: str, *, unhurried: bool = False) -> None:
        """`unhurried` is for what may take hours: upgrades, backups, restores."""
        self.url = parsed_url(url)
        self.engine = _engine(self.url, unhurried)
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

    def engine_for_queue(self, connections: int) -> Engine | None:
        """An engine of its own for DBOS, which is as patient as ours; None where it makes one."""
        if self.is_sqlite:
            return None
        return postgresql.engine(
            self.url,
            statement_seconds=postgresql.QUEUE_STATEMENT_SECONDS,
            pool_size=connections,
            max_overflow=0,
        )

    @property
    def shown_url(self) -> str:
        """The URL without its password, for logs and messages."""
        return self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that changes nothing; it holds nobody up."""
        with self.engine.begin() as connection:
            if clock.is_due():
                before = clock.local()
                answered = connection.execute(select(clock.DatabaseNow())).scalar_one()
                clock.learn(before, answered)
            yield connection

    @contextmanager
    def write(self, *, fenced: bool = True) -> Iterator[Connection]:
        """A transaction that is kept whole when the block ends, or not at all when it raises.

        TooLate if it belongs to a request that has been answered meanwhile, and StoreUnusable if a
        newer version does not let this one write any more, unless that is not asked for.
        """
        with self._turn, self._writing.begin() as connection:
            if fenced:
                versions.begin_to_write(connection)
            yield connection
            deadline.keep()

    def require_writable(self) -> None:
        """StoreUnusable if nothing can be kept: a replica, a read-only database or file."""
        if self.is_sqlite:
            refused = not os.access(str(self.url.database), os.W_OK)
        else:
            with self.read() as connection:
                found = connection.exec_driver_sql("SHOW transaction_read_only").scalar()
                refused = found == "on"
        if refused:
            raise StoreUnusable(f"{self.shown_url} can be read, but takes no writes.")

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


def _engine(url: URL, unhurried: bool) -> Engine:
    pool = {"pool_size": CONNECTIONS // 2, "max_overflow": CONNECTIONS - CONNECTIONS // 2}
    if url.get_backend_name() == "postgresql":
        seconds = 0 if unhurried else postgresql.STATEMENT_SECONDS
        return postgresql.engine(url, statement_seconds=seconds, **pool)
    file = Path(str(url.database)).absolute()
    if not file.parent.is_dir():
        raise StoreUnusable(f"There is no directory {file.parent} for the database.")
    _keep_private(file)
    engine = create_engine(url, **pool, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_private(file: Path) -> None:
    """Let nobody else on this machine read the database: it holds hashes and secrets.

    What SQLite writes beside it gets the same rights as the file.
    """
    with suppress(OSError):  # where that cannot be done, it is for SQLite to say what is wrong
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        if file.stat().st_mode & 0o077:
            for each in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
                if each.exists():
                    each.chmod(0o600)


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
