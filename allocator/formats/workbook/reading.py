"""Reads a workbook as a rollout document: the same tree that YAML and JSON are read as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from allocator.errors import Cell, Fault, InvalidDocument
from allocator.formats.faults import nearest
from allocator.formats.text.tree import read_tree
from allocator.formats.workbook.cells import from_cell
from allocator.formats.workbook.heads import Head, read_head
from allocator.formats.workbook.layout import (
    AS_WRITTEN,
    READ_ME,
    Column,
    Form,
    Listing,
    layout,
)
from allocator.formats.workbook.opening import open_book
from allocator.formats.workbook.places import Places
from allocator.formats.workbook.table import NOTES_BY, SheetCell

OWN = "#"
"""Sheets and columns whose name begins with it belong to whoever made them."""

MOST_NAMED = 5
"""So many cells are named in a warning about several."""

_TEXT = Column("", "text")


@dataclass
class Read:
    """What a workbook holds: the tree, where its parts stand, and what is wrong with the file."""

    tree: dict[str, Any] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_rollout(content: bytes) -> Read:
    """The rollout document in a workbook, with the faults and warnings of the file.

    Raises InvalidDocument only where nothing can be read at all.
    """
    reader = _Reader(open_book(content), lambda: open_book(content, values=True))
    reader.read()
    return reader.found


class _Reader:
    """Goes through the sheets once, owners before what belongs to them."""

    def __init__(self, book: Workbook, reopen: Callable[[], Workbook]) -> None:
        self.book = book
        self.found = Read()
        self._reopen = reopen
        self._values: Workbook | None = None
        self._owners: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {}
        """By listing and key: path and tree of the entries to which rows of others belong."""
        self._formulas: defaultdict[str, list[str]] = defaultdict(list)
        self._bad: set[Cell] = set()

    def read(self) -> None:
        sheets = self._sheets()
        for form in layout().forms:
            if form.name in sheets:
                self._form(form, sheets[form.name])
        for listing in layout().listings:
            if listing.name in sheets:
                self._listing(listing, sheets[listing.name])
        if not sheets:
            message = 'The workbook has no sheet of a rollout, such as "rollout" or "people".'
            raise InvalidDocument([Fault("", "not_a_rollout", message)])
        for sheet in sheets.values():
            self._tell_remarks(sheet)
        for title, cells in self._formulas.items():
            message = f"There are formulas at {_some(cells)}: their values count, and only those."
            self._warn("formulas", message, title, cells[0])

    def _sheets(self) -> dict[str, Worksheet]:
        """The sheets that are part of the document, by name."""
        known = _names()
        found: dict[str, Worksheet] = {}
        for sheet in self.book.worksheets:
            name = sheet.title.strip().lower()
            if name in found:
                self._fault("duplicate_key", "", "The sheet is there twice.", sheet.title, "A1")
            elif name in known:
                found[name] = sheet
            elif sheet.title.startswith(OWN):
                message = f'The sheet "{sheet.title}" is your own, not part of the document.'
                self._warn("not_part", message, sheet.title, "A1")
            elif name != READ_ME and any(True for _ in _filled(sheet)):
                hint = nearest(name, known)
                message = f'There is no sheet "{sheet.title}" in a rollout.{hint}'
                if not hint:
                    message += f' Sheets of your own have names that begin with "{OWN}".'
                self._fault("unknown_sheet", "", message, sheet.title, "A1")
        return found

    def _form(self, form: Form, sheet: Worksheet) -> None:
        columns = {it.path: it for it in form.columns}
        lines: dict[str, int] = {}
        for row, (cell, *others) in enumerate(sheet.iter_rows(min_row=2), 2):
            heading = cell.value
            if heading is None:
                for other in others:
                    if other.value is not None:
                        message = "The value stands beside no field."
                        self._fault("unknown_field", "", message, sheet.title, other.coordinate)
                continue
            name = str(heading).strip()
            if name.startswith(OWN):
                message = f'The row "{name}" is your own, not part of the document.'
                self._warn("not_part", message, sheet.title, cell.coordinate)
            elif name in lines:
                message = f'The field "{name}" is given twice, first in row {lines[name]}.'
                self._fault("duplicate_key", name, message, sheet.title, cell.coordinate)
            elif name in columns or name == AS_WRITTEN:
                lines[name] = row
            else:
                message = f'There is no field "{name:.80}" here.{nearest(name, columns)}'
                self._fault("unknown_field", name, message, sheet.title, cell.coordinate)
            # The third column is our own explanation; what else there is would be lost.
            for other in others[2:]:
                if other.value is not None:
                    message = f"{other.coordinate} is beside the table, not part of the document."
                    self._warn("not_part", message, sheet.title, other.coordinate)
        for name, row in lines.items():
            cell = sheet.cell(row, 2)
            if name == AS_WRITTEN:
                continue
            self.found.places.cells[name] = Cell(sheet.title, row, "B")
            _set(self.found.tree, name, self._value(cell, columns[name], name))
        if AS_WRITTEN in lines:
            self._complete(self.found.tree, sheet.cell(lines[AS_WRITTEN], 2))

    def _listing(self, listing: Listing, sheet: Worksheet) -> None:
        head = read_head(listing, sheet)
        self.found.faults += head.faults
        self.found.warnings += head.warnings
        where = f"{listing.owner.name}" if listing.owner else listing.path
        self.found.places.cells.setdefault(where, Cell(sheet.title, 1, "A"))
        counts: defaultdict[str, int] = defaultdict(int)
        for cells in sheet.iter_rows(min_row=2):
            filled = {at for at, cell in enumerate(cells) if cell.value not in (None, "")}
            if filled - head.own:
                self._row(listing, head, cells, counts)

    def _row(
        self,
        listing: Listing,
        head: Head,
        cells: tuple[SheetCell, ...],
        counts: defaultdict[str, int],
    ) -> None:
        cell = Cell.at(*_at(cells[0]))
        sheet, row = cell.sheet, cell.row
        self._beside(head, cells)
        owner = self._owner(listing, head, cells)
        if owner is None:
            return
        path, into = owner
        base = f"{path}.{listing.path}" if path else listing.path
        path = f"{base}[{counts[base]}]"
        counts[base] += 1
        letters = {
            column.path: get_column_letter(numbers[0] + 1) for column, numbers in head.columns
        }
        self.found.places.rows[path] = (sheet, row, letters)
        entry: dict[str, Any] = {}
        for column, numbers in head.columns:
            at = f"{path}.{column.path}"
            values = [self._value(cells[it], column, at) for it in numbers if it < len(cells)]
            present = [it for it in values if it is not None]
            if column.many:
                words = [word for it in present for word in (it if isinstance(it, list) else [it])]
                _set(entry, column.path, words or None)
            elif present:
                _set(entry, column.path, present[0])
        marked = self._mark(entry, head, cells)
        value: Any = entry
        if listing.bare is not None and not marked and set(entry) <= {listing.bare}:
            value = entry.get(listing.bare)
            self.found.places.rows[path] = (sheet, row, letters)
        _append(into, listing.path, value)
        if listing.key is not None:
            self._remember(listing, head, cells, entry, path)

    def _remember(
        self,
        listing: Listing,
        head: Head,
        cells: tuple[SheetCell, ...],
        entry: dict[str, Any],
        path: str,
    ) -> None:
        """Keep an entry for the rows of other sheets that belong to it."""
        known = self._owners.setdefault(listing.name, {})
        key = entry.get(str(listing.key))
        if listing.numbered:
            key = None if head.number is None else _key(cells, head.number)
            if key is not None and key in known:
                message = f"The number {key} is given twice."
                self._fault("duplicate_id", path, message, *_at(cells[head.number or 0]))
        if isinstance(key, str):
            known.setdefault(key, (path, entry))

    def _owner(
        self, listing: Listing, head: Head, cells: tuple[SheetCell, ...]
    ) -> tuple[str, dict[str, Any]] | None:
        """Path and tree of the entry to which a row belongs; a fault if there is none."""
        if listing.owner is None:
            return "", self.found.tree
        where = f"{listing.owner.path}.{listing.path}"
        heading = str(listing.owner_heading)
        if head.owner is None:
            return None  # told once, at the head
        key = _key(cells, head.owner)
        if key is None:
            message = f'The field "{heading}" is missing.'
            self._fault("missing_field", where, message, *_at(cells[head.owner]))
            return None
        known = self._owners.get(listing.owner.name, {})
        if key not in known:
            kind = heading.removeprefix("of ")
            message = f'There is no {kind} "{key}".{nearest(key, known)}'
            self._fault(f"unknown_{kind}", where, message, *_at(cells[head.owner]))
            return None
        return known[key]

    def _mark(self, entry: dict[str, Any], head: Head, cells: tuple[SheetCell, ...]) -> bool:
        """Add the fields without a value; whether there is a mark at all."""
        if head.as_written is None or head.as_written >= len(cells):
            return False
        cell = cells[head.as_written]
        return cell.value is not None and self._complete(entry, cell)

    def _complete(self, entry: dict[str, Any], cell: SheetCell) -> bool:
        """Add the fields that a document names without a value, where they still have none."""
        try:
            named = read_tree(str(cell.value).encode())
        except InvalidDocument:
            named = None
        if not isinstance(named, dict) or any(it not in (None, [], {}) for it in named.values()):
            message = f'"{AS_WRITTEN}" names fields without a value, and nothing else.'
            self._fault("syntax", "", message, *_at(cell))
            return False
        for path, value in named.items():
            _set(entry, path, value, only_new=True)
        return True

    def _beside(self, head: Head, cells: tuple[SheetCell, ...]) -> None:
        """Tell of what stands in columns without a head."""
        for number, cell in enumerate(cells):
            if cell.value not in (None, "") and number in head.without:
                message = "The value stands in a column without a head."
                self._fault("unknown_field", "", message, *_at(cell))

    def _value(self, cell: SheetCell, column: Column, path: str) -> object:
        """The value of a field; of a formula what it came to."""
        if cell.data_type == "f":
            self._formulas[cell.parent.title].append(cell.coordinate)
            if self._values is None:
                self._values = self._reopen()
            sheet, place = _at(cell)
            cell = self._values[sheet][place]
            if cell.value is None:
                message = "The formula has no value yet: open the workbook and save it again."
                self._fault("formula_without_value", path, message, sheet, place)
                return None
        if cell.data_type == "e":
            message = f"The cell shows the error {cell.value}."
            self._fault("cell_error", path, message, *_at(cell))
            return None
        return from_cell(cell.value, str(cell.number_format), column)

    def _tell_remarks(self, sheet: Worksheet) -> None:
        """Tell of comments and merged cells: neither is part of a document."""
        comments = [
            cell.coordinate
            for row, cells in enumerate(sheet.iter_rows(), 1)
            for cell in cells
            if cell.comment is not None and (row > 1 or cell.comment.author != NOTES_BY)
        ]
        if comments:
            message = f"The comments at {_some(comments)} are not part of the document."
            self._warn("comments", message, sheet.title, comments[0])
        merged = [str(it) for it in sheet.merged_cells.ranges]
        if merged:
            message = f"Of the merged cells {_some(merged)} only the first one of each counts."
            self._warn("merged_cells", message, sheet.title, merged[0].split(":")[0])

    def _fault(self, code: str, path: str, message: str, sheet: str, place: str) -> None:
        self.found.faults.append(Fault(path, code, message, None, Cell.at(sheet, place)))

    def _warn(self, code: str, message: str, sheet: str, place: str) -> None:
        self.found.warnings.append(Fault("", code, message, None, Cell.at(sheet, place)))


def _names() -> list[str]:
    """The sheets that a rollout may have."""
    return [*(it.name for it in layout().forms), *(it.name for it in layout().listings)]


def _filled(sheet: Worksheet) -> Iterator[SheetCell]:
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _key(cells: tuple[SheetCell, ...], number: int) -> str | None:
    cell = cells[number]
    value = from_cell(cell.value, str(cell.number_format), _TEXT)
    return value if isinstance(value, str) else None


def _at(cell: SheetCell) -> tuple[str, str]:
    return cell.parent.title, cell.coordinate


def _some(cells: list[str]) -> str:
    """`D5, E7 and 3 more`."""
    named, more = ", ".join(cells[:MOST_NAMED]), len(cells) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _set(entry: dict[str, Any], path: str, value: object, only_new: bool = False) -> None:
    """Put a value at the end of a path; None puts nothing, unless the document says null."""
    if value is None and not only_new:
        return
    *steps, last = path.split(".")
    for step in steps:
        inner = entry.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        entry = inner
    if only_new:
        entry.setdefault(last, value)
    else:
        entry[last] = value


def _append(entry: dict[str, Any], path: str, value: object) -> None:
    *steps, last = path.split(".")
    for step in steps:
        entry = entry.setdefault(step, {})
    entry.setdefault(last, []).append(value)
