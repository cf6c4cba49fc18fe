"""Secret links: whoever knows one reads one calendar of what is published, without signing in.

The secret of a link reads `<id>_<secret>`, like that of a token: the id finds its row, and of the
rest only a hash is kept.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, Row, insert, or_, select, tuple_, update

from allocator.formats.icalendar import Owner, Whose
from service.access import accounts, signing
from service.access.tokens import hash_of
from service.store import rollouts, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound

MESSAGES = "messages"
"""In whose name links are made that messages lead to."""

KEY = "links"
"""The key of the service that their secrets come from."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link without its secret."""

    tenant: str
    id: str
    rollout: str
    owner: Owner
    name: str
    """The name of its calendar."""
    created_at: int
    created_by: str


def make(
    connection: Connection, actor: Actor, rollout: str, owner: Owner, name: str
) -> tuple[Link, str]:
    """A link to a calendar, and its secret, which is shown only this once and kept nowhere."""
    accounts.hold(connection, actor, "edit")
    id_, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    return _kept(connection, actor, rollout, owner, name, id_, secret), f"{id_}_{secret}"


def of_messages(
    connection: Connection, tenant: str, rollout: str, owner: Owner, name: str, key: bytes
) -> str:
    """The secret of the link to a calendar that messages lead to; it is made if there is none.

    It is the same each time until somebody revokes it, though only a hash is kept: the key of the
    service tells it again.
    """
    table = tables.calendar_links
    id_ = connection.execute(
        select(table.c.id).where(
            table.c.tenant == tenant,
            table.c.rollout == rollout,
            table.c.kind == owner.kind,
            table.c.whose == owner.id,
            table.c.created_by == MESSAGES,
            table.c.revoked_at.is_(None),
        )
    ).scalar()
    if id_ is None:
        id_ = secrets.token_hex(8)
        secret = signing.signed(key, id_)
        _kept(connection, Actor(tenant, MESSAGES), rollout, owner, name, id_, secret)
    return f"{id_}_{signing.signed(key, id_)}"


def _kept(
    connection: Connection,
    actor: Actor,
    rollout: str,
    owner: Owner,
    name: str,
    id_: str,
    secret: str,
) -> Link:
    link = Link(actor.tenant, id_, rollout, owner, name, now(), actor.name)
    connection.execute(
        insert(tables.calendar_links).values(
            tenant=link.tenant,
            id=id_,
            rollout=rollout,
            kind=owner.kind,
            whose=owner.id,
            name=name,
            secret=hash_of(secret),
            created_at=link.created_at,
            created_by=link.created_by,
            account=actor.account,
        )
    )
    note(connection, actor, "make a calendar link", "rollout", rollout, link=id_, of=_shown(owner))
    return link


def found_by(connection: Connection, text: str) -> Link:
    """The link with a secret; NotFound if it is not there, or its account or rollout is not."""
    id_, _, secret = text.partition("_")
    table = tables.calendar_links
    row = connection.execute(
        select(table).where(
            table.c.id == id_,
            table.c.revoked_at.is_(None),
            or_(table.c.account.is_(None), accounts.is_open(table.c.tenant, table.c.account)),
        )
    ).first()
    if row is None or not hmac.compare_digest(row.secret, hash_of(secret)):
        raise NotFound("calendar", "of this link")
    link = _link(row)
    rollouts.get(connection, link.tenant, link.rollout)
    return link


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Link]:
    """The links of a rollout that can be used, latest first; `after` is where a page ended."""
    rollouts.get(connection, tenant, rollout)
    table = tables.calendar_links
    query = select(table).where(
        table.c.tenant == tenant, table.c.rollout == rollout, table.c.revoked_at.is_(None)
    )
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_link(row) for row in found]


def revoke(connection: Connection, actor: Actor, rollout: str, id_: str) -> None:
    """Make a link useless from now on."""
    table = tables.calendar_links
    changed = connection.execute(
        update(table)
        .where(
            table.c.tenant == actor.tenant,
            table.c.rollout == rollout,
            table.c.id == id_,
            table.c.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )
    if changed.rowcount != 1:
        raise NotFound("calendar link", id_)
    note(connection, actor, "revoke a calendar link", "rollout", rollout, link=id_)


def _link(row: Row[Any]) -> Link:
    return Link(
        row.tenant,
        row.id,
        row.rollout,
        Owner(cast(Whose, row.kind), row.whose),
        row.name,
        row.created_at,
        row.created_by,
    )


def _shown(owner: Owner) -> str:
    return f"{owner.kind} {owner.id}"
