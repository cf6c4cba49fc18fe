"""What finish measures."""

from fractions import Fraction

from allocator.objectives.finish import measure
from tests.support.small import (
    DAY,
    W1,
    at,
    booked,
    class_problem,
    held,
    plan_of,
    problem_of,
    stood,
    support,
    task,
)


def test_an_empty_plan_finishes_at_once() -> None:
    assert measure(problem_of(tasks=[task("t-a")]), plan_of()) == 0


def test_the_last_end_counts_in_hours_from_the_first_midnight() -> None:
    problem = class_problem(tasks=[task("t-a")], waves=[W1], support=[support()])
    work = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    session = held(problem, at(1, 8), {"clerks": 5})
    shift = stood(problem, 14, "ana")
    assert measure(problem, plan_of(work)) == 10
    assert measure(problem, plan_of(work, session)) == DAY + 10
    assert measure(problem, plan_of(shift, work, session)) == 14 * DAY + 16


def test_half_an_hour_counts_as_half() -> None:
    problem = problem_of(tasks=[task("t-a")], slot_minutes=30)
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", 16, 21)))) == Fraction(21, 2)


def test_a_finished_task_ended_at_the_end_of_its_day() -> None:
    problem = problem_of(tasks=[task("t-a", progress={"finished": "2027-01-12"})])
    assert measure(problem, plan_of()) == 2 * DAY


def test_work_finished_before_the_rollout_does_not_count() -> None:
    problem = problem_of(tasks=[task("t-a", progress={"finished": "2027-01-02"})])
    assert measure(problem, plan_of()) == 0
