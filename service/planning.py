"""A rollout solved: what was claimed, the plan document, and the plan explained."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from allocator.errors import SolverDefect
from allocator.formats.plan.write import plan_document
from allocator.outcome import Feasible, Optimal, Outcome
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import Report, report
from service.defects import write_down
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
    defects: Path | None = None
    """The folder in which is written down what went wrong on the way, if something did."""


def plan_rollout(
    problem: Problem,
    settings: Settings,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    base: Plan | None = None,
    document: bytes = b"",
) -> Planned:
    """Solve a rollout and explain the plan; the checked document has no violations.

    It begins with what still holds of the `base`, if there is one. What goes wrong on the way is
    written down beside the `document`, the rollout as it was read; SolverDefect only if there is no
    plan at all.
    """
    try:
        outcome = solve(problem, settings, on_progress, stop, base)
    except SolverDefect as defect:
        place = write_down(problem, document, settings, defect.defects)
        if place is not None:
            defect.add_note(f"What went wrong is written down in {place}.")
        raise
    defects = outcome.run.defects
    place = write_down(problem, document, settings, defects) if defects else None
    explained = None
    if isinstance(outcome, (Optimal, Feasible)):
        explained = report(problem, outcome.plan)
    left_open = () if explained is None else explained.open
    tree = plan_document(problem, outcome, left_open, ())
    return Planned(problem, outcome, tree, explained, place)


def within_budget(problem: Problem, most_people: int | None) -> Problem:
    """The same rollout with a change budget: so many people told x weight, at most."""
    return replace(problem, goals=replace(problem.goals, most_people=most_people))
