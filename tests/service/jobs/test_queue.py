"""A run and its job are written together, and the same work only once."""

import inspect

import pytest
from dbos import DBOS

from service.lifecycle.requests import ask_for_plan
from service.store import rollouts, runs
from service.store.errors import NotFound
from service.store.runs import Limits
from tests.support.small import rollout


@pytest.fixture
def kept(database, ada):
    with database.write() as connection:
        return rollouts.create(connection, ada, rollout())


def test_a_transaction_that_raises_leaves_neither_run_nor_job(database, queue, ada, kept):
    def broken_off() -> None:
        with database.write() as connection:
            run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
            ids.append(run.id)
            queue.put(connection, "north", run)
            raise ZeroDivisionError

    ids: list[str] = []
    with pytest.raises(ZeroDivisionError):
        broken_off()
    with database.read() as connection, pytest.raises(NotFound):
        runs.get(connection, "north", ids[0])
    assert queue.waiting("north", ids[0]) is False


def test_who_asks_for_the_same_work_gets_the_run_that_is_queued(database, queue, ada, kept):
    def ask(seconds):
        with database.write() as connection:
            return ask_for_plan(connection, queue, ada, kept.id, Limits(seconds=seconds))

    first = ask(5)
    assert queue.waiting("north", first.id) is True
    assert ask(5) == first
    assert ask(6).id != first.id
    with database.write() as connection:
        rollouts.save(connection, ada, kept.id, rollout(name="Changed"))
    assert ask(5).id != first.id


def test_a_run_whose_job_is_lost_is_queued_again_once(database, queue, ada, kept):
    with database.write() as connection:
        run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
    assert queue.put_again(database, "north", run) is True
    assert queue.put_again(database, "north", run) is False
    assert queue.waiting("north", run.id) is True


def test_what_we_call_of_dbos_although_it_is_not_public_is_there():
    parameters = inspect.signature(DBOS._recover_pending_workflows).parameters
    assert list(parameters) == ["executor_ids"]
