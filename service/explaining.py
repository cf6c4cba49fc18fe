"""Why work of a plan is open or late, where there was no time for it when the plan was made."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from allocator.formats.detect import open_document
from allocator.formats.document import read_problem
from allocator.formats.plan.write import conflicts_of, open_tree, read_plan
from allocator.formats.text.tree import read_tree
from allocator.plan import OpenWork
from allocator.problem import Problem
from allocator.report import Report, open_work, report
from service.proving import proved

Key = frozenset[tuple[str, Any]]


@dataclass(frozen=True)
class Explained:
    """A plan with as many reasons as there was time for."""

    problem: Problem
    document: Mapping[str, Any]
    report: Report

    @property
    def missing(self) -> int:
        """How many entries have no reason yet."""
        left = sum(not entry.explained for entry in self.report.open)
        return left + sum(not late.explained for late in self.report.late)


def explain(rollout: bytes, plan: bytes, seconds: float, only: str | None = None) -> Explained:
    """Work out reasons for so many seconds; what the plan has of them already is kept.

    `only` the work of an id is proved to be impossible then, if there is one.
    """
    end = time.monotonic() + seconds
    problem = read_problem(rollout)
    booked, document = read_plan(plan, problem), read_tree(plan)
    assert isinstance(document, dict)  # a plan could be read from it
    before = {
        _key(entry): entry for entry in document.get("open", []) if entry.get("explained", True)
    }

    def known(entry: OpenWork) -> str | None:
        found = before.get(_key(open_tree(problem, entry)))
        return None if found is None else str(found["reason"])

    def with_proof(entry: OpenWork) -> OpenWork:
        found = before.get(_key(open_tree(problem, entry)), {})
        return replace(entry, conflicts=conflicts_of(found))

    def until() -> bool:
        return time.monotonic() > end

    left_open = tuple(with_proof(it) for it in open_work(problem, booked, until, known))
    reported = report(problem, booked, left_open, until)
    reported = proved(
        open_document(rollout).tree, problem, booked, reported, end - time.monotonic(), only
    )
    trees = [open_tree(problem, entry) for entry in reported.open]
    return Explained(problem, {**document, "open": trees}, reported)


def _key(entry: Mapping[str, Any]) -> Key:
    """What an entry is about."""
    return frozenset(
        (name, value)
        for name, value in entry.items()
        if name not in ("reason", "explained", "proved", "because", "minimal", "also")
    )
