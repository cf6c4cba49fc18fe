"""Lists: what a plan is as a list, what a list is as a plan, and where there are none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from allocator.check import check
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.makespan.annealing.encoding import Listed, Lists, listed, lists_of, plan_of_list
from solver.model.grid import grid_of
from solver.relaxation.shapes import Shapes
from tests.support.small import Tree, at, booked, person, plan_of, problem_of, task


def shapes_of(problem: Problem) -> Shapes:
    candidates = Candidates(problem)
    return Shapes(candidates, grid_of(candidates))


def of(shapes: Shapes) -> Lists:
    lists = lists_of(shapes)
    assert lists is not None
    return lists


def three() -> Problem:
    """Two tasks of 3 and 6 hours, and one of 2 hours for both people after the first."""
    tasks = [task("a", 3), task("b", 6), task("c", 2, people=2, after=["a"])]
    return problem_of(tasks=tasks, people=[person("ana"), person("bor")])


def test_a_list_is_read_from_the_front_each_task_as_soon_as_its_people_are_free() -> None:
    # Ana: a 08:00-11:00. Bor: b 08:00-15:00 with lunch. Both: c 15:00-17:00, for Bor is last.
    problem = three()
    shapes = shapes_of(problem)
    lists = of(shapes)
    rows = {int(task): row for row, task in enumerate(lists.tasks)}
    order = [rows[0], rows[1], rows[2]]
    who = [0] * 4
    who[lists.first_seat[rows[1]]] = 1
    who[lists.first_seat[rows[2]] + 1] = 1
    chosen = Listed(np.array(order, dtype=np.int32), np.array(who, dtype=np.int32))
    assert plan_of_list(shapes, lists, chosen, plan_of()) == plan_of(
        booked(problem, "a", ("ana", at(0, 8), at(0, 11))),
        booked(problem, "b", ("bor", at(0, 8), at(0, 15))),
        booked(problem, "c", ("ana", at(0, 15), at(0, 17)), ("bor", at(0, 15), at(0, 17))),
    )


def test_the_list_of_a_plan_without_gaps_is_that_plan_again() -> None:
    problem = three()
    shapes = shapes_of(problem)
    lists = of(shapes)
    plan = plan_of(
        booked(problem, "a", ("bor", at(0, 8), at(0, 11))),
        booked(problem, "b", ("ana", at(0, 8), at(0, 15))),
        booked(problem, "c", ("ana", at(0, 15), at(0, 17)), ("bor", at(0, 15), at(0, 17))),
    )
    chosen = listed(lists, plan)
    assert chosen is not None
    again = plan_of_list(shapes, lists, chosen, plan)
    assert again == plan
    assert not check(problem, again).violations


def test_a_plan_that_leaves_a_task_open_has_no_list() -> None:
    problem = three()
    plan = plan_of(booked(problem, "a", ("bor", at(0, 8), at(0, 11))))
    assert listed(of(shapes_of(problem)), plan) is None


def test_a_task_begins_where_its_first_day_does() -> None:
    problem = problem_of(tasks=[task("a", earliest="2027-01-12")], people=[person("ana")])
    # The grid has the eight worked hours of Monday before it.
    assert of(shapes_of(problem)).release.tolist() == [8]


SEVERAL: dict[str, list[Tree]] = {
    "a deadline": [task("a", deadline="2027-01-15")],
    "one sitting across lunch and night": [task("a", 3, splittable=False)],
    "people in common": [task("a"), task("b", same_people_as="a")],
    "a link that is not from end to start": [
        task("a"),
        task("b", after=[{"task": "a", "type": "SS"}]),
    ],
    "a lag": [task("a"), task("b", after=[{"task": "a", "lag_hours": 2}])],
    "pinned people": [task("a", pin={"people": ["ana"]})],
}


@pytest.mark.parametrize("tasks", SEVERAL.values(), ids=SEVERAL.keys())
def test_there_are_no_lists_where_they_would_leave_out_a_rule(tasks: list[Tree]) -> None:
    problem = problem_of(tasks=tasks, people=[person("ana"), person("bor")])
    assert lists_of(shapes_of(problem)) is None


LIMITS: dict[str, dict[str, Any]] = {
    "hours of the week": {"limits": {"hours_per_week": 20}},
    "an absence": {"absences": [{"from": "2027-01-13", "to": "2027-01-13"}]},
}


@pytest.mark.parametrize("more", LIMITS.values(), ids=LIMITS.keys())
def test_there_are_no_lists_where_people_are_not_there_alike(more: dict[str, Any]) -> None:
    people = [person("ana", **more), person("bor")]
    assert lists_of(shapes_of(problem_of(tasks=[task("a")], people=people))) is None
    assert lists_of(shapes_of(problem_of(tasks=[task("a")], people=people[1:]))) is not None
