"""Before a plan is published: what is in the way, and who would have to be notified."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from allocator.formats.document import problem_from_tree
from allocator.formats.models.plan import PlanDocument
from allocator.formats.plan.write import plan_tree
from allocator.plan import Violation
from allocator.problem import Problem
from service.edits.base import Tree
from service.lifecycle.approvals import Approval, approvals_of
from service.lifecycle.refusals import Refusal, breaks, refusals
from service.lifecycle.remaining import as_it_stands
from service.plans.comparison import notified
from service.plans.differences import Difference, differences
from service.plans.renames import as_called_now
from service.store import plans, rollouts, runs
from service.store.errors import Conflict
from service.store.rollouts import Rollout


@dataclass(frozen=True, slots=True)
class Preview:
    """What it would mean to publish a plan now."""

    plan: str
    revision: int
    """The revision that the plan was made for."""
    rollout: Rollout
    """The rollout as it is now, with the published plan."""
    approvals: tuple[Approval, ...]
    breaks: tuple[Violation, ...]
    """Rules of the rollout as it is now that the plan breaks: it is refused then."""
    refused: tuple[Refusal, ...]
    """Why publishing it would be refused."""
    bookings: dict[str, int]
    """How many bookings differ from what is published, by what differs."""
    people: dict[str, int]
    """People by id whose bookings are new or others, and how many."""
    heads: dict[str, int]
    """Seats by audience in classes that are new or others."""


def preview(
    connection: Connection,
    tenant: str,
    run: str,
    *,
    frozen_until: str | None = None,
    approved: bool = True,
) -> Preview:
    """What is in the way of publishing such a plan, and who would have to be notified of what."""
    asked = runs.get(connection, tenant, run)
    if asked.plan is None:
        raise Conflict(f"Plan {run!r} has no result: it is {asked.state}.", asked.state)
    _, found = plans.get(connection, tenant, asked.plan)
    if found.total is None:
        raise Conflict(f"Plan {run!r} has no bookings: {found.document['outcome']}.")
    _, tree = rollouts.document(connection, tenant, asked.rollout)
    problem = problem_from_tree(tree)
    made = as_called_now(connection, tenant, asked.rollout, asked.revision, found.document)
    differing = differences(
        PlanDocument.model_validate(_published_so_far(problem)),
        PlanDocument.model_validate(made),
    )
    what = Counter[str](it for difference in differing for it in difference.what)
    people = Counter(name for difference in differing for name in notified(difference))
    present = rollouts.get(connection, tenant, asked.rollout)
    words = approvals_of(connection, tenant, run)
    refused = refusals(present, tree, made, words, frozen_until=frozen_until, approved=approved)
    return Preview(
        run,
        asked.revision,
        present,
        tuple(words),
        breaks(problem, made),
        tuple(refused),
        dict(what),
        dict(sorted(people.items())),
        _heads(differing),
    )


def _published_so_far(problem: Problem) -> Tree:
    """What is still to come of the published plan; nothing before the first one."""
    if problem.published is None:
        return {"schema": "plan/1"}
    return plan_tree(problem, as_it_stands(problem)[0])


def _heads(differing: list[Difference]) -> dict[str, int]:
    heads: Counter[str] = Counter()
    for difference in differing:
        for audience, number, _ in difference.booked.learners:
            heads[audience] += number
    return dict(sorted(heads.items()))
