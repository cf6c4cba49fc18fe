"""Whether a worker's queue is looked at: the proof that it takes up work, not only that it runs.

DBOS looks at each queue in a thread of its own and tells nobody of it. What it asks the database
then names the queue; so that is watched for where it passes.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

from sqlalchemy import Engine, event


class Polling:
    """When each queue was asked about last, and answered."""

    def __init__(self, queues: Collection[str]) -> None:
        self._last = dict.fromkeys(queues, time.monotonic())

    def watch(self, engine: Engine) -> None:
        """Notice what is asked over the connections of DBOS."""
        event.listen(engine, "after_cursor_execute", self._answered)

    def last(self) -> float:
        """Since when all queues have been looked at."""
        return min(self._last.values())

    def _answered(
        self, _connection: Any, _cursor: Any, _statement: str, said: Any, *_more: Any
    ) -> None:
        named = said.values() if isinstance(said, dict) else said or ()
        for queue in self._last:
            if queue in named:
                self._last[queue] = time.monotonic()
