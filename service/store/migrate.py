"""The schema of the store, brought up to date by migrations that are part of the package."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DatabaseError

from service.store.database import Database
from service.store.error_text import sentence
from service.store.errors import StoreUnusable
from service.store.versions import FOLDER, known, latest, may_work

LOCK = 0x616C6C6F63  # any number of our own
"""Processes that start at the same time upgrade one after another, by this lock of PostgreSQL."""


def present(connection: Connection) -> str | None:
    """The version of a database; None if nothing of ours is in it."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, version: str = "head") -> None:
    """Bring a database up to a version, in one transaction; an empty one is set up."""
    try:
        _upgrade(database, version)
    except DatabaseError as error:
        raise_if_damaged(database, error)
        raise


def _upgrade(database: Database, version: str) -> None:
    with database.write(fenced=False) as connection:
        if not database.is_sqlite:  # there the transaction itself is the only writer
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        _refuse_newer(connection)
        settings = Config()
        settings.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        settings.attributes["connection"] = connection
        command.upgrade(settings, version)


def require_latest(database: Database) -> None:
    """StoreUnusable, with what to do, unless a database is as this package needs it."""
    try:
        with database.read() as connection:
            found = present(connection)
            if found is not None and found not in known() and may_work(connection):
                return
            _refuse_newer(connection)
    except DatabaseError as error:
        raise_if_damaged(database, error)
        raise
    if found is None:
        raise StoreUnusable(
            f"{database.shown_url} has not been set up; run `allocator database upgrade`."
        )
    if found != latest():
        raise StoreUnusable(
            f"{database.shown_url} is at version {found}, and {latest()} is needed; "
            "run `allocator database upgrade`."
        )


def raise_if_damaged(database: Database, error: DatabaseError) -> None:
    """StoreUnusable if an error of a database says that it cannot be read at all."""
    if type(error) is DatabaseError:  # those that pass by themselves are of a kind below it
        raise StoreUnusable(
            f"{database.shown_url} is damaged, or no database of allocator: {sentence(error)}. "
            "Restore a backup into a new one."
        ) from None


def _refuse_newer(connection: Connection) -> None:
    found = present(connection)
    if found is not None and found not in known():
        raise StoreUnusable(
            f"The database is at version {found}, which this version of allocator does not know: "
            "a newer one has been at work."
        )
