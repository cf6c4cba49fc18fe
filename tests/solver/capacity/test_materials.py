"""What the end of materials costs: heads for whom it is then too late, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.candidates.steps import Steps
from solver.capacity.materials import class_steps, together
from tests.support.small import at, audience, class_problem, course, index, person, task

HEAD = 2 * 3 * 1000
"""A head without a seat: a class of two hours, priority 3, 1,000 an hour."""

CLASS = 2 * 60
"""Two hours of Ana."""


def steps(**parts: Any) -> tuple[Problem, Steps]:
    """A course for twenty clerks in a room of twelve, whose materials take two hours."""
    more = {
        "end": "2027-01-15",
        "people": [person("ana")],
        "courses": [course(materials="t")],
        "tasks": [task("t", deadline="2027-01-15")],
    }
    problem = class_problem(**(more | parts))
    found = class_steps(Candidates(problem))
    return problem, found[index(problem.tasks, "t")]


def test_in_time_the_classes_cost_no_more_than_they_must() -> None:
    _, found = steps()
    assert found.at(at(0, 10)) == pytest.approx(2 * CLASS, abs=1)
    assert found.at(at(3, 17)) == pytest.approx(2 * CLASS, abs=1)


def test_after_the_last_start_nobody_has_a_seat() -> None:
    _, found = steps()
    assert found.at(at(4, 15)) == pytest.approx(2 * CLASS, abs=1)
    assert found.prices[-1] == 20 * HEAD - 1


def test_class_hours_a_day_leave_heads_without_a_seat_on_the_last_day() -> None:
    # Two hours a day are one class of twelve a day: from Friday on, the other eight have no seat.
    ana = person("ana", limits={"class_hours_per_day": 2})
    _, found = steps(people=[ana])
    assert found.at(at(3, 15)) == pytest.approx(2 * CLASS, abs=1)
    assert found.at(at(3, 16)) == pytest.approx(CLASS + 8 * HEAD, abs=1)


def test_a_department_that_spares_few_heads_at_once_needs_more_classes() -> None:
    # Five at a time: four classes, not two.
    home = {"id": "finance", "site": "lj", "headcount": 20, "release_limit": 0.25}
    _, found = steps(departments=[home], end="2027-01-12")
    assert found.at(at(0, 10)) == pytest.approx(4 * CLASS, rel=0.01)


def test_materials_that_cannot_be_planned_leave_everybody_without_a_seat() -> None:
    _, found = steps(tasks=[task("t", hours=100, deadline="2027-01-15")])
    assert found == Steps((), (found.prices[0],))
    assert found.prices[0] == 20 * HEAD - 1


def test_classes_that_wait_for_nothing_have_one_price() -> None:
    problem = class_problem(audiences=[audience(headcount=12)])
    assert class_steps(Candidates(problem))[None].prices == (CLASS - 1,)


def test_prices_never_fall() -> None:
    _, found = steps(people=[person("ana", limits={"class_hours_per_day": 2})])
    assert list(found.prices) == sorted(found.prices)
    assert list(found.slots) == sorted(found.slots)


def test_who_is_left_of_a_last_class_that_has_no_room_has_no_seat() -> None:
    # Twelve and two, twice: three classes in three days would seat all if one could be cut in two.
    ana = person("ana", limits={"class_hours_per_day": 2})
    two = [course("a"), course("b")]
    problem = class_problem(
        end="2027-01-13",
        people=[ana],
        courses=two,
        audiences=[audience(headcount=14, courses=["a", "b"])],
    )
    assert together(Candidates(problem)) >= 2 * HEAD


def test_courses_that_wait_for_different_tasks_share_their_trainer() -> None:
    # One class of twelve a day, four days after the materials: four of six classes.
    ana = person("ana", limits={"class_hours_per_day": 2})
    problem = class_problem(
        end="2027-01-14",
        people=[ana, person("bor", skills=[])],
        courses=[course("a", materials="t"), course("b", materials="u")],
        tasks=[task("t"), task("u")],
        audiences=[audience(headcount=36, courses=["a", "b"])],
    )
    candidates = Candidates(problem)
    apart = sum(each.prices[0] for each in class_steps(candidates).values())
    assert together(candidates) >= apart + 12 * HEAD
