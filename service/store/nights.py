"""Which rollouts are planned again every night, how, and when next."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select, update

from service.store import rollouts, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound


@dataclass(frozen=True, slots=True)
class Nightly:
    """How a rollout is planned again every night."""

    at: str
    """Local time of the rollout, HH:MM."""
    seconds: float = 60.0
    workers: int = 2
    frozen_days: int = 2
    """What starts within so many days stays as it was published."""
    most_people: int = 20
    """The change budget: people notified x weight at most. A plan beyond it is only proposed."""
    least_gain: float = 0.01
    """The share of the total that a new plan must save to take the place of the old one."""
    publish: bool = False
    """Publish what is within both limits; otherwise it is proposed."""
    priority: int = 3
    """1 to 5, 5 first."""


@dataclass(frozen=True, slots=True)
class Due:
    """A night that is due: whose, of which rollout, and for when it was set."""

    tenant: str
    rollout: str
    next_at: int


def keep(connection: Connection, actor: Actor, rollout: str, wanted: Nightly) -> int:
    """Plan a rollout again every night; the moment of the next time."""
    rollouts.get(connection, actor.tenant, rollout, to_change=True)
    following = _next(wanted, _zone(connection, actor.tenant, rollout), now())
    forget(connection, actor.tenant, rollout)
    connection.execute(
        insert(tables.nightly).values(
            tenant=actor.tenant,
            rollout=rollout,
            settings=json.dumps(asdict(wanted)),
            next_at=following,
        )
    )
    note(connection, actor, "plan every night", "rollout", rollout, **asdict(wanted))
    return following


def get(connection: Connection, tenant: str, rollout: str) -> tuple[Nightly, int]:
    """How a rollout is planned every night, and when next."""
    rollouts.get(connection, tenant, rollout)
    row = connection.execute(
        select(tables.nightly).where(
            tables.nightly.c.tenant == tenant, tables.nightly.c.rollout == rollout
        )
    ).first()
    if row is None:
        raise NotFound("nightly plan of rollout", rollout)
    return Nightly(**json.loads(row.settings)), row.next_at


def drop(connection: Connection, actor: Actor, rollout: str) -> None:
    """Plan a rollout no more every night."""
    get(connection, actor.tenant, rollout)
    forget(connection, actor.tenant, rollout)
    note(connection, actor, "plan no more every night", "rollout", rollout)


def forget(connection: Connection, tenant: str, rollout: str) -> None:
    """Strike out the nights of a rollout."""
    table = tables.nightly
    connection.execute(delete(table).where(table.c.tenant == tenant, table.c.rollout == rollout))


def due(connection: Connection, moment: int) -> list[Due]:
    """The nights that are due at a moment."""
    table = tables.nightly
    found = connection.execute(select(table).where(table.c.next_at <= moment))
    return [Due(row.tenant, row.rollout, row.next_at) for row in found]


def claim(connection: Connection, night: Due, moment: int) -> bool:
    """Whether a night is the caller's: the first one that sets its next time has it."""
    try:
        wanted, _ = get(connection, night.tenant, night.rollout)
    except NotFound:
        forget(connection, night.tenant, night.rollout)  # the rollout has been removed
        return False
    table = tables.nightly
    zone = _zone(connection, night.tenant, night.rollout)
    changed = connection.execute(
        update(table)
        .where(
            table.c.tenant == night.tenant,
            table.c.rollout == night.rollout,
            table.c.next_at == night.next_at,
        )
        .values(next_at=_next(wanted, zone, moment))
    )
    return changed.rowcount == 1


def _zone(connection: Connection, tenant: str, rollout: str) -> str:
    _, tree = rollouts.document(connection, tenant, rollout)
    return str(tree["timezone"])


def _next(wanted: Nightly, zone: str, moment: int) -> int:
    """The first moment after another at which clocks there show the wanted time."""
    there = datetime.fromtimestamp(moment / 1000, ZoneInfo(zone))
    clock = time.fromisoformat(wanted.at)
    at = datetime.combine(there.date(), clock, ZoneInfo(zone))
    if at.timestamp() * 1000 <= moment:
        at = datetime.combine(there.date() + timedelta(days=1), clock, ZoneInfo(zone))
    return int(at.astimezone(UTC).timestamp() * 1000)
