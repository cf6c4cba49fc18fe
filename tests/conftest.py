"""Databases and workers: the same tests on SQLite and PostgreSQL; no test leaves a defect."""

import logging
import os
import secrets
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.defects import VARIABLE
from service.queue import set_up
from service.store.audit import Actor
from service.store.database import Database
from tests.service.databases import KINDS, created, dropped, url_of
from tests.service.jobs.processes import start

DEFECTS = Path(tempfile.mkdtemp(prefix="defects-"))
"""Where this process of tests, and all that it starts, write defects of the solver down."""

os.environ[VARIABLE] = str(DEFECTS)


class Recorded(logging.Handler):
    """The defects that solves of one test have recorded."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@pytest.fixture(autouse=True)
def no_defects(request: pytest.FixtureRequest) -> Iterator[None]:
    """A defect that a solve had to set aside, here or in another process, fails the test.

    Those marked `defective` bring one about, and have to.
    """
    before, recorded = set(os.listdir(DEFECTS)), Recorded()
    loggers = [logging.getLogger(name) for name in ("solver.incumbent", "allocator.reasons")]
    for logger in loggers:
        logger.addHandler(recorded)
    yield
    for logger in loggers:
        logger.removeHandler(recorded)
    found = [*recorded.found, *sorted(set(os.listdir(DEFECTS)) - before)]
    wanted = request.node.get_closest_marker("defective") is not None
    assert bool(found) == wanted, found


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
