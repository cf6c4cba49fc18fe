"""Tokens: what programs and signed-in browsers show. Only a hash of the secret is kept.

A token reads `alc_<id>_<secret>`: the id finds its row, and the secret (256 random bits, so that a
plain SHA-256 of it is enough) proves that it is the right one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Row, insert, select, tuple_, update

from service.access.errors import NotSignedIn
from service.access.roles import Caller, Role
from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound

PREFIX = "alc"
FORM = re.compile(rf"{PREFIX}_([0-9a-f]+)_([A-Za-z0-9_-]+)", re.ASCII)
DAY = 24 * 3_600_000

Kind = Literal["token", "session"]


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret."""

    id: str
    kind: Kind
    name: str
    role: Role
    departments: tuple[str, ...]
    created_at: int
    created_by: str
    expires_at: int


def make(
    connection: Connection,
    actor: Actor,
    caller: Caller,
    *,
    lasts: int,
    kind: Kind = "token",
) -> tuple[Token, str]:
    """A token that lets whoever shows it be `caller` for so many milliseconds, and its text.

    The text is told this once and kept nowhere.
    """
    id_, secret, moment = secrets.token_hex(8), secrets.token_urlsafe(32), now()
    token = Token(
        id_, kind, caller.name, caller.role, caller.departments, moment, actor.name, moment + lasts
    )
    connection.execute(
        insert(tables.tokens).values(
            tenant=caller.tenant,
            id=id_,
            kind=kind,
            name=caller.name,
            role=caller.role,
            departments=json.dumps(caller.departments),
            secret=hash_of(secret),
            created_at=moment,
            created_by=actor.name,
            expires_at=token.expires_at,
        )
    )
    note(connection, actor, f"make a {kind}", "token", id_, name=caller.name, role=caller.role)
    return token, f"{PREFIX}_{id_}_{secret}"


def caller_of(connection: Connection, text: str) -> Caller:
    """Who shows a token; NotSignedIn if it is unknown, expired or revoked."""
    told = FORM.fullmatch(text)
    id_, secret = told.groups() if told else ("", "")
    row = None
    if told:
        row = connection.execute(select(tables.tokens).where(tables.tokens.c.id == id_)).first()
    if (
        row is None
        or not hmac.compare_digest(row.secret, hash_of(secret))
        or row.revoked_at is not None
        or row.expires_at <= now()
    ):
        raise NotSignedIn("The token is unknown, has expired or was revoked.")
    return Caller(row.tenant, row.name, row.role, tuple(json.loads(row.departments)))


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


def revoke(connection: Connection, actor: Actor, id_: str) -> None:
    """Make a token of the tenant useless from now on."""
    table = tables.tokens
    changed = connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.id == id_, table.c.revoked_at.is_(None))
        .values(revoked_at=now())
    )
    if changed.rowcount != 1:
        raise NotFound("token", id_)
    note(connection, actor, "revoke", "token", id_)


def revoke_text(connection: Connection, text: str) -> None:
    """Sign out: the token that is shown is useless from now on."""
    caller = caller_of(connection, text)
    revoke(connection, caller.actor, text.split("_")[1])


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: Row[tuple[object, ...]]) -> Token:
    columns = {name: getattr(row, name) for name in Token.__slots__ if name != "departments"}
    return Token(departments=tuple(json.loads(row.departments)), **columns)
