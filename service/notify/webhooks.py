"""The end of a run sent to a URL: the document, its signature, and the way there.

Signed as https://www.standardwebhooks.com has it: `webhook-signature` is `v1,` and the base64 of
the HMAC-SHA256 of `webhook-id.webhook-timestamp.body`, keyed with the secret after `whsec_`.

Whoever may ask for a plan may name a URL, so the service must not become a way into the network
that it stands in: a name is resolved here, every address of it is checked, and a checked one is
connected to. No redirect is followed, no proxy used, and no answer read beyond its status.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any
from urllib.parse import urlsplit

import httpx2
from sqlalchemy import Connection, select

from service.store import runs, tables
from service.store.clock import moment, now
from service.store.webhooks import PREFIX

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SECONDS = 10.0
"""How long a delivery may take, from the name to the status of the answer."""

GONE = 410
"""The status of somebody who does not want to hear any more."""

NAT64 = IPv6Network("64:ff9b::/96")
"""An IPv4 address in IPv6: the way to it is whatever the other one is."""

GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All that is given out to the internet: not `::/96`, `64:ff9b:1::/48`, `fc00::/7`, `fec0::/10`,
multicast or what is to come."""

NOT_PUBLIC_6 = tuple(
    IPv6Network(it)
    for it in (
        "2001::/23",  # protocols, Teredo and identifiers that are routed nowhere
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, a relay to any IPv4 address
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
)
NOT_PUBLIC_4 = tuple(IPv4Network(it) for it in ("192.88.99.0/24", "224.0.0.0/4"))
"""Relays to 6to4, and multicast."""

ISATAP = 0x00005EFE
"""Before the IPv4 address in the second half of an IPv6 one; with or without the universal bit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: a sentence, whether it was taken, and whether to try no more."""

    sentence: str
    taken: bool = False
    final: bool = False


class Forbidden(Exception):
    """The URL leads to where webhooks must not go."""


def document(connection: Connection, tenant: str, id_: str) -> bytes:
    """What is sent about a run that has ended; each time the same bytes."""
    run = runs.get(connection, tenant, id_)
    table = tables.plans
    outcome = connection.execute(
        select(table.c.outcome).where(table.c.tenant == tenant, table.c.run == id_)
    ).scalar()
    tree: dict[str, Any] = {
        "type": "plan.ended",
        "timestamp": None if run.ended_at is None else moment(run.ended_at),
        "data": {
            "plan": run.id,
            "rollout": run.rollout,
            "revision": run.revision,
            "kind": run.kind,
            "state": run.state,
            "outcome": outcome,
            "score": {"total": run.best, "bound": run.bound, "gap": run.gap},
            "failure": run.failure,
        },
    }
    return json.dumps(tree).encode()


def signature(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """What proves to the receiver that a document is ours, and when it was sent."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{id_}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


async def post(
    url: str, id_: str, body: bytes, secrets: Sequence[str], allowed: Sequence[Network]
) -> Answer:
    """Tell a URL, once, signed with each of the secrets.

    Private addresses are only gone to within the networks that are allowed.
    """
    timestamp = now() // 1000
    headers = {
        "content-type": "application/json",
        "user-agent": "allocator",
        "webhook-id": id_,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(it, id_, timestamp, body) for it in secrets),
    }
    try:
        async with asyncio.timeout(SECONDS):
            status = await _post(url, headers, body, allowed)
    except Forbidden as error:
        return Answer(str(error), final=True)
    except TimeoutError:
        return Answer(f"No answer within {SECONDS:g} s.")
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
        return Answer(f"Not reached: {type(error).__name__}.")
    return Answer(f"Answered with {status}.", taken=200 <= status < 300, final=status == GONE)


async def _post(url: str, headers: dict[str, str], body: bytes, allowed: Sequence[Network]) -> int:
    parts = urlsplit(url)
    host = parts.hostname or ""
    address = await _checked(host, parts.scheme, allowed)
    there = httpx2.URL(url).copy_with(host=str(address))
    async with (
        httpx2.AsyncClient(verify=_trusted(), trust_env=False, timeout=SECONDS) as client,
        client.stream(
            "POST",
            there,
            content=body,
            headers={**headers, "host": parts.netloc},
            extensions={"sni_hostname": host},
        ) as answer,
    ):
        return answer.status_code


async def _checked(host: str, scheme: str, allowed: Sequence[Network]) -> Address:
    """An address of a host that webhooks may go to; Forbidden if any of its addresses is none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(it[4][0]) for it in found]
    for address in addresses:
        inside = any(address in network for network in allowed)
        if not inside and not _public(address):
            raise Forbidden("Its address is private, and the operator has not allowed it.")
        if not inside and scheme != "https":
            raise Forbidden("Webhooks go out over https only.")
    return addresses[0]


def _public(address: Address) -> bool:
    """Whether an address is one of the internet; those that wrap another are looked into."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in NOT_PUBLIC_4)
    if address.ipv4_mapped is not None or address in NAT64:
        return _public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address not in GLOBAL_UNICAST or any(address in network for network in NOT_PUBLIC_6):
        return False
    if int(address) >> 32 & 0xFDFFFFFF == ISATAP:
        return _public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()
