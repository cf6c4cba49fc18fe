"""Rollouts are kept with every revision, each tenant its own."""

import pytest

from allocator.formats.text.tree import sha256
from service.store import audit, rollouts
from service.store.audit import Actor
from service.store.errors import Changed, NotFound
from tests.support.small import rollout

FIRST = rollout(name="First")
SECOND = rollout(name="Second")
BEN = Actor("south", "ben")


def create(database, actor, tree=FIRST):
    with database.write() as connection:
        return rollouts.create(connection, actor, tree)


def save(database, actor, id_, tree, expected=None):
    with database.write() as connection:
        return rollouts.save(connection, actor, id_, tree, expected=expected)


def test_a_new_rollout_is_at_revision_one_under_the_fingerprint_of_its_document(database, ada):
    kept = create(database, ada)
    assert (kept.name, kept.revision, kept.sha256) == ("First", 1, sha256(FIRST))
    with database.read() as connection:
        revision, tree = rollouts.document(connection, "north", kept.id)
    assert tree == FIRST
    assert (revision.number, revision.saved_by) == (1, "ada")


def test_saving_makes_the_next_revision_and_the_first_stays_readable(database, ada):
    kept = create(database, ada)
    assert save(database, ada, kept.id, SECOND).revision == 2
    with database.read() as connection:
        assert rollouts.document(connection, "north", kept.id, 1)[1] == FIRST
        assert rollouts.document(connection, "north", kept.id)[1] == SECOND
        assert [it.number for it in rollouts.revisions(connection, "north", kept.id)] == [2, 1]
        assert rollouts.get(connection, "north", kept.id).name == "Second"


def test_the_same_document_again_is_no_new_revision(database, ada):
    kept = create(database, ada)
    assert save(database, ada, kept.id, dict(reversed(FIRST.items()))) == kept


def test_saving_over_a_document_that_one_has_not_seen_is_a_conflict(database, ada):
    kept = create(database, ada)
    save(database, ada, kept.id, SECOND, expected={kept.sha256})
    with pytest.raises(Changed) as conflict:
        save(database, ada, kept.id, rollout(name="Third"), expected={kept.sha256})
    assert conflict.value.current == sha256(SECOND)


def test_the_rollout_of_another_tenant_is_not_there(database, ada):
    kept = create(database, ada)
    with database.read() as connection:
        assert rollouts.listed(connection, "south") == []
        with pytest.raises(NotFound):
            rollouts.get(connection, "south", kept.id)
        with pytest.raises(NotFound):
            rollouts.document(connection, "south", kept.id, 1)
    with pytest.raises(NotFound):
        save(database, BEN, kept.id, SECOND)


def test_a_removed_rollout_is_out_of_sight_but_on_the_record(database, ada):
    kept = create(database, ada)
    with database.write() as connection:
        rollouts.remove(connection, ada, kept.id, expected={kept.sha256})
    with database.read() as connection:
        assert rollouts.listed(connection, "north") == []
        assert rollouts.document(connection, "north", kept.id, 1)[1] == FIRST
        with pytest.raises(NotFound):
            rollouts.get(connection, "north", kept.id)


def test_pages_of_rollouts_go_from_the_latest_to_the_earliest_without_gaps(database, ada):
    made = [create(database, ada, rollout(name=f"Number {number}")).id for number in range(5)]
    seen, after = [], None
    for _ in range(3):
        with database.read() as connection:
            page = rollouts.listed(connection, "north", after=after, limit=2)
        seen += [it.id for it in page]
        after = (page[-1].changed_at, page[-1].id)
    assert sorted(seen) == sorted(made)
    assert len(page) == 1


def test_the_audit_log_says_who_saved_which_revision(database, ada):
    kept = create(database, ada)
    save(database, Actor("north", "cleo"), kept.id, SECOND)
    with database.read() as connection:
        found = audit.entries(connection, "north", kind="rollout", id_=kept.id)
        assert audit.entries(connection, "south") == []
    assert [(it.who, it.action, it.revision) for it in found] == [
        ("cleo", "save", 2),
        ("ada", "create", 1),
    ]
    assert found[0].detail == {"sha256": sha256(SECOND)}


def test_a_transaction_that_raises_leaves_nothing_behind(database, ada):
    def broken_off() -> None:
        with database.write() as connection:
            rollouts.create(connection, ada, FIRST)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    with database.read() as connection:
        assert rollouts.listed(connection, "north") == []
        assert audit.entries(connection, "north") == []
