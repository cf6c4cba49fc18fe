"""Tokens: what programs and signed-in browsers show. Only a hash of the secret is kept.

A token reads `alc_<id>_<secret>`: the id finds its row, and the secret (256 random bits, so that a
plain SHA-256 of it is enough) proves that it is the right one.

A token acts for the account that it was made by, and ends with it. Those who signed in are asked
about each time: what counts is the role that they have now.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, func, insert, select, tuple_, update

from service.access import accounts
from service.access.errors import NotSignedIn
from service.access.roles import Caller, Role
from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound

PREFIX = "alc"
FORM = re.compile(rf"{PREFIX}_([0-9a-f]+)_([A-Za-z0-9_-]+)", re.ASCII)
DAY = 24 * 3_600_000

IDLE = 2 * 3_600_000
"""Milliseconds after which a session that nobody has used ends."""

Kind = Literal["token", "session"]


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret."""

    id: str
    kind: Kind
    name: str
    role: Role
    departments: tuple[str, ...]
    rollouts: tuple[str, ...]
    """The only ones that it opens; none for all."""
    created_at: int
    created_by: str
    expires_at: int
    seen_at: int | None
    """When a session was used last, to the minute."""
    agent: str | None
    """What the browser of a session calls itself."""

    @property
    def used_at(self) -> int:
        """When a session was used last, or made."""
        return self.created_at if self.seen_at is None else self.seen_at


def make(
    connection: Connection,
    actor: Actor,
    caller: Caller,
    *,
    lasts: int,
    kind: Kind = "token",
    agent: str | None = None,
) -> tuple[Token, str]:
    """A token that lets whoever shows it be `caller` for so many milliseconds, and its text.

    The text is shown only this once and kept nowhere.
    """
    accounts.hold(connection, actor, "administer" if kind == "token" else None)
    id_, secret, moment = secrets.token_hex(8), secrets.token_urlsafe(32), now()
    token = Token(
        id_,
        kind,
        caller.name,
        caller.role,
        caller.departments,
        caller.rollouts,
        moment,
        actor.name,
        moment + lasts,
        moment if kind == "session" else None,
        agent,
    )
    connection.execute(
        insert(tables.tokens).values(
            tenant=caller.tenant,
            id=id_,
            kind=kind,
            name=caller.name,
            role=caller.role,
            departments=json.dumps(caller.departments),
            rollouts=json.dumps(caller.rollouts) if caller.rollouts else None,
            account=actor.account,
            secret=hash_of(secret),
            created_at=moment,
            created_by=actor.name,
            expires_at=token.expires_at,
            seen_at=token.seen_at,
            agent=agent,
        )
    )
    reported: dict[str, Any] = {"name": caller.name, "role": caller.role}
    if caller.rollouts:
        reported["rollouts"] = caller.rollouts
    note(connection, actor, f"make a {kind}", "token", id_, **reported)
    return token, f"{PREFIX}_{id_}_{secret}"


def caller_of(connection: Connection, text: str, idle: int = IDLE) -> Caller:
    """Who shows a token; NotSignedIn if it is unknown, has ended, or its account has.

    `idle` is how many milliseconds a session may be left alone.
    """
    reported = FORM.fullmatch(text)
    id_, secret = reported.groups() if reported else ("", "")
    row = None
    if reported:
        found, users = tables.tokens, tables.users
        row = connection.execute(
            select(
                found,
                users.c.name.label("owner"),
                users.c.role.label("owner_role"),
                users.c.departments.label("owner_departments"),
            )
            .outerjoin(
                users,
                and_(
                    users.c.tenant == found.c.tenant,
                    users.c.name == found.c.account,
                    users.c.closed_at.is_(None),
                ),
            )
            .where(found.c.id == id_)
        ).first()
    if row is None or not hmac.compare_digest(row.secret, hash_of(secret)) or _over(row, idle):
        raise NotSignedIn("The token is unknown, has expired or was revoked.")
    of_owner = row.kind == "session" and row.account is not None
    return Caller(
        row.tenant,
        row.name,
        row.owner_role if of_owner else row.role,
        tuple(json.loads(row.owner_departments if of_owner else row.departments)),
        account=row.account,
        rollouts=_rollouts(row),
        token=row.id,
        seen_at=row.seen_at,
    )


