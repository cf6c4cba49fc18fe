"""What a caller asks of a solve, and what it tells on the way: typed limits and progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from allocator.plan import Plan, Score


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits of one solve. The first limit that is reached ends it with the best plan so far."""

    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    deterministic_limit: float | None = None
    """Deterministic work units of CP-SAT; with one worker the same limit gives the same plan."""
    memory_mb: float | None = None
    """Memory of the process beyond which the search ends; None where nobody watches it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A solve under way: `best` is the total of the best plan so far, None before the first."""

    phase: str
    seconds: float
    best: Fraction | None
    bound: Fraction
    gap: Fraction | None
    plan: Plan | None = None
    score: Score | None = None


OnProgress = Callable[[Progress], None]
Stop = Callable[[], bool]
"""Asked often: True ends the solve with the best plan so far."""
