"""The meaning of days_off, and of hours on seven days."""

from functools import partial

from tests.support.small import OFFICE, at, booked, breaches, person, problem_of, task

check = partial(breaches, "days_off")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROUND = {"id": "round", "weekly": {key: ["00:00-24:00"] for key in DAYS}}
WORKS = [task(f"t-{number}") for number in range(8)]


def limited(limits, **parts):
    people = [person("ana", calendar="round", limits=limits), person("bor")]
    tree = {"calendars": [OFFICE, ROUND], "people": people, "tasks": WORKS} | parts
    return problem_of(**tree)


def each(problem, *starts):
    return [booked(problem, f"t-{n}", ("ana", it, it + 2)) for n, it in enumerate(starts)]


def test_a_day_is_free_after_so_many_in_a_row():
    problem = limited({"days_in_row": 3})
    assert check(problem, *each(problem, *(at(day, 8) for day in (0, 1, 2, 4, 5)))) == []
    assert check(problem, *each(problem, *(at(day, 8) for day in (0, 1, 2, 3)))) == [
        "Ana (ana) works on 4 days in a row from 2027-01-11, at most 3 are allowed."
    ]


def test_work_over_midnight_is_on_both_days():
    problem = limited({"days_in_row": 1})
    assert check(problem, *each(problem, at(0, 22))) == []
    assert len(check(problem, *each(problem, at(0, 23)))) == 1


def test_a_night_lasts_until_five():
    problem = limited({"nights_in_row": 1})
    assert check(problem, *each(problem, at(1, 3), at(2, 5))) == []
    assert len(check(problem, *each(problem, at(1, 3), at(2, 4)))) == 1
    # Work in the evening is no work in the night.
    assert check(problem, *each(problem, at(1, 22), at(2, 22))) == []


def test_so_many_weekends_of_a_month_are_off():
    # January 2027 has five Saturdays, of which the rollout has days 5, 12 and 19.
    problem = limited({"weekends_off": 3})
    two = [at(5, 8), at(13, 8)]
    assert check(problem, *each(problem, *two)) == []
    assert check(problem, *each(problem, *two, at(26, 8))) == []  # the 6th of February
    assert check(problem, *each(problem, *two, at(20, 8))) == [
        "Ana (ana) works on 3 weekends of a month from 2027-01-16, 3 are to be off."
    ]


def test_the_days_of_work_that_pauses_on_some_are_those_on_duty():
    problem = limited({"days_in_row": 5}, tasks=[task("t-a", hours=48)], calendars=[
        OFFICE, {"id": "round", "weekly": {key: ["08:00-16:00"] for key in DAYS[:5]}}
    ])  # fmt: skip
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(7, 16)))) == []


def test_what_has_passed_breaks_nothing_by_itself():
    days = [at(day, 8) for day in (0, 1, 2, 3)]
    passed = limited({"days_in_row": 3}, as_of="2027-01-14T10:00")
    assert check(passed, *each(passed, *days)) == []
    on_top = limited({"days_in_row": 3}, as_of="2027-01-14T09:00")
    assert len(check(on_top, *each(on_top, *days))) == 1


def test_hours_are_limited_on_any_seven_days():
    problem = limited({"hours_per_7_days": 6})
    asked = partial(breaches, "work_limits", problem)
    assert asked(*each(problem, *(at(day, 8) for day in (3, 5, 7, 10)))) == []
    # Days 3 to 9: 2 + 2 + 2 + 2 hours.
    assert asked(*each(problem, *(at(day, 8) for day in (3, 5, 7, 9)))) == [
        "Ana (ana) is booked for 8 h in the seven days from 2027-01-14, at most 6 h are allowed."
    ]
