"""Why not otherwise: the rule it would break, or the price, proved within its part of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from allocator.check import check, score
from allocator.facts.work import Work
from allocator.formats.document import problem_from_tree
from allocator.outcome import Feasible, Optimal
from solver.conflicts.conflict import Case
from solver.conflicts.why_not import Broken, Priced, why_not
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import W1, audience, course, person, rollout, room, task

SETTINGS = Settings(seconds=20, workers=1, deterministic_limit=0.5)
SECONDS = 60.0

TASKS = rollout(
    people=[
        person("ana", cost_per_hour=50),
        person("bor", cost_per_hour=80, absences=[{"from": "2027-01-12", "to": "2027-01-12"}]),
        person("cene", skills=[{"skill": "teach", "level": 3}]),
    ],
    tasks=[
        task("t-a", hours=8, deadline="2027-01-15"),
        task("t-b", hours=8, after=["t-a"]),
    ],
    goals={"prices": {"unfairness": 0, "finish": 0}},
)
"""Ana does both, for Bor costs 30 more an hour: 240 for eight hours."""

CLASSES = rollout(
    people=[person("ana"), person("bor", cost_per_hour=90)],
    rooms=[room(), room("r2", seats=4)],
    waves=[W1],
    courses=[course()],
    audiences=[audience(headcount=10)],
    goals={"prices": {"unfairness": 0, "finish": 0}},
)
"""One class of ten, of two hours: Bor costs 30 more an hour."""


def asked(tree: dict[str, Any], work: Work) -> Any:
    problem = problem_from_tree(tree)
    outcome = solve(problem, SETTINGS)
    assert isinstance(outcome, (Optimal, Feasible))
    case = Case(tree, problem, outcome.plan, lambda: SECONDS)
    found = why_not(case, work)
    if isinstance(found, Priced):
        assert check(problem, found.plan).violations == ()
        more = score(problem, found.plan).total - score(problem, outcome.plan).total
        assert found.more == more
    return found


def facts(found: Broken) -> list[tuple[str, Mapping[str, object]]]:
    return [(it.code, dict(it.values)) for it in found.conflict.facts]


def test_somebody_dearer_costs_the_difference_of_their_hours() -> None:
    found = asked(TASKS, Work("task", "t-a", person="bor"))
    assert (found.more, found.proved) == (240, True)


def test_what_is_so_already_costs_nothing() -> None:
    found = asked(TASKS, Work("task", "t-a", person="ana"))
    assert (found.more, found.proved) == (0, True)


@pytest.mark.parametrize(
    ("work", "codes"),
    [
        (Work("task", "t-a", person="cene"), ["lacks"]),
        (Work("task", "t-a", person="bor", on="2027-01-12"), ["absence"]),
        (Work("task", "t-a", on="2027-01-18"), ["deadline"]),
        (Work("task", "t-a", on="2027-01-16"), ["hours"]),
        (Work("task", "t-b", before="t-a"), ["after"]),
    ],
)
def test_the_rule_that_it_would_break_is_named(work: Work, codes: list[str]) -> None:
    found = asked(TASKS, work)
    assert isinstance(found, Broken)
    assert [code for code, _ in facts(found)] == codes
    assert found.conflict.minimal


def test_another_trainer_of_a_class_costs_the_difference_of_two_hours() -> None:
    found = asked(CLASSES, Work("course", "c-basic", audience="clerks", person="bor"))
    assert (found.more, found.proved) == (60, True)


def test_a_room_that_is_too_small_for_all_holds_some_of_them() -> None:
    """Four of ten fit into the small room: a second class of six, two hours more of Ana."""
    found = asked(CLASSES, Work("course", "c-basic", audience="clerks", room="r2"))
    assert (found.more, found.proved) == (120, True)


def test_a_class_on_a_day_off_cannot_be() -> None:
    found = asked(CLASSES, Work("course", "c-basic", audience="clerks", on="2027-01-16"))
    assert isinstance(found, Broken)
    assert [code for code, _ in facts(found)] == ["hours"]
