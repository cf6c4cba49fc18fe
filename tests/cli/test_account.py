"""`allocator account` at the database itself: people, passwords, roles and tokens."""

import subprocess

import pytest

from service.access import passwords, people, tokens
from service.queue import set_up
from service.store import audit, rollouts
from service.store.audit import Actor
from service.store.database import Database
from tests.cli.commands import COMMAND, ROOT, allocator
from tests.support.small import rollout

PASSWORD, OTHER = "three blue boats on a lake", "a green tram behind the hill"


@pytest.fixture
def kept(tmp_path):
    """A database with an admin in it."""
    opened = Database(f"sqlite:///{tmp_path}/kept.db")
    set_up(opened)
    yield opened
    opened.close()


def entered(database, *words, said=""):
    """How a command ends that is given something on stdin."""
    return subprocess.run(
        [*COMMAND, "account", *words, "--database", database.plain_url],
        cwd=ROOT,
        input=said.encode(),
        capture_output=True,
    )


def test_whoever_waits_for_a_password_holds_nobody_up(kept):
    words = [*COMMAND, "account", "add", "ada", "--role", "admin", "--database", kept.plain_url]
    waiting = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with kept.engine.connect() as connection:  # it has the database open, and waits
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    with kept.write() as connection:
        audit.note(connection, Actor("north", "ben"), "look", "rollout", "x")
    out, _ = waiting.communicate(PASSWORD.encode() + b"\n")
    assert (waiting.returncode, out.decode().strip()) == (0, "ada can sign in as admin of default.")


def test_a_weak_password_is_refused_with_a_sentence(kept):
    ended = entered(kept, "add", "ada", "--role", "admin", said="password1234\n")
    assert ended.returncode == 3
    assert b"easy to guess" in ended.stderr
    with kept.read() as connection:
        assert people.found(connection, "ada") is None


def test_passwords_and_roles_are_changed_at_the_database(kept):
    assert entered(kept, "add", "ada", "--role", "admin", said=f"{PASSWORD}\n").returncode == 0
    assert entered(kept, "password", "ada", said=f"{OTHER}\n").returncode == 0
    assert entered(kept, "add", "ben", "--role", "admin", said=f"{PASSWORD}\n").returncode == 0
    assert entered(kept, "role", "ben", "--role", "viewer").returncode == 0
    last = entered(kept, "role", "ada", "--role", "viewer")
    assert (last.returncode, b"last admin" in last.stderr) == (3, True)
    with kept.read() as connection:
        ada, ben = (people.get(connection, "default", name) for name in ("ada", "ben"))
    assert (ada.role, ben.role) == ("admin", "viewer")
    assert passwords.fits(ada.password, OTHER)


def test_a_token_is_for_the_rollouts_that_it_names(kept):
    with kept.write() as connection:
        ours = rollouts.create(connection, Actor("default", "ada"), rollout()).id
    words = ("account", "token", "erp", "--role", "viewer", "--database", kept.plain_url)
    made = allocator(*words, "--rollout", ours)
    with kept.read() as connection:
        assert tokens.caller_of(connection, made.out.strip()).rollouts == (ours,)
    assert allocator(*words, "--rollout", "nothing").code == 3
