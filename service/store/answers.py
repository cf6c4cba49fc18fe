"""Answers to requests that may come twice: the same key does nothing new and is answered alike."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.store import tables
from service.store.clock import now
from service.store.errors import StoreError

DAY = 24 * 3_600_000


class OtherRequest(StoreError):
    """A key was used for another request before."""


def begin(connection: Connection, tenant: str, key: str, request: str) -> Any | None:
    """The answer that a request has had, or None if it is new and may be carried out.

    `request` is its fingerprint. A request with the same key at the same time waits here until this
    transaction has ended. Keys are remembered for a day.
    """
    table = tables.answers
    connection.execute(
        delete(table).where(table.c.tenant == tenant, table.c.key == key, table.c.at < now() - DAY)
    )
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    added = connection.execute(
        dialect.insert(table)
        .values(tenant=tenant, key=key, request=request, at=now())
        .on_conflict_do_nothing()
        .returning(table.c.key)
    ).first()
    if added is not None:
        return None
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.key == key)
    ).one()
    if row.request != request:
        raise OtherRequest(f"The idempotency key {key!r} was used for another request.")
    return json.loads(row.answer)


def end(connection: Connection, tenant: str, key: str, answer: Any) -> None:
    """Remember the answer of a request, in the transaction that carries it out."""
    table = tables.answers
    connection.execute(
        update(table)
        .where(table.c.tenant == tenant, table.c.key == key)
        .values(answer=json.dumps(answer))
    )


def forget_old(connection: Connection) -> None:
    """Delete the answers of yesterday."""
    table = tables.answers
    connection.execute(delete(table).where(table.c.at < now() - DAY))
