"""A problem, or a part of it with the rest held, as a CP-SAT model: one list, top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf, lcm

from allocator.plan import Plan
from allocator.terms import TERMS
from allocator.timeline import BoolArray
from solver.candidates.candidates import Candidates
from solver.model.build import add_classes, add_shifts, add_tasks
from solver.model.grid import Grid
from solver.model.hours import Hours
from solver.model.linear import Linear
from solver.model.model import Expression, Model
from solver.model.objectives import change, cost, finish, lateness, open_work, unfairness, wishes
from solver.model.part import Part
from solver.model.rules import (
    budget,
    class_fit,
    course_order,
    crew_together,
    days_off,
    one_at_a_time,
    people_pairing,
    pinned,
    precedence,
    qualified,
    release_limit,
    rest,
    support_shift,
    travel,
    vendor_terms,
    work_limits,
)
from solver.settings import Stop
from solver.stopping import never

FINEST_SCALE = 1_000_000
"""Objective factors are exact fractions up to this common denominator; beyond it rounded down."""

FORBIDDEN_PRICE = Fraction(1_000_000)
"""What a unit of a forbidden term costs in a part that cannot bring it to zero alone."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A model ready to solve: total = (objective / scale) + constant, never more than the truth."""

    model: Model
    scale: int
    constant: Fraction

    def total(self, objective: float) -> Fraction:
        """The total in the document's money of a value of the scaled objective, rounded down."""
        return Fraction(floor(objective + 1e-6), self.scale) + self.constant


def compile_part(
    candidates: Candidates,
    grid: Grid,
    part: Part,
    held: Plan,
    *,
    class_starts: dict[tuple[int, int], BoolArray] | None = None,
    terms: tuple[str, ...] = TERMS,
    relaxed: bool = False,
    forbid: bool = True,
    stop: Stop = never,
    more: Callable[[Model], Linear] | None = None,
    most: float = inf,
) -> Compiled:
    """Variables, then every rule, then the priced sum of the terms.

    `relaxed` leaves out the rules that work outside the part could help to meet (minimum hours,
    skills still to be earned) and travel, so that the optimum bounds every plan's from below.
    Without `forbid` forbidden terms, and change beyond its budget, have a price above all others
    instead, for parts that cannot do better alone. Raises `Stopped` when the `stop` says so before
    the model is built, `TooLarge` when it gets more than `most` literals and linear constraints.
    `more` posts what other work depends on in the part, and says what that
    adds to the total.
    """
    model = Model(candidates.problem, candidates, part, held, grid, relaxed, stop, most)
    hours = Hours(model)
    add_tasks(model)
    add_classes(model, class_starts)
    add_shifts(model)

    crew_together.post(model)
    pinned.post(model)
    one_at_a_time.post(model)
    precedence.post(model)
    people_pairing.post(model)
    class_fit.post(model)
    course_order.post(model)
    release_limit.post(model)
    support_shift.post(model)
    work_limits.post(model, hours)
    rest.post(model)
    days_off.post(model, hours)
    budget.post(model)
    if not relaxed:
        qualified.post(model)
        travel.post(model)
        vendor_terms.post(model, hours)

    expressions = {
        "open_work": lambda: open_work.expression(model),
        "lateness": lambda: lateness.expression(model),
        "change": lambda: change.expression(model),
        "cost": lambda: cost.expression(model),
        "wishes": lambda: wishes.expression(model, hours),
        "unfairness": lambda: unfairness.expression(model, hours),
        "finish": lambda: finish.expression(model),
    }
    added = None if more is None else more(model)
    amounts = {term: expressions[term]() for term in terms}
    return minimise(model, amounts, forbid=forbid, added=added)


def minimise(
    model: Model,
    terms: dict[str, Linear],
    *,
    forbid: bool,
    below: Fraction | None = None,
    added: Linear | None = None,
) -> Compiled:
    """Prices x terms with integer factors; forbidden terms and the budget become constraints.

    With `below` only plans of a lower total count. `added` has its prices already.
    """
    parts: list[tuple[Expression, Fraction]] = [] if added is None else [*added.parts]
    constant = Fraction(0) if added is None else added.constant
    for term, linear in terms.items():
        price = model.problem.goals.price(term)
        if term == "change" and model.problem.goals.most_people is not None:
            parts += _within_budget(model, linear, model.problem.goals.most_people, forbid)
        if price is None and forbid:
            _forbid(model, linear)
            continue
        price = FORBIDDEN_PRICE if price is None else price
        constant += price * linear.constant
        parts += [(variable, price * factor) for variable, factor in linear.parts if price]
    scale = min(FINEST_SCALE, lcm(*(factor.denominator for _, factor in parts)))
    objective = sum(floor(factor * scale) * variable for variable, factor in parts)
    model.cp.minimize(objective)
    if below is not None:
        model.cp.add(objective <= ceil((below - constant) * scale) - 1)
    return Compiled(model, scale, constant)


def _within_budget(
    model: Model, published: Linear, most: int, forbid: bool
) -> list[tuple[Expression, Fraction]]:
    """The change is within its budget; without `forbid` what is beyond it has a price instead."""
    amount = sum(int(factor) * variable for variable, factor in published.parts) + int(
        published.constant
    )
    if forbid:
        model.cp.add(amount <= most)
        return []
    beyond = model.cp.new_int_var(0, max(0, int(published.constant) - most), "beyond the budget")
    model.cp.add(amount <= most + beyond)
    return [(beyond, FORBIDDEN_PRICE)]


def _forbid(model: Model, linear: Linear) -> None:
    """The amount of a forbidden term is zero."""
    scale = lcm(linear.constant.denominator, *(f.denominator for _, f in linear.parts))
    amount = sum(int(factor * scale) * variable for variable, factor in linear.parts)
    model.cp.add(amount + int(linear.constant * scale) <= 0)
