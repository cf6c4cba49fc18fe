"""Reads a workbook as a rollout document: the same tree that YAML and JSON are read as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from allocator.errors import MAX_KEPT, Cell, Fault, InvalidDocument
from allocator.formats.faults import Faults, nearest
from allocator.formats.shape import MAX_ENTRIES
from allocator.formats.text.tree import read_tree
from allocator.formats.text.yaml_tree import MAX_NODES, UNPRINTABLE
from allocator.formats.workbook.book import Book, Sheet, SheetCell
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
from allocator.formats.workbook.package import refuse
from allocator.formats.workbook.parts import GENERAL
from allocator.formats.workbook.places import Places
from allocator.formats.workbook.shown import remark
from allocator.formats.workbook.table import NOTES_BY

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
    more: int = 0
    """Faults that are counted only."""
    warnings: list[Fault] = field(default_factory=list)


def read_rollout(content: bytes) -> Read:
    """The rollout document in a workbook, with the faults and warnings of the file.

    Raises InvalidDocument only where nothing can be read at all.
    """
    reader = _Reader(open_book(content))
    reader.read()
    return reader.found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a listing's sheet: its cells by column, and the letters of the fields' columns."""

    sheet: Sheet
    number: int
    cells: Mapping[int, SheetCell]
    letters: Mapping[str, str]

    def at(self, column: int) -> tuple[str, str]:
        """Sheet and place of a column's cell, be there one or not."""
        return self.sheet.title, f"{get_column_letter(column)}{self.number}"


