"""Reasons take no longer than there is time, and nothing that goes wrong costs the plan."""

from __future__ import annotations

import pytest

from allocator.plan import OpenWork, Plan
from allocator.reasons import open_work as open_module
from allocator.reasons.common.in_time import FAILED, UNEXPLAINED
from allocator.report import open_work, report
from tests.support.small import W1, at, booked, person, plan_of, problem_of, support, task

PROBLEM = problem_of(
    tasks=[task("a", due="2027-01-11"), task("b"), task("c")],
    waves=[W1],
    support=[support()],
)
LATE = plan_of(booked(PROBLEM, "a", ("ana", at(3, 8), at(3, 10))))


class Clock:
    """Says that the time is up from the given look on."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def __call__(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_everything_open_is_listed_though_the_time_was_up_at_once() -> None:
    whole = open_work(PROBLEM, LATE)
    found = open_work(PROBLEM, LATE, Clock(0))
    assert [(it.kind, it.id, it.day) for it in found] == [(it.kind, it.id, it.day) for it in whole]
    assert {(it.reason, it.explained) for it in found} == {(UNEXPLAINED, False)}
    assert all(it.explained for it in whole)


def test_what_is_explained_in_time_has_its_reason() -> None:
    whole = open_work(PROBLEM, LATE)
    for looks in range(1, 60, 7):
        found = open_work(PROBLEM, LATE, Clock(looks))
        assert [it.reason for it in found] == [
            full.reason if it.explained else UNEXPLAINED
            for it, full in zip(found, whole, strict=True)
        ]


def test_reasons_can_be_asked_for_bit_by_bit() -> None:
    """Each time with the same short time, and what is known already: in the end all are there."""
    known: dict[tuple[str, int | None], str] = {}

    def before(entry: OpenWork) -> str | None:
        return known.get((entry.id, entry.day))

    explained = []
    for _ in range(20):
        found = open_work(PROBLEM, LATE, Clock(60), before)
        known |= {(it.id, it.day): it.reason for it in found if it.explained}
        explained.append(len(known))
    assert explained == sorted(explained)
    assert explained[0] < len(found)
    assert found == open_work(PROBLEM, LATE)


def test_late_work_says_that_it_is_not_explained() -> None:
    (late,) = report(PROBLEM, LATE, (), Clock(0)).late
    assert (late.cause, late.explained) == (UNEXPLAINED, False)


@pytest.mark.defective
def test_a_failure_costs_one_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> tuple[str, ...]:
        raise RecursionError

    monkeypatch.setattr(open_module.tasks, "reasons", broken)
    found = open_work(PROBLEM, Plan())
    assert {(it.reason, it.explained) for it in found if it.kind == "task"} == {(FAILED, False)}
    assert all(it.explained for it in found if it.kind == "support")


def test_a_crew_of_a_thousand_is_explained() -> None:
    """A thousand people could do it, each of two lines; the last seat has nobody left."""
    people = [person(f"p{number}") for number in range(1_000)]
    lines = [
        {"skill": "sap", "level": 3, "people": 500, "hours": 2},
        {"skill": "teach", "level": 3, "people": 501, "hours": 2},
    ]
    problem = problem_of(people=people, tasks=[task("huge") | {"crew": lines}])
    found = open_work(problem, Plan())
    assert [it.explained for it in found] == [True, True]
