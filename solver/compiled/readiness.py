"""Whether the machine code of the compiled search is there, and how it gets there.

Compiling takes minutes, once for each version on each machine. Nobody waits for it: it is done in a
process of its own (`python -m solver.compiled`), and until it has ended solves search as
they can without it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

import numba
import numpy as np
from llvmlite import binding

from solver.compiled.block import Block
from solver.compiled.search import begin, search
from solver.machine_code import kept_in


@cache
def _marker() -> Path | None:
    """The file that says that machine code for this processor is there."""
    place = kept_in()
    if place is None:
        return None
    features = binding.get_host_cpu_features().flatten()
    cpu = f"{binding.get_host_cpu_name()} {features} {numba.__version__} {sys.version}"
    return place / f"ready-{hashlib.sha256(cpu.encode()).hexdigest()[:16]}"


def is_ready() -> bool:
    """Whether the compiled search can begin at once."""
    marker = _marker()
    return marker is not None and marker.exists()


def make_ready() -> None:
    """Compile, and keep the machine code; nothing is done where it cannot be kept.

    Waits for a process that is at it already. One that is killed leaves it to the next.
    """
    marker = _marker()
    if marker is None or marker.exists() or not os.access(marker.parent, os.W_OK):
        return
    with marker.with_suffix(".claim").open("w") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX)
        if marker.exists():
            return
        numbers = np.zeros(1, dtype=np.int64)
        block = numba.typeof(  # type: ignore[no-untyped-call]
            Block(numbers, numbers.view(np.uint64), numbers.view(np.float64))
        )
        begin.compile((block,))  # type: ignore[attr-defined]
        search.compile((block, numba.int64))  # type: ignore[attr-defined]
        marker.touch()


def get_ready() -> None:
    """See to it that the machine code will be there, without waiting for it."""
    marker = _marker()
    if marker is None or marker.exists() or _is_claimed(marker.with_suffix(".claim")):
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "solver.compiled"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
        start_new_session=True,  # it goes on when the solve has ended: the next one has it
    )
    threading.Thread(target=process.wait, daemon=True).start()


def _is_claimed(claim: Path) -> bool:
    """Whether a process is at it, or none can be, as nothing can be written there."""
    try:
        with claim.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
