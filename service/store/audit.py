"""The audit log: who did what to which revision of what, and when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from service.store import tables
from service.store.clock import now


@dataclass(frozen=True, slots=True)
class Actor:
    """In whose name something is done, and for which tenant."""

    tenant: str
    name: str
    account: str | None = None
    """The account that it is done for; None where nobody has to sign in, and for the service."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did."""

    number: int
    at: int
    who: str
    action: str
    kind: str
    id: str
    revision: int | None
    detail: dict[str, Any]


def note(
    connection: Connection,
    actor: Actor,
    action: str,
    kind: str,
    id_: str,
    revision: int | None = None,
    **detail: Any,
) -> None:
    """Write down what is being done, in the transaction that does it."""
    connection.execute(
        insert(tables.audit).values(
            tenant=actor.tenant,
            at=now(),
            who=actor.name,
            action=action,
            kind=kind,
            id=id_,
            revision=revision,
            detail=json.dumps(detail, sort_keys=True),
        )
    )


def entries(
    connection: Connection,
    tenant: str,
    *,
    before: int | None = None,
    kind: str | None = None,
    id_: str | None = None,
    action: str | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The latest entries first, those before a number, of one thing or action if it is named."""
    table = tables.audit
    query = select(table).where(table.c.tenant == tenant)
    if before is not None:
        query = query.where(table.c.number < before)
    if kind is not None:
        query = query.where(table.c.kind == kind)
    if id_ is not None:
        query = query.where(table.c.id == id_)
    if action is not None:
        query = query.where(table.c.action == action)
    found = connection.execute(query.order_by(table.c.number.desc()).limit(limit))
    return [
        Entry(
            row.number,
            row.at,
            row.who,
            row.action,
            row.kind,
            row.id,
            row.revision,
            json.loads(row.detail),
        )
        for row in found
    ]
