"""How ready a rollout is for its go-lives, as what is published and what has happened stand now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from allocator.formats.document import problem_from_tree
from allocator.plan import Plan
from allocator.problem import Problem
from service.lifecycle.approvals import approvals_of
from service.lifecycle.remaining import as_it_stands
from service.plans.readiness import Ready, readiness
from service.store import replies, rollouts
from service.store.clock import now
from service.store.errors import NotFound

MOST = 200
"""Answers that are counted at most."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The go-lives of a rollout, and what is to be settled besides."""

    name: str
    published: str | None
    """The plan that it is about; without one everything that is to be planned is open."""
    as_of: str
    """The day from which days are counted."""
    currency: str
    go_lives: tuple[Ready, ...]
    answers: int
    """Answers that wait for the coordinator."""
    names: dict[str, dict[str, str]]
    """Names of tasks, courses, support and departments that are named, by id."""


def ready(
    connection: Connection,
    tenant: str,
    rollout: str,
    sees: Callable[[str], bool] | None = None,
) -> Readiness:
    """How ready each go-live is; of some departments alone, where `sees` says which.

    NotFound if there is none of them in the rollout.
    """
    present = rollouts.get(connection, tenant, rollout)
    _, tree = rollouts.document(connection, tenant, rollout)
    problem = problem_from_tree(tree)
    departments = None if sees is None else [it.id for it in problem.departments if sees(it.id)]
    if departments == []:
        raise NotFound("rollout", rollout)
    standing = Plan() if problem.published is None else as_it_stands(problem)[0]
    said = [] if present.published is None else approvals_of(connection, tenant, present.published)
    words = {it.department: str(it.word) for it in said}
    today = datetime.fromtimestamp(now() / 1000, UTC).astimezone(ZoneInfo(str(tree["timezone"])))
    day = problem.axis.day_number(today.date())
    found = tuple(readiness(problem, standing, words, day, departments))
    return Readiness(
        str(tree["name"]),
        present.published,
        today.date().isoformat(),
        problem.currency,
        found,
        len(replies.listed(connection, tenant, rollout, is_open=True, limit=MOST)),
        _names(problem, found),
    )


def _names(problem: Problem, found: tuple[Ready, ...]) -> dict[str, dict[str, str]]:
    ids = {one.id for it in found for one in it.next}
    departments = {it.department for it in found} | {
        one.department for it in found for one in it.next
    }
    return {
        "tasks": {it.id: it.name for it in problem.tasks if it.id in ids},
        "courses": {it.id: it.name for it in problem.courses if it.id in ids},
        "support": {it.id: it.name for it in problem.supports if it.id in ids},
        "departments": {it.id: it.name for it in problem.departments if it.id in departments},
    }
