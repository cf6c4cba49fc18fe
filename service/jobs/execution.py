"""The jobs of one worker: each takes up a run and sees to its end."""

from __future__ import annotations

import logging
import threading

import structlog

from service.jobs.attempt import Attempt, End
from service.jobs.retry import write_patiently
from service.store import attempts
from service.store.attempts import Superseded, Taken
from service.store.database import Database
from service.store.errors import StoreUnusable

log = logging.getLogger(__name__)

MOST_LOST = 5
"""A run that has cost so many workers is not tried again."""


class Work:
    """The runs of one worker. `leaving` makes all of them end and return to the queue."""

    def __init__(self, database: Database, worker: str) -> None:
        self.leaving = threading.Event()
        self._database = database
        self._worker = worker
        self._active = 0
        self._changed = threading.Condition()

    def carry_out(self, tenant: str, id_: str) -> None:
        """Carry out a run; if the worker leaves meanwhile, never return: the job must stay open."""
        with self._changed:
            self._active += 1
        try:
            with structlog.contextvars.bound_contextvars(run=id_, tenant=tenant):
                end = self._take_up(tenant, id_)
        finally:
            with self._changed:
                self._active -= 1
                self._changed.notify_all()
        if end == "handed back":
            threading.Event().wait()

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait for all runs to have ended or been handed back; whether they have."""
        with self._changed:
            return self._changed.wait_for(lambda: self._active == 0, seconds)

    def _take_up(self, tenant: str, id_: str) -> End:
        if self.leaving.is_set():
            return "handed back"
        try:
            taken = write_patiently(self._database, attempts.take, tenant, id_, self._worker)
            if taken is None:
                log.info("the run has ended already")
                return "ended"
            return self._attempt(taken)
        except Superseded as refused:
            log.warning("%s", refused)
            return "ended"
        except StoreUnusable as refused:
            # A newer version has taken over: the run is for its workers, and this one ends.
            log.warning("%s", refused)
            return "handed back"

    def _attempt(self, taken: Taken) -> End:
        said = f"{taken.lost} workers were lost at it, one after another."
        if taken.lost < MOST_LOST:
            try:
                return Attempt(self._database, taken, self.leaving).carry_out()
            except Superseded:
                raise
            except Exception as error:  # whatever it is, the run must end with a sentence
                log.exception("the run broke off")
                said = f"A defect of allocator: {type(error).__name__}: {error}"
        write_patiently(self._database, attempts.fail, taken.fence, said)
        return "ended"
