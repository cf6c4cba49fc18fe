"""The meaning of rest."""

from functools import partial

from tests.support.small import OFFICE, at, booked, breaches, person, problem_of, task

check = partial(breaches, "rest")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROUND = {"id": "round", "weekly": {key: ["00:00-24:00"] for key in DAYS}}


def resting(*tasks, hours=11, calendars=(OFFICE, ROUND), calendar="round", **parts):
    people = [person("ana", calendar=calendar, limits={"rest_hours": hours}), person("bor")]
    return problem_of(calendars=list(calendars), people=people, tasks=list(tasks), **parts)


def two(problem, first, then):
    """Two tasks of two hours each, from two starts."""
    return [
        booked(problem, name, ("ana", start, start + 2))
        for name, start in (("t-a", first), ("t-b", then))
    ]


def test_eleven_hours_lie_between_two_spells_of_work():
    problem = resting(task("t-a"), task("t-b"))
    assert check(problem, *two(problem, at(0, 9), at(0, 22))) == []
    assert check(problem, *two(problem, at(0, 9), at(0, 21))) == [
        "Ana (ana) works from 2027-01-11T09:00 to 2027-01-11T23:00 without 11 h of rest; at most "
        "13 h may lie between two rests."
    ]


def test_work_within_thirteen_hours_is_one_spell_whatever_lies_between():
    problem = resting(task("t-a"), task("t-b"))
    assert check(problem, *two(problem, at(0, 9), at(0, 11))) == []
    assert check(problem, *two(problem, at(0, 9), at(0, 20))) == []


def test_midnight_makes_no_difference():
    problem = resting(task("t-a"), task("t-b"))
    assert check(problem, *two(problem, at(0, 19), at(1, 6))) == []
    assert len(check(problem, *two(problem, at(0, 19), at(1, 7)))) == 1
    assert check(problem, *two(problem, at(0, 19), at(1, 8))) == []


def test_of_work_over_several_days_the_days_count_and_not_the_nights():
    problem = resting(task("t-a", hours=24), calendar="office")
    # Three office days of 8 hours, each from 08:00 to 17:00, with 15 hours in between.
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(2, 17)))) == []
    long = {"id": "long", "weekly": {key: ["07:00-21:00"] for key in DAYS}}
    problem = resting(task("t-a", hours=24), calendars=(OFFICE, long), calendar="long")
    # From 07:00 to 21:00 are 14 hours, and to 07:00 again only 10.
    assert len(check(problem, booked(problem, "t-a", ("ana", at(0, 7), at(1, 17))))) == 1


def test_short_breaks_that_follow_each_other_make_one_spell():
    problem = resting(task("t-a"), task("t-b"), task("t-c"))
    work = two(problem, at(0, 8), at(0, 18))
    assert check(problem, *work) == []
    third = booked(problem, "t-c", ("ana", at(1, 5), at(1, 7)))
    assert len(check(problem, *work, third)) == 1
    rested = booked(problem, "t-c", ("ana", at(1, 7), at(1, 9)))
    assert check(problem, *work, rested) == []


def test_nobody_without_rest_hours_is_asked_for_rest():
    problem = problem_of(
        calendars=[OFFICE, ROUND],
        people=[person("ana", calendar="round")],
        tasks=[task("t-a"), task("t-b")],
    )
    assert check(problem, *two(problem, at(0, 9), at(0, 21))) == []


def test_what_ends_by_now_breaks_nothing_but_is_rested_from():
    works = (task("t-a"), task("t-b"))
    problem = resting(*works, as_of="2027-01-11T23:00")
    assert check(problem, *two(problem, at(0, 9), at(0, 21))) == []
    problem = resting(*works, as_of="2027-01-11T22:00")
    assert len(check(problem, *two(problem, at(0, 9), at(0, 21)))) == 1


def test_work_that_is_done_is_rested_from():
    done = {"finished": "2027-01-11T11:00", "worked": [{"person": "ana", "hours": 2}]}
    stated = done | {"started": "2027-01-11T09:00"}
    works = (task("t-a", progress=stated), task("t-b"))
    problem = resting(*works, as_of="2027-01-11T12:00")

    def then(start):
        return check(problem, booked(problem, "t-b", ("ana", start, start + 2)))

    assert then(at(0, 20)) == []
    assert len(then(at(0, 21))) == 1
    assert then(at(0, 22)) == []
