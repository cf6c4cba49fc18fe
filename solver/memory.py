"""How much memory this process holds."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATM = Path("/proc/self/statm")
PAGE = resource.getpagesize()
MEGABYTE = 1_000_000


def resident_mb() -> float:
    """Megabytes that the process holds now; where the system does not say, what it held at most."""
    try:
        return int(STATM.read_text(encoding="ascii").split()[1]) * PAGE / MEGABYTE
    except (OSError, ValueError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / MEGABYTE if sys.platform == "darwin" else most * 1024 / MEGABYTE
