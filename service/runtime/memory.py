"""How much memory a solve may use, and how much a process uses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "ALLOCATOR_SOLVE_MEMORY"
"""The environment variable with the megabytes of one solve."""

SHARE = 0.7
"""Share of the memory of the machine or container that a solve may use if no limit is given."""

HARD = 1.25
"""A solve that is so far over its memory does not end by itself, and is ended."""

LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
MEGABYTE = 1_000_000
PAGE = os.sysconf("SC_PAGE_SIZE")


def solve_memory_mb(environment: Mapping[str, str] = os.environ) -> float:
    """Megabytes that a solve may use: as the environment says, else a share of what there is."""
    try:
        return max(1.0, float(environment[VARIABLE]))
    except (KeyError, ValueError):
        return SHARE * total_mb()


def total_mb() -> float:
    """Megabytes of the machine, or of the container if it has fewer."""
    limits = [os.sysconf("SC_PHYS_PAGES") * PAGE]
    for path in LIMITS:
        try:
            limits.append(int(path.read_text(encoding="ascii")))
        except (OSError, ValueError):
            continue  # there is none, or it says "max"
    return min(limits) / MEGABYTE


def used_mb(process: int) -> float:
    """Megabytes that another process holds now; 0 where it is gone or nobody says."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * PAGE / MEGABYTE
