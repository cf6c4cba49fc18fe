"""Messages of the outbox on their way: claimed by one who sends, tried until they have arrived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from allocator.formats.icalendar import Event, Owner
from service.store import tables
from service.store.clock import DatabaseNow, now
from service.store.notified import events_of, kept, owner_of

PAUSES = (5, 60, 300, 1800, 7200, 18_000, 36_000, 36_000)
"""Seconds before each further attempt, more than a day together."""

SHARE = 4
"""Where others wait, a tenant has at most one in so many of those that are tried at a time."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that the caller is to send now, and the number of the attempt."""

    tenant: str
    id: str
    rollout: str
    owner: Owner
    name: str
    events: tuple[Event, ...]
    notified: tuple[Event, ...]
    version: int
    as_of: str
    created_at: int
    attempt: int


def anything_due(connection: Connection) -> bool:
    """Whether there is anything to claim; looking holds nobody up."""
    table = tables.notices
    due = select(table.c.id).where(table.c.next_at <= DatabaseNow()).limit(1)
    return connection.execute(due).first() is not None


def claim(connection: Connection, seconds: float, most: int) -> list[Claimed]:
    """Messages that are due, for the caller to send within so many seconds.

    If the caller is not heard of again, they are due once more: with the same id.
    """
    table, flying = tables.notices, tables.notices.alias()
    turn = func.row_number().over(
        partition_by=table.c.tenant, order_by=(table.c.next_at, table.c.created_at, table.c.id)
    )
    earlier = (
        select(flying.c.id)
        .where(
            flying.c.tenant == table.c.tenant,
            flying.c.rollout == table.c.rollout,
            flying.c.kind == table.c.kind,
            flying.c.whose == table.c.whose,
            flying.c.in_flight,
            flying.c.id != table.c.id,
        )
        .exists()
    )
    due = (
        select(table, turn.label("turn")).where(table.c.next_at <= DatabaseNow(), ~earlier)
    ).subquery()
    found = connection.execute(select(due).order_by(due.c.turn, due.c.next_at).limit(most)).all()
    share = max(1, most // SHARE) if len({row.tenant for row in found}) > 1 else most
    claimed = []
    for row in (it for it in found if it.turn <= share):
        taken = connection.execute(
            update(table)
            .where(
                table.c.tenant == row.tenant,
                table.c.id == row.id,
                table.c.attempts == row.attempts,
                table.c.next_at == row.next_at,
            )
            .values(
                attempts=row.attempts + 1,
                in_flight=True,
                next_at=DatabaseNow() + int(seconds * 1000),
            )
        )
        if taken.rowcount:
            claimed.append(row)
    return [_claimed(connection, row) for row in claimed]


def arrived(connection: Connection, claimed: Claimed, answer: str) -> None:
    """Write down that a message was taken, and what its recipient knows by it."""
    if not _write(connection, claimed, state="sent", answer=answer, next_at=None, ended_at=now()):
        return
    table = tables.notified
    whose = (
        table.c.tenant == claimed.tenant,
        table.c.rollout == claimed.rollout,
        table.c.kind == claimed.owner.kind,
        table.c.id == claimed.owner.id,
    )
    connection.execute(delete(table).where(*whose))
    connection.execute(
        insert(table).values(
            tenant=claimed.tenant,
            rollout=claimed.rollout,
            kind=claimed.owner.kind,
            id=claimed.owner.id,
            events=kept(claimed.events),
            version=claimed.version,
            at=now(),
        )
    )


def failed(connection: Connection, claimed: Claimed, answer: str, *, final: bool) -> None:
    """Write down why a message was not taken, and when it is tried again, if it is."""
    ended: dict[str, Any]
    if final:
        ended = {"state": "bounced", "next_at": None, "ended_at": now()}
    elif claimed.attempt > len(PAUSES):
        ended = {"state": "given up", "next_at": None, "ended_at": now()}
    else:
        ended = {"next_at": DatabaseNow() + PAUSES[claimed.attempt - 1] * 1000}
    _write(connection, claimed, answer=answer, **ended)


def _write(connection: Connection, claimed: Claimed, **columns: Any) -> bool:
    """Write what came of an attempt, unless a later one has been begun; whether it was written."""
    table = tables.notices
    return bool(
        connection.execute(
            update(table)
            .where(
                table.c.tenant == claimed.tenant,
                table.c.id == claimed.id,
                table.c.attempts == claimed.attempt,
            )
            .values(in_flight=False, **columns)
        ).rowcount
    )


def _claimed(connection: Connection, row: Row[Any]) -> Claimed:
    table, owner = tables.notified, owner_of(row.kind, row.whose)
    before = connection.execute(
        select(table.c.events).where(
            table.c.tenant == row.tenant,
            table.c.rollout == row.rollout,
            table.c.kind == owner.kind,
            table.c.id == owner.id,
        )
    ).scalar()
    return Claimed(
        row.tenant,
        row.id,
        row.rollout,
        owner,
        row.name,
        events_of(row.events),
        events_of(before),
        row.version,
        row.as_of,
        row.created_at,
        row.attempts + 1,
    )
