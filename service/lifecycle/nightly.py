"""Every night: rollouts are planned again at a set time, each by itself, over all workers."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

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
    as_of = _as_of(tree, moment)
    return replan(
        connection,
        queue,
        Actor(tenant, digest.NIGHT),
        rollout,
        Limits(wanted.seconds, wanted.workers, most_people=wanted.most_people),
        as_of=f"{as_of:%Y-%m-%dT%H:%M}",
        frozen_until=f"{as_of + timedelta(days=wanted.frozen_days):%Y-%m-%d}",
        priority=AFTER_PEOPLE - wanted.priority,
        kind="nightly",
    )


def _as_of(tree: dict[str, Any], moment: int) -> datetime:
    """The local moment, on the next slot; the rollout's start if that is still to come."""
    there = datetime.fromtimestamp(moment / 1000, ZoneInfo(str(tree["timezone"])))
    slot = timedelta(minutes=int(tree.get("slot_minutes", 30)))
    midnight = datetime.combine(there.date(), time())
    local = midnight - (midnight - there.replace(tzinfo=None)) // slot * slot
    if local.date() > date.fromisoformat(str(tree["end"])):
        raise Conflict("The rollout has ended.")
    return max(local, datetime.combine(date.fromisoformat(str(tree["start"])), time()))
