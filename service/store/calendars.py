"""Calendars of a rollout: what each has had published, as the last published plan left it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, insert, select

from allocator.formats.icalendar import Event, Owner
from service.store import tables
from service.store.documents import packed, unpacked

_EVENTS = TypeAdapter(list[Event])
BATCH = 500


@dataclass(frozen=True, slots=True)
class CalendarEvents:
    """The events of one calendar, and when one of them changed last."""

    events: tuple[Event, ...] = ()
    changed_at: int | None = None


def get(connection: Connection, tenant: str, rollout: str, owner: Owner) -> CalendarEvents:
    """What somebody's calendar has; nothing if no plan had anything for them."""
    table = tables.calendars
    row = connection.execute(
        select(table.c.events, table.c.changed_at).where(
            table.c.tenant == tenant,
            table.c.rollout == rollout,
            table.c.kind == owner.kind,
            table.c.id == owner.id,
        )
    ).first()
    return CalendarEvents() if row is None else CalendarEvents(_events(row.events), row.changed_at)


def all_of(connection: Connection, tenant: str, rollout: str) -> dict[Owner, tuple[Event, ...]]:
    """What is published."""
    table = tables.calendars
    found = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.rollout == rollout)
    )
    return {Owner(row.kind, row.id): _events(row.events) for row in found}


def any_of(connection: Connection, tenant: str, rollout: str) -> bool:
    """Whether anything has been published to anybody."""
    table = tables.calendars
    found = select(table.c.id).where(table.c.tenant == tenant, table.c.rollout == rollout)
    return connection.execute(found.limit(1)).first() is not None


def keep(
    connection: Connection,
    tenant: str,
    rollout: str,
    changed: Mapping[Owner, Iterable[Event]],
    at: int,
) -> None:
    """Keep what is published to some now, in place of what was before."""
    table, rows = tables.calendars, []
    for owner, events in changed.items():
        connection.execute(
            delete(table).where(
                table.c.tenant == tenant,
                table.c.rollout == rollout,
                table.c.kind == owner.kind,
                table.c.id == owner.id,
            )
        )
        rows.append(
            {
                "tenant": tenant,
                "rollout": rollout,
                "kind": owner.kind,
                "id": owner.id,
                "events": packed(_EVENTS.dump_python(list(events), mode="json")),
                "changed_at": at,
            }
        )
    for first in range(0, len(rows), BATCH):
        connection.execute(insert(table), rows[first : first + BATCH])


def _events(content: bytes) -> tuple[Event, ...]:
    return tuple(_EVENTS.validate_python(unpacked(content)))
