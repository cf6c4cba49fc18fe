"""Publish a plan, tell what has happened, and plan again at the price of change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from service.edits.actuals import Actual
from service.edits.apply import applied
from service.edits.base import Edit, Tree
from service.lifecycle.approvals import approvals_of
from service.lifecycle.refusals import refusals, with_published
from service.lifecycle.requests import USUAL_PRIORITY, ask_for_plan
from service.notify.calendars.publish import tell
from service.notify.notices import publication
from service.notify.notices.publication import Choice
from service.plans.renames import as_called_now
from service.plans.side_by_side import side_by_side
from service.queue import Queue
from service.store import plans, rollouts, runs, tables
from service.store.audit import Actor
from service.store.clock import now
from service.store.errors import Conflict
from service.store.rollouts import Rollout
from service.store.runs import Kind, Limits, Run

ACTUALS = TypeAdapter(list[Actual])


def publish(
    connection: Connection,
    actor: Actor,
    run: str,
    *,
    frozen_until: str | None,
    approved: bool,
    notify: Choice | None = None,
) -> Rollout:
    """Let a plan be what is published: the next plans depart from it only at a price.

    Conflict if it breaks a rule of the rollout as it is now, or, if `approved` is asked for, while
    a department that it concerns has not given its green light. `notify` says what is done with
    the messages to those whom it concerns, if not what the rollout has for that.
    """
    asked = runs.get(connection, actor.tenant, run)
    if asked.plan is None:
        raise Conflict(f"Plan {run!r} has no result: it is {asked.state}.", asked.state)
    _, found = plans.get(connection, actor.tenant, asked.plan)
    if found.total is None:
        raise Conflict(f"Plan {run!r} has no bookings: {found.document['outcome']}.")
    present = rollouts.get(connection, actor.tenant, asked.rollout, to_change=True)
    _, tree = rollouts.document(connection, actor.tenant, asked.rollout)
    made = as_called_now(connection, actor.tenant, asked.rollout, asked.revision, found.document)
    words = approvals_of(connection, actor.tenant, run)
    refused = refusals(present, tree, made, words, frozen_until=frozen_until, approved=approved)
    if refused and refused[0].why != "document":
        raise Conflict(refused[0].message)
    published = with_published(tree, made, frozen_until)
    kept = rollouts.save(connection, actor, asked.rollout, published)
    rollouts.tell_published(connection, actor, asked.rollout, run, kept.revision)
    tell(connection, actor.tenant, asked.rollout, published, published["published"]["plan"])
    publication.keep(connection, actor, asked.rollout, published, run, kept.revision, notify)
    return rollouts.get(connection, actor.tenant, asked.rollout)


def record(connection: Connection, actor: Actor, rollout: str, actuals: Sequence[Edit]) -> Rollout:
    """Write down what has happened; it becomes the next revision of the rollout."""
    before = _real(connection, actor, rollout)
    _, tree = rollouts.document(connection, actor.tenant, rollout)
    kept = rollouts.save(connection, actor, rollout, applied(tree, actuals, "actuals"))
    if kept.revision != before.revision:
        edits = [edit.model_dump(by_alias=True, exclude_unset=True) for edit in actuals]
        connection.execute(
            insert(tables.actuals).values(
                tenant=actor.tenant,
                rollout=rollout,
                revision=kept.revision,
                edits=json.dumps(edits),
                at=now(),
                who=actor.name,
            )
        )
    return kept


def replan(
    connection: Connection,
    queue: Queue,
    actor: Actor,
    rollout: str,
    limits: Limits,
    *,
    as_of: str,
    frozen_until: str | None,
    priority: int = USUAL_PRIORITY,
    kind: Kind = "plan",
) -> Run:
    """Plan again from a moment on. What was published and starts before `frozen_until` stays."""
    _real(connection, actor, rollout)
    _, tree = rollouts.document(connection, actor.tenant, rollout)
    if "published" not in tree:
        raise Conflict("Nothing has been published yet: ask for a plan, then publish it.")
    published: dict[str, Any] = dict(tree["published"])
    if frozen_until is not None:
        published["frozen_until"] = frozen_until
    again = applied({**tree, "as_of": as_of, "published": published}, ())
    rollouts.save(connection, actor, rollout, again)
    return ask_for_plan(connection, queue, actor, rollout, limits, priority=priority, kind=kind)


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported to have happened, by whom, and the revision that it led to."""

    revision: int
    at: int
    who: str
    actuals: tuple[Edit, ...]


def recorded(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    after: int = 0,
    before: int | None = None,
    limit: int | None = None,
) -> list[Reported]:
    """What was reported to have happened, latest first: revisions after one and before another."""
    rollouts.get(connection, tenant, rollout)
    table = tables.actuals
    query = select(table).where(
        table.c.tenant == tenant, table.c.rollout == rollout, table.c.revision > after
    )
    if before is not None:
        query = query.where(table.c.revision < before)
    found = connection.execute(query.order_by(table.c.revision.desc()).limit(limit))
    return [
        Reported(row.revision, row.at, row.who, tuple(ACTUALS.validate_json(row.edits)))
        for row in found
    ]


def since(connection: Connection, tenant: str, run: str, base: str | None = None) -> Tree:
    """A plan against an earlier one of its rollout, by default the one published.

    What was reported to have happened between them is what the differences are due to.
    """
    asked = runs.get(connection, tenant, run)
    before = base or rollouts.get(connection, tenant, asked.rollout).published
    if before is None:
        raise Conflict("Nothing has been published yet: name a plan to compare with.")
    earlier = runs.get(connection, tenant, before)
    if earlier.rollout != asked.rollout:
        raise Conflict(f"Plan {before!r} is no plan of the same rollout.")
    happened = recorded(
        connection, tenant, asked.rollout, after=earlier.revision, before=asked.revision + 1
    )
    edits = [edit for it in reversed(happened) for edit in it.actuals]
    return side_by_side(connection, tenant, before, run, edits)


def _real(connection: Connection, actor: Actor, rollout: str) -> Rollout:
    """A rollout to be changed; Conflict if it is a scenario, where nothing happens."""
    found = rollouts.get(connection, actor.tenant, rollout, to_change=True)
    if found.scenario_of is not None:
        raise Conflict("This is a scenario: what happens is written down in its rollout.")
    return found
