"""How much memory this process holds."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

PROC = Path("/proc")
PAGE = resource.getpagesize()
MEGABYTE = 1_000_000


def resident_mb(process: int | None = None) -> float:
    """Megabytes that this or another process holds now.

    Where the system does not say, what this one held at most, and nothing of another.
    """
    statm = PROC / ("self" if process is None else str(process)) / "statm"
    try:
        return int(statm.read_text(encoding="ascii").split()[1]) * PAGE / MEGABYTE
    except (OSError, ValueError, IndexError):
        if process is not None:
            return 0.0
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / MEGABYTE if sys.platform == "darwin" else most * 1024 / MEGABYTE
