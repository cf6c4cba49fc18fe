"""A solve whose process is lost or out of memory ends with the best plan that it has sent."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from service.jobs.attempt import Attempt
from service.jobs.solve_process import NO_MEMORY, Kept
from service.jobs.solving import Gone
from service.runtime.memory import VARIABLE
from service.store import attempts, plans, rollouts, runs
from service.store.documents import packed
from service.store.runs import Limits
from tests.service.found import found
from tests.support.small import rollout, task


class Scripted:
    """A solve that sends what it is asked to, one message after the other."""

    def __init__(self, *messages, process=None):
        self.messages = list(messages)
        self.process = process
        self.killed = False

    def receive(self, _seconds):
        return self.messages.pop(0) if self.messages else None

    def stop(self):
        pass

    def kill(self):
        self.killed = True


@pytest.fixture
def run_of(database, ada):
    """A function that lets a solve be followed to its end, and gives the run and its plan."""

    def following(solve):
        with database.write() as connection:
            kept = rollouts.create(connection, ada, rollout(tasks=[task("a")]))
            run = runs.add(connection, ada, kept.id, 1, Limits(), priority=5)
            taken = attempts.take(connection, "north", run.id, "w1")
        Attempt(database, taken, threading.Event())._follow(solve)
        with database.read() as connection:
            ended = runs.get(connection, "north", run.id)
            plan = None if ended.plan is None else plans.get(connection, "north", ended.plan)[1]
        return ended, plan

    return following


def kept(total):
    best = found(total)
    return Kept(packed({"document": best.document, "report": best.report}))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
def test_a_killed_solve_leaves_its_best_plan_and_says_why_it_ended(run_of, number):
    run, plan = run_of(Scripted(kept(300), kept(200), kept(250), Gone(-number)))
    assert (run.state, plan.total) == ("done", 200)
    assert plan.document["solver"]["out_of_memory"] is True


def test_a_killed_solve_without_a_plan_fails_for_lack_of_memory(run_of):
    run, plan = run_of(Scripted(Gone(-signal.SIGKILL)))
    assert (run.state, run.failure, plan) == ("failed", NO_MEMORY, None)


def test_a_solve_far_beyond_its_memory_is_ended(run_of, monkeypatch):
    monkeypatch.setenv(VARIABLE, "1")  # this process has more than that
    solve = Scripted(None, kept(300), process=os.getpid())
    run, plan = run_of(solve)
    assert solve.killed
    assert (run.state, run.failure, plan) == ("failed", NO_MEMORY, None)


def test_a_solve_that_ends_by_itself_otherwise_is_not_said_to_lack_memory(run_of):
    run, plan = run_of(Scripted(kept(300), Gone(1)))
    assert (run.state, plan.total) == ("done", 300)
    assert "out_of_memory" not in plan.document["solver"]


def test_a_solve_that_ends_by_itself_without_a_plan_fails_with_its_code(run_of):
    run, plan = run_of(Scripted(Gone(-signal.SIGSEGV)))
    assert (run.state, plan) == ("failed", None)
    assert f"code {-signal.SIGSEGV:d}" in run.failure
