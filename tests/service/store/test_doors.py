"""A restore lets nobody in who has been shut out since the backup."""

import pytest

from allocator.formats.icalendar import Owner
from service.access import links, passwords, people, tokens
from service.access.errors import AccessError
from service.access.roles import Caller
from service.store import doors, rollouts
from service.store.audit import Actor
from service.store.backup import back_up, restore
from service.store.errors import NotFound
from tests.api.conftest import KEPT, PASSWORD
from tests.support.small import rollout

BOSS, EVA = (Caller("north", name, "admin", account=name) for name in ("boss", "eva"))


@pytest.fixture
def backed_up(database, tmp_path):
    """A backup with two people, their sessions, tokens and links, of which Eva's end after it."""
    made = {}
    with database.write() as connection:
        people.add(connection, Actor("north", "root"), Caller("north", "boss", "admin"), KEPT)
        people.add(connection, BOSS.actor, Caller("north", "eva", "admin"), KEPT)
        kept = rollouts.create(connection, BOSS.actor, rollout()).id
        for who in (BOSS, EVA):
            owner = Owner("person", "ana")
            made[who.name] = (
                tokens.make(connection, who.actor, who, lasts=10**9, kind="session")[1],
                tokens.make(connection, who.actor, who, lasts=10**9)[1],
                links.make(connection, who.actor, kept, owner, "Ana")[1],
            )
    back_up(database, tmp_path / "b.gz")
    with database.write() as connection:
        people.close(connection, BOSS.actor, "eva")
    return tmp_path / "b.gz", made


def let_in(database, name, texts):
    """What of somebody is let in: session, token, link, password."""
    session, token, link = texts
    found = []
    for look in (
        lambda connection: tokens.caller_of(connection, session),
        lambda connection: tokens.caller_of(connection, token),
        lambda connection: links.found_by(connection, link),
    ):
        try:
            with database.read() as connection:
                look(connection)
            found.append(True)
        except (AccessError, NotFound):
            found.append(False)
    with database.read() as connection:
        person = people.found(connection, name)
    found.append(person is not None and passwords.fits(person.password, PASSWORD))
    return found


def test_unless_instructed_otherwise_a_restore_lets_nobody_in_and_the_door_stays_shut(
    backed_up, empty
):
    file, made = backed_up
    restore(empty, file)
    for name, texts in made.items():
        assert let_in(empty, name, texts) == [False] * 4
    with empty.read() as connection:
        assert people.somebody_is_set_up(connection)
    with empty.write() as connection:
        people.change_password(connection, Actor("north", "root"), "boss", KEPT)
    assert let_in(empty, "boss", made["boss"]) == [False, False, False, True]


def test_a_restore_lets_in_whoever_the_database_lets_in_that_it_replaces(
    backed_up, database, empty
):
    file, made = backed_up
    restore(empty, file, doors.as_in(database))
    assert let_in(empty, "boss", made["boss"]) == [True] * 4
    assert let_in(empty, "eva", made["eva"]) == [False] * 4


def test_a_restore_can_be_instructed_that_nothing_was_revoked_since(backed_up, empty):
    file, made = backed_up
    restore(empty, file, doors.as_kept)
    for name, texts in made.items():
        assert let_in(empty, name, texts) == [True] * 4
