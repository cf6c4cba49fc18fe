"""The database is broken off and comes back: what was asked for and found is not lost."""

import pytest

from allocator.formats.text.tree import read_tree
from service.queue import set_up
from service.store import events, plans
from service.store.database import Database
from tests.service.jobs.conftest import CLINIC
from tests.service.jobs.processes import ended, gone, run_when, solves_of, until
from tests.support.small import rollout, task
from tools.postgresql import cluster


@pytest.fixture
def server():
    with cluster() as made:
        yield made


@pytest.fixture
def database(server):
    opened = Database(server.url)
    set_up(opened)
    yield opened
    opened.close()


def test_runs_go_on_over_a_crash_of_postgresql_and_end_once(server, database, ada, ask, worker):
    running = ask(ada, read_tree(CLINIC.read_bytes()), seconds=4)
    waiting = [ask(ada, rollout(name=f"Number {it}", tasks=[task("t-a")])) for it in range(3)]
    at_work = worker()
    run_when(database, running, lambda it: it.best is not None)
    worker()
    (solve,) = solves_of(at_work.pid)
    server.break_off()
    until(lambda: gone(solve))  # what it has found cannot be written now
    server.start()
    for run in [running, *waiting]:
        done = ended(database, run)
        assert (done.state, done.failure) == ("done", None)
        with database.read() as connection:
            assert len(plans.listed(connection, "north", run.rollout)) == 1
            reported = [it.kind for it in events.since(connection, "north", run.id, 0)]
        assert reported.count("ended") == 1
