"""Helpers: what they find reaches the solve; none is left behind, and none costs a plan."""

from __future__ import annotations

import io
import os
import signal
import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from allocator.check import check
from allocator.formats.document import read_problem
from allocator.outcome import Feasible, Optimal
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.incumbent import Incumbent
from solver.processes import team
from solver.processes.channel import Channel, Decided, Idea, Proved, Start, packed
from solver.processes.team import LEAST_SECONDS, Helper, Team
from solver.schedule import wants_help
from solver.settings import Progress, Settings
from solver.solve import solve
from tests.support.small import problem_of, task

CLINIC = Path(__file__).parents[3] / "examples" / "clinic.yaml"
SETTINGS = Settings(seconds=600, workers=2)


def clinic() -> Problem:
    return read_problem(CLINIC.read_bytes())


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


class Until:
    """A stop that is asked for once a state is reached."""

    def __init__(self) -> None:
        self.reached = threading.Event()

    def __call__(self) -> bool:
        return self.reached.is_set()


def test_a_helper_proves_a_bound_while_the_solve_searches() -> None:
    until = Until()

    def notified(progress: Progress) -> None:
        if progress.best is not None and progress.bound > 0:
            until.reached.set()

    problem = clinic()
    assert wants_help(Candidates(problem), SETTINGS)
    outcome = solve(problem, SETTINGS, notified, until)
    assert isinstance(outcome, (Feasible, Optimal))
    assert 0 < outcome.bound <= outcome.score.total
    assert check(problem, outcome.plan).violations == ()
    assert outcome.run.defects == ()


def test_a_helper_searches_from_the_plan_that_it_hears_of() -> None:
    problem = clinic()
    better = threading.Event()
    incumbent = Incumbent(problem, SETTINGS, lambda _: better.set(), None)
    plan = first_plan(Candidates(problem), 1)
    assert incumbent.offer(plan)
    first, score = incumbent.total, incumbent.score
    assert score is not None
    helper = Helper(incumbent, Start(problem, replace(SETTINGS, seed=2), proves=False), [])
    helper.share(plan, score)
    try:
        while incumbent.total == first:
            assert better.wait(300)
            better.clear()
    finally:
        helper.end()
    assert incumbent.total is not None
    assert first is not None
    assert incumbent.total < first
    assert check(problem, incumbent.base).violations == ()
    assert gone(helper.pid)


def test_a_helper_that_is_killed_costs_nothing_but_its_help() -> None:
    problem = clinic()
    incumbent = Incumbent(problem, SETTINGS, None, None)
    team = Team(incumbent, [])
    os.kill(incumbent.helpers[0], signal.SIGKILL)
    assert incumbent.offer(first_plan(Candidates(problem), 1))
    team.end()
    assert incumbent.plan is not None
    assert incumbent.defects == []
    assert all(map(gone, incumbent.helpers))


def test_all_but_the_first_of_many_workers_search_in_half_as_many_processes() -> None:
    incumbent = Incumbent(clinic(), Settings(seconds=600, workers=8), None, None)
    team = Team(incumbent, [])
    team.end()
    assert len(incumbent.helpers) == 8 // 2 - 1


@pytest.mark.parametrize(
    ("problem", "settings"),
    [
        (clinic(), Settings(seconds=600, workers=1)),
        (clinic(), Settings(seconds=LEAST_SECONDS / 2, workers=2)),
        (problem_of(tasks=[task("t")]), SETTINGS),
    ],
    ids=["one worker", "short", "tiny"],
)
def test_where_help_does_not_pay_there_is_none(problem: Problem, settings: Settings) -> None:
    assert not wants_help(Candidates(problem), settings)


def test_messages_come_out_as_they_went_in() -> None:
    pipe = io.BytesIO()
    channel = Channel(pipe, pipe)
    sent = [Idea(Plan()), Proved(Fraction(7), within_budget=True), Decided()]
    assert all(map(channel.send, sent))
    pipe.seek(0)
    assert [channel.receive() for _ in sent] == sent
    assert channel.receive() is None


def test_a_message_that_breaks_off_is_none() -> None:
    pipe = io.BytesIO()
    Channel(pipe, pipe).send(Idea(Plan()))
    cut = io.BytesIO(pipe.getvalue()[:-1])
    assert Channel(cut, cut).receive() is None
    closed = io.BytesIO()
    closed.close()
    assert not Channel(closed, closed).send(Decided())
    assert Channel(closed, closed).receive() is None


def test_a_problem_is_packed_before_others_work_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is found out about a problem is kept in it; packed meanwhile, it could not be sent.
    packers: list[threading.Thread] = []

    def packed_by(message: Start) -> bytes:
        packers.append(threading.current_thread())
        return packed(message)

    monkeypatch.setattr(team, "packed", packed_by)
    incumbent = Incumbent(clinic(), SETTINGS, None, None)
    helper = Helper(incumbent, Start(incumbent.problem, SETTINGS, proves=True), [])
    helper.end()
    assert packers == [threading.current_thread()]
