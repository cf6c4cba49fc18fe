"""Controls: the rollout of a what-if solved alike without its changes, to measure them against.

A control has the limits of the what-if's run and begins with the same plan. It is kept, and serves
every what-if on the same revision with these limits.
"""

from __future__ import annotations

from sqlalchemy import Connection

from service.lifecycle import scenarios
from service.queue import Queue
from service.store import rollouts, runs
from service.store.audit import Actor
from service.store.runs import Limits, Run


def control_for(
    connection: Connection,
    queue: Queue,
    actor: Actor,
    scenario: str,
    limits: Limits,
    *,
    priority: int,
) -> Run:
    """The control of a scenario for a solve with some limits: the one there is, or a new one."""
    found = scenarios.get(connection, actor.tenant, scenario)
    base = rollouts.get(connection, actor.tenant, found.rollout, to_change=True)  # one at a time
    known = runs.control_with(connection, actor.tenant, base.id, found.revision, limits)
    if known is not None:
        return known
    run = runs.add(
        connection, actor, base.id, found.revision, limits, priority=priority, kind="control"
    )
    queue.put(connection, actor.tenant, run)
    return run
