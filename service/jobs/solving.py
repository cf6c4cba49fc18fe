"""The worker's side of one solve: a process that can be listened to, stopped and killed."""

from __future__ import annotations

from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import structlog

from service.jobs.solve_process import STOP, Answered, Failed, Kept, main, read_found
from service.runtime import forks
from service.store.attempts import Step
from service.store.plans import Found
from service.store.runs import Limits

MODULE = "service.jobs.solve_process"
"""What the fork server loads for solves."""

KILL_SECONDS = 1.0
"""How long a killed process is waited for."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The process has ended without an answer, by a signal or with a code."""

    code: int | None


Message = Step | Kept | Found | Answered | Failed | Gone


def preload() -> None:
    """Start the fork server, which loads OR-Tools once for all solves of this process."""
    forks.start(MODULE)


class Solve:
    """A solve in a process of its own. It dies with the worker, however that one ends."""

    def __init__(self, document: bytes, base: bytes | None, limits: Limits) -> None:
        context = forks.context(MODULE)
        self._pipe: Connection[Any, Any]
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=main,
            args=(theirs, document, base, limits, structlog.contextvars.get_contextvars()),
            daemon=True,
        )
        self._process.start()
        theirs.close()

    @property
    def process(self) -> int | None:
        """The number of its process."""
        return self._process.pid

    def receive(self, seconds: float) -> Message | None:
        """The next thing that it tells; None if it tells nothing for so long."""
        try:
            if not self._pipe.poll(seconds):
                return None
            sent = self._pipe.recv()
        except (EOFError, OSError):
            self._process.join(KILL_SECONDS)
            return Gone(self._process.exitcode)
        return read_found(sent) if isinstance(sent, bytes) else sent

    def stop(self) -> None:
        """Ask for the best plan so far; it answers within about a second."""
        try:
            self._pipe.send(STOP)
        except OSError:
            return  # it has ended by itself; `receive` says how

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.join(KILL_SECONDS)
        self._pipe.close()
