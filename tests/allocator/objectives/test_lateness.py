"""What lateness measures."""

from allocator.objectives.lateness import measure
from tests.support.small import DAY, booked, plan_of, problem_of, task

PRIORITY = 3
"""Of the project."""


def ending(problem, end):
    return plan_of(booked(problem, "t-a", ("ana", end - 2, end)))


def test_a_task_that_ends_at_the_end_of_its_due_day_is_not_late() -> None:
    problem = problem_of(tasks=[task("t-a", due="2027-01-12")])
    assert measure(problem, ending(problem, 2 * DAY)) == 0


def test_each_hour_past_the_due_day_counts_by_priority() -> None:
    problem = problem_of(tasks=[task("t-a", due="2027-01-12")])
    own = problem_of(tasks=[task("t-a", due="2027-01-12", priority=5)])
    assert measure(problem, ending(problem, 2 * DAY + 1)) == 1 * PRIORITY
    assert measure(own, ending(own, 2 * DAY + 10)) == 10 * 5


def test_a_task_that_ends_early_does_not_make_up_for_a_late_one() -> None:
    problem = problem_of(tasks=[task("t-a", due="2027-01-12"), task("t-b", due="2027-01-29")])
    late = booked(problem, "t-a", ("ana", 2 * DAY, 2 * DAY + 2))
    early = booked(problem, "t-b", ("bor", 8, 10))
    assert measure(problem, plan_of(late, early)) == 2 * PRIORITY


def test_a_task_left_open_or_without_a_due_day_is_not_late() -> None:
    dated, undated = (
        problem_of(tasks=[task("t-a", due="2027-01-12")]),
        problem_of(tasks=[task("t-a")]),
    )
    assert measure(dated, plan_of()) == 0
    assert measure(undated, ending(undated, 9 * DAY)) == 0


def test_a_finished_task_was_late_from_the_due_day_to_the_end_of_its_own() -> None:
    problem = problem_of(tasks=[task("t-a", due="2027-01-11", progress={"finished": "2027-01-12"})])
    assert measure(problem, plan_of()) == DAY * PRIORITY
