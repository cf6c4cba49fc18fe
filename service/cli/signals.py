"""Signals that wait until they are asked for, whatever native code does with handlers."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Keep signals pending for `received`, in this thread and in all that it starts.

    Handlers would not do: the solver's native code puts its own in their place as it runs. They
    are as before afterwards.
    """
    if sys.platform == "win32":
        yield
        return
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def received() -> int:
    """Number of signals held back that have come since the last call."""
    if sys.platform == "win32":
        return 0
    number = 0
    while signal.sigpending() & set(SIGNALS):
        signal.sigwait(SIGNALS)
        number += 1
    return number