def seen(connection: Connection, id_: str) -> None:
    """Write down that a session is in use."""
    table = tables.tokens
    connection.execute(update(table).where(table.c.id == id_).values(seen_at=now()))


def listed(
    connection: Connection, tenant: str, *, after: tuple[int, str] | None = None, limit: int = 50
) -> list[Token]:
    """The tokens of a tenant that can be used, latest first; `after` is where a page ended."""
    table = tables.tokens
    query = select(table).where(
        table.c.tenant == tenant,
        table.c.kind == "token",
        table.c.revoked_at.is_(None),
        table.c.expires_at > now(),
    )
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_token(row) for row in found]


def sessions(
    connection: Connection,
    tenant: str,
    name: str,
    idle: int = IDLE,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Token]:
    """Where somebody is signed in, used latest first; `after` is where a page ended."""
    table = tables.tokens
    used = func.coalesce(table.c.seen_at, table.c.created_at)
    query = select(table).where(
        table.c.tenant == tenant,
        table.c.kind == "session",
        table.c.name == name,
        table.c.revoked_at.is_(None),
        table.c.expires_at > now(),
        used > now() - idle,
    )
    if after is not None:
        query = query.where(tuple_(used, table.c.id) < after)
    found = connection.execute(query.order_by(used.desc(), table.c.id.desc()).limit(limit))
    return [_token(row) for row in found]


def end_session(connection: Connection, actor: Actor, name: str, id_: str) -> None:
    """Sign somebody out where one of their sessions is."""
    table = tables.tokens
    changed = connection.execute(
        update(table)
        .where(
            table.c.tenant == actor.tenant,
            table.c.kind == "session",
            table.c.name == name,
            table.c.id == id_,
            table.c.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )
    if changed.rowcount != 1:
        raise NotFound("session", id_)
    note(connection, actor, "end a session", "person", name, session=id_)


def end_sessions(connection: Connection, actor: Actor, name: str, but: str | None = None) -> int:
    """Sign somebody out everywhere, or everywhere else; how many sessions that were."""
    ended = accounts.end_sessions(connection, actor.tenant, name, but)
    note(connection, actor, "end sessions", "person", name, sessions=ended)
    return ended


def revoke(connection: Connection, actor: Actor, id_: str) -> None:
    """Make a token useless from now on."""
    table = tables.tokens
    changed = connection.execute(
        update(table)
        .where(
            table.c.tenant == actor.tenant,
            table.c.id == id_,
            table.c.revoked_at.is_(None),
        )
        .values(revoked_at=now())
    )
    if changed.rowcount != 1:
        raise NotFound("token", id_)
    note(connection, actor, "revoke", "token", id_)


def revoke_text(connection: Connection, text: str) -> None:
    """Sign out: the token that is shown is useless from now on."""
    caller = caller_of(connection, text)
    revoke(connection, caller.actor, text.split("_")[1])


def revoke_everything(connection: Connection) -> int:
    """Make all tokens and sessions of all tenants useless from now on; how many."""
    table = tables.tokens
    return connection.execute(
        update(table).where(table.c.revoked_at.is_(None)).values(revoked_at=now())
    ).rowcount


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _over(row: Row[Any], idle: int) -> bool:
    moment = now()
    return (
        row.revoked_at is not None
        or row.expires_at <= moment
        or (row.account is not None and row.owner is None)
        or (row.kind == "session" and (row.seen_at or row.created_at) + idle <= moment)
    )


def _rollouts(row: Row[Any]) -> tuple[str, ...]:
    return tuple(json.loads(row.rollouts)) if row.rollouts else ()


def _token(row: Row[Any]) -> Token:
    read: dict[str, Sequence[str]] = {
        "departments": tuple(json.loads(row.departments)),
        "rollouts": _rollouts(row),
    }
    columns = {name: read.get(name, getattr(row, name)) for name in Token.__slots__}
    return Token(**columns)
