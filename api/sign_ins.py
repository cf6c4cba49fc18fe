"""Tries to sign in: how many are let through to the hashing of passwords, and how many at a time.

Whoever tries passwords is slowed down by where they come from, and by the name that they try. But a
name must not be shut by strangers: once it has been tried often, each address still has a few tries
of its own, and a browser that has signed in under it before (`devices`) is not counted with others.
Only tries that fail count. A refusal is not hurried: who repeats it at once gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import threading
from collections.abc import AsyncIterator, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from api.errors import refused
from api.middleware.rates import Buckets

PER_ADDRESS, PER_ADDRESS_AND_MINUTE = 40, 20
"""Failures from one address at once, and then a minute."""

PER_NAME = 60
"""Failures under one name from wherever, at once and then a minute, before each has few left."""

PER_STRANGER, STRANGER_MINUTES = 3, 15
"""Failures that an address then still has for that name, and how soon they come back."""

PER_DEVICE = 20
"""Failures in a browser that has signed in before."""

AT_A_TIME, WAITING = max(1, (os.cpu_count() or 1) // 4), 20
"""Passwords that are hashed side by side, each on several cores, and how many may wait for that.
Browsers that have signed in before have a line of their own."""

HELD_SECONDS, HELD = 1.0, 1000
"""How long a refusal is held back, and how many are at a time."""

STAND_BACK = 10
"""By how much hashing is nicer than answering."""

Made = TypeVar("Made")


class Line:
    """Passwords that wait to be hashed, and threads that hash a few of them at a time."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(AT_A_TIME, f"hashing-{name}", _stand_back)
        self._waiting = 0

    @property
    def is_full(self) -> bool:
        """Whether whoever comes now would wait too long."""
        return self._waiting >= WAITING

    async def run(self, work: Callable[[], Made]) -> Made:
        """Hash something when it is its turn."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


class SignIns:
    """The tries of one API process."""

    def __init__(self) -> None:
        self._addresses = Buckets(PER_ADDRESS, PER_ADDRESS_AND_MINUTE)
        self._names = Buckets(PER_NAME, PER_NAME)
        self._strangers = Buckets(PER_STRANGER, PER_STRANGER / STRANGER_MINUTES)
        self._devices = Buckets(PER_DEVICE, PER_DEVICE)
        self._strangers_line, self._known_line = Line("strangers"), Line("known")
        self._held = 0

    @asynccontextmanager
    async def attempt(
        self, name: str, address: str, device: str | None
    ) -> AsyncIterator[Callable[[], None]]:
        """A try under a name; what is yielded says that it has succeeded. 429 if it is refused.

        `device` is what a browser is known by that has signed in under this name before.
        """
        taken, wait = self._take(name, place(address), device)
        if wait:
            await self._hold()
            raise refused(429, "Too many tries to sign in; wait a moment.", retry_after=wait)

        def succeeded() -> None:
            for buckets, key in taken:
                buckets.give_back(key)

        yield succeeded

    async def hash(self, work: Callable[[], Made], *, known: bool = False) -> Made:
        """Hash something, few at a time; 503 if too many wait for that already."""
        line = self._known_line if known else self._strangers_line
        if line.is_full:
            await self._hold()
            raise refused(503, "Too many sign in at the same time; try again.", retry_after=2)
        return await line.run(work)

    def _take(
        self, name: str, place: str, device: str | None
    ) -> tuple[list[tuple[Buckets, Hashable]], float]:
        if device is not None:
            return [(self._devices, device)], self._devices.take(device)
        if wait := self._addresses.take(place):
            return [], wait
        taken: list[tuple[Buckets, Hashable]] = [(self._addresses, place)]
        if not self._names.take(name):
            return [*taken, (self._names, name)], 0
        wait = self._strangers.take((name, place))
        return [*taken, (self._strangers, (name, place))], wait

    async def _hold(self) -> None:
        if self._held >= HELD:
            return
        self._held += 1
        try:
            await asyncio.sleep(HELD_SECONDS)
        finally:
            self._held -= 1


def place(address: str) -> str:
    """What counts as one place: an address, of IPv6 the network that one customer has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _stand_back() -> None:
    # On Linux a thread has a niceness of its own, which the threads that it starts take over.
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), STAND_BACK)
