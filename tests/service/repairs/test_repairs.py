"""Ways out are of several kinds, as small as they can be, and with each of them work is done."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_document
from allocator.outcome import Feasible, Infeasible, Optimal
from allocator.report import open_work
from service.repairs.find import Asking, repairs, repairs_document
from service.repairs.search import fewest
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import W1, audience, course, person, rollout, task

SECONDS = 30.0
SETTINGS = Settings(seconds=20, workers=1, deterministic_limit=0.5)


def planned(tree: dict[str, Any]) -> dict[str, Any]:
    problem = problem_from_tree(tree)
    outcome = solve(problem, SETTINGS)
    plan = outcome.plan if isinstance(outcome, (Optimal, Feasible)) else None
    left = () if plan is None else open_work(problem, plan, lambda: True)
    return dict(plan_document(problem, outcome, left, ()))


def ways(tree: dict[str, Any], work: str | None, **more: Any) -> dict[str, Any]:
    asking = Asking(work, seconds=SECONDS, **more)
    return dict(repairs_document(repairs(tree, planned(tree), asking)))


def edits(found: dict[str, Any], kind: str) -> list[list[dict[str, Any]]]:
    return [it["edits"] for it in found["repairs"] if it["kinds"] == [kind]]


def sorted_edits(repair: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(repair["edits"], key=lambda it: str(it["edit"]))


ALONE = rollout(
    people=[person("ana", absences=[{"from": "2027-01-11", "to": "2027-01-14"}])],
    tasks=[task("t-a", hours=16, deadline="2027-01-15")],
)
"""Ana is back on Friday 15, and 16 hours are two days: Friday and Monday, or two days less away."""


def test_each_kind_of_way_out_is_the_smallest_of_its_kind() -> None:
    found = ways(ALONE, "t-a")
    assert (found["of"], found["state"], found["control"]["open"]) == ("open", "proved", 1)
    assert edits(found, "time") == [[{"edit": "deadline", "task": "t-a", "deadline": "2027-01-18"}]]
    there = {"edit": "present", "person": "ana", "from": "2027-01-14", "to": "2027-01-14"}
    assert [there] in edits(found, "people")
    assert [{"edit": "one_more", "like": "ana", "id": "ana-2"}] in edits(found, "people")
    assert edits(found, "scope") == [[{"edit": "crew", "task": "t-a", "line": 1, "hours": 8.0}]]
    for it in found["repairs"]:
        assert it["after"]["done"]
        assert it["after"]["against_control"]["open"] == -1
        assert it["least"]


def test_whom_to_ask_stands_beside_each_way_out() -> None:
    found = ways(ALONE, "t-a")
    asked = {it["edits"][0]["edit"]: it["ask"] for it in found["repairs"]}
    assert asked["deadline"] == [{"role": "project", "id": "erp"}]
    assert asked["present"] == [{"role": "person", "id": "ana"}]
    assert asked["one_more"] == [{"role": "manager", "id": "ana"}]


def test_where_one_fact_is_not_enough_two_are_changed() -> None:
    """Nobody else than Ana has sap, and the task needs two people who have."""
    tree = rollout(
        people=[
            person("ana"),
            person("bor", skills=[{"skill": "sap", "level": 2}]),
        ],
        tasks=[task("t-a", people=2, hours=16, deadline="2027-01-11")],
    )
    found = ways(tree, "t-a")
    pairs = [it for it in found["repairs"] if len(it["ask"]) == 2]
    both = [
        {"edit": "deadline", "task": "t-a", "deadline": "2027-01-12"},
        {"edit": "skill", "person": "bor", "skill": "sap", "level": 3},
    ]
    assert [it["after"]["done"] for it in pairs if sorted_edits(it) == both] == [True]


def test_a_rollout_without_a_plan_gets_one() -> None:
    tree = ALONE | {"goals": {"prices": {"open_work": "forbidden"}}}
    problem = problem_from_tree(tree)
    assert isinstance(solve(problem, SETTINGS), Infeasible)
    found = ways(tree, None)
    assert (found["of"], found["state"], found["control"]) == ("all", "proved", None)
    assert [{"edit": "deadline", "task": "t-a", "deadline": "2027-01-18"}] in edits(found, "time")
    assert all(it["after"]["done"] for it in found["repairs"])


def test_late_work_gets_ways_to_be_in_time() -> None:
    tree = rollout(
        people=[person("ana", absences=[{"from": "2027-01-11", "to": "2027-01-11"}])],
        tasks=[task("t-a", hours=8, due="2027-01-11")],
    )
    found = ways(tree, "t-a")
    assert (found["of"], found["control"]["late"]) == ("late", 1)
    assert edits(found, "time") == [[{"edit": "due", "task": "t-a", "due": "2027-01-12"}]]
    assert {it["after"]["against_control"]["late"] for it in found["repairs"]} == {-1}


def test_a_class_that_finds_no_seat_gets_seats() -> None:
    """Twelve seats for twenty clerks in the one class that Ana can give."""
    tree = rollout(
        end="2027-01-11",
        people=[person("ana")],
        waves=[W1],
        courses=[course(hours=8)],
        audiences=[audience()],
    )
    found = ways(tree, "c-basic")
    assert found["state"] == "proved"
    assert {kind for it in found["repairs"] for kind in it["kinds"]} >= {"room", "people", "time"}
    done = [it for it in found["repairs"] if it["after"] and it["after"]["done"]]
    assert len(done) >= 3


def test_what_can_be_done_beside_all_else_needs_no_change() -> None:
    tree = rollout(tasks=[task("t-a")])
    problem = problem_from_tree(tree)
    empty = plan_document(problem, solve(problem, SETTINGS), (), ())
    found = repairs_document(repairs(tree, {**empty, "tasks": []}, Asking("t-a", seconds=SECONDS)))
    assert found["state"] == "possible"
    assert [it["edits"] for it in found["repairs"]] == [[]]


def test_work_that_is_neither_open_nor_late_is_refused() -> None:
    with pytest.raises(InvalidDocument) as error:
        ways(rollout(tasks=[task("t-a")]), "t-a")
    assert [it.path for it in error.value.faults] == ["work"]


def test_whoever_stops_it_gets_what_there_is() -> None:
    found = repairs(ALONE, planned(ALONE), Asking("t-a", seconds=SECONDS), stop=lambda: True)
    assert found.repairs == ()


@pytest.mark.parametrize("least", range(1, 61))
def test_the_fewest_steps_are_found_with_few_questions(least: int) -> None:
    asked: list[int] = []

    def enough(steps: int) -> bool:
        asked.append(steps)
        return steps >= least

    assert fewest(60, enough) == (least, True)
    assert len(asked) <= 10


def test_steps_that_are_not_decided_are_not_claimed_to_be_too_few() -> None:
    known: dict[int, bool | None] = {1: False, 2: None, 3: True, 4: True}
    assert fewest(4, lambda steps: known[steps]) == (3, False)
    assert fewest(1, lambda _: None) is None
