"""Connections to PostgreSQL that fall silent are noticed, closed and replaced."""

import threading
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.store import postgresql
from service.store.database import Database
from tests.service.databases import created, dropped, url_of
from tests.service.silence import wired


@pytest.fixture
def line():
    """A database behind a wire that can be cut."""
    name = created()
    with wired(url_of(name)) as (wire, url):
        opened = Database(url)
        yield wire, opened
        opened.close()
    dropped(name)


def one(database):
    with database.read() as connection:
        return connection.execute(text("SELECT 1")).scalar_one()


def test_connections_that_fell_silent_in_the_pool_are_replaced_when_they_are_needed(line):
    wire, database = line
    together = threading.Barrier(5)

    def hold():
        with database.read() as connection:
            connection.execute(text("SELECT 1"))
            together.wait()

    threads = [threading.Thread(target=hold) for _ in range(5)]
    for it in threads:
        it.start()
    for it in threads:
        it.join()
    wire.cut()
    assert [one(database) for _ in range(5)] == [1] * 5


def test_an_answer_that_does_not_come_ends_the_connection(line):
    wire, database = line
    connection = database.engine.connect()
    connection.execute(text("SELECT 1"))
    connection.connection.dbapi_connection.patience = 0.2
    wire.cut()
    with pytest.raises(OperationalError, match="the database has said nothing for"):
        connection.execute(text("SELECT 2"))
    assert connection.invalidated
    connection.close()
    assert one(database) == 1


def test_a_slow_statement_is_ended_by_the_server_and_its_connection_stays(line):
    _, database = line
    with database.read() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 100"))
        with pytest.raises(OperationalError, match="statement timeout"):
            connection.execute(text("SELECT pg_sleep(60)"))
    assert one(database) == 1


def test_limits_are_those_of_the_server_too_and_none_for_what_may_take_hours(line):
    _, database = line
    unhurried = Database(database.url.render_as_string(hide_password=False), unhurried=True)
    limits = {}
    for opened in (database, unhurried):
        with opened.read() as connection:
            limits[opened] = [
                connection.execute(text(f"SHOW {name}")).scalar_one()
                for name in ("statement_timeout", "idle_in_transaction_session_timeout")
            ]
            assert connection.connection.dbapi_connection.patience == (
                postgresql.SILENCE_SECONDS if opened is database else None
            )
    assert list(limits.values()) == [["30s", "1min"], ["0", "1min"]]
    unhurried.close()


def test_after_a_connection_that_failed_nobody_tries_for_a_moment(monkeypatch):
    tried = []

    def refuse(*_, **__):
        tried.append(1)
        raise psycopg.OperationalError("nobody is there")

    monkeypatch.setattr(postgresql.Patient, "connect", refuse)
    at = SimpleNamespace(monotonic=lambda: 1000.0)
    monkeypatch.setattr(postgresql, "time", at)
    database = Database("postgresql://127.0.0.1:1/nothing")
    for _ in range(3):
        with pytest.raises(OperationalError):
            one(database)
    assert len(tried) == 1
    at.monotonic = lambda: 1000.0 + postgresql.REST_SECONDS
    with pytest.raises(OperationalError):
        one(database)
    assert len(tried) == 2
