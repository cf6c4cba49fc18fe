"""Who is notified of every run that ends, and what a tenant's webhooks are signed with."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select, update

from service.store import rollouts, sealed, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound

PREFIX = "whsec_"

OVERLAP = 24 * 3_600_000
"""Milliseconds for which deliveries are signed with the secret before as well."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is notified of the runs of a rollout."""

    url: str
    created_at: int
    created_by: str


def new_secret(connection: Connection, actor: Actor) -> str:
    """A new secret of the tenant, shown only this once. The one before signs for a day as well."""
    secret = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    table = tables.webhook_secrets
    before = connection.execute(
        select(table.c.secret).where(table.c.tenant == actor.tenant).with_for_update()
    ).scalar()
    connection.execute(delete(table).where(table.c.tenant == actor.tenant))
    connection.execute(
        insert(table).values(
            tenant=actor.tenant,
            secret=sealed.seal(secret),
            created_at=now(),
            created_by=actor.name,
            previous=before,
            previous_until=None if before is None else now() + OVERLAP,
        )
    )
    note(connection, actor, "make a secret", "webhooks", actor.tenant)
    return secret


def secrets_of(connection: Connection, tenant: str) -> list[str]:
    """What the webhooks of a tenant are signed with, the latest first; Conflict if with nothing."""
    table = tables.webhook_secrets
    found = connection.execute(select(table).where(table.c.tenant == tenant)).first()
    if found is None:
        raise Conflict("Webhooks need a secret to be signed with: POST /v1/webhook-secret.")
    kept = [found.secret]
    if found.previous is not None and found.previous_until > now():
        kept.append(found.previous)
    return [sealed.opened(it) for it in kept]


def seal_again(connection: Connection) -> int:
    """Keep all secrets under the present key; how many."""
    number = 0
    for table, columns in (
        (tables.webhook_secrets, ("secret", "previous")),
        (tables.service_keys, ("secret",)),
    ):
        for row in connection.execute(select(table).with_for_update()).mappings().all():
            values = {
                it: sealed.seal(sealed.opened(row[it])) for it in columns if row[it] is not None
            }
            known = [column == row[column.name] for column in table.primary_key]
            connection.execute(update(table).where(*known).values(**values))
            number += len(values)
    return number


def keep(connection: Connection, actor: Actor, rollout: str, url: str) -> Webhook:
    """Tell a URL of every run of a rollout that ends, in place of the one before."""
    rollouts.get(connection, actor.tenant, rollout, to_change=True)
    secrets_of(connection, actor.tenant)
    kept = Webhook(url, now(), actor.name)
    table = tables.webhooks
    connection.execute(delete(table).where(*_of(actor.tenant, rollout)))
    connection.execute(
        insert(table).values(
            tenant=actor.tenant,
            rollout=rollout,
            url=url,
            created_at=kept.created_at,
            created_by=kept.created_by,
            account=actor.account,
        )
    )
    note(connection, actor, "set the webhook", "rollout", rollout, host=host_of(url))
    return kept


def get(connection: Connection, tenant: str, rollout: str) -> Webhook:
    """Who is notified of the runs of a rollout."""
    rollouts.get(connection, tenant, rollout)
    row = connection.execute(select(tables.webhooks).where(*_of(tenant, rollout))).first()
    if row is None:
        raise NotFound("webhook of rollout", rollout)
    return Webhook(row.url, row.created_at, row.created_by)


def drop(connection: Connection, actor: Actor, rollout: str) -> None:
    """Tell nobody any more."""
    get(connection, actor.tenant, rollout)
    connection.execute(delete(tables.webhooks).where(*_of(actor.tenant, rollout)))
    note(connection, actor, "drop the webhook", "rollout", rollout)


def host_of(url: str) -> str:
    """The part of a URL that may be shown: what follows is often a secret."""
    return urlsplit(url).hostname or ""


def _of(tenant: str, rollout: str) -> tuple[Any, Any]:
    return tables.webhooks.c.tenant == tenant, tables.webhooks.c.rollout == rollout
