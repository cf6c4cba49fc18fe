"""Who: people for given times, the cheapest who are free, or the word that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from allocator.check import check
from allocator.plan import Plan, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.incumbent import Incumbent
from solver.relaxation.assign import assigned
from solver.relaxation.interchangeable import interchangeable_people
from solver.settings import Settings
from tests.support.drawn import draw
from tests.support.small import at, person, problem_of, task

SETTINGS = Settings(seconds=600, workers=1, seed=3, deterministic_limit=60)


def people_for(problem: Problem, times: Sequence[TaskBooking]) -> tuple[TaskBooking, ...] | None:
    candidates = Candidates(problem)
    incumbent = Incumbent(problem, SETTINGS, None, None)
    return assigned(candidates, interchangeable_people(candidates), incumbent, times)


def monday(*hours: int) -> list[TaskBooking]:
    """Tasks of 2 h from hours of Monday on, nobody being named."""
    return [
        TaskBooking(number, at(0, hour), at(0, hour + 2), ()) for number, hour in enumerate(hours)
    ]


def two_tasks(*people: dict[str, Any]) -> Problem:
    return problem_of(people=list(people), tasks=[task("t1"), task("t2")])


def test_two_tasks_at_once_get_two_people() -> None:
    problem = two_tasks(person("ana"), person("bor", cost_per_hour=40))
    found = people_for(problem, monday(8, 9))
    assert found is not None
    assert [(booking.start, booking.end) for booking in found] == [
        (at(0, 8), at(0, 10)),
        (at(0, 9), at(0, 11)),
    ]
    assert {booking.crew[0].person for booking in found} == {0, 1}
    assert check(problem, Plan(found)).violations == ()


def test_who_costs_least_gets_both_where_one_comes_after_the_other() -> None:
    problem = two_tasks(person("ana"), person("bor", cost_per_hour=40))
    found = people_for(problem, monday(8, 10))
    assert found is not None
    assert [booking.crew[0].person for booking in found] == [1, 1]


def test_two_tasks_at_once_that_need_the_same_only_person_get_nobody() -> None:
    teacher = person("bor", skills=[{"skill": "teach", "level": 3}])
    problem = two_tasks(person("ana"), teacher)
    assert people_for(problem, monday(8, 9)) is None
    assert people_for(problem, monday(8, 10)) is not None


def test_a_time_at_which_nobody_is_there_gets_nobody() -> None:
    assert people_for(two_tasks(person("ana")), monday(8, 20)) is None


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_people_are_found_for_the_times_of_any_plan(seed: int) -> None:
    problem = draw(seed)
    plan = first_plan(Candidates(problem), seed)
    times = [replace(booking, crew=()) for booking in plan.tasks]
    found = people_for(problem, times)
    assert found is not None
    assert [(b.task, b.start) for b in found] == [(b.task, b.start) for b in times]
    own = {"one_at_a_time", "working_time", "crew_together", "time_window"}
    broken = {violation.rule for violation in check(problem, Plan(found)).violations}
    assert broken & own == set()
