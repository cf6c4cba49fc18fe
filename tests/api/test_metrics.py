"""Metrics: the whole service from the database, and what an API process has answered."""

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from service.lifecycle.requests import ask_for_plan
from service.runtime.metrics import SETTLED, Operations
from service.store import attempts, rollouts, runs, tables
from service.store.clock import now
from service.store.runs import Limits
from tests.service.found import found
from tests.service.jobs.processes import ended
from tests.support.small import rollout, task

TREE = rollout(tasks=[task("t-a")])


def scraped(client):
    """Every sample by its name and labels."""
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


@pytest.fixture
def end(database, ada):
    """A function that lets a run end with a gap of 1/2, some seconds after it began."""
    with database.write() as connection:
        kept = rollouts.create(connection, ada, TREE)

    def ending(seconds, at):
        with database.write() as connection:
            run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
            taken = attempts.take(connection, "north", run.id, "w1")
            attempts.finish(connection, taken.fence, found(total=100))
            times = {"started_at": at - 1000 * seconds, "ended_at": at}
            connection.execute(
                update(tables.runs).where(tables.runs.c.id == run.id).values(**times)
            )

    return ending


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_workers_did_is_reported_by_the_api_process(app, client, database, ada, worker):
    with database.write() as connection:
        kept = rollouts.create(connection, ada, TREE).id
        limits = Limits(seconds=10, workers=1)
        run = ask_for_plan(connection, app.state.service.queue, ada, kept, limits)
    waiting = scraped(client)
    assert waiting["allocator_runs_unfinished", "plan", "queued"] == 1
    assert waiting["allocator_queue_oldest_seconds", "plan"] > 0
    assert waiting["allocator_workers_alive",] == 0
    worker()
    assert ended(database, run).state == "done"
    reported = scraped(client)
    assert reported["allocator_runs_unfinished", "plan", "queued"] == 0
    assert reported["allocator_runs_ended_total", "done", "plan"] == 1
    assert reported["allocator_solve_seconds_count", "plan"] == 1
    assert reported["allocator_plan_gap_ratio_bucket", "0", "plan"] == 1  # it was optimal
    assert reported["allocator_workers_alive",] == 1


def test_requests_are_counted_by_route_not_by_path(client):
    for name in ("one", "two", "three"):
        client.get(f"/v1/plans/{name}")
        client.get(f"/{name}")
    counted = scraped(client)
    name = "allocator_http_request_seconds_count"
    assert counted[name, "/v1/plans/{plan}", "404", "GET"] == 3
    assert counted[name, "404", "GET", "none"] == 3
    assert not any("one" in labels for labels in counted)


def test_what_ended_long_ago_is_counted_once(database, end):
    """Two runs of 4 s and 40 s, before and after what is settled; then another one of 40 s."""
    operations = Operations(database)
    end(4, at=now() - 2 * SETTLED)
    end(40, at=now())
    for _ in range(2):
        figures = operations.read()
        assert figures.ended == {("plan", "done"): 2}
        counts = dict(figures.seconds["plan"].up_to())
        assert [counts[edge] for edge in ("2", "5", "30", "60", "+Inf")] == [0, 1, 1, 2, 2]
        assert figures.seconds["plan"].total == 44
    end(40, at=now())
    figures = operations.read()
    assert figures.ended == {("plan", "done"): 3}
    assert figures.seconds["plan"].total == 84
    gaps = dict(figures.gaps["plan"].up_to())
    assert (gaps["0.2"], gaps["0.5"]) == (0, 3)
    assert figures.gaps["plan"].total == 1.5


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_statements_that_the_database_does_not_answer_are_counted(client, database):
    assert scraped(client)["allocator_database_errors_total",] == 0
    with pytest.raises(OperationalError), database.read() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert scraped(client)["allocator_database_errors_total",] == 1


def test_a_program_that_watches_sees_the_metrics_and_nothing_else(guarded):
    assert guarded().get("/metrics").status_code == 401
    assert guarded("viewer").get("/metrics").status_code == 403
    watching = guarded("monitor")
    assert watching.get("/metrics").status_code == 200
    for path in ("/v1/rollouts", "/v1/plans", "/v1/tokens"):
        assert watching.get(path).status_code == 403


def test_defects_of_solves_are_counted_with_a_plan_and_without(client, database, ada):
    with database.write() as connection:
        kept = rollouts.create(connection, ada, TREE)
        for failed in (False, True):
            run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
            fence = attempts.take(connection, "north", run.id, "w1").fence
            if failed:
                attempts.fail(connection, fence, "A defect of allocator.", 3)
            else:
                attempts.finish(connection, fence, found(defects=2))
    assert scraped(client)["allocator_solver_defects_total",] == 2 + 3
