"""Links to answer by: whoever has one answers for one person of one rollout, until it ends.

Nothing of it is kept: it says itself for whom it is and until when, and the service has signed
that. So it is the same each time that a message is sent.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from dataclasses import dataclass

from service.access import signing
from service.store.clock import now
from service.store.errors import NotFound

KEY = "answers"
"""The key of the service that they are signed with."""

DAYS = 60
"""So long after its message a link ends."""

DAY = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Answerer:
    """For whom a link answers."""

    tenant: str
    rollout: str
    person: str
    until: int


def made(key: bytes, tenant: str, rollout: str, person: str, sent: int) -> str:
    """The text of a link that goes out with a message of some moment."""
    said = json.dumps([tenant, rollout, person, sent + DAYS * DAY], separators=(",", ":"))
    payload = base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")
    return f"{payload}.{signing.signed(key, payload)}"


def read(key: bytes, text: str) -> Answerer:
    """For whom a link answers; NotFound if we have not signed it, or it has ended."""
    payload, _, proof = text.partition(".")
    if not hmac.compare_digest(proof.encode(), signing.signed(key, payload).encode()):
        raise NotFound("answer", "by this link")
    try:
        said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, binascii.Error):
        raise NotFound("answer", "by this link") from None
    found = Answerer(*said)
    if found.until < now():
        raise NotFound("answer", "by this link any more")
    return found
