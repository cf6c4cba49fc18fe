"""The meaning of working_time."""

from dataclasses import replace
from functools import partial

from tests.support.small import (
    OFFICE,
    OFFICE_DAY,
    W1,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    held,
    person,
    problem_of,
    room,
    stood,
    support,
    task,
)

check = partial(breaches, "working_time")

MORNINGS = {"id": "mornings", "weekly": {"mon": ["08:00-12:00"], "tue": ["08:00-12:00"]}}


def test_splittable_work_pauses_at_lunch_and_at_night() -> None:
    problem = problem_of(tasks=[task("t-a", hours=OFFICE_DAY + 2)])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(1, 10)))) == []


def test_splittable_work_ends_neither_earlier_nor_later_than_its_hours_on_duty() -> None:
    problem = problem_of(tasks=[task("t-a", hours=OFFICE_DAY + 2)])
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(1, 9))))) == 1
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(1, 11)))) == [
        "Ana (ana) is booked on t-a from 2027-01-11T08:00 to 2027-01-12T11:00, but 10 h on duty "
        "end at 2027-01-12T10:00."
    ]


def test_splittable_work_does_not_start_off_duty() -> None:
    problem = problem_of(tasks=[task("t-a", hours=2)])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 12), at(0, 15)))) == [
        "Ana (ana) cannot begin 2 h of t-a at 2027-01-11T12:00: not on duty then, or not for long "
        "enough before the rollout ends."
    ]


def test_splittable_work_pauses_in_an_absence() -> None:
    away = person("ana", absences=[{"from": "2027-01-12", "to": "2027-01-13"}])
    problem = problem_of(tasks=[task("t-a", hours=OFFICE_DAY + 2)], people=[away])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(3, 10)))) == []


def test_hours_done_already_shorten_the_booking() -> None:
    problem = problem_of(tasks=[task("t-a", hours=6, progress={"done_hours": 4})])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))) == []
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 15))))) == 1


def test_a_sitting_of_four_hours_does_not_run_across_lunch() -> None:
    problem = problem_of(tasks=[task("t-a", hours=4, splittable=False)])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 12)))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 13)))) == [
        "Ana (ana) is not on duty throughout t-a from 2027-01-11T09:00 to 2027-01-11T13:00."
    ]


def test_a_sitting_of_more_than_four_hours_runs_across_lunch_on_the_clock() -> None:
    problem = problem_of(tasks=[task("t-a", hours=5, splittable=False)])
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 14)))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 15)))) == [
        "Ana (ana) is booked on t-a for 6 h, not for its 5 h."
    ]


def test_no_sitting_ends_in_a_pause() -> None:
    problem = problem_of(tasks=[task("t-a", hours=5, splittable=False)])
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 13))))) == 1


def test_no_sitting_runs_across_a_gap_of_more_than_an_hour() -> None:
    weekly = {"mon": ["08:00-12:00", "14:00-18:00"]}
    long_lunch = {"id": "long-lunch", "weekly": weekly}
    problem = problem_of(
        calendars=[OFFICE, long_lunch],
        people=[person("ana", calendar="long-lunch")],
        tasks=[task("t-a", hours=6, splittable=False)],
    )
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 9), at(0, 15))))) == 1


def test_a_class_takes_exactly_the_hours_of_its_course() -> None:
    problem = class_problem()
    session = held(problem, at(0, 8), {"clerks": 5})
    assert check(problem, session) == []
    assert check(problem, replace(session, end=at(0, 11))) == [
        "c-basic from 2027-01-11T08:00 to 2027-01-11T11:00 takes 3 h, not the course's 2 h."
    ]


def test_the_trainer_of_a_class_is_on_duty() -> None:
    assert_only_mornings_bind(
        class_problem(
            calendars=[OFFICE, MORNINGS],
            people=[person("ana", calendar="mornings")],
        ),
        "Ana (ana)",
    )


def test_the_room_of_a_class_is_open() -> None:
    assert_only_mornings_bind(
        class_problem(calendars=[OFFICE, MORNINGS], rooms=[room(calendar="mornings")]),
        "r1",
    )


def test_the_audience_of_a_class_is_at_work() -> None:
    assert_only_mornings_bind(
        class_problem(calendars=[OFFICE, MORNINGS], audiences=[audience(calendar="mornings")]),
        "clerks",
    )


def test_a_named_learner_of_a_class_is_on_duty() -> None:
    problem = class_problem(
        calendars=[OFFICE, MORNINGS],
        people=[person("ana"), person("bor", calendar="mornings")],
        audiences=[audience(members=["bor"])],
    )
    assert check(problem, held(problem, at(0, 10), {"clerks": ["bor"]})) == []
    assert check(problem, held(problem, at(0, 13), {"clerks": ["bor"]})) == [
        "Bor (bor) is not on duty throughout c-basic from 2027-01-11T13:00 to 2027-01-11T15:00."
    ]


def test_a_virtual_class_needs_no_room_to_be_open() -> None:
    virtual = course(virtual=True)
    del virtual["room"]
    problem = class_problem(courses=[virtual])
    assert check(problem, held(problem, at(0, 8), {"clerks": 5}, where=None)) == []


def test_a_supporter_is_on_duty_for_the_whole_shift() -> None:
    problem = problem_of(
        calendars=[OFFICE, MORNINGS],
        people=[person("ana"), person("bor", calendar="mornings")],
        waves=[W1],
        support=[support()],
    )
    assert check(problem, stood(problem, 14, "ana")) == []
    assert check(problem, stood(problem, 14, "ana", "bor")) == [
        "Bor (bor) is not on duty throughout s-w1 from 2027-01-25T08:00 to 2027-01-25T16:00."
    ]


def test_times_outside_the_rollout_are_reported_and_never_raise() -> None:
    problem = class_problem(tasks=[task("t-a")])
    before = booked(problem, "t-a", ("ana", -50, -48))
    backwards = replace(held(problem, at(0, 10), {"clerks": 5}), end=at(0, 8))
    late = held(problem, problem.horizon + 5, {"clerks": 5})
    assert len(check(problem, before)) == 1
    assert len(check(problem, backwards, late)) > 2


def test_a_seat_that_the_task_does_not_have_has_no_hours() -> None:
    problem = problem_of(tasks=[task("t-a")])
    whole = booked(problem, "t-a", ("ana", at(0, 3), at(0, 5)))
    assert len(check(problem, whole)) == 1
    assert check(problem, replace(whole, crew=(replace(whole.crew[0], seat=3),))) == []


def assert_only_mornings_bind(problem, who: str) -> None:
    assert check(problem, held(problem, at(0, 10), {"clerks": 5})) == []
    assert check(problem, held(problem, at(0, 13), {"clerks": 5})) == [
        f"{who} is not on duty throughout c-basic from 2027-01-11T13:00 to 2027-01-11T15:00."
    ]
