"""Every night: rollouts are planned again at a set time, each by itself, over all workers."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from allocator.timeline import Axis
from service.lifecycle import digest
from service.lifecycle.replanning import replan
from service.queue import Queue
from service.store import nights, rollouts
from service.store.audit import Actor
from service.store.database import Database
from service.store.errors import Conflict
from service.store.runs import Limits, Run

log = logging.getLogger(__name__)

AFTER_PEOPLE = 1000
"""Priority of a night, less that of its rollout: nights come after what people wait for."""


def begin_due(database: Database, queue: Queue, moment: int) -> list[str]:
    """Begin every night that is due at a moment; the ids of the rollouts.

    One that cannot be begun gets a digest that says why, and holds up no other.
    """
    with database.read() as connection:
        due = nights.due(connection, moment)
    begun = []
    for night in due:
        try:
            with database.write() as connection:
                # Claimed and begun together: a worker that dies on the way leaves it to others.
                if not nights.claim(connection, night, moment):
                    continue
                begin(connection, queue, night.tenant, night.rollout, moment)
        except Exception as error:  # whatever it is, the other nights must not wait for it
            log.warning("the night of rollout %s did not begin: %s", night.rollout, error)
            with database.write() as connection:
                if not nights.claim(connection, night, moment):
                    continue
                digest.write_failed(connection, night.tenant, night.rollout, None, str(error))
        begun.append(night.rollout)
    return begun


def begin(connection: Connection, queue: Queue, tenant: str, rollout: str, moment: int) -> Run:
    """Ask for tonight's plan of a rollout, as of a moment."""
    wanted, _ = nights.get(connection, tenant, rollout)
    _, tree = rollouts.document(connection, tenant, rollout)
    axis, slot = _axis(tree), next_slot(tree, moment)
    there = axis.local(slot, 0).date()
    if there > date.fromisoformat(str(tree["end"])):
        raise Conflict("The rollout has ended.")
    return replan(
        connection,
        queue,
        Actor(tenant, digest.NIGHT),
        rollout,
        Limits(wanted.seconds, wanted.workers, most_people=wanted.most_people),
        as_of=axis.moment(slot, 0),
        frozen_until=f"{there + timedelta(days=wanted.frozen_days)}",
        priority=AFTER_PEOPLE - wanted.priority,
        kind="nightly",
    )


def next_slot(tree: dict[str, Any], moment: int) -> int:
    """The first slot that begins at a moment or after it; slot 0 before the rollout's start.

    Slots follow each other on the axis: clocks that are put forward or back count as they run.
    """
    axis = _axis(tree)
    since = datetime.fromtimestamp(moment / 1000, UTC) - axis.origin
    return max(0, -(-since // timedelta(minutes=axis.slot_minutes)))


def _axis(tree: dict[str, Any]) -> Axis:
    start = date.fromisoformat(str(tree["start"]))
    return Axis(start, int(tree.get("slot_minutes", 30)), (str(tree["timezone"]),), 0)
