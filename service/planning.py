"""A rollout solved: what was claimed, the plan document, and the plan explained."""

from __future__ import annotations

from dataclasses import dataclass, replace

from allocator.formats.plan.write import plan_document
from allocator.outcome import Feasible, Optimal, Outcome
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import Report, report
from solver.settings import OnProgress, Settings, Stop
from solver.solve import solve

Tree = dict[str, object]


@dataclass(frozen=True)
class Planned:
    """A solved rollout: what was claimed, the plan document, and the plan explained (if any)."""

    problem: Problem
    outcome: Outcome
    document: Tree
    report: Report | None


def plan_rollout(
    problem: Problem,
    settings: Settings,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    base: Plan | None = None,
) -> Planned:
    """Solve a rollout and explain the plan; the checked document has no violations.

    It begins with what still holds of the `base`, if there is one.
    """
    outcome = solve(problem, settings, on_progress, stop, base)
    explained = None
    if isinstance(outcome, (Optimal, Feasible)):
        explained = report(problem, outcome.plan)
    left_open = () if explained is None else explained.open
    document = plan_document(problem, outcome, left_open, ())
    return Planned(problem, outcome, document, explained)


def within_budget(problem: Problem, most_people: int | None) -> Problem:
    """The same rollout with a change budget: so many people told x weight, at most."""
    return replace(problem, goals=replace(problem.goals, most_people=most_people))
