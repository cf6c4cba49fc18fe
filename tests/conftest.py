"""Databases and workers: the same tests on SQLite and PostgreSQL."""

import secrets
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.queue import set_up
from service.store.audit import Actor
from service.store.database import Database
from tests.service.databases import KINDS, created, dropped, url_of
from tests.service.jobs.processes import start


@pytest.fixture(scope="session")
def template() -> Iterator[str]:
    """A PostgreSQL database that has been set up, to be copied."""
    name = created()
    opened = Database(url_of(name))
    set_up(opened)
    opened.close()
    yield name
    dropped(name)


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    yield from _opened(request.param, tmp_path, "template1")


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as the service needs it, without a rollout."""
    template = request.getfixturevalue("template") if request.param == "postgresql" else ""
    for opened in _opened(request.param, tmp_path, template):
        set_up(opened)
        yield opened


@pytest.fixture
def ada() -> Actor:
    """Somebody who may do everything."""
    return Actor("north", "ada")


@pytest.fixture
def worker(database):
    """A function that starts workers."""
    started = []

    def starting(**options):
        started.append(start(database, **options))
        return started[-1]

    yield starting
    for process in started:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def _opened(kind: str, folder: Path, template: str) -> Iterator[Database]:
    name = created(template) if kind == "postgresql" else ""
    opened = Database(url_of(name) if name else f"sqlite:///{folder}/{secrets.token_hex(6)}.db")
    yield opened
    opened.close()
    if name:
        dropped(name)
