"""Ways out when somebody cannot come: each a plan with one change, its price, and whom it concerns.

Nothing is solved: what is published stays as it stands but for the one place. What is taken is
published at once, and with it whoever it concerns is notified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.formats.models.plan import PlanDocument
from allocator.formats.plan.read import GONE
from allocator.formats.plan.write import plan_document, plan_tree
from allocator.outcome import Feasible
from allocator.outcome import Run as Solved
from allocator.plan import Plan
from allocator.problem import Problem
from allocator.report import report
from service.edits.base import Tree
from service.lifecycle.remaining import as_it_stands
from service.lifecycle.replanning import publish
from service.plans.comparison import notified
from service.plans.differences import Difference, differences
from service.plans.recommend import Candidate, for_class, for_learner, for_shift, for_task
from service.plans.report import report_document
from service.store import attempts, replies, rollouts, runs
from service.store.audit import Actor
from service.store.errors import Conflict, NotFound
from service.store.plans import Found
from service.store.replies import Reply
from service.store.rollouts import Rollout
from service.store.runs import Limits

MOST = 12
"""Ways out that are shown."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way out."""

    candidate: Candidate
    is_wished: bool
    """Whether it is what was asked for."""
    concerned: tuple[str, ...]
    """Who would have to be notified, by id."""


def repairs(connection: Connection, tenant: str, reply: Reply) -> list[Repair]:
    """The ways out of an answer: those that break no rule first, and of these the cheapest."""
    tree, problem, standing = _standing(connection, tenant, reply)
    before = PlanDocument.model_validate(plan_tree(problem, standing))
    found = []
    for it in _candidates(tree, plan_tree(problem, standing), reply)[:MOST]:
        after = PlanDocument.model_validate(plan_tree(problem, it.plan))
        concerned = {name for one in differences(before, after) for name in _hears(one)}
        found.append(Repair(it, _is_wished(it, reply), tuple(sorted(concerned))))
    return sorted(found, key=lambda it: (bool(it.candidate.breaks), not it.is_wished))


def accept(
    connection: Connection, actor: Actor, reply: Reply, person: str, start: str | None
) -> Rollout:
    """Publish the way out with a person, at a start where there are several, and settle it."""
    rollouts.get(connection, actor.tenant, reply.rollout, to_change=True)
    reply = replies.get(connection, actor.tenant, reply.rollout, reply.id)
    if reply.settled_at is not None:
        raise Conflict("This answer is settled already.")
    tree, problem, standing = _standing(connection, actor.tenant, reply)
    chosen = next(
        (
            it
            for it in _candidates(tree, plan_tree(problem, standing), reply)
            if it.person == person and start in (None, it.starts)
        ),
        None,
    )
    if chosen is None:
        raise NotFound("way out with", person)
    if chosen.breaks:
        raise Conflict(f"That breaks a rule: {chosen.breaks[0].message}")
    run = _kept_plan(connection, actor, reply.rollout, problem, chosen.plan)
    kept = publish(connection, actor, run, frozen_until=_frozen(tree), approved=False)
    replies.settle(connection, actor, reply, plan=run)
    return kept


def _standing(connection: Connection, tenant: str, reply: Reply) -> tuple[Tree, Problem, Plan]:
    """What is published and still to come, with the booking that was answered to.

    Somebody who is away cannot do their part of a task any more, so that it has no end; it is put
    back as it was published, as somebody else is to do it.
    """
    _, tree = rollouts.document(connection, tenant, reply.rollout)
    problem = problem_from_tree(tree)
    if problem.published is None:
        raise Conflict("Nothing is published any more.")
    standing = as_it_stands(problem)[0]
    if reply.booking["kind"] == "task":
        there = {it.task for it in standing.tasks}
        lost = tuple(
            it
            for it in problem.published.plan.tasks
            if it.task not in (GONE, *there)
            and problem.tasks[it.task].id == reply.booking["key"][1]
            and all(seat.person != GONE for seat in it.crew)
        )
        standing = replace(standing, tasks=(*standing.tasks, *lost))
    return tree, problem, standing


def _candidates(tree: Tree, plan: Mapping[str, Any], reply: Reply) -> list[Candidate]:
    """Who could instead; NotFound if the booking is not in what is published any more."""
    booking, who = reply.booking, reply.whose
    match booking["kind"], booking["part"]:
        case "task", _:
            return for_task(tree, plan, booking["key"][1], who)
        case "support", _:
            _, support, department = booking["key"]
            return for_shift(tree, plan, support, department, booking["start"][:10], who)
        case _, "attends":
            return for_learner(tree, plan, _session(plan, booking, who), who)
    return for_class(tree, plan, _session(plan, booking, who), who)


def _session(plan: Mapping[str, Any], booking: Mapping[str, Any], who: str) -> str:
    for it in plan["sessions"]:
        there = {*(it.get("trainers") or ()), *(m for g in it["groups"] for m in g["members"])}
        if (it["course"], it["start"]) == (booking["key"][1], booking["start"]) and who in there:
            return str(it["id"])
    raise NotFound("published class of", who)


def _is_wished(it: Candidate, reply: Reply) -> bool:
    wish = reply.wish or {}
    return wish.get("with") == it.person or wish.get("start") == it.starts


def _hears(difference: Difference) -> set[str]:
    """Of a class with another trainer or learner only those who come or go; of a task all."""
    before, after = difference.before, difference.after
    if before is None or after is None or (before.start, before.end) != (after.start, after.end):
        return notified(difference)
    sides = [
        set(it.people) | {name for group in it.learners for name in group[2]}
        for it in (before, after)
    ]
    return sides[0] ^ sides[1]


def _frozen(tree: Tree) -> str | None:
    found = tree["published"].get("frozen_until")
    return None if found is None else str(found)


def _kept_plan(
    connection: Connection, actor: Actor, rollout: str, problem: Problem, plan: Plan
) -> str:
    """Keep a plan that was made by one change as the result of a run; the id of the run."""
    score = check(problem, plan).score
    explained = report(problem, plan, until=lambda: True)
    outcome = Feasible(plan, score, Fraction(0), Solved(0, 1, 0.0, None, None, 0.0))
    document = plan_document(problem, outcome, explained.open, ())
    revision = rollouts.get(connection, actor.tenant, rollout).revision
    run = runs.add(connection, actor, rollout, revision, Limits(), priority=1)
    taken = attempts.take(connection, actor.tenant, run.id, actor.name)
    assert taken is not None  # it was made in this transaction
    attempts.finish(connection, taken.fence, Found(document, report_document(problem, explained)))
    return run.id
