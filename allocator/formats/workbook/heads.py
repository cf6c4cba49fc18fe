"""Reads the head of a sheet: which column holds which field, in whatever order they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from allocator.errors import Cell, Fault
from allocator.formats.faults import nearest
from allocator.formats.workbook.book import Sheet
from allocator.formats.workbook.layout import AS_WRITTEN, NUMBER, Column, Listing

_FURTHER = re.compile(r"(.+) \((\d+)\)")
"""The second and further columns of a list that does not fit into one cell: `members (2)`."""


@dataclass
class Head:
    """Positions of the columns from 1, and what is wrong with the head."""

    columns: list[tuple[Column, list[int]]] = field(default_factory=list)
    owner: int | None = None
    number: int | None = None
    as_written: int | None = None
    known: set[int] = field(default_factory=set)
    """Columns with a head."""
    own: set[int] = field(default_factory=set)
    """Columns that belong to whoever made them."""
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_head(listing: Listing, sheet: Sheet) -> Head:
    """The head of a listing's sheet, its first row."""
    head = Head()
    positions: dict[str, list[int]] = {}
    fields = {it.path.lower(): it for it in listing.columns}
    extra = {AS_WRITTEN: AS_WRITTEN}
    if listing.owner_heading is not None:
        extra[listing.owner_heading.lower()] = listing.owner_heading
    if listing.numbered:
        extra[NUMBER] = NUMBER
    known = [it.path for it in listing.columns] + list(extra.values())
    top = next((cells for row, cells in sheet.rows() if row == 1), {})
    for number, cell in sorted(top.items()):
        place = Cell(sheet.title, 1, get_column_letter(number))
        heading = " ".join(str(cell.value).split())
        head.known.add(number)
        further = _FURTHER.fullmatch(heading)
        name = heading.lower()
        if further and (column := fields.get(further[1].lower())) and column.many:
            positions.setdefault(column.path, []).append(number)
            continue
        if heading.startswith("#"):
            head.own.add(number)
            message = f'The column "{heading}" is your own, not part of the document.'
            head.warnings.append(Fault("", "not_part", message, None, place))
        elif name not in fields and name not in extra:
            message = f'There is no field "{heading:.80}" here.{nearest(heading, known)}'
            head.faults.append(Fault(listing.path, "unknown_field", message, None, place))
        elif (path := fields[name].path if name in fields else extra[name]) in positions:
            message = f'The column "{path}" is there twice.'
            head.faults.append(Fault(listing.path, "duplicate_key", message, None, place))
        else:
            positions[path] = [number]
    head.columns = [(it, positions[it.path]) for it in listing.columns if it.path in positions]
    head.owner = _only(positions, listing.owner_heading)
    head.number = _only(positions, NUMBER)
    head.as_written = _only(positions, AS_WRITTEN)
    if (
        listing.owner_heading is not None
        and head.owner is None
        and any(it.row > 1 for it in sheet.cells)
    ):
        message = f'The column "{listing.owner_heading}" is missing.'
        head.faults.append(
            Fault(listing.path, "missing_field", message, None, Cell(sheet.title, 1, "A"))
        )
    return head


def _only(positions: dict[str, list[int]], name: str | None) -> int | None:
    found = positions.get(name or "")
    return found[0] if found else None
