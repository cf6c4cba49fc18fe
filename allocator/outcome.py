"""What a solve claims: a union of results, each with what it can prove."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from allocator.plan import Conflict, Plan, Score, Violation


@dataclass(frozen=True, slots=True)
class Defect:
    """Something of ours that went wrong in a solve and was set aside; the solve went on without.

    A plan that breaks rules although it was meant to keep them, a proof that a plan contradicts, or
    a failure of a part of the search.
    """

    phase: str
    seconds: float
    message: str
    violations: tuple[Violation, ...] = ()
    plan: Plan | None = None
    """What was proposed, of the first few."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a result came about."""

    seed: int
    workers: int
    seconds: float
    first_plan_seconds: float | None
    best_plan_seconds: float | None
    deterministic_time: float
    defects: tuple[Defect, ...] = ()
    """What was set aside on the way; the plan that is handed out has been checked all the same."""
    out_of_memory: bool = False
    """The search ended early, as it had used up its memory."""


@dataclass(frozen=True, slots=True)
class Optimal:
    """No plan has a lower total: the bound meets it."""

    plan: Plan
    score: Score
    run: Run

    @property
    def bound(self) -> Fraction:
        """The total itself."""
        return self.score.total


@dataclass(frozen=True, slots=True)
class Feasible:
    """A checked plan; no plan has a total below `bound`."""

    plan: Plan
    score: Score
    bound: Fraction
    run: Run


@dataclass(frozen=True, slots=True)
class Infeasible:
    """Proved: no plan obeys the rules with every forbidden term at zero."""

    reason: str
    run: Run
    conflict: Conflict | None = None
    """Work and facts that rule each other out, where they have been found."""


@dataclass(frozen=True, slots=True)
class NoPlan:
    """Nothing found in the time given, and nothing proved but the bound."""

    reason: str
    bound: Fraction
    run: Run


Outcome = Optimal | Feasible | Infeasible | NoPlan


def gap(total: Fraction, bound: Fraction) -> Fraction:
    """(total - bound) / total, the share of the total that may still be avoidable."""
    return (total - bound) / total if total > 0 else Fraction(0)
