"""The directory of a tenant: under which address whom is notified, and how they wish it.

It is kept apart from rollouts: addresses are not part of any document, revision or backup of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy import Connection, Row, delete, insert, select, tuple_

from allocator.formats.icalendar import Owner, Whose
from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound

Form = Literal["invitation", "link"]
"""Whether bookings come as invitations with the message, or as a calendar to subscribe to."""

Language = Literal["en", "de", "sl", "hu", "hi"]

BATCH = 500


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who can be notified; what is None is as the rollout has it."""

    owner: Owner
    address: str
    language: Language | None = None
    form: Form | None = None
    daily_at: str | None = None
    """Local time of the one message a day, HH:MM; at once if there is none."""


def keep(connection: Connection, actor: Actor, entries: Sequence[Recipient]) -> None:
    """Enter recipients, each in place of what was there of the same kind and id."""
    latest = {it.owner: it for it in entries}
    _delete(connection, actor.tenant, latest)
    rows = [
        {
            "tenant": actor.tenant,
            "kind": it.owner.kind,
            "id": it.owner.id,
            "address": it.address,
            "language": it.language,
            "form": it.form,
            "daily_at": it.daily_at,
            "changed_at": now(),
            "changed_by": actor.name,
        }
        for it in latest.values()
    ]
    for first in range(0, len(rows), BATCH):
        connection.execute(insert(tables.directory), rows[first : first + BATCH])
    note(connection, actor, "keep addresses", "directory", actor.tenant, entries=len(rows))


def remove(connection: Connection, actor: Actor, owner: Owner) -> None:
    """Take somebody out: they are notified of nothing any more."""
    if not _delete(connection, actor.tenant, [owner]):
        raise NotFound(f"address of {owner.kind}", owner.id)
    note(connection, actor, "remove an address", "directory", actor.tenant, of=owner.kind)


def all_of(connection: Connection, tenant: str) -> dict[Owner, Recipient]:
    """Everybody who can be notified."""
    table = tables.directory
    found = connection.execute(select(table).where(table.c.tenant == tenant))
    return {it.owner: it for it in map(_recipient, found)}


def get(connection: Connection, tenant: str, owner: Owner) -> Recipient | None:
    """How somebody is notified; None if they cannot be."""
    table = tables.directory
    row = connection.execute(
        select(table).where(
            table.c.tenant == tenant, table.c.kind == owner.kind, table.c.id == owner.id
        )
    ).first()
    return None if row is None else _recipient(row)


def listed(
    connection: Connection, tenant: str, *, after: Owner | None = None, limit: int = 50
) -> list[Recipient]:
    """Some of them in order of kind and id; `after` is the last one of the page before."""
    table = tables.directory
    query = select(table).where(table.c.tenant == tenant)
    if after is not None:
        query = query.where(tuple_(table.c.kind, table.c.id) > (after.kind, after.id))
    found = connection.execute(query.order_by(table.c.kind, table.c.id).limit(limit))
    return [_recipient(row) for row in found]


def _delete(connection: Connection, tenant: str, owners: Iterable[Owner]) -> int:
    table, gone = tables.directory, 0
    ids: dict[Whose, list[str]] = {}
    for owner in owners:
        ids.setdefault(owner.kind, []).append(owner.id)
    for kind, its in ids.items():
        for first in range(0, len(its), BATCH):
            where = table.c.tenant == tenant, table.c.kind == kind
            some = table.c.id.in_(its[first : first + BATCH])
            gone += connection.execute(delete(table).where(*where, some)).rowcount
    return gone


def _recipient(row: Row[tuple[object, ...]]) -> Recipient:
    owner = Owner(cast(Whose, row.kind), row.id)
    return Recipient(owner, row.address, row.language, row.form, row.daily_at)
