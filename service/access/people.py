"""People who sign in: with a name and a password, or by a provider that vouches for them."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from service.access import accounts
from service.access.errors import NotSignedIn
from service.access.roles import Caller, Role
from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound, StoreUnusable

NAMES = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in, and what is kept of their password."""

    tenant: str
    name: str
    role: Role
    departments: tuple[str, ...]
    password: str
    issuer: str | None = None
    """The provider that vouches for them, if they have no password here."""

    @property
    def caller(self) -> Caller:
        """Who they are when they have signed in."""
        return Caller(self.tenant, self.name, self.role, self.departments, account=self.name)


def add(
    connection: Connection,
    actor: Actor,
    caller: Caller,
    password: str,
    issued: tuple[str, str] | None = None,
) -> None:
    """Let somebody sign in, with what is kept of a password (`passwords.hashed`).

    The name of an account of this tenant that was closed can be used again: nothing of what it let
    in comes back. Conflict if the name is taken. `issued` is the provider that vouches for them,
    and what it calls them.
    """
    if not NAMES.fullmatch(caller.name):
        raise Conflict("A name is made of letters, digits and . _ @ + -, at most 100 of them.")
    accounts.hold(connection, actor, "administer")
    users = tables.users
    issuer, subject = issued or (None, None)
    values = {
        "role": caller.role,
        "departments": json.dumps(caller.departments),
        "password": password,
        "issuer": issuer,
        "subject": subject,
        "created_at": now(),
        "closed_at": None,
    }
    there = connection.execute(
        select(users.c.tenant, users.c.closed_at)
        .where(users.c.name == caller.name)
        .with_for_update()
    ).first()
    if there is None:
        connection.execute(insert(users).values(tenant=caller.tenant, name=caller.name, **values))
        note(connection, actor, "add", "person", caller.name, role=caller.role)
        return
    if there.closed_at is None or there.tenant != caller.tenant or issued is not None:
        raise Conflict(f"The name {caller.name!r} is taken.")
    accounts.end_all(connection, caller.tenant, caller.name)
    connection.execute(update(users).where(users.c.name == caller.name).values(**values))
    note(connection, actor, "add again", "person", caller.name, role=caller.role)


def get(connection: Connection, tenant: str, name: str) -> Person:
    """Somebody of a tenant who can sign in."""
    person = found(connection, name)
    if person is None or person.tenant != tenant:
        raise NotFound("person", name)
    return person


def found(connection: Connection, name: str) -> Person | None:
    """Whoever can sign in under a name."""
    if not NAMES.fullmatch(name):
        return None
    users = tables.users
    row = connection.execute(
        select(users).where(users.c.name == name, users.c.closed_at.is_(None))
    ).first()
    return None if row is None else _person(row)


def issued(connection: Connection, issuer: str, subject: str) -> Person | None:
    """Whoever a provider calls so; NotSignedIn if their account is closed."""
    users = tables.users
    row = connection.execute(
        select(users).where(users.c.issuer == issuer, users.c.subject == subject)
    ).first()
    if row is None:
        return None
    if row.closed_at is not None:
        raise NotSignedIn("The account is closed.")
    return _person(row)


def hold_unchanged(connection: Connection, person: Person) -> None:
    """Keep an account until the transaction ends; NotSignedIn if it is not what it was."""
    users = tables.users
    row = connection.execute(
        select(users)
        .where(
            users.c.tenant == person.tenant,
            users.c.name == person.name,
            users.c.closed_at.is_(None),
        )
        .with_for_update()
    ).first()
    if row is None or row.password != person.password:
        raise NotSignedIn("The name or the password is wrong.")


def listed(
    connection: Connection, tenant: str, *, after: str = "", limit: int = 50
) -> list[Person]:
    """The people of a tenant who can sign in, by name: those after one."""
    users = tables.users
    rows = connection.execute(
        select(users)
        .where(users.c.tenant == tenant, users.c.closed_at.is_(None), users.c.name > after)
        .order_by(users.c.name)
        .limit(limit)
    )
    return [_person(row) for row in rows]


def change_password(
    connection: Connection, actor: Actor, name: str, password: str, but: str | None = None
) -> None:
    """Give somebody another password; their sessions end, all or all but the one it was said in."""
    accounts.hold(connection, actor)
    _changed(connection, actor.tenant, name, password=password, issuer=None, subject=None)
    ended = accounts.end_sessions(connection, actor.tenant, name, but)
    done = "change the password" if actor.account == name else "reset the password"
    note(connection, actor, done, "person", name, sessions=ended)


def change_role(
    connection: Connection, actor: Actor, name: str, role: Role, departments: Sequence[str]
) -> None:
    """Let somebody do something else from now on; tokens that they have made end if they may not.

    Conflict for the last admin.
    """
    if role != "admin":
        _refuse_last_admin(connection, actor.tenant, name)
    accounts.hold(connection, actor, "administer")
    _changed(connection, actor.tenant, name, role=role, departments=json.dumps(list(departments)))
    ended = 0 if role == "admin" else accounts.end_tokens(connection, actor.tenant, name)
    note(connection, actor, "change the role", "person", name, role=role, tokens=ended)


def close(connection: Connection, actor: Actor, name: str) -> None:
    """Let somebody sign in no more, and end all that they have let in.

    Conflict for the last admin: without one, everybody would be let in.
    """
    _refuse_last_admin(connection, actor.tenant, name)
    accounts.hold(connection, actor, "administer")
    _changed(connection, actor.tenant, name, closed_at=now())
    ended = accounts.end_all(connection, actor.tenant, name)
    note(connection, actor, "close", "person", name, **ended)


def somebody_is_set_up(connection: Connection) -> bool:
    """Whether there is an admin: from then on everybody has to say who they are."""
    users = tables.users
    admins = select(func.count()).where(users.c.role == "admin", users.c.closed_at.is_(None))
    return connection.execute(admins).scalar_one() > 0


def refuse_open_door(connection: Connection, host: str) -> None:
    """StoreUnusable if others than this machine could ask, and nobody is set up to let them in."""
    if not _is_this_machine(host) and not somebody_is_set_up(connection):
        raise StoreUnusable(
            f"The service does not listen on {host} before an admin is set up: "
            "`allocator account add NAME --role admin`."
        )


def _changed(connection: Connection, tenant: str, name: str, **values: Any) -> None:
    users = tables.users
    changed = connection.execute(
        update(users)
        .where(users.c.tenant == tenant, users.c.name == name, users.c.closed_at.is_(None))
        .values(**values)
    )
    if changed.rowcount != 1:
        raise NotFound("person", name)


def _refuse_last_admin(connection: Connection, tenant: str, name: str) -> None:
    users = tables.users
    admins = connection.execute(
        select(users.c.tenant, users.c.name)
        .where(users.c.role == "admin", users.c.closed_at.is_(None))
        .order_by(users.c.tenant, users.c.name)
        .with_for_update()
    ).all()
    if [tuple(it) for it in admins] == [(tenant, name)]:
        raise Conflict(f"{name!r} is the last admin; set up another one first.")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _person(row: Row[Any]) -> Person:
    return Person(
        row.tenant,
        row.name,
        row.role,
        tuple(json.loads(row.departments)),
        row.password,
        row.issuer,
    )
