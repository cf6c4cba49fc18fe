"""Whether anything has happened to runs: one look for all who wait, however many they are."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from service.store import events
from service.store.database import Database

log = structlog.get_logger(__name__)

LOOK_SECONDS = 0.5

Run = tuple[str, str]
"""(tenant, id)."""


class Watch:
    """Those who wait for something to happen, by run; a task looks for all of them together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: defaultdict[Run, dict[asyncio.Future[None], int]] = defaultdict(dict)
        self._looking: asyncio.Task[None] | None = None

    async def happens(self, run: Run, last: int, seconds: float) -> bool:
        """Wait for an event of a run after number `last`, so long at most; whether it came."""
        happened = asyncio.get_running_loop().create_future()
        self._waiting[run][happened] = last
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            async with asyncio.timeout(seconds):
                await happened
        except TimeoutError:
            return False
        finally:
            self._waiting[run].pop(happened, None)
            if not self._waiting[run]:
                del self._waiting[run]
        return True

    async def _look(self) -> None:
        while self._waiting:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                found = await run_in_threadpool(self._numbers, list(self._waiting))
            except SQLAlchemyError as error:
                log.warning("the database does not answer", error=type(error).__name__)
                continue
            for run, number in found.items():
                for happened, last in list(self._waiting.get(run, {}).items()):
                    if number > last and not happened.done():
                        happened.set_result(None)

    def _numbers(self, runs: list[Run]) -> dict[Run, int]:
        with self._database.read() as connection:
            return events.numbers(connection, runs)
