"""What a way out comes to: the whole rollout solved again with it, and alike without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from allocator.facts.work import Tree, Work
from allocator.formats.plan.write import plan_document
from allocator.outcome import Feasible, Optimal, Outcome
from allocator.plan import OpenWork, Plan
from allocator.problem import Problem
from allocator.report import open_work, report
from service.edits.base import Edit
from service.plans.comparison import compare
from solver.conflicts.entries import work_of
from solver.settings import Settings, Stop
from solver.solve import solve


@dataclass(frozen=True)
class Solved:
    """What a solve of a rollout came to, against the plan that people look at."""

    open: int
    """Pieces of work that are left open."""
    late: int
    cost: Fraction
    total: Fraction
    bound: Fraction
    """No plan has a total below it."""
    people: tuple[str, ...]
    """Who has other bookings than in the plan before."""
    done: bool
    """Whether the work that was asked about is done (in time)."""
    document: Tree


def solved(
    problem: Problem,
    tree: Tree,
    settings: Settings,
    stop: Stop | None,
    base: Plan | None,
    before: Tree | None,
    target: Work | None,
) -> Solved | None:
    """Solve a rollout from a plan on; None if there is no plan of it.

    `before` is the plan document that its bookings are compared with.
    """
    outcome = solve(problem, settings, None, stop, base)
    if not isinstance(outcome, (Optimal, Feasible)):
        return None
    left_open = open_work(problem, outcome.plan, lambda: True)
    found = report(problem, outcome.plan, left_open, lambda: True)
    document = _document(problem, outcome, left_open)
    late = {problem.tasks[it.task].id for it in found.late}
    left = {work_of(problem, it).key for it in left_open}
    undone = target is not None and (target.key in left or (target.by_due and target.id in late))
    return Solved(
        len(left_open),
        len(found.late),
        outcome.score.amount("cost"),
        outcome.score.total,
        outcome.score.total if isinstance(outcome, Optimal) else outcome.bound,
        () if before is None else compare(before, document, tree).people,
        not undone,
        document,
    )


def _document(problem: Problem, outcome: Outcome, left_open: Sequence[OpenWork]) -> dict[str, Any]:
    return dict(plan_document(problem, outcome, left_open, ()))


def plain_edits(edits: Sequence[Edit]) -> list[Tree]:
    """Edits as scenarios take them."""
    return [it.model_dump(by_alias=True, exclude_unset=True) for it in edits]
