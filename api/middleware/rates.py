"""Rate limits: so many at once and a minute for each key, counted by each API process alone."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable

from api.errors import refused
from service.access.roles import Caller

MOST_KEYS = 20_000
"""So many are remembered; those that were seen longest ago are forgotten first."""


class Buckets:
    """A bucket for each key, filled evenly up to what it may hold."""

    def __init__(self, full: float, per_minute: float) -> None:
        self._full = float(full)
        self._per_second = per_minute / 60
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: Hashable) -> float:
        """Take one out of a bucket; 0, or how many seconds later there is one."""
        with self._lock:
            left, now = self._now(key)
            if left < 1:
                return math.ceil((1 - left) / self._per_second)
            self._keep(key, left - 1, now)
            return 0

    def give_back(self, key: Hashable) -> None:
        """Put back what was taken for something that does not count after all."""
        with self._lock:
            left, now = self._now(key)
            self._keep(key, min(self._full, left + 1), now)

    def _now(self, key: Hashable) -> tuple[float, float]:
        now = time.monotonic()
        left, at = self._left.get(key, (self._full, now))
        return min(self._full, left + (now - at) * self._per_second), now

    def _keep(self, key: Hashable, left: float, now: float) -> None:
        self._left[key] = (left, now)
        self._left.move_to_end(key)
        if len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)


class Rates:
    """Requests a minute for each caller."""

    def __init__(self, per_minute: int) -> None:
        self._buckets = Buckets(per_minute, per_minute)

    def count(self, caller: Caller) -> None:
        """Take one request out of the caller's bucket; 429 if it is empty."""
        if wait := self._buckets.take((caller.tenant, caller.name)):
            raise refused(429, "Too many requests; wait a moment.", retry_after=wait)
