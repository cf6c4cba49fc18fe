"""Rate limits: so many requests a minute for each caller, counted by each API process alone."""

from __future__ import annotations

import threading
import time

from api.errors import refused
from service.access.roles import Caller


class Rates:
    """A bucket of requests for each caller, filled evenly over a minute."""

    def __init__(self, per_minute: int) -> None:
        self._full = float(per_minute)
        self._left: dict[tuple[str, str], tuple[float, float]] = {}
        self._lock = threading.Lock()

    def count(self, caller: Caller) -> None:
        """Take one request out of the caller's bucket; 429 if it is empty."""
        self.count_key((caller.tenant, caller.name))

    def count_key(self, key: tuple[str, str]) -> None:
        """Take one request out of a bucket; 429 if it is empty."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.get(key, (self._full, now))
            left = min(self._full, left + (now - at) * self._full / 60)
            if left < 1:
                raise refused(429, "Too many requests; wait a moment.")
            self._left[key] = (left - 1, now)
            if len(self._left) > 10_000:
                self._left = {name: seen for name, seen in self._left.items() if now - seen[1] < 60}