class _Reader:
    """Goes through the sheets once, owners before what belongs to them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.found = Read()
        self._owners: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {}
        """By listing and key: path and tree of the entries to which rows of others belong."""
        self._formulas: defaultdict[str, list[str]] = defaultdict(list)
        self._hints = Faults()
        self._values = 0

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

    def _sheets(self) -> dict[str, Sheet]:
        """The sheets that are part of the document, by name."""
        known = _names()
        found: dict[str, Sheet] = {}
        for sheet in self.book.sheets:
            name = sheet.title.strip().lower()
            if name in found:
                self._fault("duplicate_key", "", "The sheet is there twice.", sheet.title, "A1")
            elif name in known:
                found[name] = sheet
            elif sheet.title.startswith(OWN):
                message = f'The sheet "{sheet.title}" is your own, not part of the document.'
                self._warn("not_part", message, sheet.title, "A1")
            elif name != READ_ME and sheet.cells:
                hint = nearest(name, known)
                message = f'There is no sheet "{sheet.title}" in a rollout.{hint}'
                if not hint:
                    message += f' Sheets of your own have names that begin with "{OWN}".'
                self._fault("unknown_sheet", "", message, sheet.title, "A1")
        return found

    def _form(self, form: Form, sheet: Sheet) -> None:
        columns = {it.path: it for it in form.columns}
        lines: dict[str, int] = {}
        values: dict[str, SheetCell | None] = {}
        for row, cells in sheet.rows(first=2):
            cell = cells.get(1)
            if cell is None:
                for other in cells.values():
                    message = "The value stands beside no field."
                    self._fault("unknown_field", "", message, sheet.title, other.coordinate)
                continue
            name = str(cell.value).strip()
            if name.startswith(OWN):
                message = f'The row "{name}" is your own, not part of the document.'
                self._warn("not_part", message, sheet.title, cell.coordinate)
            elif name in lines:
                message = f'The field "{name}" is given twice, first in row {lines[name]}.'
                self._fault("duplicate_key", name, message, sheet.title, cell.coordinate)
            elif name in columns or name == AS_WRITTEN:
                lines[name], values[name] = row, cells.get(2)
            else:
                message = f'There is no field "{name:.80}" here.{nearest(name, columns)}'
                self._fault("unknown_field", name, message, sheet.title, cell.coordinate)
            # The third column is our own explanation; what else there is would be lost.
            for column, other in cells.items():
                if column > 3:
                    message = f"{other.coordinate} is beside the table, not part of the document."
                    self._warn("not_part", message, sheet.title, other.coordinate)
        for name, row in lines.items():
            if name == AS_WRITTEN:
                continue
            self.found.places.cells[name] = Cell(sheet.title, row, "B")
            value = self._value(sheet, values[name], columns[name], name)
            _set(self.found.tree, name, value)
        as_written = values.get(AS_WRITTEN)
        if as_written is not None:
            self._complete(self.found.tree, sheet, as_written)

    def _listing(self, listing: Listing, sheet: Sheet) -> None:
        head = read_head(listing, sheet)
        self.found.faults += head.faults
        self.found.warnings += head.warnings
        where = f"{listing.owner.name}" if listing.owner else listing.path
        self.found.places.cells.setdefault(where, Cell(sheet.title, 1, "A"))
        counts: defaultdict[str, int] = defaultdict(int)
        letters = {column.path: get_column_letter(numbers[0]) for column, numbers in head.columns}
        entries = 0
        for number, cells in sheet.rows(first=2):
            if cells.keys() - head.own:
                entries += 1
                if entries > MAX_ENTRIES:
                    message = f"The sheet has more than {MAX_ENTRIES:,} entries."
                    self._fault("too_large", where, message, sheet.title, f"A{number}")
                    return
                row = _Row(sheet, number, cells, letters)
                self._row(listing, head, row, counts)

    def _row(self, listing: Listing, head: Head, row: _Row, counts: defaultdict[str, int]) -> None:
        self._beside(head, row)
        owner = self._owner(listing, head, row)
        if owner is None:
            return
        path, into = owner
        base = f"{path}.{listing.path}" if path else listing.path
        path = f"{base}[{counts[base]}]"
        counts[base] += 1
        self.found.places.rows[path] = (row.sheet.title, row.number, row.letters)
        entry: dict[str, Any] = {}
        for column, numbers in head.columns:
            at = f"{path}.{column.path}"
            values = [self._value(row.sheet, row.cells.get(it), column, at) for it in numbers]
            present = [it for it in values if it is not None]
            if column.many:
                words = [word for it in present for word in (it if isinstance(it, list) else [it])]
                _set(entry, column.path, words or None)
            elif present:
                _set(entry, column.path, present[0])
        marked = self._mark(entry, head, row)
        value: Any = entry
        if listing.bare is not None and not marked and set(entry) <= {listing.bare}:
            value = entry.get(listing.bare)
        _append(into, listing.path, value)
        if listing.key is not None:
            self._remember(listing, head, row, entry, path)

    def _remember(
        self, listing: Listing, head: Head, row: _Row, entry: dict[str, Any], path: str
    ) -> None:
        """Keep an entry for the rows of other sheets that belong to it."""
        known = self._owners.setdefault(listing.name, {})
        key = entry.get(str(listing.key))
        if listing.numbered:
            key = None if head.number is None else _key(row, head.number)
            if key is not None and key in known:
                message = f"The number {key} is given twice."
                self._fault("duplicate_id", path, message, *row.at(head.number or 1))
        if isinstance(key, str):
            known.setdefault(key, (path, entry))

    def _owner(self, listing: Listing, head: Head, row: _Row) -> tuple[str, dict[str, Any]] | None:
        """Path and tree of the entry to which a row belongs; a fault if there is none."""
        if listing.owner is None:
            return "", self.found.tree
        where = f"{listing.owner.path}.{listing.path}"
        heading = str(listing.owner_heading)
        if head.owner is None:
            return None  # reported once, at the head
        key = _key(row, head.owner)
        if key is None:
            message = f'The field "{heading}" is missing.'
            self._fault("missing_field", where, message, *row.at(head.owner))
            return None
        known = self._owners.get(listing.owner.name, {})
        if key not in known:
            kind = heading.removeprefix("of ")
            message = f'There is no {kind} "{key}".{self._hints.hint(key, known)}'
            if said := remark(row.cells[head.owner], _TEXT, key):
                message += f" {said}"
            self._fault(f"unknown_{kind}", where, message, *row.at(head.owner))
            return None
        return known[key]

    def _mark(self, entry: dict[str, Any], head: Head, row: _Row) -> bool:
        """Add the fields without a value; whether there is a mark at all."""
        cell = row.cells.get(head.as_written or 0)
        return cell is not None and self._complete(entry, row.sheet, cell)

    def _complete(self, entry: dict[str, Any], sheet: Sheet, cell: SheetCell) -> bool:
        """Add the fields that a document names without a value, where they still have none."""
        try:
            named = read_tree(str(cell.value).encode())
        except InvalidDocument:
            named = None
        if not isinstance(named, dict) or any(it not in (None, [], {}) for it in named.values()):
            message = f'"{AS_WRITTEN}" names fields without a value, and nothing else.'
            self._fault("syntax", "", message, sheet.title, cell.coordinate)
            return False
        for path, value in named.items():
            _set(entry, path, value, only_new=True)
        return True

    def _beside(self, head: Head, row: _Row) -> None:
        """Tell of what stands in columns without a head."""
        for column in row.cells:
            if column not in head.known and column not in head.own:
                message = "The value stands in a column without a head."
                self._fault("unknown_field", "", message, *row.at(column))

    def _value(self, sheet: Sheet, cell: SheetCell | None, column: Column, path: str) -> object:
        """The value of a field; of a formula what it came to."""
        if cell is None:
            return None
        at = sheet.title, cell.coordinate
        if cell.formula:
            self._formulas[sheet.title].append(cell.coordinate)
        if cell.value is None:
            message = "The formula has no value yet: open the workbook and save it again."
            self._fault("formula_without_value", path, message, *at)
            return None
        if cell.error:
            message = f"The cell shows the error {cell.value}."
            self._fault("cell_error", path, message, *at)
            return None
        value = from_cell(cell.value, cell.number_format, column)
        words: list[object] = value if isinstance(value, list) else [value]
        self._count(len(words))
        for word in words:
            if isinstance(word, str) and (found := UNPRINTABLE.search(word)) is not None:
                message = (
                    f"The text holds the control character {ord(found[0]):#04x}, which no cell "
                    f'shows, after "{word[max(0, found.start() - 20) : found.start()]}".'
                )
                self._fault("control_character", path, message, *at)
                return None
        if not isinstance(cell.value, str) and not _plain(cell):
            self.found.places.shown[path] = cell, column, value
        return value

    def _count(self, values: int) -> None:
        self._values += values
        if self._values > MAX_NODES:
            refuse("too_large", f"The workbook holds more than {MAX_NODES:,} values.")

    def _tell_remarks(self, sheet: Sheet) -> None:
        """Tell of comments and merged cells: neither is part of a document."""
        comments = [
            place
            for place, author in sheet.comments
            if author != NOTES_BY or not place.rstrip("1").isalpha()
        ]
        if comments:
            message = f"The comments at {_some(comments)} are not part of the document."
            self._warn("comments", message, sheet.title, comments[0])
        if sheet.merged:
            message = (
                f"Of the merged cells {_some(sheet.merged)} only the first one of each counts."
            )
            self._warn("merged_cells", message, sheet.title, sheet.merged[0].split(":")[0])

    def _fault(self, code: str, path: str, message: str, sheet: str, place: str) -> None:
        if len(self.found.faults) < MAX_KEPT:
            self.found.faults.append(Fault(path, code, message, None, Cell.at(sheet, place)))
        else:
            self.found.more += 1

    def _warn(self, code: str, message: str, sheet: str, place: str) -> None:
        self.found.warnings.append(Fault("", code, message, None, Cell.at(sheet, place)))


def _names() -> list[str]:
    """The sheets that a rollout may have."""
    return [*(it.name for it in layout().forms), *(it.name for it in layout().listings)]


def _plain(cell: SheetCell) -> bool:
    """Whether a cell shows what it holds: a number in no format of its own."""
    return cell.number_format == GENERAL and not isinstance(cell.value, bool)


def _key(row: _Row, column: int) -> str | None:
    cell = row.cells.get(column)
    value = None if cell is None else from_cell(cell.value, cell.number_format, _TEXT)
    return value if isinstance(value, str) else None


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
