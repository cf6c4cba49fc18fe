"""The meaning of no_freeze."""

from dataclasses import replace
from functools import partial

from tests.support.small import (
    DAY,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    department,
    held,
    problem_of,
    task,
)

check = partial(breaches, "no_freeze")

CLOSED = [{"from": "2027-01-13", "to": "2027-01-13"}]
"""Wednesday is day 2."""


def changing(**more):
    change = {"change": True, "department": "finance"} | more
    return problem_of(departments=[department(closed=CLOSED)], tasks=[task("t-a", **change)])


def test_change_work_ends_at_the_midnight_before_a_closed_day() -> None:
    problem = changing()
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 15), 2 * DAY))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 15), 2 * DAY + 1))) == [
        "t-a runs on 2027-01-13, a closed or frozen day of finance."
    ]


def test_change_work_starts_at_the_midnight_after_a_closed_day() -> None:
    problem = changing()
    assert check(problem, booked(problem, "t-a", ("ana", 3 * DAY, 3 * DAY + 2))) == []
    assert len(check(problem, booked(problem, "t-a", ("ana", 3 * DAY - 1, 3 * DAY + 1)))) == 1


def test_change_work_may_not_pause_across_a_closed_day() -> None:
    problem = changing(crew=[{"skill": "sap", "level": 3, "people": 1, "hours": 4}])
    over_it = booked(problem, "t-a", ("ana", at(1, 15), at(3, 10)))
    assert len(check(problem, over_it)) == 1


def test_work_that_changes_nothing_runs_on_closed_days() -> None:
    problem = changing(change=False)
    assert check(problem, booked(problem, "t-a", ("ana", at(2, 8), at(2, 10)))) == []


def test_a_class_does_not_meet_on_a_closed_day_of_any_of_its_departments() -> None:
    problem = class_problem(
        departments=[department(), department("sales", closed=CLOSED)],
        audiences=[audience(), audience("sellers", department="sales")],
    )
    both = {"clerks": 5, "sellers": 5}
    assert check(problem, held(problem, at(2, 8), {"clerks": 5})) == []
    assert check(problem, held(problem, at(1, 8), both)) == []
    assert check(problem, held(problem, at(2, 8), both)) == [
        "c-basic meets on 2027-01-13, a closed or frozen day of sales."
    ]


def test_a_freeze_binds_the_departments_it_names() -> None:
    problem = frozen_days(departments=["sales"])
    assert check(problem, held(problem, at(2, 8), {"clerks": 5})) == []
    assert len(check(problem, held(problem, at(2, 8), {"sellers": 5}))) == 1


def test_a_freeze_without_departments_binds_all() -> None:
    problem = frozen_days()
    assert len(check(problem, held(problem, at(2, 8), {"clerks": 5}))) == 1
    assert check(problem, held(problem, at(3, 8), {"clerks": 5})) == []


def test_times_outside_the_rollout_never_raise() -> None:
    problem = frozen_days()
    session = held(problem, at(2, 8), {"clerks": 5})
    assert check(problem, replace(session, start=-30, end=-28)) == []
    assert check(problem, replace(session, start=at(2, 9), end=at(2, 8))) == []


def frozen_days(**names):
    return class_problem(
        departments=[department(), department("sales")],
        audiences=[audience(), audience("sellers", department="sales")],
        freezes=[{"from": "2027-01-13", "to": "2027-01-13"} | names],
    )
