"""What a worker does beside solving: nights are begun and concluded, lost jobs found.

Every worker has a housekeeper. What they do is claimed in the database first: none does it twice.
"""

from __future__ import annotations

import logging
import threading
import time

from service.lifecycle import digest, nightly
from service.queue import Queue
from service.store import answers, retention, runs
from service.store.clock import now
from service.store.database import Database

log = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
"""How often nights are looked at."""

TIDY_SECONDS = 60.0
"""How often runs without a job are looked for, and what is old is forgotten."""

FORGET_DAYS = 7
DAY = 24 * 3_600_000


class Housekeeper:
    """Looks after nights and jobs until the worker leaves."""

    def __init__(self, database: Database, queue: Queue) -> None:
        self._database = database
        self._queue = queue
        self._tidy_at = 0.0

    def work(self, leave: threading.Event) -> None:
        """Go round until asked to leave; whatever goes wrong, the next round follows."""
        while not leave.wait(LOOK_SECONDS):
            try:
                self.go_round()
            except Exception:
                log.exception("a round of the housekeeper broke off")

    def go_round(self) -> None:
        """Begin the nights that are due, conclude those that have ended, tidy up now and then."""
        nightly.begin_due(self._database, self._queue, now())
        digest.conclude_ended(self._database)
        if time.monotonic() >= self._tidy_at:
            self._tidy_at = time.monotonic() + TIDY_SECONDS
            self._tidy()

    def _tidy(self) -> None:
        with self._database.read() as connection:
            waiting = runs.unfinished(connection, before=now() - int(TIDY_SECONDS * 1000))
        for tenant, run in waiting:
            if self._queue.put_again(self._database, tenant, run):
                log.warning("run %s had no job left and is queued again", run.id)
        self._queue.forget(now() - FORGET_DAYS * DAY)
        with self._database.write() as connection:
            answers.forget_old(connection)
            gone = retention.forget_old(connection)
        if gone:
            log.info("%d rollouts that were removed long ago are forgotten", gone)
