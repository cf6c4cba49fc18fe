"""What each recipient has been notified of, beside what is published by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from pydantic import TypeAdapter
from sqlalchemy import Connection, and_, or_, select

from allocator.formats.icalendar import Event, Owner, Whose
from service.store import tables
from service.store.documents import packed, unpacked

_EVENTS = TypeAdapter(list[Event])


@dataclass(frozen=True, slots=True)
class Calendar:
    """Somebody's calendar as it is published, beside what they were notified of."""

    owner: Owner
    events: tuple[Event, ...]
    version: int
    notified: tuple[Event, ...]


def behind(connection: Connection, tenant: str, rollout: str) -> list[Calendar]:
    """The calendars that have changed since whose they are were notified; in flight is notified."""
    calendars, known, flying = tables.calendars, tables.notified, tables.notices
    found = connection.execute(
        select(
            calendars.c.kind,
            calendars.c.id,
            calendars.c.events,
            calendars.c.changed_at,
            known.c.events.label("notified"),
        )
        .outerjoin(
            known,
            and_(
                known.c.tenant == calendars.c.tenant,
                known.c.rollout == calendars.c.rollout,
                known.c.kind == calendars.c.kind,
                known.c.id == calendars.c.id,
            ),
        )
        .where(
            calendars.c.tenant == tenant,
            calendars.c.rollout == rollout,
            or_(known.c.version.is_(None), known.c.version != calendars.c.changed_at),
        )
    ).all()
    in_flight = {
        owner_of(row.kind, row.whose): row.events
        for row in connection.execute(
            select(flying.c.kind, flying.c.whose, flying.c.events).where(
                flying.c.tenant == tenant, flying.c.rollout == rollout, flying.c.in_flight
            )
        )
    }
    return [
        Calendar(
            owner,
            events_of(row.events),
            row.changed_at,
            events_of(in_flight.get(owner, row.notified)),
        )
        for row in found
        for owner in [owner_of(row.kind, row.id)]
    ]


def of_all(connection: Connection, tenant: str, rollout: str) -> dict[Owner, tuple[Event, ...]]:
    """What everybody has been notified of by what has arrived, or is in flight."""
    table, flying = tables.notified, tables.notices
    arrived = select(table.c.kind, table.c.id, table.c.events).where(
        table.c.tenant == tenant, table.c.rollout == rollout
    )
    under_way = select(flying.c.kind, flying.c.whose, flying.c.events).where(
        flying.c.tenant == tenant, flying.c.rollout == rollout, flying.c.in_flight
    )
    return {
        owner_of(kind, id_): events_of(events)
        for query in (arrived, under_way)
        for kind, id_, events in connection.execute(query)
    }


def kept(events: Sequence[Event]) -> bytes:
    """Events as they are kept."""
    return packed(_EVENTS.dump_python(list(events), mode="json"))


def events_of(content: bytes | None) -> tuple[Event, ...]:
    """Events that are kept; none of what was never kept."""
    return () if content is None else tuple(_EVENTS.validate_python(unpacked(content)))


def owner_of(kind: str, id_: str) -> Owner:
    """Whose a row is."""
    return Owner(cast(Whose, kind), id_)
