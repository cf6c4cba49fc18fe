"""The meaning of time_window."""

from dataclasses import replace
from functools import partial

from tests.support.small import (
    DAY,
    W1,
    at,
    booked,
    breaches,
    class_problem,
    department,
    held,
    plan_of,
    problem_of,
    published,
    room,
    stood,
    support,
    task,
)

check = partial(breaches, "time_window")


def test_a_task_starts_on_its_earliest_day_and_not_before() -> None:
    problem = problem_of(tasks=[task("t-a", earliest="2027-01-12")])
    assert check(problem, booked(problem, "t-a", ("ana", DAY, DAY + 2))) == []
    assert check(problem, booked(problem, "t-a", ("ana", DAY - 1, DAY + 1))) == [
        "t-a from 2027-01-11T23:00 starts before its earliest start, 2027-01-12T00:00."
    ]


def test_a_task_ends_by_the_end_of_its_deadline_day() -> None:
    problem = problem_of(tasks=[task("t-a", deadline="2027-01-12")])
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 22), 2 * DAY))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 22), 2 * DAY + 1))) == [
        "t-a until 2027-01-13T01:00 ends after its deadline, 2027-01-13T00:00."
    ]


def test_the_last_of_the_crew_ends_by_the_deadline() -> None:
    problem = problem_of(tasks=[task("t-a", people=2, deadline="2027-01-12")])
    crew = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)), ("bor", at(1, 8), at(2, 8)))
    assert len(check(problem, crew)) == 1


def test_nothing_starts_before_the_rollout() -> None:
    problem = problem_of(tasks=[task("t-a")])
    assert check(problem, booked(problem, "t-a", ("ana", 0, 2))) == []
    found = check(problem, booked(problem, "t-a", ("ana", -1, 1)))
    assert "t-a from 2027-01-10T23:00 starts before the rollout does." in found


def test_nothing_ends_after_the_rollout() -> None:
    problem = problem_of(tasks=[task("t-a")])
    end = 4 * 7 * DAY
    assert end == problem.horizon
    assert check(problem, booked(problem, "t-a", ("ana", end - 2, end))) == []
    assert check(problem, booked(problem, "t-a", ("ana", end - 1, end + 1))) == [
        "t-a until 2027-02-08T01:00 ends after the rollout does."
    ]


def test_nothing_new_starts_before_now() -> None:
    problem = problem_of(tasks=[task("t-a")], as_of="2027-01-11T10:00")
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 10), at(0, 12)))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 11)))) == [
        "t-a from 2027-01-11T09:00 starts before now (2027-01-11T10:00) and was not published so."
    ]


def test_a_published_booking_with_the_same_person_and_start_may_start_before_now() -> None:
    problem = problem_of(tasks=[task("t-a"), task("t-b")], as_of="2027-01-11T10:00")
    as_published = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    after = published(problem, plan_of(as_published))
    longer = booked(problem, "t-a", ("ana", at(0, 8), at(0, 12)))
    other_start = booked(problem, "t-a", ("ana", at(0, 9), at(0, 11)))
    other_person = booked(problem, "t-a", ("bor", at(0, 8), at(0, 10)))
    other_task = booked(problem, "t-b", ("ana", at(0, 8), at(0, 10)))
    assert check(after, as_published) == check(after, longer) == []
    assert [len(check(after, it)) for it in (other_start, other_person, other_task)] == [1, 1, 1]


def test_one_new_person_in_a_crew_makes_it_new() -> None:
    problem = problem_of(tasks=[task("t-a", people=2)], as_of="2027-01-11T10:00")
    ana, bor = ("ana", at(0, 8), at(0, 10)), ("bor", at(0, 8), at(0, 10))
    as_published = booked(problem, "t-a", ana, bor)
    after = published(problem, plan_of(replace(as_published, crew=as_published.crew[:1])))
    assert len(check(after, as_published)) == 1


def test_a_published_session_may_start_before_now_with_nobody_new_in_it() -> None:
    problem = class_problem(as_of="2027-01-11T10:00", rooms=[room(), room("r2")])
    after = published(problem, plan_of(held(problem, at(0, 8), {"clerks": 5})))
    same = held(problem, at(0, 8), {"clerks": 5})
    fewer = held(problem, at(0, 8), {"clerks": 4})
    more = held(problem, at(0, 8), {"clerks": 6})
    elsewhere = held(problem, at(0, 8), {"clerks": 5}, where="r2")
    by_another = held(problem, at(0, 8), {"clerks": 5}, trainers=["bor"])
    assert check(problem, held(problem, at(0, 10), {"clerks": 5})) == []
    assert check(after, same) == check(after, fewer) == []
    assert [len(check(after, it)) for it in (more, elsewhere, by_another)] == [1, 1, 1]


def test_a_published_supporter_may_stand_before_now() -> None:
    problem = problem_of(
        waves=[W1 | {"departments": ["finance", "sales"]}],
        departments=[department(), department("sales")],
        support=[support()],
        as_of="2027-01-25T12:00",
    )
    after = published(problem, plan_of(stood(problem, 14, "ana")))
    assert check(after, stood(problem, 14, "ana")) == []
    assert len(check(after, stood(problem, 14, "ana", "bor"))) == 1
    assert len(check(after, stood(problem, 14, "ana", where="sales"))) == 1
    assert check(after, stood(problem, 15, "bor")) == []
