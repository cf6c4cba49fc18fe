"""Packs: how long tasks take at least that cannot all run at the same moment."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.makespan.feasible_sets import column_generation as packs
from solver.makespan.feasible_sets.column_generation import MOST_PIECES, Packing
from solver.model.grid import grid_of
from solver.relaxation.shapes import Shapes
from solver.settings import Settings
from tests.solver.relaxation.test_makespan_bound import after, around_the_clock, taught
from tests.support.small import at, person, problem_of, task

THREE = {"ana": "sap", "bor": "sap", "cene": "sap"}


@pytest.fixture(params=["listed", "sought"], autouse=True)
def listed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Each claim holds where all packs can be listed, and where they are sought one by one."""
    known = bool(request.param == "listed")
    monkeypatch.setattr(packs, "MOST_LISTED", 10_000 if known else 0)
    return known


def crew_of(name: str, people: int, hours: int, **more: Any) -> dict[str, Any]:
    """A task for so many people at the same time."""
    crew = [{"skill": "sap", "level": 3, "people": people, "hours": hours}]
    return task(name, crew=crew, **more)


def packs_of(problem: Problem) -> tuple[int, int]:
    """The earliest finish by packs, and by the energy of pools."""
    candidates = Candidates(problem)
    shapes = Shapes(candidates, grid_of(candidates))
    incumbent = Incumbent(problem, Settings(seconds=60), None, None)
    return Packing(shapes, incumbent).earliest_finish(10.0), shapes.earliest_finish


def test_tasks_of_two_each_never_run_together_among_three_people() -> None:
    # 3 x 2 people x 4 h are 24 h for three people, 8 h each; but no two of them fit at once: 12 h.
    tasks = [crew_of(f"t{number}", 2, 4) for number in range(3)]
    assert packs_of(around_the_clock(THREE, *tasks)) == (12, 8)


def test_tasks_that_follow_each_other_share_no_moment() -> None:
    # t1 (2 people, 4 h) then t2 (1 person, 4 h): one may run beside t3 (2 people, 4 h), which may
    # run beside t2 only. t1 alone 4 h, then t2 and t3 together 4 h. Energy: 20 h / 3 < 7 h, the
    # longest way 8 h.
    tasks = [crew_of("t1", 2, 4), crew_of("t2", 1, 4, after=after("t1")), crew_of("t3", 2, 4)]
    assert packs_of(around_the_clock(THREE, *tasks)) == (8, 8)


def test_a_head_before_the_tasks_counts() -> None:
    # Before the three that cannot run together comes t0 of 5 h.
    tasks = [crew_of(f"t{number}", 2, 4, after=after("t0")) for number in range(1, 4)]
    problem = around_the_clock(THREE, crew_of("t0", 1, 5), *tasks)
    assert packs_of(problem)[0] == 5 + 12


def test_a_tail_after_the_tasks_counts() -> None:
    # After each of them comes a lag of 3 h and a task of 2 h.
    tasks = [crew_of(f"t{number}", 2, 4) for number in range(3)]
    last = [crew_of(f"l{number}", 1, 2, after=after(f"t{number}", lag=3)) for number in range(3)]
    assert packs_of(around_the_clock(THREE, *tasks, *last))[0] == 12 + 3 + 2


def test_nights_lie_between_moments_of_work() -> None:
    # 12 h one after another, 8 h of work a day: 8 h on Monday, on Tuesday 08:00-12:00.
    people = [person(name) for name in THREE]
    tasks = [crew_of(f"t{number}", 2, 4) for number in range(3)]
    assert packs_of(problem_of(people=people, tasks=tasks))[0] == at(1, 12)


def test_a_task_that_binds_nobody_else_proves_no_more_than_its_own_length() -> None:
    # Only ana teaches: 2 h and 3 h one after the other; bor's 4 h run beside them.
    people = {"ana": "teach", "bor": "sap"}
    tasks = [taught("t1", 2), taught("t2", 3), crew_of("t3", 1, 4)]
    assert packs_of(around_the_clock(people, *tasks)) == (5, 5)


def test_with_too_many_tasks_nothing_is_said() -> None:
    tasks = [crew_of(f"t{number}", 1, 1) for number in range(MOST_PIECES + 1)]
    assert packs_of(around_the_clock(THREE, *tasks))[0] == 0


def test_parts_of_a_crew_that_end_sooner_are_counted_for_their_own_time(listed: bool) -> None:
    # Two for 2 h and one of them for 6 h in all: one seat of 6 h and one of 2 h, twice. The long
    # seats of both tasks and one short one fit at once (three people), so 6 h are enough in parts.
    # By windows the short seats begin with the long ones: by 6 h all four would begin at once.
    crew = [
        {"skill": "sap", "level": 3, "people": 1, "hours": 6},
        {"skill": "sap", "level": 3, "people": 1, "hours": 2},
    ]
    tasks = [task(name, crew=crew) for name in ("t1", "t2")]
    assert packs_of(around_the_clock(THREE, *tasks)) == (7 if listed else 6, 6)
