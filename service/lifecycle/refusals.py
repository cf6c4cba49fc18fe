"""Why publishing a plan is refused: shown before anybody confirms it, and when it is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from allocator.check import check
from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_from_tree
from allocator.plan import Violation
from allocator.problem import Problem
from service.edits.apply import applied
from service.edits.base import Tree
from service.lifecycle.approvals import Approval
from service.store.documents import PUBLISHED
from service.store.rollouts import Rollout

BOOKINGS = ("schema", "rollout", "tasks", "sessions", "support", "history")
"""What is published of a plan document; its score belongs to the day on which it was made.

Its history says who had done what: the next plan may not have those bookings any more.
"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, as a sentence."""

    why: Literal["scenario", "green lights", "rules", "document"]
    message: str


def refusals(
    rollout: Rollout,
    tree: Tree,
    plan: Mapping[str, Any],
    approvals: Sequence[Approval],
    *,
    frozen_until: str | None,
    approved: bool,
) -> list[Refusal]:
    """All that is in the way of publishing a plan now; `approved` asks for every green light."""
    found = []
    if rollout.scenario_of is not None:
        said = "The plan of a scenario is not published; promote the scenario first."
        found.append(Refusal("scenario", said))
    missing = [it.department for it in approvals if it.word != "granted"]
    if approved and missing:
        said = f"Without a green light so far: {', '.join(missing)}."
        found.append(Refusal("green lights", said))
    broken = breaks(problem_from_tree(tree), plan)
    if broken:
        said = f"The plan does not fit the rollout as it is now: {broken[0].rule}: "
        found.append(Refusal("rules", said + broken[0].message))
    else:
        try:
            with_published(tree, plan, frozen_until)
        except InvalidDocument as error:
            found += [Refusal("document", fault.message) for fault in error.faults]
    return found


def breaks(problem: Problem, plan: Mapping[str, Any]) -> tuple[Violation, ...]:
    """The rules of a rollout as it is now that a plan breaks."""
    try:
        return check(problem, plan_from_tree(plan, problem)).violations
    except InvalidDocument as error:  # what it books is not in the rollout any more
        return tuple(Violation(fault.code, str(fault)) for fault in error.faults)


def with_published(tree: Tree, plan: Mapping[str, Any], frozen_until: str | None) -> Tree:
    """The document once the plan is published; InvalidDocument if it may not be so."""
    published: Tree = {"plan": {name: plan[name] for name in BOOKINGS if name in plan}}
    if frozen_until is not None:
        published["frozen_until"] = frozen_until
    return applied({**tree, PUBLISHED: published}, ())
