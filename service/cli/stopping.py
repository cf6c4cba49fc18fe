"""Ctrl-C: the first one keeps the best plan so far, the second one aborts."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from service.cli.exits import ABORTED
from service.cli.output import problems
from solver.settings import Stop

Result = TypeVar("Result")

SIGNALS = (signal.SIGINT, signal.SIGTERM)
POLL_SECONDS = 0.1
SHOW_CURSOR = "\x1b[?25h"


def stoppable(work: Callable[[Stop], Result]) -> Result:
    """Do work on another thread and listen to signals on this one, the main thread.

    The first Ctrl-C (or SIGTERM) makes the work's `stop()` true, the second ends the process.
    """
    asked = threading.Event()
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work(asked.is_set))
        except BaseException as error:  # it is raised again where it is waited for
            failed.append(error)

    before = {number: signal.signal(number, lambda *_: _receive(asked)) for number in SIGNALS}
    try:
        thread = threading.Thread(target=run, name="solve", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(POLL_SECONDS)  # handlers run between two joins
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if failed:
        raise failed[0]
    return done[0]


def _receive(asked: threading.Event) -> None:
    if asked.is_set():
        problems().print("Aborted.")
        sys.stderr.write(SHOW_CURSOR if sys.stderr.isatty() else "")
        sys.stderr.flush()
        # The solver may be deep in native code on another thread: there is nothing to wait for.
        os._exit(ABORTED)
    asked.set()
    problems().print("Stopping: the best plan so far is kept. Once more aborts without a plan.")
