"""What happened to a run, numbered, so that a listener can go on where it left off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, tuple_, update

from service.store import tables
from service.store.clock import now

AT_A_TIME = 200
"""So many runs are named in a statement."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a run: queued, started, progress, asked, requeued or ended."""

    number: int
    at: int
    kind: str
    body: dict[str, Any]


def tell(connection: Connection, tenant: str, run: str, kind: str, **body: Any) -> None:
    """Add the next event of a run, in the transaction that makes it happen."""
    table = tables.runs
    # The counter is in the run's row, which this locks: two writers never take the same number.
    number = connection.execute(
        update(table)
        .where(table.c.tenant == tenant, table.c.id == run)
        .values(events=table.c.events + 1)
        .returning(table.c.events)
    ).scalar_one()
    connection.execute(
        insert(tables.events).values(
            tenant=tenant, run=run, number=number, at=now(), kind=kind, body=json.dumps(body)
        )
    )


def numbers(
    connection: Connection, wanted: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """How many events each of some runs has had, by tenant and id; those that are there."""
    table = tables.runs
    found: dict[tuple[str, str], int] = {}
    for first in range(0, len(wanted), AT_A_TIME):
        some = wanted[first : first + AT_A_TIME]
        rows = connection.execute(
            select(table.c.tenant, table.c.id, table.c.events).where(
                tuple_(table.c.tenant, table.c.id).in_(some)
            )
        )
        found |= {(row.tenant, row.id): row.events for row in rows}
    return found


def since(connection: Connection, tenant: str, run: str, number: int) -> list[Event]:
    """The events of a run after a number, in order."""
    table = tables.events
    found = connection.execute(
        select(table)
        .where(table.c.tenant == tenant, table.c.run == run, table.c.number > number)
        .order_by(table.c.number)
    )
    return [Event(row.number, row.at, row.kind, json.loads(row.body)) for row in found]
