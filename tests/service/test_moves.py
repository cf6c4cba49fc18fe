"""Bookings moved by hand: who could from when, what a move costs and breaks, before it is made."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from allocator.plan import TaskBooking
from allocator.problem import Problem
from service.plans.moves import Move, possible, tried
from service.store.errors import NotFound
from tests.support.small import at, booked, person, plan_of, rollout, task

MONDAY = [{"from": "2027-01-11", "to": "2027-01-11"}]
TEACH = [{"skill": "teach", "level": 3}]
RATE = 60
PEOPLE = [
    person("ana"),
    person("bor", absences=MONDAY, cost_per_hour=80),
    person("cyn", skills=TEACH),
    person("dan"),
]
TASKS = [task("t-a"), task("t-b", hours=4), task("t-c", after=["t-a"])]
"""t-a has 2 hours, so has t-c, which comes after it."""
TREE = rollout(people=PEOPLE, tasks=TASKS)


def work(problem: Problem) -> list[TaskBooking]:
    """Ana on t-a Monday 8 to 10 and on t-c Tuesday 10 to 12; Dan on t-b Monday 8 to 12."""
    return [
        booked(problem, "t-a", ("ana", at(0, 8), at(0, 10))),
        booked(problem, "t-b", ("dan", at(0, 8), at(0, 12))),
        booked(problem, "t-c", ("ana", at(1, 10), at(1, 12))),
    ]


def plan(tree: dict[str, Any] = TREE) -> dict[str, Any]:
    problem = problem_from_tree(tree)
    return plan_tree(problem, plan_of(*work(problem)))


def minute(day: int, hour: int) -> int:
    return day * 1440 + hour * 60


def test_everybody_is_distinguished_from_when_or_what_leaves_them_no_start() -> None:
    found = {it.person: it for it in possible(TREE, plan(), [], "t-a", 0)}
    assert (found["cyn"].obstacle, found["cyn"].starts) == ("skill", ())
    # Before t-c at 10 on Tuesday; a start at 11 goes on after lunch, and one at 16 on the next day.
    monday = ((minute(0, 8), minute(0, 11)), (minute(0, 13), minute(0, 16)))
    tuesday = ((minute(1, 8), minute(1, 8)),)
    assert (found["ana"].obstacle, found["ana"].starts) == (None, monday + tuesday)
    assert found["bor"].starts == tuesday  # away on Monday
    assert found["dan"].starts == (*monday[1:], *tuesday)  # on t-b until noon


def test_whoever_is_held_by_other_work_at_every_start_is_reported_so() -> None:
    tree = rollout(people=PEOPLE, tasks=[*TASKS[:2], task("t-c", after=["t-b"])])
    found = {it.person: it for it in possible(tree, plan(tree), [], "t-b", 0)}
    # Four hours that end before t-c at 10 on Tuesday: Ana is free from Monday 10 on.
    assert found["ana"].starts == (
        (minute(0, 10), minute(0, 11)),
        (minute(0, 13), minute(0, 15)),
    )
    assert (found["bor"].obstacle, found["bor"].starts) == ("work", ())


def test_a_move_says_what_it_costs_and_breaks() -> None:
    to_bor = tried(TREE, plan(), [Move("t-a", "2027-01-12T08:00", ("bor",))])
    assert (to_bor.starts, to_bor.ends, to_bor.breaks) == (
        "2027-01-12T08:00",
        "2027-01-12T10:00",
        (),
    )
    assert to_bor.terms["cost"] == 2 * (80 - RATE)
    busy = tried(TREE, plan(), [Move("t-a", None, ("dan",))])
    assert {it.rule for it in busy.breaks} == {"one_at_a_time"}
    away = tried(TREE, plan(), [Move("t-a", None, ("bor",))])
    assert {it.rule for it in away.breaks} == {"working_time"}
    unskilled = tried(TREE, plan(), [Move("t-a", None, ("cyn",))])
    assert {it.rule for it in unskilled.breaks} == {"qualified"}


def test_moves_that_were_made_before_count() -> None:
    away = Move("t-b", "2027-01-13T08:00", ())
    free = tried(TREE, plan(), [away, Move("t-a", None, ("dan",))])
    assert free.breaks == ()
    found = {it.person: it for it in possible(TREE, plan(), [away], "t-a", 0)}
    assert found["dan"].starts == found["ana"].starts


def test_what_was_broken_before_is_not_reported_of_the_last_move() -> None:
    found = tried(TREE, plan(), [Move("t-a", None, ("cyn",)), Move("t-b", "2027-01-13T08:00", ())])
    assert found.breaks == ()


def test_the_pin_that_a_move_replaces_does_not_speak_against_it() -> None:
    pinned = task("t-a", pin={"start": "2027-01-11T08:00", "people": ["ana"]})
    tree = rollout(people=PEOPLE, tasks=[pinned, *TASKS[1:]])
    assert tried(tree, plan(tree), [Move("t-a", "2027-01-12T08:00", ("bor",))]).breaks == ()
    starts = {it.person: it.starts for it in possible(tree, plan(tree), [], "t-a", 0)}
    assert starts["bor"] != ()


def test_what_is_frozen_stays_with_whom_it_was_published_for() -> None:
    published = {"plan": plan(), "frozen_until": "2027-01-12"}
    tree = rollout(people=PEOPLE, tasks=TASKS, published=published)
    found = {it.person: it for it in possible(tree, plan(tree), [], "t-a", 0)}
    assert found["ana"].starts == ((minute(0, 8), minute(0, 8)),)
    assert (found["bor"].obstacle, found["bor"].starts) == ("frozen", ())
    assert "pinned" in {
        it.rule for it in tried(tree, plan(tree), [Move("t-a", None, ("dan",))]).breaks
    }


def test_outside_of_the_starts_that_are_reported_every_move_breaks_a_rule() -> None:
    """For everybody and every hour of the first two days, on all three tasks."""
    document = plan()
    for name, booking in zip(("t-a", "t-b", "t-c"), work(problem_from_tree(TREE)), strict=True):
        assert len(booking.crew) == 1
        for it in possible(TREE, document, [], name, 0):
            for day, hour in product(range(2), range(6, 20)):
                inside = any(first <= minute(day, hour) <= last for first, last in it.starts)
                moment = f"2027-01-{11 + day}T{hour:02}:00"
                breaks = tried(TREE, document, [Move(name, moment, (it.person,))]).breaks
                assert inside == (breaks == ()), (name, it.person, moment, breaks)


def test_all_faults_of_all_moves_are_reported_at_once() -> None:
    wrong = [
        Move("t-a", "2027-01-11T08:20", ()),
        Move("t-a", "2027-02-30T25:00", ()),
        Move("t-a", "0001-01-01T00:00", ()),
        Move("t-b", "2028-01-11T08:00", ("ana",)),
        Move("t-c", None, ("zoe",)),
        Move("t-c", None, ("ana", "bor")),
    ]
    with pytest.raises(InvalidDocument) as raised:
        tried(TREE, plan(), [*wrong, Move("t-a", None, ())])
    assert [(it.path, it.code) for it in raised.value.faults] == [
        ("moves[0].start", "out_of_range"),
        ("moves[1].start", "out_of_range"),
        ("moves[2].start", "out_of_range"),
        ("moves[3].start", "out_of_range"),
        ("moves[4].crew[0]", "unknown_id"),
        ("moves[5].crew", "headcount_mismatch"),
    ]
    with pytest.raises(NotFound, match="t-x"):
        tried(TREE, plan(), [Move("t-x", None, ())])
    with pytest.raises(NotFound, match="place"):
        possible(TREE, plan(), [], "t-a", 1)
