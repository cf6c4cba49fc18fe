"""Whichever spelling a rollout document comes in: YAML, JSON or a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.errors import Fault, InvalidDocument
from allocator.formats.text.lines import locate
from allocator.formats.text.tree import read_tree
from allocator.formats.workbook.opening import is_workbook
from allocator.formats.workbook.reading import read_rollout

Faults = tuple[Fault, ...]


@dataclass(frozen=True)
class Opened:
    """A document in a file or request: its tree, and what is to be said of the file itself."""

    tree: object
    locate: Callable[[Faults], Faults]
    """The same faults, each with its line or its cell."""
    faults: Faults = ()
    more: int = 0
    """Faults of the file that are counted only."""
    warnings: Faults = ()

    def all_faults(self, faults: Faults) -> Faults:
        """The faults of the file, and those of the document in cells that have none yet."""
        reported = {fault.cell for fault in self.faults}
        located = self.locate(faults)
        return (*self.faults, *(it for it in located if it.cell is None or it.cell not in reported))

    def checked(self) -> object:
        """The tree of a file without faults of its own; else InvalidDocument."""
        if self.faults:
            raise InvalidDocument(self.faults, self.more)
        return self.tree


def open_document(content: bytes) -> Opened:
    """The document in a file or request; raises InvalidDocument where nothing can be read."""
    if is_workbook(content):
        read = read_rollout(content)
        faults, warnings = tuple(read.faults), tuple(read.warnings)
        return Opened(read.tree, read.places.locate, faults, read.more, warnings)
    return Opened(read_tree(content), lambda faults: locate(content, faults))
