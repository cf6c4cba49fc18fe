"""A worker whose connections to PostgreSQL fall silent takes up work again by itself."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from allocator.formats.text.tree import read_tree
from service.jobs import worker as module
from service.jobs.worker import STALL_SECONDS, Worker
from service.queue import set_up
from service.store.database import Database
from tests.service.databases import created, dropped, url_of
from tests.service.jobs.conftest import CLINIC
from tests.service.jobs.processes import ended
from tests.service.silence import wired
from tests.support.small import rollout, task


@pytest.fixture
def line():
    name = created()
    with wired(url_of(name)) as (wire, url):
        yield wire, url
    dropped(name)


@pytest.fixture
def database(line):
    """The database as those see it who sit on the other side of the wire."""
    opened = Database(line[1])
    set_up(opened)
    yield opened
    opened.close()


def test_work_is_taken_up_after_all_connections_fell_silent(line, database, ada, ask, worker):
    worker()
    first = ask(ada, rollout(tasks=[task("t-a")]), seconds=1)
    assert ended(database, first).state == "done"
    line[0].cut()
    second = ask(ada, rollout(name="Second", tasks=[task("t-b")]), seconds=1)
    assert ended(database, second).state == "done"


def test_a_worker_whose_queue_is_not_looked_at_has_stalled(database, monkeypatch):
    made = Worker(database, slots=1, per_tenant=1)
    begun = made._polling.last()
    at = SimpleNamespace(monotonic=lambda: begun + STALL_SECONDS)
    monkeypatch.setattr(module, "time", at)
    assert not made._has_stalled()
    at.monotonic = lambda: begun + STALL_SECONDS + 1
    assert [made._has_stalled(), made._has_stalled()] == [False, True]
    made._answered_since = begun + 20  # the database was away until then, for us as well
    assert not made._has_stalled()


def test_dbos_names_the_queue_that_it_looks_at_in_what_it_asks(database, ada, ask):
    """So it is seen where it passes; if DBOS asked otherwise, every worker would seem stalled."""
    call = "import service.jobs.worker as it; it.STALL_SECONDS = 10.0; "
    call += f"it.main({database.plain_url!r}, 1, 1, lease=4.0)"
    process = subprocess.Popen([sys.executable, "-c", call])
    try:
        run = ask(ada, read_tree(CLINIC.read_bytes()), seconds=13)
        assert ended(database, run).state == "done"
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
