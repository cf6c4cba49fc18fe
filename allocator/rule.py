"""A rule as one object: its name, what it finds wrong with a plan, and how far it looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.plan import Plan, Violation
from allocator.problem import Problem


@dataclass(frozen=True, slots=True)
class Rule:
    """What a plan must keep; each module of `allocator/rules` has one."""

    name: str
    violations: Callable[[Problem, Plan], list[Violation]]
    alone: bool = False
    """It looks at one booking alone, whatever else is planned."""
    of_parts: bool = True
    """It can be asked of some bookings of a plan: no other work could help to keep it."""
