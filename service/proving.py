"""A report in which open and late work that cannot be done says so, as far as there is time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from allocator.errors import InvalidDocument
from allocator.facts.wording import excluded
from allocator.formats.detect import open_document
from allocator.outcome import Infeasible
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import Report
from solver.conflicts.entries import prove_late, prove_open
from solver.conflicts.whole import infeasible_because

log = logging.getLogger("allocator.reasons")


def rollout_tree(document: bytes) -> dict[str, Any] | None:
    """The rollout as it is written; None where it is not at hand."""
    try:
        tree = open_document(document).tree if document else None
    except InvalidDocument:
        return None
    return tree if isinstance(tree, dict) else None


def proved(
    tree: object,
    problem: Problem,
    plan: Plan,
    reported: Report,
    seconds: float,
    only: str | None = None,
) -> Report:
    """The report after so many seconds of proving, what is open first; `only` one work, by id."""
    if not isinstance(tree, dict):
        return reported
    left = _left(seconds)
    left_open = prove_open(tree, problem, plan, reported.open, left, only)
    late = prove_late(tree, problem, plan, reported.late, left, only)
    return replace(reported, open=left_open, late=late)


def why_infeasible(
    tree: dict[str, Any], problem: Problem, outcome: Infeasible, seconds: float
) -> Infeasible:
    """The outcome with the work and the facts that rule each other out, if they are found."""
    try:
        conflict = infeasible_because(tree, problem, _left(seconds))
    except Exception:
        log.exception("a conflict could not be worked out")
        return outcome
    if conflict is None:
        return outcome
    found = excluded(conflict)
    reason = f"{outcome.reason} {found[0].upper()}{found[1:]}."
    return replace(outcome, reason=reason, conflict=conflict)


def _left(seconds: float) -> Callable[[], float]:
    end = time.monotonic() + seconds
    return lambda: end - time.monotonic()
