"""Kinds: who is interchangeable on tasks, and who of a kind takes which booking."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.relaxation.interchangeable import InterchangeablePeople, interchangeable_people, named
from tests.support.small import (
    HOURS,
    OFFICE,
    at,
    booked,
    person,
    plan_of,
    problem_of,
    published,
    task,
)

SAP = {"skill": "sap", "level": 3}
TWIN = {"id": "twin", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS)}
MORNINGS = {"id": "mornings", "weekly": {"mon": ["08:00-12:00"]}}


def people_of_kinds(problem: Problem) -> set[tuple[int, ...]]:
    return {kind.people for kind in interchangeable_people(Candidates(problem))}


def three(**cene: Any) -> Problem:
    """Ana and Bor, who are alike, and Cene, who is not quite; a task of 2 h."""
    people = [person("ana"), person("bor"), person("cene", **cene)]
    return problem_of(people=people, tasks=[task("t1")], calendars=[OFFICE, TWIN, MORNINGS])


def test_people_of_one_skill_calendar_and_rate_are_a_kind() -> None:
    assert interchangeable_people(Candidates(three())) == (
        InterchangeablePeople((0, 1, 2), 6000, ((0, 0),)),
    )


@pytest.mark.parametrize(
    "cene",
    [
        {"calendar": "twin"},
        {"site": None},
        {"wishes": [{"avoid": {"from": "2027-01-12", "to": "2027-01-12"}, "weight": 1}]},
        {"skills": [SAP]},
    ],
    ids=["calendar of the same hours", "site", "wish", "skill that no task asks for"],
)
def test_what_tasks_do_not_ask_for_sets_nobody_apart(cene: dict[str, Any]) -> None:
    assert people_of_kinds(three(**cene)) == {(0, 1, 2)}


@pytest.mark.parametrize(
    "cene",
    [
        {"cost_per_hour": 61},
        {"calendar": "mornings"},
        {"absences": [{"from": "2027-01-12", "to": "2027-01-12"}]},
        {"skills": [{**SAP, "until": "2027-01-20"}]},
    ],
    ids=["rate", "calendar", "absence", "skill that ends"],
)
def test_rate_hours_absence_and_a_skill_that_ends_set_somebody_apart(
    cene: dict[str, Any],
) -> None:
    assert people_of_kinds(three(**cene)) == {(0, 1), (2,)}


def test_two_whose_skill_ends_are_a_kind_each() -> None:
    ends = {"skills": [{**SAP, "until": "2027-01-20"}]}
    problem = problem_of(people=[person("ana", **ends), person("bor", **ends)], tasks=[task("t1")])
    assert people_of_kinds(problem) == {(0,), (1,)}


def test_who_cannot_fill_every_seat_is_a_kind_apart_and_who_fills_none_is_of_no_kind() -> None:
    # Level 3 is enough for t1 alone, level 4 for both; Dan can only teach.
    asks = [{"skill": "sap", "level": 4, "people": 1, "hours": 2}]
    tasks = [task("t1"), task("t2", crew=asks)]
    able = person("bor", skills=[{"skill": "sap", "level": 4}])
    teacher = person("dan", skills=[{"skill": "teach", "level": 3}])
    problem = problem_of(people=[person("ana"), able, teacher], tasks=tasks)
    alike = interchangeable_people(Candidates(problem))
    assert {kind.people: kind.seats for kind in alike} == {
        (0,): ((0, 0),),
        (1,): ((0, 0), (1, 0)),
    }


def test_who_is_published_for_a_task_is_a_kind_apart() -> None:
    problem = three()
    as_published = plan_of(booked(problem, "t1", ("bor", at(3, 8), at(3, 10))))
    assert people_of_kinds(published(problem, as_published)) == {(0, 2), (1,)}


def hours(*starts_and_hours: tuple[int, int], people: int = 1) -> Plan:
    """Tasks of Ana and Bor at starts on Monday for so many hours, as `named` fills them."""
    tasks = [
        task(f"t{number}", length, people) for number, (_, length) in enumerate(starts_and_hours)
    ]
    candidates = Candidates(problem_of(tasks=tasks))
    starts = {number: at(0, hour) for number, (hour, _) in enumerate(starts_and_hours)}
    counts = {(number, 0, 0): people for number in starts}
    return Plan(named(candidates, interchangeable_people(candidates), starts, counts))


def turns(plan: Plan) -> dict[int, list[int]]:
    """Task -> who is on it."""
    return {booking.task: [seat.person for seat in booking.crew] for booking in plan.tasks}


def test_who_is_free_longest_is_named_first() -> None:
    # Ana 8-9; Bor has not worked yet, so 9-11 is his; at 10 only Ana is free.
    assert turns(hours((8, 1), (9, 2), (10, 1))) == {0: [0], 1: [1], 2: [0]}


def test_bookings_begin_at_the_given_starts_and_end_by_the_calendar() -> None:
    # Two hours from 11:00 on: one before the lunch hour and one after it.
    (booking,) = hours((11, 2)).tasks
    assert (booking.start, booking.end) == (at(0, 11), at(0, 14))
    assert [(seat.start, seat.end) for seat in booking.crew] == [(at(0, 11), at(0, 14))]


def test_a_task_that_finds_too_few_free_is_left_out() -> None:
    assert turns(hours((8, 2), (8, 2), (9, 2), (10, 1))) == {0: [0], 1: [1], 3: [0]}
    assert turns(hours((8, 2), (9, 2), people=2)) == {0: [0, 1]}
