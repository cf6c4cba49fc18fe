"""Passwords: which ones are taken, and the argon2 hashes that are kept of them.

Hashing takes a fraction of a second and 64 MB on purpose. So it is done outside of transactions,
and whoever serves many people lets only few of them wait for it at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from service.access.errors import WeakPassword
from service.store.doors import NO_PASSWORD

SHORTEST, LONGEST = 12, 200

JUDGED = 72
"""So many characters are judged: if they are hard to guess, so is what begins with them."""

STRONG = 3
"""What zxcvbn has to say at least, of 0 to 4: more than 10^8 guesses with all that is leaked."""

_hasher = PasswordHasher()


def hashed(password: str, words: Sequence[str] = ()) -> str:
    """What is kept of a new password; WeakPassword if it is too easy to guess.

    `words` are those that others would try first: the name of its owner, the tenant.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(
            f"A password has {SHORTEST} to {LONGEST} characters; a sentence is a good one."
        )
    if not password.isprintable():
        raise WeakPassword("A password has no control characters in it.")
    from zxcvbn import zxcvbn  # here: its lists take a while to read, and few commands need them

    judged = zxcvbn(password[:JUDGED], user_inputs=["allocator", *words])
    if judged["score"] < STRONG:
        raise WeakPassword(
            "This password is easy to guess: it is known from leaks, repeats itself, or follows "
            "the name or the keyboard. Some words that have nothing to do with one another are a "
            "good one."
        )
    return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one of a hash; for None it takes the same time to say no."""
    somebody = kept is not None and kept != NO_PASSWORD
    shown = password[:LONGEST].encode("utf-8", "surrogatepass")
    try:
        return _hasher.verify(kept if somebody and kept else _of_nobody(), shown) and somebody
    except (VerificationError, InvalidHashError):
        return False


@cache
def _of_nobody() -> str:
    return _hasher.hash("nobody has this password")
