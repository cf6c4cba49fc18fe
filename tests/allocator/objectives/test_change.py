"""What change measures."""

from dataclasses import replace

import pytest

from allocator.objectives.change import measure
from tests.support.small import (
    DAY,
    W1,
    at,
    audience,
    booked,
    class_problem,
    held,
    person,
    plan_of,
    problem_of,
    published,
    room,
    stood,
    support,
    task,
)

NEAR, SOON, FAR = 3, 2, 1
"""Weights within 7 days, within 14 days, and beyond."""


def published_task(start, **parts):
    problem = problem_of(**({"tasks": [task("t-a", people=2)]} | parts))
    crew = (("ana", start, start + 2), ("bor", start, start + 2))
    return published(problem, plan_of(booked(problem, "t-a", *crew)))


def test_nothing_published_means_nothing_changed() -> None:
    problem = problem_of(tasks=[task("t-a")])
    assert measure(problem, plan_of(booked(problem, "t-a", ("ana", 8, 10)))) == 0


def test_what_is_still_there_counts_nothing_and_what_is_gone_one_for_each_person() -> None:
    problem = published_task(at(0, 8))
    assert measure(problem, problem.published.plan) == 0
    assert measure(problem, plan_of()) == 2 * NEAR


def test_a_new_person_counts_only_the_one_who_is_notified() -> None:
    problem = published_task(at(0, 8), people=[person("ana"), person("bor"), person("eva")])
    exchanged = (("ana", at(0, 8), at(0, 10)), ("eva", at(0, 8), at(0, 10)))
    assert measure(problem, plan_of(booked(problem, "t-a", *exchanged))) == 1 * NEAR


def test_another_start_tells_everyone_and_another_end_nobody() -> None:
    problem = published_task(at(0, 8))
    later = (("ana", at(0, 9), at(0, 11)), ("bor", at(0, 9), at(0, 11)))
    longer = (("ana", at(0, 8), at(0, 12)), ("bor", at(0, 8), at(0, 12)))
    assert measure(problem, plan_of(booked(problem, "t-a", *later))) == 2 * NEAR
    assert measure(problem, plan_of(booked(problem, "t-a", *longer))) == 0


@pytest.mark.parametrize(
    ("ahead", "weight"),
    [
        (-DAY, NEAR),
        (7 * DAY, NEAR),
        (7 * DAY + 1, SOON),
        (14 * DAY, SOON),
        (14 * DAY + 1, FAR),
    ],
)
def test_the_nearer_the_published_start_the_heavier_the_change(ahead: int, weight: int) -> None:
    now = at(1, 10)
    problem = published_task(now + ahead, as_of="2027-01-12T10:00")
    assert measure(problem, plan_of()) == 2 * weight


def test_finished_work_tells_nobody_anything() -> None:
    finished = [task("t-a", people=2, progress={"finished": "2027-01-11"})]
    assert measure(published_task(at(0, 8), tasks=finished), plan_of()) == 0


def test_what_the_document_no_longer_has_counts_as_notified() -> None:
    problem = class_problem(tasks=[task("t-a")])
    seat = booked(problem, "t-a", ("ana", at(0, 8), at(0, 10)))
    session = held(problem, at(0, 8), {"clerks": 5})
    gone_task = published(problem, plan_of(replace(seat, task=-1)))
    gone_course = published(problem, plan_of(replace(session, course=-1)))
    gone_audience = published(
        problem, plan_of(replace(session, groups=(replace(session.groups[0], audience=-1),)))
    )
    assert measure(gone_task, plan_of(seat)) == 1 * NEAR
    assert measure(gone_course, plan_of(session)) == (5 + 1) * NEAR
    assert measure(gone_audience, plan_of(session)) == (5 + 1) * NEAR


def published_session(**parts):
    problem = class_problem(**({"rooms": [room(), room("r2")]} | parts))
    return published(problem, plan_of(held(problem, at(0, 8), {"clerks": 5})))


def test_a_session_tells_its_heads_and_trainers_when_anything_of_it_changes() -> None:
    problem = published_session()
    assert measure(problem, plan_of(held(problem, at(0, 8), {"clerks": 5}))) == 0
    for other in [
        held(problem, at(0, 9), {"clerks": 5}),
        held(problem, at(0, 8), {"clerks": 5}, where="r2"),
        held(problem, at(0, 8), {"clerks": 5}, trainers=["bor"]),
        held(problem, at(0, 8), {"clerks": 6}),
    ]:
        assert measure(problem, plan_of(other)) == (5 + 1) * NEAR


def test_the_order_of_groups_and_learners_is_no_change() -> None:
    people = [person(name) for name in ("ana", "bor", "eva", "ivo")]
    audiences = [audience(), audience("team", members=["eva", "ivo"])]
    problem = class_problem(people=people, audiences=audiences)
    as_published = plan_of(held(problem, at(0, 8), {"clerks": 5, "team": ["eva", "ivo"]}))
    same = plan_of(held(problem, at(0, 8), {"team": ["ivo", "eva"], "clerks": 5}))
    assert measure(published(problem, as_published), same) == 0


def test_a_session_that_has_been_held_tells_nobody_anything() -> None:
    def trained(heads):
        records = [{"course": "c-basic", "heads": heads, "on": "2027-01-11"}]
        return published_session(audiences=[audience(trained=records)])

    assert measure(trained(5), plan_of()) == 0
    assert measure(trained(4), plan_of()) == (5 + 1) * NEAR


def test_each_supporter_who_no_longer_stands_there_is_notified() -> None:
    problem = problem_of(waves=[W1], support=[support()])
    after = published(problem, plan_of(stood(problem, 14, "ana", "bor")))
    start = at(14, 8)
    assert start > 14 * DAY
    assert measure(after, plan_of(stood(problem, 14, "ana", "bor"))) == 0
    assert measure(after, plan_of(stood(problem, 14, "bor"))) == 1 * FAR
    assert measure(after, plan_of(stood(problem, 15, "ana", "bor"))) == 2 * FAR
