"""What wishes measures."""

from allocator.objectives.wishes import measure
from tests.support.small import (
    at,
    audience,
    booked,
    class_problem,
    held,
    person,
    plan_of,
    problem_of,
    task,
)


def wishing(*wishes, hours=2):
    people = [person("ana", wishes=list(wishes)), person("bor")]
    return problem_of(tasks=[task("t-a", hours=hours)], people=people)


TUESDAY = {"avoid": {"from": "2027-01-12", "to": "2027-01-12"}, "weight": 2}


def test_work_up_to_the_avoided_days_counts_nothing() -> None:
    problem = wishing(TUESDAY)
    before = booked(problem, "t-a", ("ana", at(0, 15), at(0, 17)))
    after = booked(problem, "t-a", ("ana", at(2, 8), at(2, 10)))
    assert measure(problem, plan_of(before)) == measure(problem, plan_of(after)) == 0


def test_a_booked_day_counts_the_weight_once() -> None:
    problem = wishing(TUESDAY)
    one_hour_inside = booked(problem, "t-a", ("ana", at(0, 16), at(1, 9)))
    whole_day = booked(problem, "t-a", ("ana", at(1, 8), at(1, 17)))
    assert measure(problem, plan_of(one_hour_inside)) == 2
    assert measure(problem, plan_of(whole_day)) == 2


def test_each_booked_day_counts_and_days_off_do_not() -> None:
    week = {"avoid": {"from": "2027-01-14", "to": "2027-01-19"}, "weight": 5}
    problem = wishing(week, hours=24)
    thursday_to_monday = booked(problem, "t-a", ("ana", at(3, 8), at(7, 17)))
    assert measure(problem, plan_of(thursday_to_monday)) == 5 * 3


def test_two_bookings_of_one_day_count_once() -> None:
    people = [person("ana", wishes=[TUESDAY])]
    problem = problem_of(tasks=[task("t-a"), task("t-b")], people=people)
    morning = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))
    afternoon = booked(problem, "t-b", ("ana", at(1, 13), at(1, 15)))
    assert measure(problem, plan_of(morning, afternoon)) == 2


def test_a_wish_about_moments_counts_only_work_between_them() -> None:
    morning = {"avoid": {"from": "2027-01-12T08:00", "to": "2027-01-12T10:00"}, "weight": 1}
    problem = wishing(morning)
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", at(1, 9), at(1, 11))))) == 1
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", at(1, 10), at(1, 12))))) == 0


def test_each_wish_counts_for_itself() -> None:
    problem = wishing(TUESDAY, TUESDAY | {"weight": 3})
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", at(1, 8), at(1, 10))))) == 2 + 3


def test_the_wish_of_one_person_does_not_bind_another() -> None:
    problem = wishing(TUESDAY)
    assert measure(problem, plan_of(booked(problem, "t-a", ("bor", at(1, 8), at(1, 10))))) == 0


def test_a_class_attended_by_name_counts() -> None:
    problem = class_problem(
        people=[person("ana"), person("bor", wishes=[TUESDAY])],
        audiences=[audience(members=["bor"])],
    )
    assert measure(problem, plan_of(held(problem, at(1, 8), {"clerks": ["bor"]}))) == 2
