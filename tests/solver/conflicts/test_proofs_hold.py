"""Proofs hold: what is said to be impossible is impossible for the whole model too.

The whole document, with all its other work free to be planned or not, has no plan that does what a
conflict says cannot be done.
"""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from allocator.facts.work import Work
from allocator.formats.document import problem_from_tree
from allocator.outcome import Feasible, Optimal
from allocator.plan import Conflict, Fact, Plan
from allocator.problem import Problem
from allocator.reasons.open_work import open_work
from solver.conflicts.decide import Limits, Possible, decide
from solver.conflicts.entries import prove_open, work_of
from solver.settings import Settings
from solver.solve import solve
from tests.support.small import rollout
from tests.support.tight import tight_parts

SETTINGS = Settings(seconds=20, workers=1, deterministic_limit=0.5)
SECONDS = 20.0
LOOKS = 1500
"""So often the time is looked at before it is up, so that as much is asked on any machine."""


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_does_what_is_proved_to_be_impossible(seed: int) -> None:
    tree = rollout(**tight_parts(random.Random(seed)))
    problem = problem_from_tree(tree)
    outcome = solve(problem, SETTINGS)
    assert isinstance(outcome, (Optimal, Feasible))
    entries = open_work(problem, outcome.plan)
    looks = iter([1.0] * LOOKS)
    found = prove_open(tree, problem, outcome.plan, entries, lambda: next(looks, 0.0))
    limits = Limits(None, lambda: SECONDS)
    claims = [
        frozenset({work_of(problem, entry), *works(problem, outcome.plan, conflict)})
        for entry in found
        for conflict in entry.conflicts
    ]
    assert claims, "nothing is proved of a rollout in which hardly anything fits"
    false = [it for it in claims if isinstance(decide(tree, it, limits), Possible)]
    assert false == []


def works(problem: Problem, plan: Plan, conflict: Conflict) -> list[Work]:
    """The other work of a conflict, as much of it as the plan does."""
    return [work(problem, plan, fact) for fact in conflict.facts if fact.code in ("work", "rival")]


def work(problem: Problem, plan: Plan, fact: Fact) -> Work:
    published: dict[str, str | int | float | Fraction | tuple[str, ...]] = dict(fact.values)
    kind, id_ = published["kind"], str(published["id"])
    audience, department = str(published.get("audience", "")), str(published.get("department", ""))
    day = str(published.get("day", ""))
    if kind == "task":
        return Work("task", id_)
    if kind == "course":
        heads = sum(
            group.heads
            for session in plan.sessions
            if problem.courses[session.course].id == id_
            for group in session.groups
            if problem.audiences[group.audience].id == audience
        )
        return Work("course", id_, audience=audience, amount=heads)
    people = sum(
        len(shift.people)
        for shift in plan.shifts
        if problem.supports[shift.support].id == id_
        and problem.departments[shift.department].id == department
        and problem.axis.date(shift.day).isoformat() == day
    )
    return Work("support", id_, department=department, day=day, amount=people)
