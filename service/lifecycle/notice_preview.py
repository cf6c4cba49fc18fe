"""Before a plan is published: who would be notified of what, counted, and some messages to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection

from allocator.formats.icalendar import Owner, Whose
from service.lifecycle.refusals import with_published
from service.notify.calendars.entries import LISTS, names_of
from service.notify.calendars.publish import as_published
from service.notify.mail_settings import MailSettings
from service.notify.notices.changes import WHATS, Notice, notices
from service.notify.notices.letters import Letter
from service.notify.notices.making import letter_of
from service.notify.notices.publication import as_of, sorted_out
from service.notify.notices.writing import Links
from service.plans.renames import as_called_now
from service.store import calendars, directory, notice_settings, notified, plans, rollouts, runs
from service.store.clock import now
from service.store.errors import Conflict

SAMPLES = 3

NOBODY = MailSettings.model_validate(
    {"address": "https://plan.invalid", "from": {"address": "plan@plan.invalid"}}
)
"""In whose name samples are written where no mail server is known."""


@dataclass(frozen=True, slots=True)
class NoticePreview:
    """Who would be notified if a plan were published now."""

    recipients: dict[Whose, int]
    """How many of each kind get a message."""
    what: dict[str, int]
    """Bookings that are new, moved and cancelled, over all messages."""
    without_address: tuple[Owner, ...]
    """Who would have to hear of something, and has no address."""
    samples: tuple[tuple[Owner, Letter], ...]


def preview(
    connection: Connection, tenant: str, run: str, mail: MailSettings | None
) -> NoticePreview:
    """Who would get what, and three of the messages: with something cancelled, moved and new."""
    asked = runs.get(connection, tenant, run)
    if asked.plan is None:
        raise Conflict(f"Plan {run!r} has no result: it is {asked.state}.", asked.state)
    _, found = plans.get(connection, tenant, asked.plan)
    if found.total is None:
        raise Conflict(f"Plan {run!r} has no bookings: {found.document['outcome']}.")
    _, tree = rollouts.document(connection, tenant, asked.rollout)
    made = as_called_now(connection, tenant, asked.rollout, asked.revision, found.document)
    published = with_published(tree, made, None)
    before = calendars.all_of(connection, tenant, asked.rollout)
    after = as_published(asked.rollout, before, published, published["published"]["plan"], now())
    known = notified.of_all(connection, tenant, asked.rollout)
    addresses = directory.all_of(connection, tenant)
    out = sorted_out(notices(known, after, as_of(tree)), addresses)
    settings = notice_settings.get(connection, tenant, asked.rollout)
    samples = tuple(
        (
            it.owner,
            letter_of(
                "sample",
                str(tree["name"]),
                addresses[it.owner],
                names_of(tree, it.owner.kind).get(it.owner.id, it.owner.id),
                it.changes,
                settings,
                mail or NOBODY,
                Links(),
                is_first=it.owner not in known,
                at=now(),
            ),
        )
        for it in _samples(out.notices)
    )
    return NoticePreview(
        {
            kind: number
            for kind in LISTS
            if (number := sum(it.owner.kind == kind for it in out.notices))
        },
        dict(Counter(change.what for it in out.notices for change in it.changes)),
        tuple(it.owner for it in out.without_address),
        samples,
    )


def _samples(found: tuple[Notice, ...]) -> list[Notice]:
    """Some that show as much as possible: each kind of change, then whatever there is."""
    chosen: list[Notice] = []
    for what in reversed(WHATS):
        fitting = (it for it in found if it.number(what) and it not in chosen)
        chosen += [it for it in [next(fitting, None)] if it is not None]
    chosen += [it for it in found if it not in chosen][: SAMPLES - len(chosen)]
    return chosen[:SAMPLES]
