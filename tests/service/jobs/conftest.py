"""A queue, workers, and two rollouts: one that is solved at once, one that takes all its time."""

import signal
from pathlib import Path

import pytest

from allocator.formats.text import read_tree
from service.jobs.queue import Queue
from service.requests import ask_for_plan
from service.store import rollouts
from service.store.runs import Limits
from tests.rollouts import rollout, task
from tests.service.jobs.processes import start

CLINIC = Path(__file__).parents[3] / "examples" / "clinic.yaml"


@pytest.fixture
def queue(database):
    opened = Queue(database)
    yield opened
    opened.close()


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


@pytest.fixture
def ask(database, queue):
    """A function that asks for the plan of a new rollout."""

    def asking(actor, tree, **limits):
        with database.write() as connection:
            kept = rollouts.create(connection, actor, tree)
        return ask_for_plan(database, queue, actor, kept.id, Limits(workers=1, **limits))

    return asking


@pytest.fixture
def short(ask, ada):
    """A run that is solved at once."""
    return ask(ada, rollout(tasks=[task("t-a")]), seconds=10)


@pytest.fixture
def long(ask, ada):
    """A run that goes on until its time is over."""
    return ask(ada, read_tree(CLINIC.read_bytes()), seconds=300)
