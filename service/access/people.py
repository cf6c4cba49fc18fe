"""People who sign in with a name and a password; passwords are kept as argon2 hashes."""

from __future__ import annotations

import ipaddress
import json
import re
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, func, insert, select, update

from service.access.errors import NotSignedIn
from service.access.roles import Caller, Role
from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound, StoreUnusable

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
NAMES = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in."""

    name: str
    role: Role
    departments: tuple[str, ...]


def add(connection: Connection, actor: Actor, caller: Caller, password: str) -> None:
    """Let somebody sign in; Conflict if the name is taken or the password too short."""
    if not NAMES.fullmatch(caller.name):
        raise Conflict("A name is made of letters, digits and . _ @ + -, at most 100 of them.")
    _check(password)
    taken = connection.execute(
        select(tables.users.c.name).where(tables.users.c.name == caller.name)
    ).first()
    if taken is not None:
        raise Conflict(f"The name {caller.name!r} is taken.")
    connection.execute(
        insert(tables.users).values(
            tenant=caller.tenant,
            name=caller.name,
            role=caller.role,
            departments=json.dumps(caller.departments),
            password=_hasher.hash(password),
            created_at=now(),
        )
    )
    note(connection, actor, "add", "person", caller.name, role=caller.role)


def sign_in(connection: Connection, name: str, password: str) -> Caller:
    """Who has this name and password; NotSignedIn otherwise, after the same time."""
    table = tables.users
    row = connection.execute(
        select(table).where(table.c.name == name, table.c.closed_at.is_(None))
    ).first()
    try:
        _hasher.verify(_NOBODY if row is None else row.password, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        row = None
    if row is None:
        raise NotSignedIn("The name or the password is wrong.")
    return Caller(row.tenant, row.name, row.role, tuple(json.loads(row.departments)))


def listed(
    connection: Connection, tenant: str, *, after: str = "", limit: int = 50
) -> list[Person]:
    """The people of a tenant who can sign in, by name: those after one."""
    table = tables.users
    found = connection.execute(
        select(table)
        .where(table.c.tenant == tenant, table.c.closed_at.is_(None), table.c.name > after)
        .order_by(table.c.name)
        .limit(limit)
    )
    return [Person(row.name, row.role, tuple(json.loads(row.departments))) for row in found]


def close(connection: Connection, actor: Actor, name: str) -> None:
    """Let somebody sign in no more, and end the sessions and tokens in their name.

    Conflict for the last admin: without one, everybody would be let in.
    """
    table = tables.users
    admins = connection.execute(
        select(table.c.tenant, table.c.name)
        .where(table.c.role == "admin", table.c.closed_at.is_(None))
        .with_for_update()
    ).all()
    if [tuple(it) for it in admins] == [(actor.tenant, name)]:
        raise Conflict(f"{name!r} is the last admin; set up another one first.")
    changed = connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.name == name, table.c.closed_at.is_(None))
        .values(closed_at=now())
    )
    if changed.rowcount != 1:
        raise NotFound("person", name)
    connection.execute(
        update(tables.tokens)
        .where(tables.tokens.c.tenant == actor.tenant, tables.tokens.c.name == name)
        .values(revoked_at=now())
    )
    note(connection, actor, "close", "person", name)


def somebody_is_set_up(connection: Connection) -> bool:
    """Whether there is an admin: from then on everybody has to say who they are."""
    table = tables.users
    admins = select(func.count()).where(table.c.role == "admin", table.c.closed_at.is_(None))
    return connection.execute(admins).scalar_one() > 0


def refuse_open_door(connection: Connection, host: str) -> None:
    """StoreUnusable if others than this machine could ask, and nobody is set up to let them in."""
    if not _is_this_machine(host) and not somebody_is_set_up(connection):
        raise StoreUnusable(
            f"The service does not listen on {host} before an admin is set up: "
            "`allocator account add NAME --role admin`."
        )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Conflict(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; "
            "a sentence is a good one."
        )
