"""Events of a run as server-sent events: all that are there, then new ones as they come."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool

from api.http.watch import Run, Watch
from service.access.errors import AccessError
from service.store import events, runs
from service.store.clock import moment
from service.store.database import Database

CHECK_SECONDS = 5.0
"""How often it is seen whether the reader may still read, while nothing happens."""

SILENT_CHECKS = 3
"""After so many of them a comment keeps the connection open."""


async def stream(
    watch: Watch, database: Database, run: Run, last: int, check: Callable[[], None]
) -> AsyncIterator[str]:
    """The events after number `last`, each as text, until the run has ended.

    `check` raises an AccessError once the reader may not read any more: then nothing more is sent.
    """
    silent = 0
    while True:
        found, ended = await run_in_threadpool(_look, database, run, last)
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
        if not await watch.happens(run, last, CHECK_SECONDS):
            silent += 1
            if silent % SILENT_CHECKS == 0:
                yield ": still there\n\n"


def _look(database: Database, run: Run, last: int) -> tuple[list[events.Event], bool]:
    with database.read() as connection:
        # The state first: an event that comes with the end is then among those read after it.
        ended = runs.get(connection, *run).ended
        return events.since(connection, *run, last), ended
