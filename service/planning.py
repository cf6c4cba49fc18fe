"""A rollout solved: what was claimed, the plan document, and the plan explained."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from allocator.errors import SolverDefect
from allocator.formats.plan.write import plan_document
from allocator.outcome import Feasible, Infeasible, Optimal, Outcome
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import Report, report
from service.defects import write_down
from service.proving import proved, rollout_tree, why_infeasible
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


PROVING = 2.0
"""Most seconds of a solve for proofs that open work cannot be done; `explain` has its own."""

SHORTEST = 0.1
"""Seconds that a solve has at least, however long reading took."""

EXPLAINING = (0.2, 1.5)
"""Fewest and most seconds of a solve that are kept free for explaining its plan."""

EXPLAINING_SHARE = 0.04

LEAST_EXPLAINING = 1.0
"""Seconds for explaining, however late the solve has ended."""

MOST_EXPLAINING = 10.0
"""Seconds for explaining, however early it has ended; the rest can be asked for."""

WRITING_SECONDS = 2e-4
"""Seconds for each booking that is summed up and written."""


def plan_rollout(
    problem: Problem,
    settings: Settings,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    base: Plan | None = None,
    document: bytes = b"",
    spent: float = 0.0,
) -> Planned:
    """Solve a rollout and explain the plan; the checked document has no violations.

    All of it, with writing the plan and what has been `spent` on reading, keeps to the seconds of
    the settings. It begins with what still holds of the `base`, if there is one. What goes wrong on
    the way is written down beside the `document`, the rollout as it was read; SolverDefect only if
    there is no plan at all.
    """
    begun = time.monotonic() - spent
    writing = min(_writing_seconds(problem), settings.seconds / 2)
    explaining = min(EXPLAINING[1], max(EXPLAINING[0], EXPLAINING_SHARE * settings.seconds))
    left = max(SHORTEST, settings.seconds - spent - explaining - writing)
    try:
        outcome = solve(problem, replace(settings, seconds=left), on_progress, stop, base)
    except SolverDefect as defect:
        place = write_down(problem, document, settings, defect.defects)
        if place is not None:
            defect.add_note(f"What went wrong is written down in {place}.")
        raise
    defects = outcome.run.defects
    place = write_down(problem, document, settings, defects) if defects else None
    explained = None
    now = time.monotonic()
    end = min(begun + settings.seconds - writing, now + MOST_EXPLAINING)
    end = max(end, now + LEAST_EXPLAINING)
    rollout = rollout_tree(document)
    if isinstance(outcome, (Optimal, Feasible)):
        explained = report(problem, outcome.plan, until=lambda: time.monotonic() > end)
        if rollout is not None:
            left = min(end - time.monotonic(), PROVING)
            explained = proved(rollout, problem, outcome.plan, explained, left)
    elif isinstance(outcome, Infeasible) and rollout is not None:
        outcome = why_infeasible(rollout, problem, outcome, min(end - now, PROVING))
    left_open = () if explained is None else explained.open
    tree = plan_document(problem, outcome, left_open, ())
    return Planned(problem, outcome, tree, explained, place)


def _writing_seconds(problem: Problem) -> float:
    """About how long it takes to sum up and write a plan of everything that is asked for."""
    seats = sum(line.people for task in problem.tasks for line in task.crew)
    heads = sum(
        problem.untrained(number, course)
        for number, audience in enumerate(problem.audiences)
        for course in audience.courses
    )
    supporters = sum(need.people for need in problem.shifts)
    return WRITING_SECONDS * (seats + heads / 10 + supporters)


def within_budget(problem: Problem, most_people: int | None) -> Problem:
    """The same rollout with a change budget: so many people notified x weight, at most."""
    return replace(problem, goals=replace(problem.goals, most_people=most_people))
