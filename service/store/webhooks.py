"""Who is told of every run of a rollout that ends, and what a tenant's webhooks are signed with."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select

from service.store import rollouts, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound

PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told of the runs of a rollout."""

    url: str
    created_at: int
    created_by: str


def new_secret(connection: Connection, actor: Actor) -> str:
    """A new secret of the tenant, in place of the one before; it is told this once."""
    secret = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
    table = tables.webhook_secrets
    connection.execute(delete(table).where(table.c.tenant == actor.tenant))
    connection.execute(
        insert(table).values(
            tenant=actor.tenant, secret=secret, created_at=now(), created_by=actor.name
        )
    )
    note(connection, actor, "make a secret", "webhooks", actor.tenant)
    return secret


def secret_of(connection: Connection, tenant: str) -> str:
    """What the webhooks of a tenant are signed with; Conflict if nothing has been set up."""
    table = tables.webhook_secrets
    found = connection.execute(select(table.c.secret).where(table.c.tenant == tenant)).scalar()
    if found is None:
        raise Conflict("Webhooks need a secret to be signed with: POST /v1/webhook-secret.")
    return str(found)


def keep(connection: Connection, actor: Actor, rollout: str, url: str) -> Webhook:
    """Tell a URL of every run of a rollout that ends, in place of the one before."""
    rollouts.get(connection, actor.tenant, rollout, to_change=True)
    secret_of(connection, actor.tenant)
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
        )
    )
    note(connection, actor, "set the webhook", "rollout", rollout, host=host_of(url))
    return kept


def get(connection: Connection, tenant: str, rollout: str) -> Webhook:
    """Who is told of the runs of a rollout."""
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
