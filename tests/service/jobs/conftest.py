"""A queue, and two rollouts: one that is solved at once, one that takes all its time."""

from pathlib import Path

import pytest

from allocator.formats.text.tree import read_tree
from service.lifecycle.requests import ask_for_plan
from service.queue import Queue
from service.store import rollouts
from service.store.runs import Limits
from tests.support.small import rollout, task

CLINIC = Path(__file__).parents[3] / "examples" / "clinic.yaml"


@pytest.fixture
def queue(database):
    opened = Queue(database)
    yield opened
    opened.close()


@pytest.fixture
def ask(database, queue):
    """A function that asks for the plan of a new rollout."""

    def asking(actor, tree, **limits):
        with database.write() as connection:
            kept = rollouts.create(connection, actor, tree)
            return ask_for_plan(connection, queue, actor, kept.id, Limits(workers=1, **limits))

    return asking


@pytest.fixture
def short(ask, ada):
    """A run that is solved at once."""
    return ask(ada, rollout(tasks=[task("t-a")]), seconds=10)


@pytest.fixture
def long(ask, ada):
    """A run that goes on until its time is over."""
    return ask(ada, read_tree(CLINIC.read_bytes()), seconds=300)
