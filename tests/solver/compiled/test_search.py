"""The compiled search: real plans, the totals of the ledger, the same again for the same seed."""

from __future__ import annotations

import pytest

from allocator.check import check
from allocator.plan import Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.compiled.core import Core
from solver.first_plan.build import first_plan
from solver.insertion.inserter import Inserter
from tests.solver.compiled.rollouts import drawn

EFFORT = 3_000_000


def begun(problem: Problem, seed: int) -> tuple[Inserter, Core, Plan]:
    candidates = Candidates(problem)
    plan = first_plan(candidates, seed)
    inserter = Inserter(candidates)
    core = Core(inserter, seed)
    core.load(plan)
    return inserter, core, plan


@pytest.mark.parametrize("seed", range(200, 240))
def test_what_it_finds_breaks_no_rule_and_has_the_total_that_it_says(seed: int) -> None:
    problem = drawn(seed)
    inserter, core, plan = begun(problem, seed)
    first = core.least
    core.run(EFFORT)
    best, now = core.best(), core.now()
    violations = set(check(problem, plan).violations)
    assert set(check(problem, best).violations) <= violations
    assert core.least <= first
    inserter.ledger.load(best)
    assert core.least == pytest.approx(inserter.ledger.total, rel=1e-9)
    inserter.ledger.load(now)
    assert core.total == pytest.approx(inserter.ledger.total, rel=1e-9)


@pytest.mark.parametrize("seed", range(240, 260))
def test_a_plan_comes_out_as_it_went_in(seed: int) -> None:
    problem = drawn(seed)
    inserter, core, plan = begun(problem, seed)
    inserter.ledger.load(plan)
    assert core.total == pytest.approx(inserter.ledger.total, rel=1e-9)
    assert _as_sets(core.now()) == _as_sets(plan)


def test_the_same_seed_and_effort_give_the_same_plan() -> None:
    problem = drawn(3)
    plans = []
    for _ in range(2):
        _, core, _ = begun(problem, 5)
        core.run(EFFORT)
        plans.append(core.best())
    assert plans[0] == plans[1]


def test_a_search_goes_on_from_the_plan_that_it_is_given() -> None:
    problem = drawn(4)
    _, core, plan = begun(problem, 4)
    core.run(EFFORT)
    best, least = core.best(), core.least
    core.load(plan)
    assert core.least >= least
    core.load(best)
    assert core.least == pytest.approx(least, rel=1e-9)


def _as_sets(plan: Plan) -> tuple[object, ...]:
    """A plan without the order in which things are listed."""
    tasks = frozenset((it.task, it.start, it.end, frozenset(it.crew)) for it in plan.tasks)
    sessions = frozenset(
        (
            it.course,
            it.room,
            it.start,
            it.end,
            frozenset(it.trainers),
            frozenset((g.audience, g.heads, frozenset(g.members)) for g in it.groups),
        )
        for it in plan.sessions
    )
    return tasks, sessions, plan.shifts
