"""What an account lets in besides its owner: sessions, tokens, calendar links and webhooks.

All that somebody has set up to be let in, or notified, is theirs and ends with their account. It is
looked at again whenever it is used, and made while the account is held: so nothing outlives one
that is closed in the same moment.
"""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Connection, delete, or_, select, update

from service.access.errors import NotAllowed, NotSignedIn
from service.access.roles import RIGHTS, Right
from service.store import tables
from service.store.audit import Actor
from service.store.clock import now


def hold(connection: Connection, actor: Actor, right: Right | None = None) -> None:
    """Keep the account of somebody as it is until the transaction ends.

    NotSignedIn if it is closed, NotAllowed if its role does not include a right any more. Those
    without an account, at the command line or at a service without accounts, need none.
    """
    if actor.account is None:
        return
    users = tables.users
    role = connection.execute(
        select(users.c.role)
        .where(
            users.c.tenant == actor.tenant,
            users.c.name == actor.account,
            users.c.closed_at.is_(None),
        )
        .with_for_update()
    ).scalar()
    if role is None:
        raise NotSignedIn("The account is closed.")
    if right is not None and right not in RIGHTS[role]:
        raise NotAllowed(f"The role {role} does not include the right to {right}.")


def is_open(tenant: Column[str], account: Column[str]) -> ColumnElement[bool]:
    """Whether the account that a row names is open, as part of a query."""
    users = tables.users
    return (
        select(users.c.name)
        .where(users.c.tenant == tenant, users.c.name == account, users.c.closed_at.is_(None))
        .exists()
    )


def end_sessions(connection: Connection, tenant: str, name: str, but: str | None = None) -> int:
    """End the sessions of an account, all or all but one; how many."""
    tokens = tables.tokens
    query = update(tokens).where(
        tokens.c.tenant == tenant,
        tokens.c.name == name,
        tokens.c.kind == "session",
        tokens.c.revoked_at.is_(None),
        tokens.c.expires_at > now(),
    )
    if but is not None:
        query = query.where(tokens.c.id != but)
    return connection.execute(query.values(revoked_at=now())).rowcount


def end_tokens(connection: Connection, tenant: str, name: str) -> int:
    """End the tokens that an account has made, and those under its name; how many."""
    tokens = tables.tokens
    return connection.execute(
        update(tokens)
        .where(
            tokens.c.tenant == tenant,
            tokens.c.kind == "token",
            or_(tokens.c.account == name, tokens.c.name == name),
            tokens.c.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    ).rowcount


def end_all(connection: Connection, tenant: str, name: str) -> dict[str, int]:
    """End whatever an account lets in or tells; how many of each kind."""
    links, webhooks = tables.calendar_links, tables.webhooks
    ended = {
        "sessions": end_sessions(connection, tenant, name),
        "tokens": end_tokens(connection, tenant, name),
        "links": connection.execute(
            update(links)
            .where(links.c.tenant == tenant, links.c.account == name, links.c.revoked_at.is_(None))
            .values(revoked_at=now())
        ).rowcount,
        "webhooks": connection.execute(
            delete(webhooks).where(webhooks.c.tenant == tenant, webhooks.c.account == name)
        ).rowcount,
    }
    return {kind: number for kind, number in ended.items() if number}
