"""The messages of a publication: worked out for each recipient, kept in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from allocator.formats.icalendar import Owner, instant
from service.edits.base import Tree
from service.notify.calendars.entries import LISTS, names_of
from service.notify.notices.changes import Notice, notices
from service.notify.notices.timing import due
from service.store import directory, mailings, notice_settings, notified, rollouts
from service.store import notices as outbox
from service.store.audit import Actor
from service.store.clock import now
from service.store.directory import Recipient
from service.store.errors import Conflict
from service.store.mailings import Decision, Mailing
from service.store.notice_settings import NoticeSettings
from service.store.notices import Wanted
from service.store.notified import Calendar
from service.store.rollouts import new_id

Choice = Literal["ask", "at once", "never"]
"""What is done with the messages of a publication: they wait for a decision, go, or never do."""

DECISIONS: dict[Choice, Decision] = {"ask": "open", "at once": "send", "never": "never"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Whom a publication concerns: those with an address and what each has to hear, and others."""

    notices: tuple[Notice, ...]
    without_address: tuple[Notice, ...]


def as_of(tree: Tree) -> datetime:
    """The moment from which on a rollout is planned: what began before it has happened."""
    return instant(str(tree.get("as_of") or tree["start"]), str(tree["timezone"]))


def sorted_out(found: Sequence[Notice], known: dict[Owner, Recipient]) -> Outgoing:
    """Those who have an address, and those who have none."""
    return Outgoing(
        tuple(it for it in found if it.owner in known),
        tuple(it for it in found if it.owner not in known),
    )


def keep(
    connection: Connection,
    actor: Actor,
    rollout: str,
    tree: Tree,
    plan: str,
    revision: int,
    choice: Choice | None = None,
) -> None:
    """Put one message into the outbox for everybody who has something to hear of.

    It is worked out from what they were notified of last, so that it says all that has changed
    since, and those of earlier publications that have not gone out are not needed any more.
    """
    settings = notice_settings.get(connection, actor.tenant, rollout)
    choice = choice or settings.send
    outbox.end_unsent(connection, actor.tenant, "replaced", rollout=rollout)
    behind = {it.owner: it for it in notified.behind(connection, actor.tenant, rollout)}
    found = notices(
        {owner: it.notified for owner, it in behind.items()},
        {owner: it.events for owner, it in behind.items()},
        as_of(tree),
    )
    if not found:
        return
    known = directory.all_of(connection, actor.tenant)
    out, moment = sorted_out(found, known), now()
    mailing = Mailing(
        new_id(),
        rollout,
        plan,
        revision,
        moment,
        actor.name,
        len(out.without_address),
        DECISIONS[choice],
        moment if choice == "at once" else None,
        None if choice == "ask" else moment,
        None if choice == "ask" else actor.name,
    )
    mailings.keep(connection, actor.tenant, mailing)
    if choice == "never":
        return
    names = {kind: names_of(tree, kind) for kind in LISTS}
    zone = str(tree["timezone"])
    wanted = {}
    for it in out.notices:
        at = due(settings, known[it.owner], zone, moment) if choice == "at once" else None
        name = names[it.owner.kind].get(it.owner.id, it.owner.id)
        wanted[new_id()] = _wanted(it, name, behind[it.owner], at)
    outbox.put(connection, actor.tenant, rollout, mailing.id, as_of(tree).isoformat(), wanted)


def decide(
    connection: Connection,
    actor: Actor,
    rollout: str,
    id_: str,
    choice: Literal["at once", "at", "never"],
    at: int | None = None,
) -> Mailing:
    """Let the messages of a mailing go, at once or at a moment, or never; as long as they wait."""
    rollouts.get(connection, actor.tenant, rollout, to_change=True)
    mailing = mailings.get(connection, actor.tenant, rollout, id_)
    held = outbox.owners_held(connection, actor.tenant, id_)
    if not held:
        raise Conflict("No message of this mailing waits any more.")
    if choice == "never":
        outbox.end_unsent(connection, actor.tenant, "dropped", mailing=id_)
        mailings.decide(connection, actor, mailing, "never", None)
    else:
        _, tree = rollouts.document(connection, actor.tenant, rollout)
        settings: NoticeSettings = notice_settings.get(connection, actor.tenant, rollout)
        known, zone = directory.all_of(connection, actor.tenant), str(tree["timezone"])
        moment = now() if at is None else max(at, now())
        later = {
            notice: due(settings, known.get(owner), zone, moment) for notice, owner in held.items()
        }
        outbox.release(connection, actor.tenant, later)
        mailings.decide(connection, actor, mailing, "send", moment)
    return mailings.get(connection, actor.tenant, rollout, id_)


def _wanted(it: Notice, name: str, calendar: Calendar, at: int | None) -> Wanted:
    return Wanted(
        it.owner,
        name,
        it.number("new"),
        it.number("moved"),
        it.number("cancelled"),
        calendar.events,
        calendar.version,
        at,
    )
