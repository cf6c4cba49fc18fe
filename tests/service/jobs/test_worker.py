"""Whatever happens to workers, each run has exactly one result."""

import os
import signal
from itertools import pairwise
from pathlib import Path

import pytest

from service.jobs.solve_process import STAND_BACK
from service.jobs.worker import LOST_LEASE
from service.store import attempts, events, plans, runs
from service.store.audit import Actor
from tests.service.found import found
from tests.service.jobs.processes import (
    ended,
    found_a_plan,
    gone,
    parents,
    run_when,
    solves_of,
    until,
)
from tests.service.plans import solved
from tests.support.small import rollout, task

PIN = {"people": ["bor"], "start": "2027-01-20T08:00"}
NOTHING_MATTERS = {"prices": dict.fromkeys(("cost", "unfairness", "finish", "lateness"), 0)}


def ask_to(database, actor, run, asked):
    with database.write() as connection:
        runs.ask_to_end(connection, actor, run.id, asked)


def plans_of(database, run):
    with database.read() as connection:
        return plans.listed(connection, "north", run.rollout)


def kinds(database, run):
    with database.read() as connection:
        return [it.kind for it in events.since(connection, "north", run.id, 0)]


def test_a_queued_run_is_solved_and_its_plan_kept(database, short, worker):
    worker()
    done = ended(database, short)
    assert (done.state, done.failure) == ("done", None)
    (plan,) = plans_of(database, short)
    assert (plan.id, plan.run, plan.outcome) == (done.plan, short.id, "optimal")
    with database.read() as connection:
        _, found = plans.get(connection, "north", plan.id)
    assert [entry["task"] for entry in found.document["tasks"]] == ["t-a"]
    assert found.report["planned"]["tasks"] == {"planned": 1, "asked": 1}


def test_a_run_that_is_stopped_keeps_its_best_plan(database, ada, long, worker):
    worker()
    run_when(database, long, found_a_plan)
    ask_to(database, ada, long, "stop")
    assert ended(database, long).state == "stopped"
    (plan,) = plans_of(database, long)
    assert plan.outcome == "feasible"


def test_the_process_of_a_cancelled_run_is_gone_and_nothing_kept(database, ada, long, worker):
    process = worker()
    run_when(database, long, found_a_plan)
    (solve,) = solves_of(process.pid)
    ask_to(database, ada, long, "cancel")
    assert ended(database, long).state == "cancelled"
    until(lambda: gone(solve))
    assert plans_of(database, long) == []


def test_a_run_of_a_killed_worker_is_taken_over_and_its_process_dies(database, ada, long, worker):
    first = worker()
    run_when(database, long, found_a_plan)
    (solve,) = solves_of(first.pid)
    worker()
    first.kill()
    until(lambda: gone(solve))
    run_when(database, long, lambda run: run.attempt == 2 and found_a_plan(run))
    ask_to(database, ada, long, "stop")
    assert ended(database, long).state == "stopped"
    assert len(plans_of(database, long)) == 1
    assert kinds(database, long).count("ended") == 1


def test_a_frozen_worker_is_replaced_and_ends_when_it_wakes_up(database, ada, long, worker):
    frozen = worker()
    run_when(database, long, found_a_plan)
    frozen.send_signal(signal.SIGSTOP)
    worker()
    run_when(database, long, lambda run: run.attempt == 2 and found_a_plan(run))
    ask_to(database, ada, long, "stop")
    done = ended(database, long)
    frozen.send_signal(signal.SIGCONT)
    assert frozen.wait() == LOST_LEASE
    assert [plan.id for plan in plans_of(database, long)] == [done.plan]


def test_a_worker_that_leaves_returns_its_run_with_the_best_plan(database, ada, long, worker):
    leaving = worker()
    run_when(database, long, found_a_plan)
    leaving.terminate()
    assert leaving.wait() == 0
    with database.read() as connection:
        assert runs.get(connection, "north", long.id).state == "queued"
    assert kinds(database, long)[-1] == "requeued"
    worker()
    run_when(database, long, lambda run: run.state == "running")
    ask_to(database, ada, long, "stop")
    assert ended(database, long).state == "stopped"
    assert len(plans_of(database, long)) == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_tenant_has_no_more_than_its_share_of_the_workers(database, ada, ask, worker):
    tree = rollout(tasks=[task("t-a")])
    mine = [ask(ada, tree | {"name": f"Number {number}"}, seconds=5) for number in range(4)]
    theirs = ask(Actor("south", "ben"), tree, seconds=5)
    worker(slots=2, per_tenant=1)
    done = [ended(database, run) for run in mine]
    spans = sorted((run.started_at, run.ended_at) for run in done)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    until(lambda: state_of(database, "south", theirs) == "done")


def state_of(database, tenant, run):
    with database.read() as connection:
        return runs.get(connection, tenant, run.id).state


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_run_that_goes_on_begins_with_the_plan_that_was_handed_back(database, ada, ask, worker):
    # Both could do it: the plan that was handed back has Bor, on another day than a new one would.
    run = ask(ada, rollout(tasks=[task("t-a", hours=8)], goals=NOTHING_MATTERS), seconds=10)
    late = solved(rollout(tasks=[task("t-a", hours=8, pin=PIN)], goals=NOTHING_MATTERS))
    with database.write() as connection:
        taken = attempts.take(connection, "north", run.id, "w1")
        attempts.hand_back(connection, taken.fence, 1, late)
    worker()
    done = ended(database, run)
    with database.read() as connection:
        _, found = plans.get(connection, "north", done.plan)
    assert found.document["tasks"] == late.document["tasks"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_solve_stands_back_for_the_worker_and_the_api(database, long, worker):
    process = worker()
    run_when(database, long, found_a_plan)
    (solve,) = solves_of(process.pid)
    assert niceness(solve) == min(19, niceness(process.pid) + STAND_BACK)
    assert os.getsid(solve) == solve


def niceness(process):
    return os.getpriority(os.PRIO_PROCESS, process)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_solves_need_is_loaded_before_the_first_one_is_asked_for(worker):
    process = worker()
    until(lambda: any("forkserver" in words for words in commands_below(process.pid)))


def commands_below(process):
    return [
        Path(f"/proc/{child}/cmdline").read_bytes().decode()
        for child, parent in parents().items()
        if parent == process
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_run_whose_process_ends_keeps_the_plan_that_was_handed_back(database, long, worker):
    with database.write() as connection:
        taken = attempts.take(connection, "north", long.id, "w1")
        # Better than any plan can be, so that it is not what the solve has found itself.
        attempts.hand_back(connection, taken.fence, 1, found(total=50))
    process = worker()
    run_when(database, long, found_a_plan)
    (solve,) = solves_of(process.pid)
    os.kill(solve, signal.SIGKILL)
    done = ended(database, long)
    assert (done.state, done.best) == ("done", 50)
