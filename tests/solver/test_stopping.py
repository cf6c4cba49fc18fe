"""Ending early: what is being built is given up, what has been found is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.check import check
from allocator.formats.document import read_problem
from allocator.outcome import Feasible
from allocator.plan import Plan
from allocator.problem import Problem
from solver.bounds.energy import energy_bound
from solver.bounds.quick import quick_bounds
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.model.compile import compile_part
from solver.model.grid import grid_of
from solver.model.part import whole
from solver.settings import Settings
from solver.solve import solve
from solver.stopping import EVERY, GrowingModel, Stopped, until

CLINIC = Path(__file__).parents[2] / "examples" / "clinic.yaml"


def clinic() -> Problem:
    return read_problem(CLINIC.read_bytes())


class After:
    """A stop that says so from the look number `looks` + 1 on."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_items_come_until_the_stop_says_so() -> None:
    items = until(After(2), "abc")
    assert [next(items), next(items)] == ["a", "b"]
    with pytest.raises(Stopped):
        next(items)


def test_a_model_stops_growing_at_the_next_look() -> None:
    model = GrowingModel(After(0))
    for _ in range(EVERY - 1):
        model.new_bool_var("")
    with pytest.raises(Stopped):
        model.new_bool_var("")


@pytest.mark.parametrize("looks", [0, 5, 20, 60])
def test_building_the_exact_model_ends_when_the_search_does(looks: int) -> None:
    candidates = Candidates(clinic())
    stop = After(looks)
    with pytest.raises(Stopped):
        compile_part(candidates, grid_of(candidates), whole(candidates), Plan(), stop=stop)
    assert stop.left == -1  # nothing looked again, so nothing more was built


def test_bounds_end_when_the_search_does() -> None:
    candidates = Candidates(clinic())
    with pytest.raises(Stopped):
        quick_bounds(candidates, After(0))
    with pytest.raises(Stopped):
        energy_bound(candidates, 10, tasks=True, stop=After(3))


def test_the_first_plan_is_complete_although_the_time_is_up() -> None:
    problem = clinic()
    plan = first_plan(Candidates(problem), 1, After(0))
    assert not check(problem, plan).violations
    assert plan.tasks
    assert plan.sessions
    assert plan.shifts


def test_a_solve_without_time_answers_with_its_first_plan() -> None:
    problem = clinic()
    outcome = solve(problem, Settings(seconds=0.0, workers=2))
    assert isinstance(outcome, Feasible)
    assert outcome.plan == first_plan(Candidates(problem), 1, After(0))
