"""Secrets at rest: what has to be known in clear is kept under a key that the database has not.

ALLOCATOR_SECRET_KEYS holds keys of Fernet, the newest first, with commas between them: the first
one seals, all of them open. So a new key is put before the old one, everything is sealed again
(`allocator database seal`), and the old one is taken away. Without keys secrets are kept as they
are: whoever reads the database knows them.
"""

from __future__ import annotations

import os
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from service.store.errors import StoreUnusable

VARIABLE = "ALLOCATOR_SECRET_KEYS"

MARK = "sealed:"
"""What begins with it is sealed; no secret in clear does."""


def new_key() -> str:
    """A new key, as it belongs into the environment."""
    return Fernet.generate_key().decode()


def seal(secret: str) -> str:
    """What is kept of a secret."""
    keys = _keys(os.environ.get(VARIABLE, ""))
    return secret if keys is None else MARK + keys.encrypt(secret.encode()).decode()


def opened(kept: str) -> str:
    """A secret that is kept; StoreUnusable if the key to it is not there."""
    if not kept.startswith(MARK):
        return kept
    keys = _keys(os.environ.get(VARIABLE, ""))
    if keys is None:
        raise StoreUnusable(f"The database holds sealed secrets, and {VARIABLE} has no key.")
    try:
        return keys.decrypt(kept.removeprefix(MARK)).decode()
    except InvalidToken:
        raise StoreUnusable(f"None of the keys in {VARIABLE} opens the secrets.") from None


def is_sealed(kept: str) -> bool:
    """Whether a secret is kept under a key."""
    return kept.startswith(MARK)


@cache
def _keys(text: str) -> MultiFernet | None:
    words = [word.strip() for word in text.split(",") if word.strip()]
    try:
        return MultiFernet([Fernet(word) for word in words]) if words else None
    except ValueError:
        raise StoreUnusable(
            f"{VARIABLE} is not as it should be: keys of 32 random bytes in URL-safe base64, as "
            "`allocator database key` makes them, with commas between them."
        ) from None
