"""Browsers in which somebody has signed in before: strangers do not use up their tries.

A browser gets a proof when somebody signs in, and shows it when they do so again. It lets nobody
in; it only says that whoever knows it has known the password before (OWASP: device cookies).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from service.access import signing
from service.store.database import Database

KEY = "devices"


def key(database: Database) -> bytes:
    """What proofs are signed with, the same for all hosts."""
    return signing.key(database, KEY)


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
