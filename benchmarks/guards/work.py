"""Deterministic work and objective of some problems; run as a module, it stores them anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from allocator.outcome import Feasible, Optimal
from allocator.problem import Problem
from benchmarks.guards.problems import crews, departments, singles, small_rollout
from solver.settings import Settings
from solver.solve import solve

STORED = Path(__file__).with_name("stored.json")

CASES: dict[str, tuple[Callable[[], Problem], float]] = {
    "crews, small": (lambda: crews(12, 1), 10.0),
    "crews": (lambda: crews(40, 1), 2.0),
    "singles": (lambda: singles(100, 1), 2.0),
    "rollout S": (small_rollout, 2.0),
    "four departments": (lambda: departments(4), 4.0),
}
"""Name -> problem and limit in deterministic units; the first is solved to proof before it."""


def measured(case: str) -> dict[str, float]:
    """Objective, bound and deterministic work of a case on one worker with seed 1."""
    problem, limit = CASES[case][0](), CASES[case][1]
    settings = Settings(seconds=600, workers=1, seed=1, deterministic_limit=limit)
    outcome = solve(problem, settings)
    assert isinstance(outcome, (Optimal, Feasible))
    return {
        "objective": float(outcome.score.total),
        "bound": float(outcome.bound),
        "work": outcome.run.deterministic_time,
    }


def stored() -> dict[str, dict[str, float]]:
    """What each case once took and gave."""
    values: dict[str, dict[str, float]] = json.loads(STORED.read_text(encoding="utf-8"))
    return values


if __name__ == "__main__":
    found = {case: measured(case) for case in CASES}
    STORED.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
