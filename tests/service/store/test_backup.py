"""A backup holds all rows at one moment and can be restored into either kind of database."""

import gzip
import json
import stat

import pytest
from sqlalchemy import select

from service.store import attempts, audit, doors, migrate, plans, rollouts, runs
from service.store.backup import back_up, restore
from service.store.database import Database
from service.store.errors import StoreUnusable
from service.store.runs import Limits
from service.store.tables import metadata
from tests.service.found import found
from tests.support.small import rollout


@pytest.fixture
def filled(database, ada):
    """A database with a rollout, a run and its plan."""
    with database.write() as connection:
        kept = rollouts.create(connection, ada, rollout())
        run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
        taken = attempts.take(connection, "north", run.id, "w1")
        attempts.finish(connection, taken.fence, found())
    return database


def rows(database):
    with database.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(*table.columns))))
            for table in metadata.sorted_tables
        }


def test_what_is_restored_is_what_was_backed_up(filled, tmp_path, empty):
    number = back_up(filled, tmp_path / "kept.gz")
    assert restore(empty, tmp_path / "kept.gz", doors.as_kept) == number
    assert rows(empty) == rows(filled)
    migrate.require_latest(empty)


def test_a_backup_and_a_database_in_a_file_are_for_their_owner_alone(database, tmp_path):
    back_up(database, tmp_path / "kept.gz")
    older = tmp_path / "older.db"
    older.touch(0o644)
    Database(f"sqlite:///{older}").close()
    Database(f"sqlite:///{tmp_path}/new.db").close()
    for name in ("kept.gz", "older.db", "new.db"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


def test_after_a_restore_the_audit_log_goes_on(filled, tmp_path, empty, ada):
    back_up(filled, tmp_path / "kept.gz")
    restore(empty, tmp_path / "kept.gz")
    with empty.write(fenced=False) as connection:
        before = audit.entries(connection, "north")
        audit.note(connection, ada, "look", "rollout", "x")
        after = audit.entries(connection, "north")
    assert after[1:] == before
    assert after[0].number > before[0].number


def test_a_database_with_rows_is_not_written_over(filled, tmp_path):
    back_up(filled, tmp_path / "kept.gz")
    with pytest.raises(StoreUnusable, match="not empty"):
        restore(filled, tmp_path / "kept.gz")


def test_a_file_that_was_cut_off_restores_nothing(filled, tmp_path):
    back_up(filled, tmp_path / "kept.gz")
    lines = gzip.decompress((tmp_path / "kept.gz").read_bytes()).splitlines(keepends=True)
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"".join(lines[:-1])))
    fresh = Database(f"sqlite:///{tmp_path}/fresh.db")
    with pytest.raises(StoreUnusable, match="incomplete"):
        restore(fresh, tmp_path / "cut.gz")
    with fresh.read() as connection:
        assert rollouts.listed(connection, "north") == []
        assert plans.listed(connection, "north", "any") == []
    fresh.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"{}"), gzip.compress(b"x")],
    ids=["empty", "no gzip", "no head", "no json"],
)
def test_a_file_that_is_no_backup_is_refused(content, tmp_path):
    (tmp_path / "kept.gz").write_bytes(content)
    fresh = Database(f"sqlite:///{tmp_path}/fresh.db")
    with pytest.raises(StoreUnusable):
        restore(fresh, tmp_path / "kept.gz")
    fresh.close()


def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path, ada):
    first = {"format": "allocator-backup/1", "version": "0001"}
    row = {
        "tenant": "north",
        "id": "r1",
        "name": "Kept",
        "revision": 1,
        "sha256": "0",
        "created_at": 1,
        "changed_at": 1,
        "removed_at": None,
    }
    lines = [first, {"table": "rollouts", "row": row}, {"rows": 1}]
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    (tmp_path / "old.gz").write_bytes(gzip.compress(content))
    fresh = Database(f"sqlite:///{tmp_path}/fresh.db")
    assert restore(fresh, tmp_path / "old.gz") == 1
    migrate.require_latest(fresh)
    with fresh.read() as connection:
        assert rollouts.get(connection, ada.tenant, "r1").name == "Kept"
    fresh.close()
