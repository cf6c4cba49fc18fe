"""How people are notified of a rollout: when, in which language and form, how quietly."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from service.store import rollouts, tables
from service.store.audit import Actor, note
from service.store.directory import Form, Language

Send = Literal["ask", "at once"]


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """What holds for whoever has no wish of their own in the directory."""

    send: Send = "ask"
    """Whether the messages of a publication wait for a decision."""
    language: Language = "en"
    form: Form = "link"
    quiet_from: str | None = None
    quiet_until: str | None = None
    """Local times of the rollout, HH:MM, between which nothing is sent; both or none."""
    webhook: str | None = None
    """Who sends the messages in place of the mail server of the service."""


def keep(connection: Connection, actor: Actor, rollout: str, wanted: NoticeSettings) -> None:
    """Notify people of a rollout like this from now on."""
    rollouts.get(connection, actor.tenant, rollout, to_change=True)
    table = tables.notice_settings
    connection.execute(
        delete(table).where(table.c.tenant == actor.tenant, table.c.rollout == rollout)
    )
    settings = asdict(wanted)
    connection.execute(
        insert(table).values(tenant=actor.tenant, rollout=rollout, settings=json.dumps(settings))
    )
    said = {name: value for name, value in settings.items() if name != "webhook"}
    note(connection, actor, "set how people are notified", "rollout", rollout, **said)


def get(connection: Connection, tenant: str, rollout: str) -> NoticeSettings:
    """How people are notified of a rollout."""
    table = tables.notice_settings
    kept = connection.execute(
        select(table.c.settings).where(table.c.tenant == tenant, table.c.rollout == rollout)
    ).scalar()
    return NoticeSettings() if kept is None else NoticeSettings(**json.loads(kept))
