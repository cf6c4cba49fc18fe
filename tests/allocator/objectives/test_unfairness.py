"""What unfairness measures."""

from fractions import Fraction

from allocator.objectives.unfairness import measure
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

SAP = {"skill": "sap", "level": 3}


def shared(*people, **parts):
    tasks = [task("t-a", hours=8), task("t-b", hours=8)]
    return problem_of(people=list(people), tasks=tasks, **parts)


def test_equal_hours_are_fair() -> None:
    problem = shared(person("ana"), person("bor"))
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 12)))
    second = booked(problem, "t-b", ("bor", at(0, 8), at(0, 12)))
    assert measure(problem, plan_of(first, second)) == 0


def test_hours_above_110_percent_of_the_mean_count() -> None:
    problem = shared(person("ana"), person("bor"))
    first = booked(problem, "t-a", ("ana", at(0, 8), at(0, 17)))
    second = booked(problem, "t-b", ("bor", at(0, 8), at(0, 12)))
    mean = Fraction(8 + 4, 2)
    assert measure(problem, plan_of(first, second)) == 8 - Fraction(11, 10) * mean


def test_110_percent_of_the_mean_is_still_fair() -> None:
    problem = problem_of(tasks=[task("t-a", hours=11), task("t-b", hours=9)])
    first = booked(problem, "t-a", ("ana", at(0, 8), at(1, 11)))
    second = booked(problem, "t-b", ("bor", at(0, 8), at(1, 9)))
    assert Fraction(11, 10) * Fraction(11 + 9, 2) == 11
    assert measure(problem, plan_of(first, second)) == 0


def test_people_with_other_skills_are_not_compared() -> None:
    problem = shared(person("ana"), person("bor", skills=[SAP]))
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 17))))) == 0


def test_levels_and_expired_certificates_do_not_part_a_group() -> None:
    expired = {"skill": "sap", "level": 1, "until": "2027-01-11"}
    problem = shared(person("ana", skills=[SAP]), person("bor", skills=[expired]))
    only_ana = plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 17))))
    assert measure(problem, only_ana) == 8 - Fraction(11, 10) * 4


def test_people_without_skills_are_a_group_too() -> None:
    problem = shared(person("ana", skills=[]), person("bor", skills=[]))
    only_ana = plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 17))))
    assert measure(problem, only_ana) == 8 - Fraction(11, 10) * 4


def test_a_vendor_s_people_are_not_compared() -> None:
    problem = shared(person("ana"), person("bor", vendor="acme"), vendors=[{"id": "acme"}])
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 17))))) == 0


def test_classes_given_count_and_classes_attended_do_not() -> None:
    problem = class_problem(audiences=[audience(members=["bor"])])
    given_to_bor = plan_of(held(problem, at(0, 8), {"clerks": ["bor"]}))
    assert measure(problem, given_to_bor) == 2 - Fraction(11, 10) * Fraction(2 + 0, 2)


def test_a_pause_in_a_sitting_does_not_count() -> None:
    sitting = task("t-a", hours=9, splittable=False)
    problem = problem_of(tasks=[sitting])
    whole_day = plan_of(booked(problem, "t-a", ("ana", at(0, 8), at(0, 17))))
    assert measure(problem, whole_day) == 8 - Fraction(11, 10) * 4
