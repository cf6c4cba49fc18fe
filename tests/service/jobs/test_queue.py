"""A run and its job are written together, and the same work only once."""

import inspect

import pytest
from dbos import DBOS
from sqlalchemy import text

from service.jobs.worker import return_jobs
from service.lifecycle.requests import ask_for_plan
from service.queue import QUEUES
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


def test_without_it_the_jobs_of_a_lost_worker_are_taken_back_by_what_is_public(
    database, queue, ada, kept, monkeypatch
):
    with database.write() as connection:
        run = ask_for_plan(connection, queue, ada, kept.id, Limits())
    schema = "" if database.is_sqlite else "dbos."
    status = f"{schema}workflow_status"
    with database.write() as connection:
        connection.execute(text(f"UPDATE {status} SET status = 'PENDING', executor_id = 'gone'"))
    monkeypatch.delattr(DBOS, "_recover_pending_workflows")
    return_jobs(queue, "another")
    with database.read() as connection:
        assert connection.execute(text(f"SELECT status FROM {status}")).scalar() == "PENDING"
    return_jobs(queue, "gone")
    with database.read() as connection:
        row = connection.execute(text(f"SELECT status, queue_name FROM {status}")).one()
    assert tuple(row) == ("ENQUEUED", QUEUES["plan"])
    assert queue.waiting("north", run.id) is True
