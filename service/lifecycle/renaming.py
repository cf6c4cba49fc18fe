"""An entry of a kept rollout gets another id, and what is kept beside the document follows.

Scenarios on the latest revision, green lights and calendars go along at once. What is older (plans,
scenarios on earlier revisions) keeps its ids, and is read by those of today when it is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from allocator.errors import InvalidDocument
from service.edits.apply import applied
from service.edits.renaming import Rename, renamed, renamed_plan
from service.lifecycle.scenarios import listed, place
from service.plans.department_ids import fingerprint, parts_of
from service.plans.documents import documents_of
from service.plans.renames import RENAME, renamed_edits, renames_since
from service.store import rollouts, tables
from service.store.audit import Actor, note
from service.store.errors import Conflict
from service.store.rollouts import Rollout, new_id

CALENDARS = {
    "people": "person",
    "rooms": "room",
    "audiences": "audience",
    "departments": "department",
}
"""Lists whose entries have calendars, and what those are called there."""

MOST = 10_000
"""Scenarios of one rollout, far above what people keep."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """The rollout under the new id, and how far it went."""

    rollout: Rollout
    places: int
    """Where the document referred to it."""
    scenarios: int
    """Scenarios that were taken along."""


def rename(
    connection: Connection,
    actor: Actor,
    id_: str,
    wanted: Rename,
    *,
    expected: Collection[str] | None,
) -> Renamed:
    """Save a rollout with another id for an entry, everywhere at once, as its next revision."""
    before = rollouts.get(connection, actor.tenant, id_, to_change=True)
    rollouts.expect(before, expected)
    if before.scenario_of is not None:
        raise Conflict("A scenario is changed by its edits: PUT /v1/scenarios/{scenario}.")
    _, tree = rollouts.document(connection, actor.tenant, id_)
    changed, places = renamed(tree, wanted)
    kept = rollouts.save(connection, actor, id_, applied(changed, ()))
    if kept.revision == before.revision:
        return Renamed(kept, places, 0)
    detail = {"list": wanted.list, "from": wanted.id, "to": wanted.to}
    note(connection, actor, RENAME, "rollout", id_, kept.revision, **detail)
    _approvals(connection, actor.tenant, id_, wanted)
    _calendars(connection, actor.tenant, id_, wanted)
    return Renamed(kept, places, _scenarios(connection, actor, before, kept, wanted))


def _approvals(connection: Connection, tenant: str, rollout: str, wanted: Rename) -> None:
    """A word on a part of a plan holds for the same part under its new name as well."""
    table = tables.approvals
    rows = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.rollout == rollout)
    ).all()
    for run in dict.fromkeys(row.run for row in rows):
        asked, tree, found = documents_of(connection, tenant, run)
        earlier = renames_since(connection, tenant, rollout, asked.revision)
        plan: Mapping[str, Any] = found.document
        for it in earlier[:-1]:
            tree, plan = renamed(tree, it)[0], renamed_plan(plan, it)
        try:
            later = renamed(tree, wanted)[0]
        except InvalidDocument:
            continue  # that plan knows nothing of the entry: its parts are called as before
        was = {name: fingerprint(part) for name, part in parts_of(tree, plan).items()}
        is_now = {
            name: fingerprint(part)
            for name, part in parts_of(later, renamed_plan(plan, wanted)).items()
        }
        for row in rows:
            called = row.department
            if row.run != run or was.get(called) != row.sha256:
                continue
            if wanted.list == "departments" and called == wanted.id:
                called = wanted.to
            if (called, is_now[called]) == (row.department, row.sha256):
                continue
            again = {**row._mapping, "id": new_id(), "department": called, "sha256": is_now[called]}
            connection.execute(insert(table).values(**again))


def _calendars(connection: Connection, tenant: str, rollout: str, wanted: Rename) -> None:
    """Links stay good: whoever reads a calendar reads it under the new id."""
    kind = CALENDARS.get(wanted.list)
    if kind is None:
        return
    calendars, links = tables.calendars, tables.calendar_links
    own = (calendars.c.tenant == tenant, calendars.c.rollout == rollout, calendars.c.kind == kind)
    connection.execute(delete(calendars).where(*own, calendars.c.id == wanted.to))
    connection.execute(
        update(calendars).where(*own, calendars.c.id == wanted.id).values(id=wanted.to)
    )
    connection.execute(
        update(links)
        .where(
            links.c.tenant == tenant,
            links.c.rollout == rollout,
            links.c.kind == kind,
            links.c.whose == wanted.id,
        )
        .values(whose=wanted.to)
    )


def _scenarios(
    connection: Connection, actor: Actor, before: Rollout, kept: Rollout, wanted: Rename
) -> int:
    """Scenarios on the revision that was renamed go along; what does not fit stays where it is."""
    count = 0
    for it in listed(connection, actor.tenant, before.id, limit=MOST):
        if it.revision != before.revision or it.promoted_at is not None:
            continue
        try:
            place(connection, actor, it, kept.revision, renamed_edits(it.edits, wanted))
        except InvalidDocument:
            continue
        count += 1
    return count
