"""What can go wrong, as one tree of exceptions.

    AllocatorError
    ├── InvalidDocument     a rollout or plan document with faults, all of them at once
    └── SolverDefect        a plan that breaks a rule although it was about to be handed out

A fault is the user's to mend, a defect is ours. Nothing here knows of HTTP or of terminals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allocator.plan import Violation


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a document: where, what kind, and a sentence that says it.

    `path` reads like `tasks[3].crew[0].skill`; it is empty for the document as a whole. `line` is
    the line in the file (from 1), where it is known.
    """

    path: str
    code: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.path or "document"
        return (
            f"{place}: {self.message}"
            if self.line is None
            else (f"line {self.line}, {place}: {self.message}")
        )


class AllocatorError(Exception):
    """Anything that this package raises on purpose."""


class InvalidDocument(AllocatorError):
    """A document that cannot be used, with every fault that was found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class SolverDefect(AllocatorError):
    """A plan failed its own check, or a proof contradicts a plan; nothing of it is handed out."""

    def __init__(self, violations: Iterable[Violation], message: str = "") -> None:
        self.violations = tuple(violations)
        lines = [f"{violation.rule}: {violation.message}" for violation in self.violations]
        super().__init__("\n".join([*([message] if message else []), *lines]))
