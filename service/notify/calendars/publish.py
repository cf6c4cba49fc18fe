"""Calendars and what is published: each published plan is asked to everybody whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from allocator.formats.icalendar import Event, Owner, Whose, instant
from service.access import links
from service.access.links import Link
from service.notify.calendars.entries import Tree, entries_of, names_of
from service.notify.calendars.events import calendar_name, first_events, updated_events
from service.store import calendars, plans, rollouts, runs
from service.store.audit import Actor
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from service.store.plans import Found, KeptPlan


def tell(connection: Connection, tenant: str, id_: str, rollout: Tree, plan: Tree) -> None:
    """Bring all calendars of a rollout up to date with a plan that is being published."""
    at = now()
    before = calendars.all_of(connection, tenant, id_)
    after = as_published(id_, before, rollout, plan, at)
    changed = {owner: its for owner, its in after.items() if its != list(before.get(owner, ()))}
    calendars.keep(connection, tenant, id_, changed, at)


def as_published(
    id_: str, before: Mapping[Owner, Sequence[Event]], rollout: Tree, plan: Tree, at: int
) -> dict[Owner, list[Event]]:
    """All calendars of a rollout as they are once a plan is published at a moment."""
    entries, zone = entries_of(rollout, plan), str(rollout["timezone"])
    as_of = instant(str(rollout.get("as_of") or rollout["start"]), zone)
    return {
        owner: updated_events(
            calendar_name(id_, owner), before.get(owner, ()), entries.get(owner, []), at, as_of
        )
        for owner in sorted(before.keys() | entries.keys())
    }


def open_link(connection: Connection, actor: Actor, rollout: str, owner: Owner) -> tuple[Link, str]:
    """A secret link to somebody's calendar, and its secret."""
    present = rollouts.get(connection, actor.tenant, rollout, to_change=True)
    _, tree = rollouts.document(connection, actor.tenant, rollout)
    name = _named(tree, owner)
    if present.published is not None and not calendars.any_of(connection, actor.tenant, rollout):
        # What was published by a version without calendars.
        _, then, found = _documents(connection, actor.tenant, present.published)
        tell(connection, actor.tenant, rollout, then, found.document)
    return links.make(connection, actor, rollout, owner, name)


def planned(connection: Connection, tenant: str, run: str, owner: Owner) -> tuple[str, list[Event]]:
    """The name and the events of somebody's calendar by one plan, published or not."""
    kept, tree, found = _documents(connection, tenant, run)
    name = _named(tree, owner)
    entries = entries_of(tree, found.document).get(owner, [])
    return name, first_events(calendar_name(kept.rollout, owner), entries, kept.created_at)


def agendas_of(
    connection: Connection, tenant: str, run: str, kind: Whose, id_: str | None
) -> list[tuple[Owner, str, list[Event]]]:
    """What a plan has for everybody of a kind in order of names, or for one of them."""
    kept, tree, found = _documents(connection, tenant, run)
    names, entries = names_of(tree, kind), entries_of(tree, found.document)
    owners = [Owner(kind, it) for it in names if id_ in (None, it)]
    if id_ is not None and not owners:
        raise NotFound(kind, id_)
    return [
        (
            owner,
            names[owner.id],
            first_events(
                calendar_name(kept.rollout, owner), entries.get(owner, []), kept.created_at
            ),
        )
        for owner in sorted(owners, key=lambda it: (names[it.id], it.id))
    ]


def _named(rollout: Tree, owner: Owner) -> str:
    """What a calendar is called among the other calendars of whoever reads it."""
    name = names_of(rollout, owner.kind).get(owner.id)
    if name is None:
        raise NotFound(owner.kind, owner.id)
    return f"{name}: {rollout['name']}"


def _documents(connection: Connection, tenant: str, run: str) -> tuple[KeptPlan, Tree, Found]:
    asked = runs.get(connection, tenant, run)
    if asked.plan is None:
        raise Conflict(f"Plan {run!r} has no result: it is {asked.state}.", asked.state)
    kept, found = plans.get(connection, tenant, asked.plan)
    _, tree = rollouts.document(connection, tenant, asked.rollout, asked.revision)
    return kept, tree, found
