"""Ways to solve a problem that a run can compare: the engine itself and plain references."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from allocator.outcome import Outcome
from allocator.problem import Problem
from solver.settings import OnProgress, Settings

Engine = Callable[[Problem, Settings, OnProgress], Outcome]

ENGINES = ("allocator", "joint", "pyjobshop", "timefold")
"""The engine, the plain joint CP-SAT model without any search around it, and two peers."""


class CannotExpress(ValueError):
    """A reference engine that has no words for something in the problem, or is not there."""


def engine_of(name: str) -> Engine:
    """The engine of a name; a missing package only matters to the engine that needs it."""
    return cast(Engine, import_module(f"benchmarks.engines.{name}").solve)
