"""Connections to PostgreSQL that notice when nothing comes back any more.

A network may fall silent without closing anything: a firewall forgets a connection, a machine is
gone. TCP notices that after two hours, and a proxy on the way may keep it from ever noticing. So
time is limited at each end: here for connecting and for each answer, on the server for a statement
and for a transaction whose client says nothing. The server's limits are the shorter ones: what is
slow there ends with a sentence, and the connection stays.
"""

from __future__ import annotations

import threading
import time
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

CONNECT_SECONDS = 3
"""How long a new connection may take, with all that is said first."""

PING_SECONDS = 2.0
"""How long a connection from the pool may take to show that it is still there."""

STATEMENT_SECONDS, SILENCE_SECONDS = 30, 35.0
"""How long a statement may take on the server, and how long its answer is waited for."""

QUEUE_STATEMENT_SECONDS = 8
"""The same for the queue, whose statements are small: it has to notice sooner."""

TRANSACTION_SECONDS = 60
"""After so much silence within a transaction the server ends it and lets go of its locks."""

POOL_SECONDS = 10.0
"""How long a connection of the pool is waited for."""

REST_SECONDS = 1.0
"""After a connection that failed nobody tries for so long: all others would wait in vain too."""

KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


class Patient(psycopg.Connection[Any]):
    """A connection that waits for an answer only so long, and is closed then."""

    patience: float | None = SILENCE_SECONDS

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer; OperationalError, and the end of the connection, if none comes."""
        if timeout is not None or self.patience is None:
            return super().wait(gen, interval, timeout)
        begun = time.monotonic()
        try:
            return super().wait(gen, interval, self.patience)
        except psycopg.OperationalError:
            if time.monotonic() - begun < self.patience:
                raise
            self.close()
            raise psycopg.OperationalError(
                f"the database has said nothing for {self.patience:g} s"
            ) from None

    def notifies(self, *args: Any, **kwargs: Any) -> Any:
        """What others notify of; a connection that listens is silent by its nature."""
        self.patience = None
        return super().notifies(*args, **kwargs)

    def ask(self, statement: str, seconds: float) -> None:
        """Say something that is answered at once, outside of any transaction."""
        patience, self.patience = self.patience, seconds
        self.autocommit = True
        self.execute(statement)
        self.autocommit = False
        self.patience = patience


class Door:
    """Where new connections are made: after one that failed nobody tries for a moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rest_until = 0.0

    def connect(self, _dialect: Any, _record: Any, args: Any, words: Any) -> Patient:
        """Connect, as SQLAlchemy has it."""
        with self._lock:
            if time.monotonic() < self._rest_until:
                raise psycopg.OperationalError("the database did not answer a moment ago")
        try:
            return Patient.connect(*args, **words)
        except psycopg.OperationalError:
            with self._lock:
                self._rest_until = time.monotonic() + REST_SECONDS
            raise


def engine(url: URL, *, statement_seconds: float = STATEMENT_SECONDS, **pool: Any) -> Engine:
    """An engine on a PostgreSQL database; statements may take so long, 0 for no limit."""
    made = create_engine(
        url,
        connect_args={"connect_timeout": CONNECT_SECONDS, **KEEPALIVE},
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,
        **pool,
    )
    patience = (
        statement_seconds + (SILENCE_SECONDS - STATEMENT_SECONDS) if statement_seconds else None
    )

    def prepare(connection: Patient, _record: Any) -> None:
        connection.ask(
            f"SET statement_timeout = {int(1000 * statement_seconds)};"
            f"SET idle_in_transaction_session_timeout = {1000 * TRANSACTION_SECONDS};"
            "SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5;"
            "SET tcp_keepalives_count = 3",
            CONNECT_SECONDS,
        )
        connection.patience = patience

    def check(connection: Patient, _record: Any, _proxy: Any) -> None:
        try:
            connection.ask("", PING_SECONDS)
        except psycopg.Error as error:
            # What has happened to one has happened to all that were there by then.
            raise InvalidatePoolError from error

    event.listen(made, "do_connect", Door().connect)
    event.listen(made, "connect", prepare)
    event.listen(made, "checkout", check)
    return made
