"""Independent checks of solution files: parsers of their own, nothing shared with the readers.

A solution is `{instance, makespan, tasks: [{task, start, people: [...]}]}` with the numbers of the
file (mspsp and mslib count from 1, smptsp from 0, imopse has identifiers).
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.checkers import imopse, mslib, mspsp, smptsp
from benchmarks.checkers.bookings import Solution

CHECKERS: dict[str, Callable[[str, Solution], list[str]]] = {
    "mspsp": mspsp.faults,
    "imopse": imopse.faults,
    "smptsp": smptsp.faults,
    "mslib": mslib.faults,
}
"""Family -> what is wrong in a solution of an instance's text."""
