"""Reads of what is private, in the audit log: who looked at people's pay, absences and bookings.

They are written after the answer, and of the same reader and thing once an hour: enough to say who
knew, and not a row for each look. Where nobody signs in there is nobody to name.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Literal

import structlog
from fastapi import BackgroundTasks, Depends, Request

from api.auth import LOCAL, Known
from api.state import Service, State
from service.access.roles import Caller
from service.store.audit import note
from service.store.error_text import UNUSABLE, sentence
from service.store.errors import StoreError

log = structlog.get_logger(__name__)

HOUR_SECONDS = 3600.0
MOST = 20_000
"""So many are remembered; those that are forgotten are written once more."""

Thing = Literal["rollout", "plan"]


class Reads:
    """What has been written of late, by each API process alone."""

    def __init__(self) -> None:
        self._written: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._lock = threading.Lock()

    def is_due(self, key: tuple[str, ...]) -> bool:
        """Whether a read is to be written; from now on for an hour it is not."""
        now = time.monotonic()
        with self._lock:
            if now - self._written.get(key, -HOUR_SECONDS) < HOUR_SECONDS:
                return False
            self._written[key] = now
            self._written.move_to_end(key)
            if len(self._written) > MOST:
                self._written.popitem(last=False)
            return True


def private(kind: Thing, what: str) -> Callable[..., Awaitable[None]]:
    """Depended on by a route that hands out something private of a rollout or a plan."""

    async def noted(
        request: Request, service: Service, caller: Known, later: BackgroundTasks
    ) -> None:
        reads: Reads = request.app.state.reads
        id_ = str(request.path_params[kind])
        if caller is not LOCAL:
            later.add_task(_write, service, reads, caller, kind, id_, what)

    return noted


def _write(service: State, reads: Reads, caller: Caller, kind: Thing, id_: str, what: str) -> None:
    if not reads.is_due((caller.tenant, caller.name, kind, id_, what)):
        return
    try:
        with service.database.write() as connection:
            note(connection, caller.actor, "read", kind, id_, what=what)
    except (*UNUSABLE, StoreError) as error:  # the request itself has been answered
        log.warning("a read was not written to the audit log", error=sentence(error))


DOCUMENT = Depends(private("rollout", "document"))
AGENDAS = Depends(private("plan", "agendas"))
