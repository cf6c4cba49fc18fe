"""Databases for tests: a file of SQLite, and PostgreSQL databases that are dropped at the end."""

from __future__ import annotations

import os
import secrets

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from tools.postgresql import RUNNING, VARIABLE

URL = make_url(os.environ.get(VARIABLE, RUNNING)).set(drivername="postgresql+psycopg")
KINDS = ["sqlite", "postgresql"]


def server(*statements: str) -> None:
    """Run statements on the PostgreSQL server, or fail with what to do."""
    engine = create_engine(URL, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except OperationalError as error:
        pytest.fail(
            f"These tests need PostgreSQL and a role that may create databases. {VARIABLE} names "
            f"one, else it is {RUNNING}; `python -m tools.postgresql pytest` "
            f"starts one for them.\n{error.orig}",
            pytrace=False,
        )
    finally:
        engine.dispose()


def created(template: str = "template1") -> str:
    """The name of a new database."""
    name = f"allocator_test_{secrets.token_hex(6)}"
    server(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def dropped(*names: str) -> None:
    """Drop databases, whoever is still connected."""
    server(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in names))


def url_of(name: str) -> str:
    """The URL of a database on the server."""
    return URL.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
