"""The meaning of crew_together."""

from dataclasses import replace
from functools import partial

from allocator.plan import Seat
from tests.support.small import (
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    held,
    person,
    problem_of,
    task,
)

check = partial(breaches, "crew_together")

BOTH = (("ana", at(0, 8), at(0, 10)), ("bor", at(0, 8), at(0, 10)))


def test_a_whole_crew_of_different_people_from_one_start_is_a_crew() -> None:
    problem = problem_of(tasks=[task("t-a", people=2)])
    assert check(problem, booked(problem, "t-a", *BOTH)) == []


def test_a_seat_may_not_be_missing() -> None:
    problem = problem_of(tasks=[task("t-a", people=2)])
    whole = booked(problem, "t-a", *BOTH)
    assert check(problem, replace(whole, crew=whole.crew[:1])) == [
        "t-a needs 2 people in seat 0, but has 1."
    ]


def test_a_seat_may_not_be_filled_beyond_its_number() -> None:
    problem = problem_of(tasks=[task("t-a")], people=[person("ana"), person("bor")])
    single = booked(problem, "t-a", BOTH[0])
    assert check(problem, replace(single, crew=(*single.crew, Seat(0, 1, 8, 10)))) == [
        "t-a needs 1 people in seat 0, but has 2."
    ]


def test_a_seat_that_the_task_does_not_have_is_named() -> None:
    problem = problem_of(tasks=[task("t-a")])
    single = booked(problem, "t-a", BOTH[0])
    assert check(problem, replace(single, crew=(*single.crew, Seat(7, 1, 8, 10)))) == [
        "t-a has no seat 7."
    ]


def test_nobody_fills_two_seats() -> None:
    problem = problem_of(tasks=[task("t-a", people=2)])
    assert check(problem, booked(problem, "t-a", BOTH[0], BOTH[0])) == [
        "Ana (ana) fills 2 seats of t-a."
    ]


def test_all_start_at_the_start_of_the_task() -> None:
    problem = problem_of(tasks=[task("t-a", people=2)])
    late = ("bor", at(0, 9), at(0, 11))
    assert check(problem, booked(problem, "t-a", BOTH[0], late)) == [
        "t-a starts at 2027-01-11T08:00, but Bor (bor) starts on it at 2027-01-11T09:00."
    ]


def test_the_task_ends_when_the_last_of_its_crew_ends() -> None:
    problem = problem_of(tasks=[task("t-a", people=2)])
    longer = ("bor", at(0, 8), at(0, 12))
    whole = booked(problem, "t-a", BOTH[0], longer)
    assert check(problem, replace(whole, end=at(0, 12))) == []
    assert check(problem, replace(whole, end=at(0, 10))) == [
        "t-a ends at 2027-01-11T10:00, but the last of its crew ends at 2027-01-11T12:00."
    ]


def test_a_task_is_planned_once() -> None:
    problem = problem_of(tasks=[task("t-a")])
    morning = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    afternoon = booked(problem, "t-a", ("ana", at(0, 13), at(0, 15)))
    assert check(problem, morning, afternoon) == ["t-a is planned 2 times."] * 2


def test_a_finished_task_needs_no_booking_and_has_none() -> None:
    problem = problem_of(tasks=[task("t-a", progress={"finished": "2027-01-11"})])
    assert check(problem) == []
    assert check(problem, booked(problem, "t-a", BOTH[0])) == [
        "t-a is finished and needs no booking."
    ]


def test_a_class_has_exactly_its_trainers() -> None:
    two = {"skill": "teach", "level": 3, "people": 2}
    problem = class_problem(courses=[course(trainers=[two])], audiences=[audience()])
    for trainers, expected in [
        (["ana", "bor"], []),
        (["ana"], ["c-basic needs 2 trainers in a session, but 1 give it."]),
        (["ana", "ana"], ["Ana (ana) fills 2 seats of c-basic."]),
    ]:
        session = held(problem, at(0, 8), {"clerks": 5}, trainers=trainers)
        assert check(problem, session) == expected


def test_a_class_has_no_trainer_too_many() -> None:
    problem = class_problem()
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, trainers=["ana", "bor"])) == [
        "c-basic needs 1 trainers in a session, but 2 give it."
    ]
