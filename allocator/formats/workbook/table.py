"""How a table looks in a workbook: head, notes, filters, widths, lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from allocator.formats.text.plain import printable

SheetCell = Cell | MergedCell

NARROWEST, WIDEST = 9, 48
NOTES_BY = "allocator"
"""Who wrote the notes at the heads of columns."""

SPARE_ROWS = 2_000
"""Rows below the last one that have the same formats and lists to choose from."""

_HEAD = Font(bold=True, color="FFFFFF")
_OPTIONAL_HEAD = Font(color="FFFFFF")
_FILL = PatternFill("solid", start_color="1F4E78")
_TITLE = Font(bold=True, size=14)
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: its text, and the note that explains it."""

    text: str
    note: str = ""
    needed: bool = True
    number_format: str = "General"


def write_text(cell: SheetCell, text: str) -> None:
    """Text as text, also where a spreadsheet would take it for a formula or an error."""
    cell.value = printable(text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in "=+-@'"


def write_head(sheet: Worksheet, headings: Sequence[Heading], row: int = 1) -> None:
    """The head of a table: dark, kept in sight, each cell with its note."""
    for number, heading in enumerate(headings, 1):
        cell = sheet.cell(row, number)
        write_text(cell, heading.text)
        cell.font = _HEAD if heading.needed else _OPTIONAL_HEAD
        cell.fill = _FILL
        cell.alignment = _TOP
        if heading.note:
            cell.comment = Comment(heading.note, NOTES_BY, height=120, width=320)
        sheet.column_dimensions[get_column_letter(number)].number_format = heading.number_format
    sheet.freeze_panes = f"B{row + 1}"


def finish(sheet: Worksheet, last_row: int, columns: int, row: int = 1) -> None:
    """Filters over a table that has been written, and columns as wide as what is in them."""
    sheet.auto_filter.ref = f"A{row}:{get_column_letter(columns)}{max(row, last_row)}"
    for number in range(1, columns + 1):
        widest = max(
            (len(_shown(sheet.cell(it, number))) for it in range(row, min(last_row, 500) + 1)),
            default=0,
        )
        # The head needs room for the arrow of its filter.
        widest = max(widest, len(_shown(sheet.cell(row, number))) + 3)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = min(max(NARROWEST, widest + 2), WIDEST)


def _shown(cell: SheetCell) -> str:
    text = "" if cell.value is None else str(cell.value)
    return text[:16] if isinstance(cell.value, date) else text


def offer(sheet: Worksheet, letter: str, first: int, last: int, formula: str, said: str) -> None:
    """A list to choose from in the cells of a column; anything else is only warned of."""
    chosen = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        errorStyle="warning",
        error=said,
        errorTitle="Not in the list",
        showErrorMessage=True,
    )
    chosen.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(chosen)


def write_page(sheet: Worksheet, title: str, paragraphs: Sequence[str]) -> int:
    """A page of text, in a wide column; the row below it."""
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 90
    sheet.sheet_view.showGridLines = False
    write_text(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = _TITLE
    for row, paragraph in enumerate(paragraphs, 3):
        write_text(sheet.cell(row, 1), paragraph)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        sheet.cell(row, 1).alignment = _WRAPPED
        sheet.row_dimensions[row].height = 15 * (1 + len(paragraph) // 115)
    return 3 + len(paragraphs)


def write_links(sheet: Worksheet, row: int, links: Sequence[tuple[str, str]]) -> None:
    """A line for each sheet: its name, which leads there, and what it holds."""
    for number, (name, meaning) in enumerate(links, row):
        cell = sheet.cell(number, 1)
        write_text(cell, name)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = Font(color="0563C1", underline="single")
        cell.alignment = _TOP
        write_text(sheet.cell(number, 2), meaning)
        sheet.cell(number, 2).alignment = _WRAPPED


def embolden(cell: SheetCell) -> None:
    """Make a cell stand out."""
    cell.font = _BOLD
