"""Who could do a task that is open as a whole: each crew from when, by price and rules broken."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from allocator.plan import TaskBooking
from service.plans.recommend import for_open_task
from service.store.errors import Conflict, NotFound
from tests.support.small import at, booked, department, person, plan_of, rollout, task

MONDAY = [{"from": "2027-01-11", "to": "2027-01-11"}]
SAP = [{"skill": "sap", "level": 3}]
TEACH = [{"skill": "teach", "level": 3}]
RATE = 60
PRIORITY = 3
"""Of a task that says nothing else, like its project."""


def asked(tree: dict[str, Any], *work: TaskBooking) -> list[Any]:
    return for_open_task(tree, plan_tree(problem_from_tree(tree), plan_of(*work)), "t-a")


def total(tree: dict[str, Any], *work: TaskBooking) -> float:
    """What the check says that a plan costs."""
    checked = check(problem_from_tree(tree), plan_of(*work))
    assert checked.violations == ()
    return float(checked.score.total)


def test_everybody_who_could_is_distinguished_from_when_by_what_the_plan_would_cost() -> None:
    people = [
        person("ana"),
        person("bor", absences=MONDAY),
        person("cyn", cost_per_hour=30),
        person("dan", skills=TEACH),
    ]
    tree = rollout(people=people, tasks=[task("t-a"), task("t-b", hours=4)])
    problem = problem_from_tree(tree)
    other = booked(problem, "t-b", ("ana", at(0, 8), at(0, 12)))
    found = asked(tree, other)
    assert [(it.crew, it.starts, it.ends) for it in found] == [
        (("cyn",), "2027-01-11T08:00", "2027-01-11T10:00"),
        (("bor",), "2027-01-12T08:00", "2027-01-12T10:00"),  # after the day on which bor is away
        (("ana",), "2027-01-11T13:00", "2027-01-11T15:00"),  # after t-b and lunch; unfair to ana
    ]
    assert [it.breaks for it in found] == [(), (), ()]
    assert [it.terms["cost"] for it in found] == [2 * 30, 2 * RATE, 2 * RATE]
    assert {it.terms["open_work"] for it in found} == {-1000 * 2 * PRIORITY}
    before = total(tree, other)
    for it, (who, start) in zip(
        found, (("cyn", at(0, 8)), ("bor", at(1, 8)), ("ana", at(0, 13))), strict=True
    ):
        after = total(tree, other, booked(problem, "t-a", (who, start, start + 2)))
        assert it.difference == pytest.approx(after - before, abs=1e-6)


def test_all_seats_are_filled_from_one_start_by_different_people() -> None:
    crew = [
        {"skill": "sap", "level": 3, "people": 2, "hours": 2},
        {"skill": "teach", "level": 3, "people": 1, "hours": 3},
    ]
    people = [
        person("ana"),
        person("bor", skills=SAP),
        person("cyn", skills=SAP, absences=MONDAY),
        person("dan", skills=TEACH, absences=MONDAY),
    ]
    found = asked(rollout(people=people, tasks=[task("t-a", crew=crew)]))
    # On Monday there are only ana and bor for three seats. From Tuesday on two of ana, bor and cyn
    # fill the first line while dan teaches, or bor and cyn do while ana teaches.
    whole = {("ana", "bor", "dan"), ("ana", "cyn", "dan"), ("bor", "cyn", "dan")}
    crews = [it.crew for it in found]
    assert set(crews) <= whole | {("bor", "cyn", "ana")}
    assert len(set(crews)) == len(crews)
    assert {person for crew in crews for person in crew} == {"ana", "bor", "cyn", "dan"}
    assert {it.starts for it in found} == {"2027-01-12T08:00"}
    assert {it.ends for it in found} == {"2027-01-12T11:00"}  # the longest seat takes three hours
    assert {it.breaks for it in found} == {()}


def test_where_nobody_could_without_breaking_a_rule_it_is_reported_which() -> None:
    people = [person("ana", skills=TEACH), person("bor", absences=MONDAY)]
    tree = rollout(people=people, tasks=[task("t-a", deadline="2027-01-11")])
    (only,) = asked(tree)
    assert (only.crew, only.starts) == (("bor",), "2027-01-12T08:00")
    assert [it.rule for it in only.breaks] == ["time_window"]


def test_where_nobody_has_the_skill_nobody_is_named() -> None:
    people = [person("ana", skills=TEACH)]
    assert asked(rollout(people=people, tasks=[task("t-a")])) == []


def test_what_has_to_stay_open_or_is_not_open_is_refused_with_the_reason() -> None:
    after = rollout(tasks=[task("t-a", after=[{"task": "t-b"}]), task("t-b")])
    with pytest.raises(Conflict, match="it comes after t-b, which is left open"):
        asked(after)
    refused = department(green_light={"status": "refused"})
    change = task("t-a", change=True, department="finance")
    with pytest.raises(Conflict, match="finance has refused its green light"):
        asked(rollout(departments=[refused], tasks=[change]))
    tree = rollout(tasks=[task("t-a")])
    planned = booked(problem_from_tree(tree), "t-a", ("ana", at(0, 8), at(0, 10)))
    with pytest.raises(Conflict, match="is not open: say instead of whom"):
        asked(tree, planned)
    with pytest.raises(NotFound):
        asked(rollout(tasks=[task("t-b")]))
