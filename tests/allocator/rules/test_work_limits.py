"""The meaning of work_limits."""

from functools import partial

from tests.support.small import (
    LJ,
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
    stood,
    support,
    task,
)

check = partial(breaches, "work_limits")


def limited(*tasks, **limits):
    return problem_of(tasks=list(tasks), people=[person("ana", limits=limits), person("bor")])


def test_the_hours_of_a_day_reach_the_limit_and_not_beyond() -> None:
    problem = limited(task("t-a", hours=4), task("t-b", hours=2), hours_per_day=6)
    morning = booked(problem, "t-a", ("ana", at(0, 8), at(0, 12)))
    fitting = booked(problem, "t-b", ("ana", at(0, 13), at(0, 15)))
    longer = booked(problem, "t-b", ("ana", at(0, 13), at(0, 16)))
    assert check(problem, morning, fitting) == []
    assert check(problem, morning, longer) == [
        "Ana (ana) is booked for 7 h on 2027-01-11, at most 6 h a day are allowed."
    ]


def test_hours_on_different_days_do_not_add_up() -> None:
    problem = limited(task("t-a", hours=4), task("t-b", hours=4), hours_per_day=6)
    monday = booked(problem, "t-a", ("ana", at(0, 8), at(0, 12)))
    tuesday = booked(problem, "t-b", ("ana", at(1, 8), at(1, 12)))
    assert check(problem, monday, tuesday) == []


def test_splittable_work_counts_on_each_of_its_days() -> None:
    problem = limited(task("t-a", hours=12), hours_per_day=OFFICE_DAY - 1)
    over_night = booked(problem, "t-a", ("ana", at(0, 8), at(1, 12)))
    assert check(problem, over_night) == [
        "Ana (ana) is booked for 8 h on 2027-01-11, at most 7 h a day are allowed."
    ]


def test_lunch_within_a_sitting_does_not_count() -> None:
    problem = limited(task("t-a", hours=9, splittable=False), hours_per_day=OFFICE_DAY)
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(0, 17)))) == []


def test_a_week_reaches_from_monday_to_sunday() -> None:
    problem = limited(task("t-a", hours=8), task("t-b", hours=8), hours_per_week=OFFICE_DAY)
    first_friday = booked(problem, "t-a", ("ana", at(4, 8), at(4, 17)))
    next_monday = booked(problem, "t-b", ("ana", at(7, 8), at(7, 17)))
    same_week = booked(problem, "t-b", ("ana", at(0, 8), at(0, 9)))
    assert check(problem, first_friday, next_monday) == []
    assert check(problem, first_friday, same_week) == [
        "Ana (ana) is booked for 9 h in the week from 2027-01-11, at most 8 h a week are allowed."
    ]


def test_a_week_of_a_rollout_that_starts_midweek_begins_on_its_monday() -> None:
    problem = problem_of(
        start="2027-01-13",
        tasks=[task("t-a", hours=8), task("t-b", hours=8)],
        people=[person("ana", limits={"hours_per_week": OFFICE_DAY})],
    )
    wednesday = booked(problem, "t-a", ("ana", at(0, 8), at(0, 17)))
    friday = booked(problem, "t-b", ("ana", at(2, 8), at(2, 9)))
    monday = booked(problem, "t-b", ("ana", at(5, 8), at(5, 17)))
    assert check(problem, wednesday, monday) == []
    assert len(check(problem, wednesday, friday)) == 1


def test_classes_attended_by_name_count_as_hours() -> None:
    problem = class_problem(
        people=[person("ana"), person("bor", limits={"hours_per_day": 5})],
        audiences=[audience(members=["bor"])],
        tasks=[task("t-a", hours=4)],
    )
    attended = held(problem, at(0, 13), {"clerks": ["bor"]})
    assert check(problem, attended, booked(problem, "t-a", ("bor", at(0, 8), at(0, 11)))) == []
    assert len(check(problem, attended, booked(problem, "t-a", ("bor", at(0, 8), at(0, 12))))) == 1


def test_support_shifts_count_without_their_pause() -> None:
    def problem_with(limit):
        return problem_of(
            people=[person("ana", limits={"hours_per_day": limit})],
            waves=[W1],
            support=[support()],
        )

    assert 16 - 8 - 1 == 7
    assert check(problem_with(7), stood(problem_with(7), 14, "ana")) == []
    assert len(check(problem_with(6), stood(problem_with(6), 14, "ana"))) == 1


def test_class_hours_as_trainer_are_hours_on_the_clock() -> None:
    def problem_with(limit):
        return class_problem(
            courses=[course(hours=5)],
            people=[person("ana", limits={"class_hours_per_day": limit})],
        )

    enough, short = problem_with(5), problem_with(4)
    across_lunch = {"clerks": 5}
    assert check(enough, held(enough, at(0, 10), across_lunch)) == []
    assert check(short, held(short, at(0, 10), across_lunch)) == [
        "Ana (ana) gives classes for 5 h on 2027-01-11, at most 4 h a day are allowed."
    ]


def test_class_hours_of_a_day_add_up_and_tasks_do_not_count_among_them() -> None:
    problem = class_problem(
        people=[person("ana", limits={"class_hours_per_day": 4})], tasks=[task("t-a", hours=2)]
    )
    first, second = (held(problem, at(0, hour), {"clerks": 5}) for hour in (8, 10))
    third = held(problem, at(0, 13), {"clerks": 5})
    other = booked(problem, "t-a", ("ana", at(0, 15), at(0, 17)))
    assert check(problem, first, second, other) == []
    assert len(check(problem, first, second, third)) == 1


def test_classes_attended_are_no_class_hours_as_trainer() -> None:
    problem = class_problem(
        people=[person("ana"), person("bor", limits={"class_hours_per_day": 0})],
        audiences=[audience(members=["bor"])],
    )
    assert check(problem, held(problem, at(0, 8), {"clerks": ["bor"]})) == []


def test_the_days_are_those_of_the_person_s_site() -> None:
    night = {"id": "night", "weekly": {"mon": ["20:00-24:00"], "tue": ["00:00-04:00"]}}
    tokyo = {"id": "tokyo", "name": "Tokyo", "calendar": "night", "timezone": "Asia/Tokyo"}
    there = person("ana", site="tokyo", calendar="night", limits={"hours_per_day": 4})
    problem = problem_of(
        calendars=[OFFICE, night], sites=[LJ, tokyo], people=[there], tasks=[task("t-a", hours=8)]
    )
    midnight = at(0, 24 - 8)
    around_it = booked(problem, "t-a", ("ana", midnight - 4, midnight + 4))
    assert check(problem, around_it) == []


def test_a_person_without_limits_has_none() -> None:
    problem = limited(task("t-a", hours=40))
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 8), at(4, 17)))) == []


def test_times_outside_the_rollout_never_raise() -> None:
    problem = limited(task("t-a", hours=40), hours_per_day=1, hours_per_week=1)
    assert check(problem, booked(problem, "t-a", ("ana", -100, -50))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(0, 10), at(0, 8)))) == []
