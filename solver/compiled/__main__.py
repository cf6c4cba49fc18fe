"""Compile the search and keep its machine code: `python -m solver.compiled`."""

from __future__ import annotations

import os

from solver.compiled.readiness import make_ready

POLITENESS = 3
"""So much lower is the priority of compiling."""

if __name__ == "__main__":
    os.nice(POLITENESS)
    make_ready()
