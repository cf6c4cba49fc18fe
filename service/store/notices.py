"""The outbox: one message to each recipient of a publication, until it has arrived or is given up.

    held ──> due ──> sent         a mail server, or the webhook, has taken it
      │       │ ^
      │       └─┴──> bounced      it was refused for good
      │       └────> given up     nobody took it, through all attempts
      ├────────────> dropped      somebody decided that it is not sent
      └────────────> replaced     a later publication has one that says all

A recipient has one message under way at most: a later publication replaces what has not gone out.
Only while it is not known what became of one that was handed over (`in_flight`), a later one waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from allocator.formats.icalendar import Event, Owner
from service.store import tables
from service.store.clock import now
from service.store.notified import kept, owner_of

State = Literal["held", "due", "sent", "bounced", "given up", "dropped", "replaced"]
STATES: tuple[State, ...] = get_args(State)
UNSENT = ("held", "due")

KEPT_DAYS = 90
"""What became of a message is kept for so long; of what people know, the last state is."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message to be kept in the outbox."""

    owner: Owner
    name: str
    new: int
    moved: int
    cancelled: int
    events: Sequence[Event]
    version: int
    next_at: int | None
    """When it may go out; None as long as nobody has decided that it is to."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A message of the outbox without what it says."""

    id: str
    mailing: str
    owner: Owner
    name: str
    new: int
    moved: int
    cancelled: int
    state: State
    attempts: int
    next_at: int | None
    answer: str | None
    created_at: int
    ended_at: int | None


def put(
    connection: Connection,
    tenant: str,
    rollout: str,
    mailing: str,
    as_of: str,
    wanted: Mapping[str, Wanted],
) -> None:
    """Keep the messages of a publication under their ids."""
    moment = now()
    rows = [
        {
            "tenant": tenant,
            "id": id_,
            "rollout": rollout,
            "mailing": mailing,
            "kind": it.owner.kind,
            "whose": it.owner.id,
            "name": it.name,
            "new": it.new,
            "moved": it.moved,
            "cancelled": it.cancelled,
            "events": kept(it.events),
            "version": it.version,
            "as_of": as_of,
            "state": "held" if it.next_at is None else "due",
            "attempts": 0,
            "in_flight": False,
            "next_at": it.next_at,
            "created_at": moment,
        }
        for id_, it in wanted.items()
    ]
    for first in range(0, len(rows), BATCH):
        connection.execute(insert(tables.notices), rows[first : first + BATCH])


def end_unsent(
    connection: Connection,
    tenant: str,
    state: Literal["dropped", "replaced"],
    *,
    rollout: str | None = None,
    mailing: str | None = None,
) -> int:
    """Let what has not gone out stay here, of a rollout or a mailing; how many messages."""
    table = tables.notices
    where = [table.c.tenant == tenant, table.c.state.in_(UNSENT), table.c.in_flight.is_(False)]
    if rollout is not None:
        where.append(table.c.rollout == rollout)
    if mailing is not None:
        where.append(table.c.mailing == mailing)
    ended = {"state": state, "next_at": None, "ended_at": now()}
    return connection.execute(update(table).where(*where).values(ended)).rowcount


def owners_held(connection: Connection, tenant: str, mailing: str) -> dict[str, Owner]:
    """Whose messages of a mailing wait: for a decision, or for their hour; by id."""
    table = tables.notices
    found = connection.execute(
        select(table.c.id, table.c.kind, table.c.whose).where(
            table.c.tenant == tenant,
            table.c.mailing == mailing,
            table.c.state.in_(UNSENT),
            table.c.in_flight.is_(False),
        )
    )
    return {row.id: owner_of(row.kind, row.whose) for row in found}


def release(connection: Connection, tenant: str, due: Mapping[str, int]) -> None:
    """Let messages go out, each from its moment on."""
    table = tables.notices
    query = (
        update(table)
        .where(table.c.tenant == tenant, table.c.id == bindparam("which"))
        .values(state="due", next_at=bindparam("moment"))
    )
    rows = [{"which": id_, "moment": moment} for id_, moment in due.items()]
    for first in range(0, len(rows), BATCH):
        connection.execute(query, rows[first : first + BATCH])


def listed(
    connection: Connection,
    tenant: str,
    mailing: str,
    *,
    state: State | None = None,
    after: str | None = None,
    limit: int = 50,
) -> list[Kept]:
    """The messages of a mailing in order of their ids, in a state if one is named."""
    table = tables.notices
    query = select(table).where(table.c.tenant == tenant, table.c.mailing == mailing)
    if state is not None:
        query = query.where(table.c.state == state)
    if after is not None:
        query = query.where(table.c.id > after)
    return [_kept(row) for row in connection.execute(query.order_by(table.c.id).limit(limit))]


def counted(
    connection: Connection, tenant: str, mailings: Iterable[str]
) -> dict[str, dict[State, int]]:
    """How many messages of each mailing are in each state."""
    table = tables.notices
    found = connection.execute(
        select(table.c.mailing, table.c.state, func.count())
        .where(table.c.tenant == tenant, table.c.mailing.in_(list(mailings)))
        .group_by(table.c.mailing, table.c.state)
    )
    counts: dict[str, dict[State, int]] = {}
    for mailing, state, number in found:
        counts.setdefault(mailing, {})[cast(State, state)] = number
    return counts


def forget_old(connection: Connection, before: int) -> None:
    """Forget messages that ended before a moment, and mailings of which none is left."""
    table, mailings = tables.notices, tables.mailings
    connection.execute(delete(table).where(table.c.ended_at < before))
    left = (
        select(table.c.id)
        .where(table.c.tenant == mailings.c.tenant, table.c.mailing == mailings.c.id)
        .exists()
    )
    connection.execute(delete(mailings).where(mailings.c.created_at < before, ~left))


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        owner=owner_of(row.kind, row.whose),
        **{name: getattr(row, name) for name in Kept.__slots__ if name != "owner"},
    )
