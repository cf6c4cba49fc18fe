"""Ctrl-C: the first one keeps the best plan so far, the second one aborts."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from service.cli.exits import ABORTED
from service.cli.output import problems
from solver.settings import Stop

Result = TypeVar("Result")

SIGNALS = (signal.SIGINT, signal.SIGTERM)
POLL_SECONDS = 0.1


@contextlib.contextmanager
def stopping() -> Iterator[Stop]:
    """Within, the first Ctrl-C (or SIGTERM) makes `stop()` true, the second ends the process."""
    asked = threading.Event()

    def receive(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            problems().print("Aborted.")
            sys.stderr.write("\x1b[?25h" if sys.stderr.isatty() else "")
            sys.stderr.flush()
            # The solver may be deep in native code on another thread: there is nothing to wait for.
            os._exit(ABORTED)
        asked.set()
        problems().print("Stopping: the best plan so far is kept. Once more aborts without a plan.")

    before = {number: signal.signal(number, receive) for number in SIGNALS}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def in_background(work: Callable[[], Result]) -> Result:
    """Do work on another thread, so that this one (the main thread) receives signals at once."""
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # it is raised again where it is waited for
            failed.append(error)

    thread = threading.Thread(target=run, name="solve", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL_SECONDS)
    if failed:
        raise failed[0]
    return done[0]
