"""What runs in the process that reads one upload; it is ended when it has answered.

Imported by the fork server, so that a new reading starts with all that it needs loaded.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from allocator.errors import Fault, InvalidDocument
from service.reading import uploads as uploads  # loaded here, for all that are forked
from service.runtime.logs import in_short
from service.runtime.processes import end_with_parent


@dataclass(frozen=True, slots=True)
class Refused:
    """The document has faults."""

    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Reading would have taken more than it may of one or the other."""

    of: Literal["memory", "time"]


@dataclass(frozen=True, slots=True)
class Broken:
    """A defect of ours, in short."""

    error: str
    at: str


def main(pipe: Connection[Any, Any], memory: int) -> None:
    """Do the one thing that comes through the pipe, within so many bytes, and send the answer."""
    end_with_parent(signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the API
    os.nice(1)  # those who wait for the API itself come first
    gc.freeze()  # what the fork server has loaded need not be gone through
    _limit(memory)
    answer: object
    try:
        work, given = pipe.recv()
        answer = work(*given)
    except InvalidDocument as error:
        answer = Refused(error.faults)
    except MemoryError:
        answer = TooMuch("memory")
    except Exception as defect:  # whatever it is, somebody waits for an answer
        answer = Broken(**in_short(defect))
    try:
        pipe.send(answer)
    except MemoryError:
        pipe.send(TooMuch("memory"))


def _limit(memory: int) -> None:
    """Let this process take so many bytes more than it has now, and leave no core behind."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
