"""What the service signs for itself: secrets that it can tell again without having kept them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from service.store import sealed, tables
from service.store.clock import now
from service.store.database import Database


def key(database: Database, name: str) -> bytes:
    """The key of that name, the same for all hosts; it is made when it is needed first."""
    with database.read() as connection:
        kept = _kept(connection, name)
    if kept is None:
        try:
            with database.write() as connection:
                made = sealed.seal(secrets.token_urlsafe(32))
                connection.execute(
                    insert(tables.service_keys).values(name=name, secret=made, created_at=now())
                )
        except IntegrityError:
            pass  # another host was quicker
        with database.read() as connection:
            kept = _kept(connection, name)
    assert kept is not None
    return sealed.opened(kept).encode()


def signed(key: bytes, *parts: str) -> str:
    """What proves that parts are together as the service has put them, fit for an address."""
    content = b"\0".join(it.encode() for it in parts)
    proof = hmac.digest(key, content, hashlib.sha256)
    return base64.urlsafe_b64encode(proof).decode().rstrip("=")


def _kept(connection: Connection, name: str) -> str | None:
    table = tables.service_keys
    return connection.execute(select(table.c.secret).where(table.c.name == name)).scalar()
