"""What a change does to a rollout: both sides solved alike, each by the best plan known of it.

Two searches end with two plans, so that two totals differ even where nothing was changed. So a plan
with the change is held against a **control**: the rollout without it, solved again from the same
plan with the same effort. Each of the two plans is tried on the other side as well:

    before = least total of the control and of the plan with the change, if that holds without it
    after  = least total of the plan with the change and of the control, if that holds with it
    effect = after - before - shift

So nobody who is added makes a plan worse that could stay as it is, nobody who leaves makes one
better, and no change has no effect. `shift` is by how much the term unfairness measures the control
higher with the change: it compares people with their colleagues, who may be others then.

    noise  = most by which a plan lay above the best one known of its side: the plan that both
             began with, the control, the plan with the change

An effect within the noise is undecided, unless it is proved: the bound of one side lies beyond the
total of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from allocator.check import check, score
from allocator.errors import InvalidDocument
from allocator.formats.plan.write import plan_from_tree
from allocator.plan import Score
from allocator.problem import Problem
from allocator.terms import TERMS

Verdict = Literal["none", "undecided", "better", "worse", "proved better", "proved worse"]

LEAST = Fraction(1, 200)
"""What differs by less is the same: half a cent, and more than documents round a bound by."""


@dataclass(frozen=True, slots=True)
class Solved:
    """One side: a rollout at the prices it was solved at, the plan, and what is proved of all."""

    problem: Problem
    plan: Mapping[str, Any]
    bound: Fraction


@dataclass(frozen=True, slots=True)
class Known:
    """The best plan that is known of a side; not its own if that of the other side is better."""

    score: Score
    own: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """An amount without the change and with it, less the shift; no noise where it is not known."""

    before: Fraction
    after: Fraction
    noise: Fraction | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does, as far as it is known."""

    before: Known
    after: Known
    total: Measured | None
    """None at different prices: then the terms alone are compared."""
    terms: Mapping[str, Measured]
    shift: Fraction
    """By how much the total of the control alone is measured higher, among other people."""
    holds: bool
    """Whether the plan without the change keeps every rule with it."""


def measure(
    base: Solved, changed: Solved, start: Mapping[str, Any] | None, *, alike: bool
) -> Effect:
    """The effect of a change between two sides that were both solved from the plan `start`.

    `alike` unless one of the two had less effort than it was asked to have, as when it was stopped.
    """
    first, second = _of(base.problem, base.plan), _of(changed.problem, changed.plan)
    over, back = _holding(changed.problem, base.plan), _holding(base.problem, changed.plan)
    before = Known(first, own=True)
    if back is not None and back.total < first.total:
        before = Known(back, own=False)
    after = Known(second, own=True)
    if over is not None and (0, over.total) <= (_excess(changed.problem, second), second.total):
        after = Known(over, own=False)  # of two that are as good, the one that changes nothing
    begun = None if start is None else _holding(base.problem, start)
    sure = alike and begun is not None
    spread = [(before.score, it) for it in (first, begun) if it is not None]
    spread += [(after.score, second)]
    terms, shift = {}, Fraction(0)
    for term in TERMS:
        old, new = before.score.amount(term), after.score.amount(term)
        if term == "unfairness" and over is not None:
            moved = over.amount(term) - first.amount(term)
            shift, new = moved * (changed.problem.goals.price(term) or 0), new - moved
        noise = max(abs(it.amount(term) - best.amount(term)) for best, it in spread)
        terms[term] = _measured(old, new, noise if sure else None)
    total = None
    if all(base.problem.goals.price(it) == changed.problem.goals.price(it) for it in TERMS):
        noise = max(it.total - best.total for best, it in spread)
        new = after.score.total - shift
        total = _measured(before.score.total, new, noise if sure else None)
        if changed.bound - shift > before.score.total + LEAST:
            total = replace(total, verdict="proved worse")
        elif new < base.bound - LEAST:
            total = replace(total, verdict="proved better")
    return Effect(before, after, total, terms, shift, over is not None)


def _measured(before: Fraction, after: Fraction, noise: Fraction | None) -> Measured:
    by = after - before
    verdict: Verdict = "worse" if by > 0 else "better"
    if abs(by) <= LEAST:
        verdict = "none"
    elif noise is None or abs(by) <= noise:
        verdict = "undecided"
    return Measured(before, after, noise, verdict)


def _of(problem: Problem, plan: Mapping[str, Any]) -> Score:
    return score(problem, plan_from_tree(plan, problem))


def _holding(problem: Problem, plan: Mapping[str, Any]) -> Score | None:
    """The score of a plan in a rollout that it was not made for; None if it breaks a rule there."""
    try:
        booked = plan_from_tree(plan, problem)
    except InvalidDocument:  # what it books is not there
        return None
    checked = check(problem, booked)
    return None if checked.violations or _excess(problem, checked.score) else checked.score


def _excess(problem: Problem, found: Score) -> Fraction:
    """What a plan has of forbidden terms, and of change beyond the change budget."""
    amount = sum((found.amount(term) for term in found.forbidden), Fraction(0))
    most = problem.goals.most_people
    return amount if most is None else amount + max(Fraction(0), found.amount("change") - most)
