"""Events of a run as server-sent events: all that are there, then new ones as they come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool

from service.access.errors import AccessError
from service.store import events, runs
from service.store.clock import moment
from service.store.database import Database

LOOK_SECONDS = 0.5
SILENT_LOOKS = 30
"""After so many looks without an event a comment keeps the connection open."""

LOOKS_BETWEEN_CHECKS = 4
"""After so many looks without an event it is seen whether the reader may still read."""


async def stream(
    database: Database, tenant: str, run: str, last: int, check: Callable[[], None]
) -> AsyncIterator[str]:
    """The events after number `last`, each as text, until the run has ended.

    `check` raises an AccessError once the reader may not read any more: then nothing more is told.
    """
    silent = 0
    while True:
        found, ended = await run_in_threadpool(_look, database, tenant, run, last)
        if found or ended or silent % LOOKS_BETWEEN_CHECKS == 0:
            try:
                await run_in_threadpool(check)
            except AccessError:
                return
        for event in found:
            last, silent = event.number, 0
            body = json.dumps({"at": moment(event.at), **event.body})
            yield f"id: {event.number}\nevent: {event.kind}\ndata: {body}\n\n"
        if ended:
            return
        silent += 1
        if silent % SILENT_LOOKS == 0:
            yield ": still there\n\n"
        await asyncio.sleep(LOOK_SECONDS)


def _look(database: Database, tenant: str, run: str, last: int) -> tuple[list[events.Event], bool]:
    with database.read() as connection:
        # The state first: an event that comes with the end is then among those read after it.
        ended = runs.get(connection, tenant, run).ended
        return events.since(connection, tenant, run, last), ended
