"""Rolling window: stretches decided anew end earlier, and what follows moves up behind them."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.improvement.portfolio import only_finish
from solver.incumbent import Incumbent
from solver.insertion.inserter import Inserter
from solver.makespan import rolling_window
from solver.makespan.rolling_window import RollingWindow
from solver.model.grid import grid_of
from solver.relaxation.shapes import Shapes
from solver.settings import Settings
from tests.support.small import at, booked, person, plan_of, problem_of, task

SETTINGS = Settings(seconds=600, workers=1, seed=3, deterministic_limit=20)
PRICES: dict[str, Any] = {
    "open_work": "forbidden",
    "lateness": 0,
    "cost": 0,
    "unfairness": 0,
    "wishes": 0,
    "finish": 1,
}
STEPS = 30


def hurried(tasks: list[dict[str, Any]]) -> Problem:
    """Tasks for Ana and Bor that must all be planned where only the finish has a price."""
    people = [person("ana"), person("bor")]
    return problem_of(tasks=tasks, people=people, goals={"prices": PRICES})


def tightened(problem: Problem, plan: Plan) -> Incumbent:
    """The best plan after some steps from a plan; each plan on the way has been checked."""
    incumbent = Incumbent(problem, SETTINGS, None, None)
    assert incumbent.offer(plan)
    candidates = Candidates(problem)
    shapes = Shapes(candidates, grid_of(candidates))
    rolling = RollingWindow(shapes, Inserter(candidates), incumbent, SETTINGS.seed)
    for _ in range(STEPS):
        rolling.step()
    return incumbent


def unbalanced(*more: dict[str, Any]) -> Problem:
    """Five tasks of 3 + 3 and 2 + 2 + 2 hours, and more."""
    return hurried([*(task(f"t{at}", hours) for at, hours in enumerate((2, 2, 2, 3, 3))), *more])


def test_people_are_done_together_where_one_stretch_holds_all_their_tasks() -> None:
    # 12 h for two people are 3 + 3 and 2 + 2 + 2: from 08:00 to 15:00 with an hour of lunch.
    problem = unbalanced()
    plan = plan_of(
        booked(problem, "t3", ("ana", at(0, 8), at(0, 11))),
        booked(problem, "t4", ("bor", at(0, 8), at(0, 11))),
        booked(problem, "t0", ("ana", at(0, 11), at(0, 14))),
        booked(problem, "t1", ("bor", at(0, 11), at(0, 14))),
        booked(problem, "t2", ("ana", at(0, 14), at(0, 16))),
    )
    assert tightened(problem, plan).total == 15


def test_what_follows_a_stretch_moves_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # An hour each comes after the five tasks, which are all that a stretch holds: 14 h for two
    # people end at 16:00, if the last two move up from 16:00 and 15:00.
    monkeypatch.setattr(rolling_window, "SIZE", 5.0)
    monkeypatch.setattr(rolling_window, "LEAST_SIZE", 5.0)
    monkeypatch.setattr(rolling_window, "MOST_SIZE", 5.0)
    first = [{"task": f"t{number}"} for number in range(5)]
    problem = unbalanced(task("u", 1, after=first), task("v", 1, after=first))
    plan = plan_of(
        booked(problem, "t3", ("ana", at(0, 8), at(0, 11))),
        booked(problem, "t4", ("bor", at(0, 8), at(0, 11))),
        booked(problem, "t0", ("ana", at(0, 11), at(0, 14))),
        booked(problem, "t1", ("bor", at(0, 11), at(0, 14))),
        booked(problem, "t2", ("ana", at(0, 14), at(0, 16))),
        booked(problem, "u", ("ana", at(0, 16), at(0, 17))),
        booked(problem, "v", ("bor", at(0, 16), at(0, 17))),
    )
    assert tightened(problem, plan).total == 16


def test_a_pinned_task_stays() -> None:
    # Bor's hour is pinned to 16:00, so the finish stays at 17:00 whatever else moves.
    problem = hurried([task("a", 3), task("b", 1, pin={"start": "2027-01-11T16:00"})])
    plan = plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 11))),
        booked(problem, "b", ("bor", at(0, 16), at(0, 17))),
    )
    found = tightened(problem, plan)
    assert found.total == 17
    assert {(b.task, b.start) for b in found.base.tasks} >= {(1, at(0, 16))}


def test_without_tasks_nothing_is_tightened() -> None:
    assert tightened(hurried([]), Plan()).plan == Plan()


@pytest.mark.parametrize(
    ("prices", "only"),
    [
        (PRICES, True),
        (PRICES | {"finish": 0}, False),
        (PRICES | {"cost": 1}, False),
        (PRICES | {"open_work": 100}, False),
        (PRICES | {"lateness": 5}, False),
    ],
)
def test_only_the_finish_counts_where_nothing_else_of_tasks_has_a_price(
    prices: dict[str, Any], only: bool
) -> None:
    assert only_finish(problem_of(goals={"prices": prices})) is only
