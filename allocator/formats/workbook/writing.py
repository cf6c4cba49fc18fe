"""Writes a rollout document as a workbook that reads back as the same document."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from allocator.errors import Fault, InvalidDocument
from allocator.formats.faults import shape_faults
from allocator.formats.models.rollout import RolloutDocument
from allocator.formats.workbook import notes
from allocator.formats.workbook.cells import TEXT_FORMAT, chunks, format_of, to_cell
from allocator.formats.workbook.layout import (
    AS_WRITTEN,
    NUMBER,
    PUBLISHED,
    READ_ME,
    Column,
    Form,
    Layout,
    Listing,
    layout,
)
from allocator.formats.workbook.table import (
    SPARE_ROWS,
    Heading,
    embolden,
    finish,
    offer,
    write_head,
    write_links,
    write_page,
    write_text,
)

Tree = Mapping[str, Any]

_MISSING = object()


@dataclass
class _Row:
    """A row on its way into a sheet: the entry, and to which entry it belongs."""

    entry: object
    path: str
    owner: str | None = None
    key: str | None = None


@dataclass
class _Rows:
    """The rows of each listing, and the faults of what no workbook can tell apart."""

    rows: dict[str, list[_Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def write_rollout(tree: object) -> bytes:
    """The workbook of a rollout document; InvalidDocument if its shape is not that of one.

    What the document refers to is not looked up here.
    """
    try:
        RolloutDocument.model_validate(tree)
    except ValidationError as error:
        raise InvalidDocument(fault for _, fault in shape_faults(error, RolloutDocument)) from None
    assert isinstance(tree, dict)  # or it would not have been valid
    sheets, found = layout(), _Rows()
    _collect(tree, "", None, None, sheets, found)
    if found.faults:
        raise InvalidDocument(found.faults)
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_read_me(book, sheets)
    for form in sheets.forms:
        if form.name != PUBLISHED or PUBLISHED in tree:
            _write_form(book, form, tree)
    for listing in sheets.listings:
        rows = found.rows.get(listing.name, [])
        if rows or not listing.name.startswith(f"{PUBLISHED} "):
            _write_listing(book, listing, rows, found)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _collect(
    entry: Tree, path: str, key: str | None, owner: Listing | None, sheets: Layout, found: _Rows
) -> None:
    """Sort the entries of the lists in an entry into the rows of their sheets."""
    for listing in sheets.children(owner):
        entries = value_at(entry, listing.path)
        if not isinstance(entries, list):
            continue
        rows = found.rows.setdefault(listing.name, [])
        known = {row.key for row in rows}
        for index, inner in enumerate(entries):
            at = f"{path}.{listing.path}[{index}]" if path else f"{listing.path}[{index}]"
            row = _Row(inner, at, key)
            if listing.key is not None:
                row.key = str(len(rows) + 1) if listing.numbered else str(inner[listing.key])
                if row.key in known:
                    message = f'"{row.key}" is given twice; a workbook cannot tell the two apart.'
                    found.faults.append(Fault(f"{at}.{listing.key}", "duplicate_id", message))
                known.add(row.key)
                _collect(inner, at, row.key, listing, sheets, found)
            rows.append(row)


def value_at(entry: Tree, path: str) -> Any:
    """The value at the end of a path such as `limits.hours_per_day`, or `_MISSING`."""
    value: Any = entry
    for step in path.split("."):
        if not isinstance(value, dict) or step not in value:
            return _MISSING
        value = value[step]
    return value


def _as_written(entry: object, prefix: str = "") -> dict[str, object]:
    """The fields of an entry that are there without a value, as path -> null, [] or {}."""
    found: dict[str, object] = {}
    if isinstance(entry, dict):
        for name, value in entry.items():
            path = f"{prefix}{name}"
            if value is None or value in ([], {}):
                found[path] = value
            elif isinstance(value, dict):
                found |= _as_written(value, f"{path}.")
    return found


def _write_read_me(book: Workbook, sheets: Layout) -> None:
    sheet = book.create_sheet(READ_ME)
    row = write_page(sheet, notes.TITLE, notes.PAGE)
    write_text(sheet.cell(row + 1, 1), "sheet")
    write_text(sheet.cell(row + 1, 2), "a row of it is")
    for number in (1, 2):
        embolden(sheet.cell(row + 1, number))
    write_links(sheet, row + 2, notes.links(sheets))


def _write_form(book: Workbook, form: Form, tree: Tree) -> None:
    sheet = book.create_sheet(form.name)
    write_head(sheet, [Heading("field"), Heading("value"), Heading("meaning")])
    row = 1
    for row, column in enumerate(form.columns, 2):
        write_text(sheet.cell(row, 1), column.path)
        if column.needed:
            embolden(sheet.cell(row, 1))
        sheet.cell(row, 2).number_format = format_of(column)
        value = value_at(tree, column.path)
        if value is not _MISSING and value is not None:
            _put(sheet, row, 2, value, column)
        write_text(sheet.cell(row, 3), notes.note_of(column))
        if column.choices:
            _offer_choices(sheet, "B", row, row, column.choices)
    bare = _as_written(tree) if form.name != PUBLISHED else {}
    if bare:
        row += 1
        write_text(sheet.cell(row, 1), AS_WRITTEN)
        write_text(sheet.cell(row, 2), json.dumps(bare))
        write_text(sheet.cell(row, 3), notes.AS_WRITTEN_NOTE)
    finish(sheet, row, 3)
    sheet.column_dimensions["C"].width = 90


def _write_listing(book: Workbook, listing: Listing, rows: Sequence[_Row], found: _Rows) -> None:
    sheet = book.create_sheet(listing.name)
    columns: list[Column | None] = []
    headings: list[Heading] = []
    if listing.owner_heading is not None:
        headings.append(
            Heading(listing.owner_heading, notes.owner_note(listing), True, TEXT_FORMAT)
        )
    if listing.numbered:
        headings.append(Heading(NUMBER, notes.NUMBER_NOTE))
    first = len(headings) + 1
    for column in listing.columns:
        for part in range(_parts(column, rows)):
            name = column.path if part == 0 else f"{column.path} ({part + 1})"
            headings.append(Heading(name, notes.note_of(column), column.needed, format_of(column)))
            columns.append(column if part == 0 else None)
    bare = [_bare_of(listing, row.entry) for row in rows]
    if any(it is not None for it in bare):
        headings.append(Heading(AS_WRITTEN, notes.AS_WRITTEN_NOTE, False, TEXT_FORMAT))
    write_head(sheet, headings)
    for number, (row, left) in enumerate(zip(rows, bare, strict=True), 2):
        if listing.owner_heading is not None:
            _write_key(sheet, number, 1, row.owner, listing.owner)
        if listing.numbered:
            sheet.cell(number, first - 1, int(row.key or 0))
        for at, each in enumerate(columns, first):
            if each is not None:
                _write_value(sheet, number, at, row.entry, each, listing.bare)
        if left is not None:
            write_text(sheet.cell(number, len(headings)), json.dumps(left))
    _offer_lists(sheet, listing, columns, first, len(rows) + 1, found)
    finish(sheet, len(rows) + 1, len(headings))


def _write_key(
    sheet: Worksheet, row: int, column: int, key: str | None, owner: Listing | None
) -> None:
    if owner is not None and owner.numbered:
        sheet.cell(row, column, int(key or 0))
    else:
        cell = Column("id", "id")
        _put(sheet, row, column, key, cell)


def _bare_of(listing: Listing, entry: object) -> object:
    """What stands under `as written`: None for nothing."""
    if not isinstance(entry, dict):
        return None
    left = _as_written(entry)
    # {task: t-install} and t-install mean the same; the mark keeps the document as it is.
    marked = listing.bare is not None and set(entry) == {listing.bare}
    return left if left or marked else None


def _write_value(
    sheet: Worksheet, row: int, at: int, entry: object, column: Column, bare: str | None
) -> None:
    if isinstance(entry, dict):
        value = value_at(entry, column.path)
    else:
        value = entry if column.path == bare else _MISSING
    if value is _MISSING or value is None or value == []:
        return
    if column.many:
        for part, text in enumerate(chunks(value)):
            cell = sheet.cell(row, at + part)
            write_text(cell, text)
            cell.number_format = TEXT_FORMAT
    else:
        _put(sheet, row, at, value, column)


def _parts(column: Column, rows: Sequence[_Row]) -> int:
    """How many cells the longest list of a column needs."""
    if not column.many:
        return 1
    lists = (value_at(row.entry, column.path) for row in rows if isinstance(row.entry, dict))
    return max((len(list(chunks(it))) for it in lists if isinstance(it, list)), default=1)


def _put(sheet: Worksheet, row: int, at: int, value: object, column: Column) -> None:
    shown, number_format = to_cell(value, column)
    cell = sheet.cell(row, at)
    if isinstance(shown, str):
        write_text(cell, shown)
    else:
        cell.value = shown
    cell.number_format = number_format


def _offer_lists(
    sheet: Worksheet,
    listing: Listing,
    columns: Sequence[Column | None],
    first: int,
    last: int,
    found: _Rows,
) -> None:
    """Lists to choose from: words of a field, ids of other sheets, the entry that a row is of."""
    if listing.name.startswith(f"{PUBLISHED} "):
        return  # what is published may name what is gone
    until = last + SPARE_ROWS
    if listing.owner is not None and listing.owner.key == "id":
        _offer_ids(sheet, "A", until, listing.owner.name, found)
    for at, column in enumerate(columns, first):
        letter = get_column_letter(at)
        if column is None or column.many:
            continue
        if column.kind == "flag":
            _offer_choices(sheet, letter, 2, until, ("TRUE", "FALSE"))
        elif column.choices:
            _offer_choices(sheet, letter, 2, until, column.choices)
        elif column.refers_to is not None:
            _offer_ids(sheet, letter, until, column.refers_to, found)


def _offer_choices(
    sheet: Worksheet, letter: str, first: int, last: int, choices: Sequence[object]
) -> None:
    words = ",".join(str(it) for it in choices)
    offer(sheet, letter, first, last, f'"{words}"', f"Known here: {words}.")


def _offer_ids(sheet: Worksheet, letter: str, last: int, listing: str, found: _Rows) -> None:
    rows = len(found.rows.get(listing, [])) + 1 + SPARE_ROWS
    formula = f"{quote_sheetname(listing)}!$A$2:$A${rows}"
    offer(sheet, letter, 2, last, formula, f'There is no such id in the sheet "{listing}" yet.')
