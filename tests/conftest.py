"""Databases and workers: the same tests on SQLite and PostgreSQL; no test leaves a defect."""

import logging
import os
import secrets
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

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
    _set_up(url_of(name))
    yield name
    dropped(name)


@pytest.fixture(scope="session")
def template_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of SQLite that has been set up, to be copied."""
    path = tmp_path_factory.mktemp("template") / "kept.db"
    _set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    if request.param == "postgresql":
        yield from _opened_server("template1")
    else:
        yield from _opened_file(tmp_path)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as the service needs it, without a rollout."""
    yield from ready(request, tmp_path)


def ready(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """A database of the kind that a fixture is asked for, copied from one that was set up."""
    if request.param == "postgresql":
        yield from _opened_server(request.getfixturevalue("template"))
    else:
        yield from _opened_file(folder, request.getfixturevalue("template_file"))


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


def _set_up(url: str) -> None:
    opened = Database(url)
    set_up(opened)
    opened.close()


def _opened_server(template: str) -> Iterator[Database]:
    name = created(template)
    opened = Database(url_of(name))
    yield opened
    opened.close()
    dropped(name)


def _opened_file(folder: Path, template: Path | None = None) -> Iterator[Database]:
    path = folder / f"{secrets.token_hex(6)}.db"
    if template is not None:
        copyfile(template, path)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()
