"""What a workbook holds: sheets, and of these the cells that have a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from openpyxl.utils import get_column_letter

Value = str | int | float | bool | datetime | date | time | timedelta


class SheetCell(NamedTuple):
    """A cell with a value: where it stands (from 1), what it holds, and how that is shown."""

    row: int
    column: int
    value: Value | None
    """None of a formula that was never worked out."""
    number_format: str = "General"
    formula: bool = False
    error: bool = False

    @property
    def coordinate(self) -> str:
        """What spreadsheets call it: `B12`."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass
class Sheet:
    """A sheet; `merged` and `comments` are the places of those, in order."""

    title: str
    cells: list[SheetCell] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    """(place, author)."""

    def rows(self, first: int = 1) -> Iterator[tuple[int, Mapping[int, SheetCell]]]:
        """The rows that have any value, from a row on: number, and the cells by column."""
        for row, cells in groupby(sorted(self.cells, key=_position), lambda it: it.row):
            if row >= first:
                yield row, {it.column: it for it in cells}


@dataclass
class Book:
    """The sheets of a workbook in order."""

    sheets: list[Sheet] = field(default_factory=list)


def _position(cell: SheetCell) -> tuple[int, int]:
    return cell.row, cell.column
