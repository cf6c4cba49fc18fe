"""How long the work of a request is wanted: what comes too late is not kept.

Work goes on in a thread that cannot be ended from outside. So whoever answers in its stead must
know that it will keep nothing, and that is decided here: either the deadline expires, and the work
keeps nothing any more, or the work has begun to keep something, and its own answer is waited for.
"""

from __future__ import annotations

import threading
from contextvars import ContextVar

from service.store.errors import StoreError


class TooLate(StoreError):
    """The request has been answered meanwhile; what its work would have kept is not."""


class Deadline:
    """Whether the work of one request may still keep anything."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeping = False
        self._expired = False

    def expire(self) -> bool:
        """Let nothing be kept from now on; False if something is being kept already."""
        with self._lock:
            self._expired = not self._keeping
            return self._expired

    def keep(self) -> None:
        """Begin to keep something; TooLate if the deadline has expired."""
        with self._lock:
            if self._expired:
                raise TooLate("The request took too long, and has been answered.")
            self._keeping = True


present: ContextVar[Deadline | None] = ContextVar("deadline", default=None)
"""The deadline of the request that is being worked on, if it has one."""


def keep() -> None:
    """Begin to keep something, if the work at hand may still do so."""
    deadline = present.get()
    if deadline is not None:
        deadline.keep()
