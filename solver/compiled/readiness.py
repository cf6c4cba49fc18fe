"""Whether the machine code of the compiled search is there, and how it gets there.

Compiling takes minutes, once for each version on each machine. Nobody waits for it: it is done in a
process of its own (`python -m solver.compiled`), and until it has ended solves search as
they can without it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

import numba
import numpy as np
from llvmlite import binding

from solver.compiled.block import Block
from solver.compiled.search import begin, search
from solver.machine_code import kept_in

PATIENCE = 1800.0
"""Seconds after which a process that was to compile is taken to have been killed."""


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
    """Compile, and keep the machine code; where it cannot be kept, nothing is done."""
    marker = _marker()
    if marker is None or marker.exists():
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
    if marker is None or marker.exists() or not _claim(marker.with_suffix(".claim")):
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


def _claim(claim: Path) -> bool:
    """Whether it is for this process to have it done: no other one has begun."""
    try:
        if time.time() - claim.stat().st_mtime > PATIENCE:
            claim.unlink(missing_ok=True)
    except OSError:
        pass  # nobody has claimed it yet
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except OSError:
        return False
    return True
