"""Asking for a plan: the run and its job are written together, the same work only once."""

from __future__ import annotations

from dataclasses import asdict, replace

import structlog
from sqlalchemy import Connection

from allocator.formats.text.tree import sha256
from service.lifecycle.controls import control_for
from service.queue import Queue
from service.store import plans, rollouts, runs
from service.store.audit import Actor
from service.store.errors import Conflict
from service.store.rollouts import Rollout
from service.store.runs import Kind, Limits, Run

log = structlog.get_logger(__name__)

USUAL_PRIORITY = 100
"""What people wait for. Lower numbers go first."""


def ask_for_plan(
    connection: Connection,
    queue: Queue,
    actor: Actor,
    rollout: str,
    limits: Limits,
    *,
    revision: int | None = None,
    priority: int = USUAL_PRIORITY,
    kind: Kind = "plan",
) -> Run:
    """Let a revision of a rollout be planned, the latest one if none is named.

    A scenario begins with the latest plan of its rollout, unless another one is named, and gets a
    control. If the same work is queued or running already, that run is the answer.
    """
    present = rollouts.get(connection, actor.tenant, rollout, to_change=True)
    limits = replace(limits, base=_base(connection, actor.tenant, present, limits.base))
    number = present.revision if revision is None else revision
    wanted = rollouts.revision(connection, actor.tenant, rollout, number)
    same_as = sha256(
        {"rollout": rollout, "sha256": wanted.sha256, "limits": asdict(limits), "kind": kind}
    )
    found = runs.same_unfinished(connection, actor.tenant, same_as)
    if found is not None:
        return found
    control = None
    if present.scenario_of is not None and number == present.revision:
        control = control_for(connection, queue, actor, rollout, limits, priority=priority).id
    run = runs.add(
        connection,
        actor,
        rollout,
        number,
        limits,
        priority=priority,
        same_as=same_as,
        kind=kind,
        control=control,
    )
    queue.put(connection, actor.tenant, run)
    log.info("queued", run=run.id, tenant=actor.tenant)
    return run


def _base(connection: Connection, tenant: str, rollout: Rollout, named: str | None) -> str | None:
    """The run whose plan a solve begins with; Conflict if the one that is named has none."""
    if named is not None:
        run = runs.get(connection, tenant, named)
        if run.plan is None or run.best is None:
            raise Conflict(f"Plan {named!r} has no bookings to begin with.")
        return named
    if rollout.scenario_of is None:
        return None
    found = plans.latest(connection, tenant, rollout.scenario_of)
    return None if found is None else found.run
