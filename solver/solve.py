"""From a problem to a checked outcome: the one entry of the optimiser."""

from __future__ import annotations

from allocator.outcome import Outcome
from allocator.problem import Problem
from solver.settings import OnProgress, Settings, Stop


def solve(
    problem: Problem,
    settings: Settings,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Outcome:
    """Decide who does what when, within the limits of `settings`; the plan has been checked."""
    raise NotImplementedError
