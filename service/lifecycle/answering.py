"""People answer: they confirm a booking, cannot come, or would like to swap.

That somebody cannot come is written down as what has happened (`declined`), so that the next plan
knows it. Why they cannot is kept beside it and is no part of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from allocator.formats.icalendar import Entry, Event, Owner, instant
from service.access.answer_links import Answerer
from service.edits.actuals import Declined
from service.edits.base import Tree
from service.lifecycle import replanning
from service.notify.calendars.entries import names_of
from service.store import calendars, replies, rollouts
from service.store.audit import Actor
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from service.store.replies import Reply, Word

ANSWERS = "answers"
"""In whose name it is written down that somebody cannot come."""


@dataclass(frozen=True, slots=True)
class Swap:
    """With whom, or for which other class, a booking could be swapped."""

    wish: dict[str, str]
    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A booking that is still to come, what was answered to it, and whom one could swap with."""

    event: Event
    reply: Reply | None
    swaps: tuple[Swap, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that somebody may answer to."""

    name: str
    rollout: str
    until: int
    bookings: tuple[Asked, ...]


def sheet(connection: Connection, who: Answerer) -> Sheet:
    """What somebody may answer to, in order of time; NotFound if they are not in the rollout."""
    _, tree, name = _present(connection, who)
    said = replies.of_person(connection, who.tenant, who.rollout, who.person)
    coming = tuple(
        Asked(it, said.get(it.uid), tuple(_swaps(tree, it.entry, who.person)))
        for it in _coming(connection, who)
    )
    return Sheet(name, str(tree["name"]), who.until, coming)


def answer(
    connection: Connection,
    who: Answerer,
    uid: str,
    word: Word,
    *,
    sequence: int,
    reason: str | None,
    private: bool,
    wish: dict[str, str] | None,
) -> Reply:
    """Keep somebody's word on a booking as they have seen it (its `sequence`).

    Conflict if it is another one by now, or they have said already that they cannot come.
    """
    _, tree, _ = _present(connection, who, to_change=True)
    event = next((it for it in _coming(connection, who) if it.uid == uid), None)
    if event is None:
        raise NotFound("booking that is still to come", uid)
    if event.sequence != sequence:
        raise Conflict("The booking has changed meanwhile; look at it again.", str(event.sequence))
    before = replies.of_person(connection, who.tenant, who.rollout, who.person).get(uid)
    if before is not None and before.answer == "decline":
        raise Conflict("You have said already that you cannot; the coordinator knows.")
    if word == "swap" and wish not in [it.wish for it in _swaps(tree, event.entry, who.person)]:
        raise Conflict("That is not to be swapped for any more; look at it again.")
    revision = None
    if word == "decline":
        first, last = _away(tree, event.entry, who.person)
        declined = Declined.model_validate(
            {"edit": "declined", "person": who.person, "from": first, "to": last}
        )
        actor = Actor(who.tenant, ANSWERS)
        revision = replanning.record(connection, actor, who.rollout, [declined]).revision
    return replies.keep(
        connection,
        who.tenant,
        who.rollout,
        who.person,
        uid,
        kept(event.entry),
        word,
        reason=reason or None,
        private=private,
        wish=wish if word == "swap" else None,
        revision=revision,
    )


def _present(
    connection: Connection, who: Answerer, *, to_change: bool = False
) -> tuple[rollouts.Rollout, Tree, str]:
    present = rollouts.get(connection, who.tenant, who.rollout, to_change=to_change)
    _, tree = rollouts.document(connection, who.tenant, who.rollout)
    name = names_of(tree, "person").get(who.person)
    if name is None:
        raise NotFound("person", who.person)
    return present, tree, name


def _coming(connection: Connection, who: Answerer) -> list[Event]:
    owner = Owner("person", who.person)
    found = calendars.get(connection, who.tenant, who.rollout, owner).events
    moment = now() / 1000
    return [
        it
        for it in found
        if not it.cancelled and instant(it.entry.start, it.entry.zone).timestamp() > moment
    ]


def kept(entry: Entry) -> dict[str, Any]:
    """What is kept of a booking beside an answer to it."""
    return {
        "key": list(entry.key),
        "kind": entry.kind,
        "part": entry.part,
        "title": entry.title,
        "start": entry.start,
        "end": entry.end,
        "zone": entry.zone,
        "place": list(entry.place),
    }


def _away(tree: Tree, entry: Entry, person: str) -> tuple[str, str]:
    """From when until when somebody is away who cannot come, by the clocks where they work."""
    zones = {it["id"]: it.get("timezone") for it in tree.get("sites") or []}
    site = next(it.get("site") for it in tree["people"] if it["id"] == person)
    zone = ZoneInfo(str((site and zones.get(site)) or tree["timezone"]))
    first, last = (
        instant(it, entry.zone).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        for it in (entry.start, entry.end)
    )
    return first, last


def _swaps(tree: Tree, entry: Entry, person: str) -> Iterator[Swap]:
    """Other classes of the course for who learns; who teaches or stands elsewhere, for others."""
    plan = (tree.get("published") or {}).get("plan") or {}
    names = names_of(tree, "person")
    match entry.kind, entry.part:
        case "class", "attends":
            for it in plan.get("sessions") or []:
                if it["course"] == entry.key[1] and it["start"] != entry.start:
                    yield Swap({"start": it["start"]}, entry.title, it["start"], it["end"])
        case "class", _:
            same = [it for it in plan.get("sessions") or [] if it["course"] == entry.key[1]]
            yield from _others(same, "trainers", person, names)
        case "support", _:
            same = [it for it in plan.get("support") or [] if it["support"] == entry.key[1]]
            yield from _others(same, "people", person, names)


def _others(bookings: list[Tree], field: str, person: str, names: dict[str, str]) -> Iterator[Swap]:
    """Each other one once, with their first booking."""
    known = {person}
    for it in sorted(bookings, key=lambda it: str(it["start"])):
        for other in it.get(field) or []:
            if other not in known:
                known.add(other)
                yield Swap({"with": other}, names.get(other, other), it["start"], it["end"])
