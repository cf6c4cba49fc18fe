"""A plan checked against its rollout, and a rollout document judged; nothing is solved."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.check import Checked, check
from allocator.errors import Fault, InvalidDocument
from allocator.formats.detect import open_document
from allocator.formats.document import problem_from_tree, problem_of, read_problem
from allocator.formats.plan.write import plan_from_tree, read_plan
from allocator.formats.rollout.warnings import warnings_of
from allocator.formats.text.tree import read_tree
from allocator.plan import Plan
from allocator.problem import Problem


@dataclass(frozen=True)
class CheckedPlan:
    """A plan against its rollout: breaches, the score recomputed, and the one it states."""

    problem: Problem
    plan: Plan
    checked: Checked
    stated: dict[str, float]
    """Amounts by term as the document states them, and its `total`; empty if it states none."""
    other_rollout: bool
    """The plan was made for another version of the rollout."""


@dataclass(frozen=True)
class Validated:
    """A rollout document: all faults, or a problem with its warnings."""

    problem: Problem | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def check_documents(rollout: bytes, plan: bytes) -> CheckedPlan:
    """Read a rollout and a plan, and check the one against the other."""
    problem = read_problem(rollout)
    booked = read_plan(plan, problem)
    return _checked(problem, booked, read_tree(plan))


def check_trees(rollout: object, plan: object) -> CheckedPlan:
    """Check a plan against its rollout, both read from wherever they were."""
    problem = problem_from_tree(rollout)
    return _checked(problem, plan_from_tree(plan, problem), plan)


def _checked(problem: Problem, booked: Plan, tree: object) -> CheckedPlan:
    assert isinstance(tree, dict)  # a plan could be read from it
    fingerprint = (tree.get("rollout") or {}).get("sha256")
    return CheckedPlan(
        problem,
        booked,
        check(problem, booked),
        _stated(tree),
        fingerprint is not None and fingerprint != problem.sha256,
    )


def validate_document(content: bytes) -> Validated:
    """All that is wrong in a rollout document, or what a planner should look at in it."""
    try:
        opened = open_document(content)
        problem = problem_of(opened)
    except InvalidDocument as error:
        return Validated(None, error.faults, ())
    warnings = opened.locate(warnings_of(problem))
    return Validated(problem, (), (*opened.warnings, *warnings))


def _stated(tree: dict[str, object]) -> dict[str, float]:
    score = tree.get("score")
    if not isinstance(score, dict):
        return {}
    stated = {term["term"]: term["amount"] for term in score.get("terms", [])}
    if score.get("total") is not None:
        stated["total"] = score["total"]
    return stated
