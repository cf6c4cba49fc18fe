"""The API's side of reading: so many at a time, each in a process that is ended afterwards."""

from __future__ import annotations

import asyncio
import ctypes
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal, TypeVar, TypeVarTuple, cast

from allocator.errors import AllocatorError, Fault, InvalidDocument
from service.reading.process import Broken, Refused, TooMuch, main
from service.runtime import forks

MEBIBYTE = 1 << 20

MODULE = "service.reading.process"
"""What the fork server loads for readings."""

Given = TypeVarTuple("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What reading one upload may take, and how many are read at a time."""

    seconds: float = 30.0
    memory: int = 2048 * MEBIBYTE
    at_a_time: int = 2
    waiting: int = 8
    """For each caller, those that are being read among them."""


USUAL_LIMITS = ReadingLimits()


class TooManyReadings(AllocatorError):
    """A caller has sent more documents than may wait to be read."""


class ReadingBroke(AllocatorError):
    """A defect of ours met while reading; the message says which and where."""


class Reader:
    """Reads uploads side by side; what a reading makes is gone with its process."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._pool = ThreadPoolExecutor(limits.at_a_time, thread_name_prefix="reading")
        self._waiting: Counter[Hashable] = Counter()
        self._lock = threading.Lock()

    async def read(
        self,
        whose: Hashable,
        work: Callable[[*Given], Made],
        *given: *Given,
    ) -> Made:
        """What a function of `uploads` makes of what was sent; InvalidDocument with its faults.

        TooManyReadings if as many of the caller's wait already.
        """
        with self._turn(whose):
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._pool, self._carry_out, work, given)
        match answer:
            case Refused(faults):
                raise InvalidDocument(faults)
            case TooMuch(of):
                raise InvalidDocument([Fault("", "too_large", self._sentence(of))])
            case Broken(error, at):
                raise ReadingBroke(f"{error} at {at}")
        return cast(Made, answer)

    def _sentence(self, of: Literal["memory", "time"]) -> str:
        if of == "time":
            return f"Reading the document takes more than {self._limits.seconds:g} s."
        most = self._limits.memory // MEBIBYTE
        return f"Reading the document takes more than {most:,} MiB of memory."

    @contextmanager
    def _turn(self, whose: Hashable) -> Iterator[None]:
        with self._lock:
            if self._waiting[whose] >= self._limits.waiting:
                raise TooManyReadings(
                    f"{self._limits.waiting} of your documents wait to be read already."
                )
            self._waiting[whose] += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting[whose] -= 1
                if not self._waiting[whose]:
                    del self._waiting[whose]

    def _carry_out(self, work: Callable[..., object], given: tuple[object, ...]) -> object:
        context = forks.context(MODULE)
        ours: Connection[Any, Any]
        ours, theirs = context.Pipe()
        process = context.Process(target=main, args=(theirs, self._limits.memory), daemon=True)
        process.start()
        theirs.close()
        try:
            ours.send((work, given))
            if not ours.poll(self._limits.seconds):
                return TooMuch("time")
            return ours.recv()
        except (EOFError, OSError):  # it has been ended, as is whoever takes the last memory
            return TooMuch("memory")
        finally:
            process.kill()
            process.join()
            process.close()
            ours.close()
            _give_back()


def _give_back() -> None:
    """Return to the system what large bodies have taken: the C library would rather keep it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # glibc has it
        trim(0)
