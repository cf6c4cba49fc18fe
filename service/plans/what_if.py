"""A what-if beside its rollout: the two plans, and what the changes do, as far as is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import Connection

from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_from_tree, score_tree
from allocator.report import report
from service.edits.base import Edit, Tree
from service.planning import within_budget
from service.plans.comparison import compare
from service.plans.effect import Effect, Known, Measured, Solved, measure
from service.plans.report import report_document
from service.plans.side_by_side import Side, beside, ended, side_by_side
from service.store import rollouts
from service.store.errors import Conflict
from service.store.plans import Found
from service.store.runs import Run

Why = Literal[
    "equal",
    "bounds",
    "beyond noise",
    "noise",
    "cold",
    "stopped",
    "pending",
    "no control",
    "prices",
]
"""The reason of a verdict."""


def what_if(
    connection: Connection,
    tenant: str,
    changed: Run,
    control: Run | None,
    edits: Sequence[Edit],
    start: str | None,
) -> Tree:
    """The plan of a what-if beside its control, and the effect of the edits.

    While there is no control, beside the plan `start`; then nothing is said of an effect.
    """
    if control is None or control.plan is None or control.best is None:
        if start is None:
            raise Conflict("There is no plan of the rollout to compare with yet.")
        found = side_by_side(connection, tenant, start, changed.id, edits)
        return {**found, "effect": _not_compared(control, start)}
    plain, tried = ended(connection, tenant, control.id), ended(connection, tenant, changed.id)
    _, tree = rollouts.document(connection, tenant, control.rollout, control.revision)
    _, edited = rollouts.document(connection, tenant, changed.rollout, changed.revision)
    base, other = _solved(tree, plain), _solved(edited, tried)
    begun = None if start is None else ended(connection, tenant, start).found.document
    alike = all(it.state == "done" for it in (control, changed))
    effect = measure(base, other, begun, alike=alike)
    before = plain if effect.before.own else _tried_on(base, tried, effect.before)
    after = tried if effect.after.own else _tried_on(other, plain, effect.after)
    return {
        **beside(before, after, edited, edits),
        "effect": {
            **_compared(effect, alike=alike),
            "control": _state(control),
            "start": start,
            "from_start": None if begun is None else _from_start(begun, after, edited),
        },
    }


def _from_start(begun: Mapping[str, Any], after: Side, tree: Tree) -> Tree:
    """What would change for people who know the plan that both began with."""
    found = compare(begun, after.found.document, tree)
    return {"bookings": len(found.bookings), "people": list(found.people)}


def _solved(tree: Tree, side: Side) -> Solved:
    limits = side.run.limits
    problem = within_budget(problem_from_tree(tree, limits.preset), limits.most_people)
    document = side.found.document
    return Solved(problem, document, Fraction(str(document["score"]["bound"] or 0)))


def _tried_on(side: Solved, other: Side, known: Known) -> Side:
    """The plan of the other side as it comes out on this one."""
    document = other.found.document
    explained = report(side.problem, plan_from_tree(document, side.problem), ())
    score = score_tree(known.score, side.bound)
    outcome = "optimal" if score["gap"] == 0 else "feasible"
    found = Found(
        {**document, "outcome": outcome, "score": score},
        report_document(side.problem, explained),
    )
    return Side(other.run, found)


def _compared(effect: Effect, *, alike: bool) -> Tree:
    terms = {term: _plain(it) for term, it in effect.terms.items()}
    compared: Tree = {"holds": effect.holds, "terms": terms}
    total = effect.total
    if total is None:
        return {**compared, "verdict": "not compared", "why": "prices", "total": None}
    return {
        **compared,
        "verdict": total.verdict,
        "why": _why(total, alike=alike),
        "total": {**_plain(total), "shift": float(effect.shift)},
    }


def _why(total: Measured, *, alike: bool) -> Why:
    match total.verdict:
        case "none":
            return "equal"
        case "proved better" | "proved worse":
            return "bounds"
        case "better" | "worse":
            return "beyond noise"
        case "undecided" if total.noise is not None:
            return "noise"
        case "undecided":
            return "cold" if alike else "stopped"


def _not_compared(control: Run | None, start: str) -> Tree:
    """Nothing is said of an effect: there is nothing to measure it against, or not yet."""
    why: Why = "pending" if control is not None and not control.ended else "no control"
    return {
        "verdict": "undecided",
        "why": why,
        "total": None,
        "terms": {},
        "holds": None,
        "control": None if control is None else _state(control),
        "start": start,
        "from_start": None,
    }


def _state(control: Run) -> Tree:
    return {"plan": control.id, "state": control.state, "failure": control.failure}


def _plain(measured: Measured) -> dict[str, Any]:
    return {
        name: float(value) if isinstance(value, Fraction) else value
        for name, value in asdict(measured).items()
    }
