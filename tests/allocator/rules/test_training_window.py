"""The meaning of training_window."""

from functools import partial

from tests.support.small import (
    W1,
    at,
    audience,
    breaches,
    class_problem,
    course,
    department,
    held,
)

check = partial(breaches, "training_window")

WINDOW = {"open_days_before_go_live": 10, "close_days_before_go_live": 3}
GO_LIVE = 14
"""2027-01-25, two weeks after the start."""


def windowed(**parts):
    return class_problem(**({"courses": [course(window=WINDOW)], "waves": [W1]} | parts))


def test_a_session_meets_on_the_first_day_of_its_window_and_not_before() -> None:
    problem = windowed()
    first = GO_LIVE - 10
    assert check(problem, held(problem, at(first, 0), {"clerks": 5})) == []
    assert check(problem, held(problem, at(first, -1), {"clerks": 5})) == [
        "c-basic for finance meets on 2027-01-14, outside its window from 2027-01-15 to 2027-01-22."
    ]


def test_a_session_meets_on_the_last_day_of_its_window_and_not_after() -> None:
    problem = windowed()
    last = GO_LIVE - 3
    assert check(problem, held(problem, at(last, 22), {"clerks": 5})) == []
    assert check(problem, held(problem, at(last, 23), {"clerks": 5})) == [
        "c-basic for finance meets on 2027-01-23, outside its window from 2027-01-15 to 2027-01-22."
    ]


def test_a_course_without_a_window_meets_on_any_day() -> None:
    problem = windowed(courses=[course()])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5})) == []


def test_a_department_that_never_goes_live_asks_for_nothing() -> None:
    problem = windowed(
        departments=[department(), department("sales")],
        audiences=[audience(), audience("sellers", department="sales")],
    )
    assert check(problem, held(problem, at(0, 8), {"sellers": 5})) == []
    assert len(check(problem, held(problem, at(0, 8), {"clerks": 5}))) == 1


def test_each_department_of_a_session_has_its_own_window() -> None:
    later = {"id": "w2", "project": "erp", "departments": ["sales"], "go_live": "2027-02-01"}
    problem = windowed(
        departments=[department(), department("sales")],
        audiences=[audience(), audience("sellers", department="sales")],
        waves=[W1, later],
    )
    both = {"clerks": 5, "sellers": 5}
    first_of_sales, last_of_finance = GO_LIVE + 7 - 10, GO_LIVE - 3
    assert check(problem, held(problem, at(first_of_sales, 8), both)) == []
    assert check(problem, held(problem, at(last_of_finance, 8), both)) == []
    assert len(check(problem, held(problem, at(first_of_sales - 1, 8), both))) == 1
    assert len(check(problem, held(problem, at(last_of_finance + 1, 8), both))) == 1


def test_the_earliest_wave_of_the_department_in_the_course_s_project_counts() -> None:
    again = {"id": "w2", "project": "erp", "departments": ["finance"], "go_live": "2027-02-01"}
    other = {"id": "w3", "project": "crm", "departments": ["finance"], "go_live": "2027-01-18"}
    problem = windowed(
        waves=[again, W1, other],
        projects=[{"id": "erp", "name": "ERP"}, {"id": "crm", "name": "CRM"}],
    )
    assert check(problem, held(problem, at(GO_LIVE - 3, 8), {"clerks": 5})) == []
    assert len(check(problem, held(problem, at(GO_LIVE - 2, 8), {"clerks": 5}))) == 1
