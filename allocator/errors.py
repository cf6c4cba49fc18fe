"""What can go wrong, as one tree of exceptions.

    AllocatorError
    ├── InvalidDocument     a rollout or plan document with faults, all of them at once
    └── SolverDefect        a solve came to no checked plan at all, by our fault

A fault is the user's to mend, a defect is ours. Nothing here knows of HTTP or of terminals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from allocator.outcome import Defect

MAX_FAULTS = 1000
"""More faults than this help nobody; the last one then says how many more there are."""

MAX_KEPT = 10 * MAX_FAULTS
"""So many are kept while a document is read, to be reported once each; more are counted only."""

MAX_LETTERS = 600
"""A path or a sentence of a fault is shown up to here."""


MAX_KEY = 80
"""The name of a field is shown in a path up to here."""


def key_shown(key: str) -> str:
    """The name of a field as paths show it."""
    return key if len(key) <= MAX_KEY else f"{key[: MAX_KEY - 3]}..."


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a workbook: its sheet, its row from 1, and the letters of its column."""

    sheet: str
    row: int
    column: str

    @classmethod
    def at(cls, sheet: str, place: str) -> Cell:
        """The cell that spreadsheets call `B12`."""
        column = place.rstrip("0123456789")
        return cls(sheet, int(place[len(column) :]), column)

    def __str__(self) -> str:
        return f'sheet "{self.sheet}" at {self.column}{self.row}'


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a document: where, what kind, and a sentence that says it.

    `path` reads like `tasks[3].crew[0].skill`; it is empty for the document as a whole. `line` is
    the line in the file (from 1), or `cell` the cell of the workbook, where it is known.
    """

    path: str
    code: str
    message: str
    line: int | None = None
    cell: Cell | None = None

    def __str__(self) -> str:
        places = [] if self.line is None else [f"line {self.line}"]
        places += [] if self.cell is None else [str(self.cell)]
        places.append(self.path or "document")
        return f"{', '.join(places)}: {self.message}"

    def shown(self) -> dict[str, object]:
        """The fault as plain values, for machines and pages."""
        return asdict(self)


class AllocatorError(Exception):
    """Anything that this package raises on purpose."""


class InvalidDocument(AllocatorError):
    """A document that cannot be used, with every fault that was found in it, each once.

    `more` is how many there are that are not handed in. Whoever shows the faults shows an answer of
    bounded length: beyond MAX_FAULTS they are counted, and long texts in them are cut.
    """

    def __init__(self, faults: Iterable[Fault], more: int = 0) -> None:
        every = list(dict.fromkeys(faults))
        self.listed = tuple(_short(fault) for fault in every[:MAX_FAULTS])
        self.more = more + len(every) - len(self.listed)
        self.faults = self.listed
        if self.more:
            last = Fault("", "more_faults", f"There are {self.more} more faults.")
            self.faults = (*self.listed, last)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def _short(fault: Fault) -> Fault:
    if len(fault.path) <= MAX_LETTERS and len(fault.message) <= MAX_LETTERS:
        return fault
    return replace(fault, path=_cut(fault.path), message=_cut(fault.message))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_LETTERS else f"{text[: MAX_LETTERS - 3]}..."


class SolverDefect(AllocatorError):
    """A solve came to no checked plan, and that is our fault: what was set aside on the way."""

    def __init__(self, defects: Iterable[Defect]) -> None:
        self.defects = tuple(defects)
        super().__init__("\n".join(defect.message for defect in self.defects))
