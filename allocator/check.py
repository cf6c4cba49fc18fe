"""The independent check of a plan: every breach of every rule, every term recomputed."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.objectives import OBJECTIVES
from allocator.plan import Plan, Score, TermScore, Violation
from allocator.problem import Problem
from allocator.rules import RULES


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check says of a plan; a plan that is handed out has no violations."""

    violations: tuple[Violation, ...]
    score: Score


def check(problem: Problem, plan: Plan) -> Checked:
    """Every breach of every rule, in the order of the rules, and what the plan is measured by.

    The indices of the plan are those of the problem; times may be anything.
    """
    found = [violation for rule in RULES.values() for violation in rule.violations(problem, plan)]
    return Checked(tuple(found), score(problem, plan))


def score(problem: Problem, plan: Plan) -> Score:
    """Each term's amount in its unit, with the price of one unit."""
    return Score(
        tuple(
            TermScore(term, measure(problem, plan), problem.goals.price(term))
            for term, measure in OBJECTIVES.items()
        )
    )
