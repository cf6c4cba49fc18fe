"""Messages between a solve and its helpers: pickled, each after its length, over pipes."""

from __future__ import annotations

import pickle
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO, TypeAlias

from allocator.outcome import Defect
from allocator.plan import Plan, Score
from allocator.problem import Problem
from solver.settings import Settings

LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Start:
    """What a helper is to do; the first message that it gets."""

    problem: Problem
    settings: Settings
    """With the seconds that are left, its own seed, and the workers that it may use itself."""
    proves: bool


@dataclass(frozen=True, slots=True)
class Better:
    """A plan that has been checked, with its score."""

    plan: Plan
    score: Score


@dataclass(frozen=True, slots=True)
class Idea:
    """Times of tasks around which a plan may be made."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Proved:
    """A bound, of all plans or only of those within the change budget."""

    bound: Fraction
    within_budget: bool


@dataclass(frozen=True, slots=True)
class Impossible:
    """Proved: there is no plan with the forbidden terms at zero."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Something went wrong that has to be written down."""

    defect: Defect


@dataclass(frozen=True, slots=True)
class Decided:
    """The nearest plan to the change budget is proved: the solve is over."""


Message: TypeAlias = Start | Better | Idea | Proved | Impossible | Broken | Decided


def packed(message: Message) -> bytes:
    """A message as it is sent."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


class Channel:
    """One end of two pipes; several threads may send."""

    def __init__(self, reads: BinaryIO, writes: BinaryIO) -> None:
        self._reads = reads
        self._writes = writes
        self._lock = threading.Lock()

    def send(self, message: Message) -> bool:
        """Send a message; False if nobody is there any more."""
        return self.send_packed(packed(message))

    def send_packed(self, data: bytes) -> bool:
        """`send` what has been packed before."""
        try:
            with self._lock:
                self._writes.write(LENGTH.pack(len(data)))
                self._writes.write(data)
                self._writes.flush()
        except (OSError, ValueError):
            return False
        return True

    def receive(self) -> Message | None:
        """The next message; None once the other end is gone."""
        try:
            head = self._reads.read(LENGTH.size)
            if len(head) < LENGTH.size:
                return None
            (size,) = LENGTH.unpack(head)
            data = self._reads.read(size)
        except (OSError, ValueError):
            return None
        if len(data) < size:
            return None
        message: Message = pickle.loads(data)
        return message

    def end(self) -> None:
        """Send nothing more."""
        with suppress(OSError):
            self._writes.close()

    def close(self) -> None:
        """Receive nothing more either; nobody may be waiting for a message."""
        self.end()
        self._reads.close()
