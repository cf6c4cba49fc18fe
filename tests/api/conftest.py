"""The service in this process, on a database of its own; no worker unless a test starts one."""

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from api.app import create_app
from service.access import passwords, people, tokens
from service.access.roles import Caller
from tests.conftest import ready
from tests.service.databases import KINDS
from tests.support.extent import FULL

PASSWORD = "three blue boats on a lake"

passwords._hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
"""Hashing takes a third of a second on purpose; here it only has to be right."""

KEPT = passwords.hashed(PASSWORD)
"""What is kept of it."""


@pytest.fixture(scope="session")
def tell(request):
    """A function that adds a line to what pytest prints: figures that the documentation states."""
    plugins = request.config.pluginmanager
    reporter, captured = (
        plugins.get_plugin("terminalreporter"),
        plugins.get_plugin("capturemanager"),
    )

    def telling(line):
        with captured.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(line)

    return telling


@pytest.fixture(params=KINDS if FULL else KINDS[:1])
def database(request, tmp_path):
    """The service is the same on both kinds; what is kept is tested on both in `tests/service`."""
    yield from ready(request, tmp_path)


@pytest.fixture
def app(database):
    made = create_app(database)
    yield made
    made.state.service.queue.close()


@pytest.fixture
def client(app):
    """Somebody at this machine while no admin is set up."""
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def guarded(app, database):
    """A function that gives a client for a role in a tenant; an admin is set up in each."""
    with database.write() as connection:
        for tenant in ("north", "south"):
            boss = Caller(tenant, f"boss-{tenant}", "admin")
            people.add(connection, boss.actor, boss, KEPT)

    def opened(role=None, tenant="north", departments=()):
        client = TestClient(app, raise_server_exceptions=False)
        if role is not None:
            named = Caller(tenant, f"{role}-{tenant}", role, tuple(departments))
            with database.write() as connection:
                _, text = tokens.make(connection, named.actor, named, lasts=3_600_000)
            client.headers["Authorization"] = f"Bearer {text}"
        return client

    return opened
