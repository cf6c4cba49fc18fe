"""Workers as processes of their own, as they run in service; all are ended with the test."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from service.store import runs
from service.store.database import Database
from service.store.runs import Run

PATIENCE = 600.0
"""Seconds after which a test gives up waiting; nothing is asserted about how long it takes."""

LEASE = 2.0

Seen = TypeVar("Seen")


def start(
    database: Database,
    *,
    slots: int = 1,
    per_tenant: int = 2,
    lease: float = LEASE,
    webhooks_to: Sequence[str] = (),
) -> subprocess.Popen[bytes]:
    """Start a worker, with a short lease unless another one is named."""
    call = f"main({database.plain_url!r}, {slots}, {per_tenant}, {lease}, {webhooks_to})"
    return subprocess.Popen([sys.executable, "-c", f"from service.jobs.worker import main; {call}"])


def until(look: Callable[[], Seen | None]) -> Seen:
    """What `look` sees as soon as it sees something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise AssertionError(f"nothing was seen for {PATIENCE} s")


def run_when(database: Database, run: Run, fits: Callable[[Run], object]) -> Run:
    """A run as soon as it is as wanted."""

    def look() -> Run | None:
        with database.read() as connection:
            present = runs.get(connection, "north", run.id)
        return present if fits(present) else None

    return until(look)


def ended(database: Database, run: Run) -> Run:
    """A run that has ended."""
    return run_when(database, run, lambda it: it.ended)


def found_a_plan(run: Run) -> bool:
    """Whether a solve is under way and has a plan already."""
    return run.state == "running" and run.best is not None


def solves_of(worker: int) -> list[int]:
    """The processes of its solves: they are children of the fork server, which is its child."""
    of = parents()
    return [process for process, parent in of.items() if of.get(parent) == worker]


def children(process: int) -> dict[str, int]:
    """What a process has started that has not ended: command and number."""
    found = {}
    for child in [child for child, parent in parents().items() if parent == process]:
        with suppress(FileNotFoundError, ProcessLookupError):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            found[b" ".join(words).decode()] = child
    return found


def parents() -> dict[int, int]:
    """Every process that has not ended, with its parent."""
    return {
        int(path.parent.name): int(fields[1])
        for path in Path("/proc").glob("[0-9]*/stat")
        if (fields := stat_of(path)) and fields[0] != "Z"
    }


def gone(process: int) -> bool:
    """Whether a process has ended."""
    return stat_of(Path(f"/proc/{process}/stat"))[:1] in ([], ["Z"])


def stat_of(path: Path) -> list[str]:
    """State, parent and so on of a process; nothing if it has ended."""
    try:
        return path.read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
