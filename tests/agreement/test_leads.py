"""Leads, in links of every kind: bounds, model and solve agree with all plans gone through."""

from __future__ import annotations

import pytest

from allocator.outcome import Optimal
from allocator.problem import Problem
from solver.bounds.quick import quick_bounds
from solver.candidates.candidates import Candidates
from solver.settings import Settings
from solver.solve import solve
from tests.agreement.enumeration import MOST, best_total, number_of_plans
from tests.agreement.test_bounds import optimum
from tests.support.small import LJ, person, problem_of, task

SHORT = {"id": "short", "weekly": {day: ["08:00-11:00"] for day in ("mon", "tue", "wed")}}


def linked(kind: str, lag: int, **more: object) -> Problem:
    """Two tasks for two people, the later one due on the first of three short days."""
    link = {"task": "t-a", "type": kind, "lag_hours": lag}
    return problem_of(
        calendars=[SHORT],
        end="2027-01-13",
        sites=[LJ | {"calendar": "short"}],
        rooms=[],
        people=[person("ana", calendar="short"), person("bor", calendar="short")],
        tasks=[
            task("t-a", hours=4, earliest="2027-01-12") | more,
            task("t-b", hours=2, due="2027-01-11", after=[link]),
        ],
        goals={"prices": {"finish": 1}},
    )


@pytest.mark.parametrize("lag", [-50, -20, -2])
@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
def test_a_solve_proves_the_best_of_all_plans_with_a_lead(kind: str, lag: int) -> None:
    problem = linked(kind, lag)
    assert 1 < number_of_plans(problem) <= MOST
    best = best_total(problem)
    assert best is not None
    assert optimum(problem) == best
    assert quick_bounds(Candidates(problem)).total <= best
    outcome = solve(problem, Settings(seconds=5, workers=1))
    assert isinstance(outcome, Optimal)
    assert outcome.score.total == outcome.bound == best


def test_with_a_long_lead_a_task_may_end_before_the_one_that_it_comes_after_begins() -> None:
    outcome = solve(linked("FS", -50), Settings(seconds=5, workers=1))
    assert isinstance(outcome, Optimal)
    before, then = sorted(outcome.plan.tasks, key=lambda it: it.task)
    assert then.end < before.start
