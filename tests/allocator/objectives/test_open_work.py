"""What open_work measures."""

from allocator.objectives.open_work import measure
from tests.support.small import (
    W1,
    at,
    audience,
    booked,
    class_problem,
    course,
    held,
    plan_of,
    problem_of,
    stood,
    support,
    task,
)

PRIORITY = 3
"""Of the project."""


def test_a_task_left_open_counts_the_hours_of_all_its_seats_by_its_priority() -> None:
    lines = [
        {"skill": "sap", "level": 3, "people": 2, "hours": 5},
        {"skill": "teach", "level": 3, "people": 1, "hours": 3},
    ]
    problem = problem_of(tasks=[task("t-a", crew=lines, priority=4)])
    assert measure(problem, plan_of()) == (2 * 5 + 1 * 3) * 4


def test_without_a_priority_of_its_own_a_task_has_the_project_s() -> None:
    problem = problem_of(tasks=[task("t-a", hours=5)])
    assert measure(problem, plan_of()) == 5 * PRIORITY


def test_a_planned_and_a_finished_task_count_nothing() -> None:
    problem = problem_of(tasks=[task("t-a"), task("t-b", progress={"finished": "2027-01-11"})])
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 10))))) == 0


def test_hours_done_already_are_not_open() -> None:
    problem = problem_of(tasks=[task("t-a", hours=6, people=2, progress={"done_hours": 4})])
    assert measure(problem, plan_of()) == 2 * (6 - 4) * PRIORITY


def test_heads_without_a_seat_count_the_course_s_hours() -> None:
    trained = [{"course": "c-basic", "heads": 3, "on": "2027-01-11"}]
    problem = class_problem(courses=[course(hours=2)], audiences=[audience(trained=trained)])
    plan = plan_of(held(problem, at(1, 8), {"clerks": 7}), held(problem, at(2, 8), {"clerks": 4}))
    assert measure(problem, plan) == (20 - 3 - 7 - 4) * 2 * PRIORITY


def test_too_many_heads_do_not_make_up_for_others() -> None:
    problem = class_problem(audiences=[audience(headcount=5), audience("others", headcount=5)])
    assert measure(problem, plan_of(held(problem, at(1, 8), {"clerks": 9}))) == 5 * 2 * PRIORITY


def test_missing_supporters_count_the_shift_s_hours_on_the_clock() -> None:
    problem = problem_of(waves=[W1], support=[support()])
    days, each_day, shift_hours = 2, 2, 16 - 8
    assert measure(problem, plan_of()) == days * each_day * shift_hours * PRIORITY
    one_there = plan_of(stood(problem, 14, "ana"))
    assert measure(problem, one_there) == (days * each_day - 1) * shift_hours * PRIORITY
