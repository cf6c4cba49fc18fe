"""The meaning of notice."""

from functools import partial

from tests.support.small import (
    W1,
    at,
    audience,
    booked,
    breaches,
    class_problem,
    course,
    held,
    person,
    plan_of,
    problem_of,
    published,
    stood,
    support,
    task,
)

check = partial(breaches, "notice")

SOON = {"as_of": "2027-01-11T09:00", "people": [person("ana", notice_hours=24), person("bor")]}
"""24 hours after 09:00 of day 0 is 09:00 of day 1."""


def test_new_work_starts_after_the_notice():
    problem = problem_of(tasks=[task("t-a")], **SOON)
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 9), at(1, 11)))) == []
    assert check(problem, booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))) == [
        "Ana (ana) is booked on t-a from 2027-01-12T08:00, before their notice (2027-01-12T09:00)."
    ]


def test_who_has_no_notice_starts_at_once():
    problem = problem_of(tasks=[task("t-a")], **SOON)
    assert check(problem, booked(problem, "t-a", ("bor", at(0, 9), at(0, 11)))) == []


def test_what_was_published_for_the_same_person_and_start_needs_none():
    problem = problem_of(tasks=[task("t-a")], **SOON)
    known = booked(problem, "t-a", ("ana", at(1, 8), at(1, 10)))
    assert check(published(problem, plan_of(known)), known) == []
    other = booked(problem, "t-a", ("ana", at(0, 13), at(0, 15)))
    assert len(check(published(problem, plan_of(known)), other)) == 1
    of_bor = booked(problem, "t-a", ("bor", at(1, 8), at(1, 10)))
    assert len(check(published(problem, plan_of(of_bor)), known)) == 1


def test_trainers_have_their_notice_and_named_learners_are_not_asked():
    learns = [audience(members=["ana", "bor"])]
    courses = [course(class_size={"min": 1, "max": 12})]
    people = [*SOON["people"], person("eva", notice_hours=24)]
    problem = class_problem(**(SOON | {"people": people}), audiences=learns, courses=courses)
    learning = held(problem, at(0, 10), {"clerks": ["ana"]}, trainers=["bor"])
    assert check(problem, learning) == []
    assert len(check(problem, held(problem, at(0, 10), {"clerks": ["ana"]}, trainers=["eva"]))) == 1


def test_supporters_have_their_notice():
    wave = W1 | {"go_live": "2027-01-12"}
    problem = problem_of(waves=[wave], support=[support()], **SOON)
    assert len(check(problem, stood(problem, 1, "ana"))) == 1
    assert check(problem, stood(problem, 2, "ana")) == []
