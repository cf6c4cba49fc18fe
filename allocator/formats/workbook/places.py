"""Where the parts of a document stand in its workbook: paths to cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from allocator.errors import Cell, Fault
from allocator.formats.workbook.book import SheetCell
from allocator.formats.workbook.layout import Column
from allocator.formats.workbook.shown import remark

_INDEX = re.compile(r"\[\d+\]$")
_LAST_STEP = re.compile(r"(\[\d+\]|\.?[^.\[\]]+)$")


@dataclass
class Places:
    """The cells of a document, found while it was read."""

    cells: dict[str, Cell] = field(default_factory=dict)
    """By path: single fields, and each list with the head of its sheet."""
    rows: dict[str, tuple[str, int, Mapping[str, str]]] = field(default_factory=dict)
    """By path of an entry: sheet, row, and the column of each of its fields."""
    shown: dict[str, tuple[SheetCell, Column, object]] = field(default_factory=dict)
    """By path of a field whose cell may show another thing than it holds: with what was read."""

    def of(self, path: str) -> Cell | None:
        """The cell of a path, or of the nearest thing around it that has one."""
        inside = ""
        while True:
            if path in self.cells:
                return self.cells[path]
            if path in self.rows:
                return self._in_row(path, inside)
            found = _LAST_STEP.search(path)
            if found is None:
                return None
            inside = found[1] + inside
            path = path[: found.start()]

    def _in_row(self, path: str, inside: str) -> Cell:
        sheet, row, columns = self.rows[path]
        inside = inside.removeprefix(".")
        while inside:
            if inside in columns:
                return Cell(sheet, row, columns[inside])
            found = _LAST_STEP.search(inside)
            assert found is not None  # a step is left
            inside = inside[: found.start()]
        return Cell(sheet, row, min(columns.values(), key=lambda it: (len(it), it), default="A"))

    def locate(self, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
        """The same faults, each with its cell, and with what that shows if it is another thing."""
        return tuple(it if it.cell is not None else self._located(it) for it in faults)

    def _located(self, fault: Fault) -> Fault:
        path = fault.path if fault.path in self.shown else _INDEX.sub("", fault.path)
        said = remark(*self.shown[path]) if path in self.shown else ""
        message = fault.message
        if said:
            # A cell has no quotes to put a word into, as a text has.
            message = said if fault.code == "not_text" else f"{fault.message} {said}"
        return replace(fault, message=message, cell=self.of(fault.path))
