"""The migrations make the tables that the code works with, from nothing and from older versions."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from allocator.formats.text.tree import sha256
from service.store import attempts, migrate, rollouts
from service.store.database import Database, parsed_url
from service.store.documents import packed
from service.store.errors import StoreUnusable
from service.store.tables import metadata
from tests.support.small import rollout


def test_the_migrations_make_exactly_the_tables_of_the_code(empty):
    migrate.upgrade(empty)
    with empty.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_an_older_version_kept_is_there_after_an_upgrade(empty):
    tree = rollout()
    migrate.upgrade(empty, "0001")
    with empty.write(fenced=False) as connection:
        connection.execute(
            text(
                "INSERT INTO rollouts (tenant, id, name, revision, sha256, created_at, changed_at) "
                "VALUES ('north', 'kept', 'Kept', 1, :sha256, 1, 1)"
            ),
            {"sha256": sha256(tree)},
        )
        connection.execute(
            text(
                "INSERT INTO revisions (tenant, rollout, number, sha256, document, saved_at, "
                "saved_by) VALUES ('north', 'kept', 1, :sha256, :document, 1, 'ada')"
            ),
            {"sha256": sha256(tree), "document": packed(tree)},
        )
        connection.execute(
            text(
                "INSERT INTO runs (tenant, id, rollout, revision, settings, priority, state, "
                "attempt, events, spent, created_at, created_by) VALUES ('north', 'run', 'kept', "
                "1, '{}', 5, 'queued', 0, 0, 0, 1, 'ada')"
            )
        )
    migrate.upgrade(empty)
    migrate.require_latest(empty)
    with empty.write(fenced=False) as connection:
        taken = attempts.take(connection, "north", "run", "w1")
        assert taken is not None
        assert rollouts.document(connection, "north", "kept")[1] == tree
    assert (taken.run.rollout, taken.lost) == ("kept", 0)


def test_upgrading_what_is_up_to_date_changes_nothing(database):
    migrate.upgrade(database)
    migrate.require_latest(database)


def test_a_database_that_was_not_set_up_is_refused_with_what_to_do(empty):
    with pytest.raises(StoreUnusable, match="allocator database upgrade"):
        migrate.require_latest(empty)


def test_a_database_of_a_newer_version_is_left_alone(database):
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for touch in (migrate.upgrade, migrate.require_latest):
        with pytest.raises(StoreUnusable, match="newer"):
            touch(database)


@pytest.mark.parametrize(
    "url", ["mysql://localhost/x", "sqlite://", "nonsense", "sqlite:////nowhere/at/all.db"]
)
def test_a_url_that_cannot_be_used_is_refused_with_a_sentence(url):
    with pytest.raises(StoreUnusable):
        Database(url)


def test_the_password_of_a_url_is_not_shown():
    assert "secret" not in Database("postgresql://ada:secret@localhost/x").shown_url
    assert parsed_url("postgres" + "ql://localhost/x").drivername == "postgresql+psycopg"


def test_a_file_of_sqlite_survives_power_loss_and_waits_for_other_writers(tmp_path):
    opened = Database(f"sqlite:///{tmp_path}/kept.db")
    with opened.read() as connection:
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "busy_timeout": 30_000,
        "foreign_keys": 1,
    }
    opened.close()
