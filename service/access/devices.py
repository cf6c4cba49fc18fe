"""Browsers in which somebody has signed in before: strangers do not use up their tries.

A browser gets a proof when somebody signs in, and shows it when they do so again. It lets nobody
in; it only says that whoever knows it has known the password before (OWASP: device cookies).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from service.store import sealed, tables
from service.store.clock import now
from service.store.database import Database

KEY = "devices"


def key(database: Database) -> bytes:
    """What proofs are signed with, the same for all hosts; it is made when it is needed first."""
    with database.read() as connection:
        kept = _kept(connection)
    if kept is None:
        try:
            with database.write() as connection:
                made = sealed.seal(secrets.token_urlsafe(32))
                connection.execute(
                    insert(tables.service_keys).values(name=KEY, secret=made, created_at=now())
                )
        except IntegrityError:
            pass  # another host was quicker
        with database.read() as connection:
            kept = _kept(connection)
    assert kept is not None
    return sealed.opened(kept).encode()


def proof(key: bytes, name: str) -> str:
    """What a browser shows from now on in which somebody has signed in."""
    device = secrets.token_hex(8)
    return f"{device}.{_signed(key, name, device)}"


def known(key: bytes, name: str, shown: str) -> str | None:
    """By what a browser is known in which somebody has signed in before; None if it is not."""
    device, _, signed = shown.partition(".")
    if not hmac.compare_digest(signed.encode(), _signed(key, name, device).encode()):
        return None
    return device


def _signed(key: bytes, name: str, device: str) -> str:
    return hmac.digest(key, f"{name}\n{device}".encode(), hashlib.sha256).hex()


def _kept(connection: Connection) -> str | None:
    table = tables.service_keys
    return connection.execute(select(table.c.secret).where(table.c.name == KEY)).scalar()
