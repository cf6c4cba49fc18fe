"""`allocator database` sets up, backs up and restores."""

import pytest

from service.store import rollouts
from service.store.audit import Actor
from service.store.database import Database
from tests.cli.commands import allocator
from tests.support.small import rollout


@pytest.fixture
def url(tmp_path):
    """A database that has been set up by the command."""
    url = f"sqlite:///{tmp_path}/kept.db"
    ended = allocator("database", "upgrade", "--database", url)
    assert ended.code == 0, ended.err
    return url


def test_what_is_backed_up_is_restored_into_another_database(url, tmp_path):
    opened = Database(url)
    with opened.write() as connection:
        kept = rollouts.create(connection, Actor("north", "ada"), rollout())
    opened.close()
    other = f"sqlite:///{tmp_path}/other.db"
    assert allocator("database", "backup", tmp_path / "b.gz", "--database", url).code == 0
    assert allocator("database", "restore", tmp_path / "b.gz", "--database", other).code == 0
    opened = Database(other)
    with opened.read() as connection:
        assert rollouts.listed(connection, "north") == [kept]
    opened.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["backup", "{folder}/b.gz", "--database", "sqlite:///{folder}/new.db"], 3),
        (["upgrade", "--database", "mysql://localhost/x"], 3),
        (["restore", "{folder}/missing.gz", "--database", "sqlite:///{folder}/new.db"], 2),
    ],
)
def test_what_cannot_be_done_ends_with_a_sentence(words, code, tmp_path):
    ended = allocator("database", *(word.format(folder=tmp_path) for word in words))
    assert ended.code == code
    assert ended.err.strip()
