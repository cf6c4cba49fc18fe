"""What is sent about the end of runs: written down with the end itself, tried until it arrives.

    waiting ──> due ──> delivered     somebody has taken it
                 │ ^
                 └─┴──> given up      nobody has, through all attempts

`waiting` is for the end of the run. A worker that tries a delivery first moves its next attempt on:
if it dies on the way, another one tries again with the same id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, func, insert, select, tuple_, update

from service.store import tables
from service.store.audit import Actor
from service.store.clock import DatabaseNow, now
from service.store.rollouts import new_id

State = Literal["waiting", "due", "delivered", "given up"]

PAUSES = (5, 60, 300, 1800, 7200, 18_000, 36_000, 36_000)
"""Seconds before each further attempt, more than a day together."""


SHARE = 4
"""One tenant has at most one in so many of the deliveries that are tried at a time."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The end of a run as it is asked to one URL."""

    id: str
    run: str
    url: str
    state: State
    attempts: int
    next_at: int | None
    answer: str | None
    """What came of the last attempt."""
    created_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that the caller is to try now, and the number of the attempt."""

    tenant: str
    id: str
    run: str
    url: str
    attempt: int


def want(connection: Connection, tenant: str, run: str, url: str) -> None:
    """Tell a URL when a run has ended; asked for twice it is notified once."""
    table = tables.deliveries
    known = select(table.c.id).where(
        table.c.tenant == tenant, table.c.run == run, table.c.url == url
    )
    if connection.execute(known).first() is None:
        connection.execute(
            insert(table).values(
                tenant=tenant,
                id=new_id(),
                run=run,
                url=url,
                state="waiting",
                attempts=0,
                created_at=now(),
            )
        )


def run_ended(connection: Connection, tenant: str, run: str) -> None:
    """Let everybody be notified who wants to be, in the transaction that ends the run."""
    hooks, runs = tables.webhooks, tables.runs
    of_the_rollout = connection.execute(
        select(hooks.c.url)
        .join(runs, and_(runs.c.tenant == hooks.c.tenant, runs.c.rollout == hooks.c.rollout))
        .where(runs.c.tenant == tenant, runs.c.id == run, runs.c.kind.in_(("plan", "nightly")))
    ).scalar()
    if of_the_rollout is not None:
        want(connection, tenant, run, of_the_rollout)
    table = tables.deliveries
    connection.execute(
        update(table)
        .where(table.c.tenant == tenant, table.c.run == run, table.c.state == "waiting")
        .values(state="due", next_at=DatabaseNow())
    )


def undelivered(connection: Connection, actor: Actor) -> int:
    """How many deliveries wait, or are tried, for runs that somebody has asked for."""
    table, runs = tables.deliveries, tables.runs
    asked = (
        select(func.count())
        .select_from(table)
        .join(runs, and_(runs.c.tenant == table.c.tenant, runs.c.id == table.c.run))
        .where(
            table.c.tenant == actor.tenant,
            runs.c.created_by == actor.name,
            table.c.state.in_(("waiting", "due")),
        )
    )
    return connection.execute(asked).scalar_one()


def anything_due(connection: Connection) -> bool:
    """Whether there is anything to claim; looking holds nobody up."""
    table = tables.deliveries
    due = select(table.c.id).where(table.c.next_at <= DatabaseNow()).limit(1)
    return connection.execute(due).first() is not None


def claim(connection: Connection, seconds: float, most: int) -> list[Claimed]:
    """The deliveries that are due, for the caller to try within so many seconds.

    Tenants take turns, and none gets more than its share: slow receivers of one hold up no other.
    """
    table = tables.deliveries
    turn = func.row_number().over(
        partition_by=table.c.tenant, order_by=(table.c.next_at, table.c.id)
    )
    due = select(table, turn.label("turn")).where(table.c.next_at <= DatabaseNow()).subquery()
    found = connection.execute(
        select(due)
        .where(due.c.turn <= max(1, most // SHARE))
        .order_by(due.c.turn, due.c.next_at)
        .limit(most)
    ).all()
    return [
        Claimed(row.tenant, row.id, row.run, row.url, row.attempts + 1)
        for row in found
        if connection.execute(
            update(table)
            .where(
                table.c.tenant == row.tenant,
                table.c.id == row.id,
                table.c.attempts == row.attempts,
                table.c.next_at == row.next_at,
            )
            .values(attempts=row.attempts + 1, next_at=DatabaseNow() + int(seconds * 1000))
        ).rowcount
    ]


def arrived(connection: Connection, claimed: Claimed, answer: str) -> None:
    """Write down that somebody has taken a delivery."""
    _end(connection, claimed, "delivered", answer)


def failed(connection: Connection, claimed: Claimed, answer: str, *, final: bool) -> None:
    """Write down why an attempt came to nothing, and when the next one is, if there is one."""
    if final or claimed.attempt > len(PAUSES):
        _end(connection, claimed, "given up", answer)
        return
    pause = PAUSES[claimed.attempt - 1] * 1000
    _write(connection, claimed, answer=answer, next_at=DatabaseNow() + pause)


def listed(
    connection: Connection,
    tenant: str,
    run: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> Sequence[Delivery]:
    """Who is notified about a run, and how far that has come; `after` is where a page ended."""
    table = tables.deliveries
    query = select(table).where(table.c.tenant == tenant, table.c.run == run)
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) > after)
    found = connection.execute(query.order_by(table.c.created_at, table.c.id).limit(limit))
    return [Delivery(**{name: getattr(row, name) for name in Delivery.__slots__}) for row in found]


def _end(connection: Connection, claimed: Claimed, state: State, answer: str) -> None:
    _write(connection, claimed, state=state, answer=answer, next_at=None, ended_at=now())


def _write(connection: Connection, claimed: Claimed, **columns: Any) -> None:
    """Write what came of an attempt, unless a later one has been begun."""
    table = tables.deliveries
    connection.execute(
        update(table)
        .where(
            table.c.tenant == claimed.tenant,
            table.c.id == claimed.id,
            table.c.attempts == claimed.attempt,
        )
        .values(**columns)
    )
