"""Every operation is tried by every role, from outside, and from another tenant; it is counted."""

import re
from collections import Counter

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from service.access import people, tokens
from service.access.roles import Caller
from service.queue import set_up
from service.store import leases
from service.store.audit import Actor
from service.store.database import Database
from tests.api.conftest import KEPT
from tests.api.operations import MARK, OPERATIONS, OURS, names_ours
from tests.api.things import fresh, kept_of

RIGHTS = {
    "viewer": {"read", "follow"},
    "department-head": {"follow", "approve"},
    "project-manager": {"read", "follow", "try"},
    "coordinator": {"read", "follow", "try", "edit", "approve"},
    "monitor": {"monitor"},
    "admin": {"read", "follow", "try", "edit", "approve", "monitor", "administer"},
}
"""What the page of the service says that each role may do."""

HOUR = 3_600_000


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """One for all, with a worker that is alive and an admin in either tenant."""
    opened = Database(f"sqlite:///{tmp_path_factory.mktemp('matrix')}/kept.db")
    set_up(opened)
    with opened.write() as connection:
        leases.enter(connection, "w1")
        for tenant in ("north", "south"):
            boss = Caller(tenant, f"boss-{tenant}", "admin")
            people.add(connection, boss.actor, boss, KEPT)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(database):
    made = create_app(database)
    yield made
    made.state.service.queue.close()


@pytest.fixture(scope="module")
def queue(app):
    return app.state.service.queue


@pytest.fixture(scope="module")
def counted(tell):
    """How many requests were tried and what they were answered with; shown at the end."""
    counts = Counter()
    yield counts
    by_status = ", ".join(f"{number} x {status}" for status, number in sorted(counts.items()))
    tell(f"{counts.total()} requests across roles and tenants: {by_status}")


@pytest.fixture
def ask(app, counted):
    """A function that sends the request of an operation with a token; its answer."""

    def asking(operation, things, token):
        row = OPERATIONS[operation]
        method, path = filled(operation, things).split(" ")
        client = TestClient(app, raise_server_exceptions=False)
        answer = client.request(
            method,
            path,
            params=filled(dict(row.query), things),
            json=filled(row.body, things),
            headers={"If-Match": "*"} | ({"Authorization": f"Bearer {token}"} if token else {}),
        )
        counted[answer.status_code] += 1
        return answer

    return asking


def filled(said, things):
    """A request with the ids of things in it."""
    match said:
        case str():
            return re.sub(r"\{(\w+)\}", lambda found: things[found[1]], said)
        case dict() if said and said.get("name") != MARK:
            return {name: filled(value, things) for name, value in said.items()}
    return said


def token_of(database, tenant, role, lasts=HOUR):
    """The text of a token for a role; a department head answers for finance."""
    named = Caller(tenant, f"{role}-{tenant}", role, ("finance",))
    with database.write() as connection:
        return tokens.make(connection, named.actor, named, lasts=lasts)[1]


@pytest.fixture
def north(database, queue):
    """One of everything in a tenant."""
    return fresh(database, queue, "north")


def test_the_table_has_a_row_for_every_operation_and_no_other(app):
    offered = {
        f"{method.upper()} {path}"
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert {anonymous(it) for it in OPERATIONS} == {anonymous(it) for it in offered}


def anonymous(operation):
    return re.sub(r"\{\w+\}", "{}", operation)


@pytest.mark.parametrize("role", RIGHTS)
def test_a_role_may_do_what_it_includes(database, queue, ask, role):
    rights = {*RIGHTS[role], "sign in", None}
    maker = f"{role}-north"
    things = fresh(database, queue, "north", maker)
    for operation in (it for it, row in OPERATIONS.items() if row.right in rights):
        with database.write() as connection:
            leases.beat(connection, "w1")
        answer = ask(operation, things, token_of(database, "north", role))
        assert answer.status_code in OPERATIONS[operation].allowed, (operation, answer.text)
        if not operation.startswith("GET "):  # it may be gone or changed now
            things = fresh(database, queue, "north", maker)


@pytest.mark.parametrize("role", [role for role in RIGHTS if role != "admin"])
def test_a_role_may_do_no_more_and_nothing_comes_of_it(database, north, ask, role):
    token = token_of(database, "north", role)
    before = kept_of(database, "north")
    for operation in (it for it, row in OPERATIONS.items() if row.right):
        if OPERATIONS[operation].right not in {*RIGHTS[role], "sign in"}:
            answer = ask(operation, north, token)
            assert answer.status_code == 403, (operation, answer.text)
            assert MARK not in answer.text
    assert kept_of(database, "north") == before


def none(_):
    return None


def unknown(_):
    return f"{tokens.PREFIX}_{'0' * 16}_{'x' * 43}"


def wrong(database):
    return token_of(database, "north", "admin")[:-1] + "#"


def expired(database):
    return token_of(database, "north", "admin", lasts=-1)


def revoked(database):
    text = token_of(database, "north", "admin")
    with database.write() as connection:
        tokens.revoke_text(connection, text)
    return text


def of_a_closed_account(database):
    text = token_of(database, "north", "admin")
    with database.write() as connection:
        named = Caller("north", "admin-north", "admin")
        people.add(connection, named.actor, named, KEPT)
        people.close(connection, Actor("north", "boss-north"), "admin-north")
    return text


@pytest.mark.parametrize("made", [none, unknown, wrong, expired, revoked, of_a_closed_account])
def test_without_a_token_that_holds_nothing_is_let_through(database, north, ask, made):
    token = made(database)
    before = kept_of(database, "north")
    for operation in (it for it, row in OPERATIONS.items() if row.right):
        answer = ask(operation, north, token)
        assert answer.status_code == 401, (operation, answer.text)
        assert MARK not in answer.text
    assert kept_of(database, "north") == before


@pytest.mark.parametrize("role", RIGHTS)
def test_what_is_of_one_tenant_is_not_there_for_any_role_of_another(database, north, ask, role):
    before = kept_of(database, "north")
    for operation in (it for it in OPERATIONS if OPERATIONS[it].right and names_ours(it)):
        answer = ask(operation, north, token_of(database, "south", role))
        nothing = answer.status_code == 200 and answer.json() in ([], {"items": [], "next": None})
        assert nothing or answer.status_code in (403, 404), (operation, answer.text)
        assert MARK not in answer.text
    assert kept_of(database, "north") == before


@pytest.mark.parametrize("role", RIGHTS)
def test_lists_of_one_tenant_show_nothing_of_another(database, north, ask, role):
    listed = [it for it in OPERATIONS if it.startswith("GET ") and "{" not in it]
    assert len(listed) >= 10
    token = token_of(database, "south", role)
    for operation in listed:
        text = ask(operation, north, token).text
        assert not [it for it in (MARK, *(north[name] for name in OURS)) if it in text]
