"""Values of a document in cells and back: dates as dates, numbers as numbers, lists in a cell.

What a cell cannot hold as it is stands in it as text. Text that a workbook would change (empty,
blanks at an end, a carriage return) or that reads like something else stands in quotes, as in JSON;
so do words of a list that hold a comma.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from allocator.formats.text.yaml_tree import UNPRINTABLE, resolve_plain
from allocator.formats.workbook.layout import Column

DATE_FORMAT = "yyyy-mm-dd"
MOMENT_FORMAT = "yyyy-mm-dd hh:mm"
TEXT_FORMAT = "@"
NUMBER_FORMAT = "General"
DECIMAL_FORMAT = "0.0#####"
"""Of a whole number that the document writes with a decimal point: 16.0."""

LONGEST = 32_000
"""Characters in a cell, a little below the 32,767 that spreadsheets hold."""

CellValue = str | int | float | bool | datetime | date

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CHANGED = re.compile(r"\r|_x[0-9A-Fa-f]{4}_")
_BREAK = re.compile("\r\n?")
_ITEM = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")\s*(?=[,;\n]|\Z)|([^,;\n]*))', re.DOTALL)


def format_of(column: Column) -> str:
    """The number format that the cells of a column have while they are empty."""
    if column.many or column.kind in ("id", "text", "stretch", "days", "choice", "price"):
        plain = column.kind in ("choice", "price") and not column.many
        return NUMBER_FORMAT if plain else TEXT_FORMAT
    if column.kind in ("date", "date or moment"):
        return DATE_FORMAT
    return MOMENT_FORMAT if column.kind == "moment" else NUMBER_FORMAT


def to_cell(value: object, column: Column) -> tuple[CellValue, str]:
    """What stands in the cell for a value of a document, and in which number format."""
    usual = format_of(column)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        if isinstance(value, bool):
            return value, NUMBER_FORMAT
        raise TypeError(f"no cell holds a {type(value).__name__}")
    if isinstance(value, str):
        if column.kind in ("date", "date or moment") and _DATE.fullmatch(value):
            return date.fromisoformat(value), DATE_FORMAT
        if column.kind in ("moment", "date or moment") and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value), MOMENT_FORMAT
        return quoted(value), TEXT_FORMAT if usual in (DATE_FORMAT, MOMENT_FORMAT) else usual
    if isinstance(value, int):
        fits = int(float(f"{value:.15g}")) == value
        return (value, NUMBER_FORMAT) if fits else (str(value), TEXT_FORMAT)
    if repr(float(f"{value:.16g}")) != repr(value) or repr(value) == "-0.0":
        return repr(value), TEXT_FORMAT
    return value, DECIMAL_FORMAT if value.is_integer() else NUMBER_FORMAT


def quoted(text: str) -> str:
    """Text as it stands in a cell: in quotes where it would not come back as it is."""
    if text == text.strip() and text and text[0] != '"' and not _CHANGED.search(text):
        return text
    return _quotes(text)


def _quotes(text: str) -> str:
    found = json.dumps(text, ensure_ascii=bool(UNPRINTABLE.search(text)))
    return _CHANGED.sub(lambda it: it[0].replace("_x", "\\u005fx"), found)


def chunks(items: Sequence[str]) -> Iterator[str]:
    """The words of a list in a cell, or in as many as they need."""
    cell = ""
    for item in items:
        word = _quotes(item) if quoted(item) != item or re.search("[,;\n]", item) else item
        if cell and len(cell) + len(word) + 2 > LONGEST:
            yield cell
            cell = ""
        cell = f"{cell}, {word}" if cell else word
    yield cell


def from_cell(value: object, number_format: str, column: Column) -> object:
    """The value of a document that stands in a cell; None where the cell is empty.

    Whether it suits the field is for the models to say; a value that does not is handed on.
    """
    if isinstance(value, str):
        value = _BREAK.sub("\n", value).strip()
    if value is None or value == "":
        return None
    if column.many:
        return _words(value)
    if isinstance(value, (datetime, date, time, timedelta)):
        return _when(value, number_format, column)
    if isinstance(value, str):
        return _from_text(value, column)
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return _from_number(value, number_format, column)
    return str(value)


def _from_text(text: str, column: Column) -> object:
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text
    if column.kind == "flag":
        return {"true": True, "false": False}.get(text.lower(), text)
    if column.kind in ("number", "whole", "price") or (
        column.kind == "choice" and isinstance(column.choices[0], int)
    ):
        try:
            number = resolve_plain(text)
        except ValueError:
            return text
        return number if isinstance(number, (int, float)) else text
    return text


def _from_number(value: int | float, number_format: str, column: Column) -> object:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if column.kind in ("id", "text"):
        return str(value)
    if column.kind in ("number", "price") and number_format == DECIMAL_FORMAT:
        return float(value)
    return value


def _when(value: datetime | date | time | timedelta, number_format: str, column: Column) -> str:
    """A date or a moment as documents write it."""
    if not isinstance(value, datetime):
        return value.isoformat() if isinstance(value, (date, time)) else str(value)
    rounded = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    midnight = rounded.time() == time()
    if (
        midnight
        and column.kind != "moment"
        and not (column.kind == "date or moment" and "h" in number_format.lower())
    ):
        return rounded.date().isoformat()
    return rounded.isoformat(timespec="auto" if rounded.second else "minutes")


def _words(value: object) -> list[str]:
    """The words of a list in a cell: separated by commas, semicolons or line breaks."""
    if not isinstance(value, str):
        if isinstance(value, datetime) and value.time() == time():
            value = value.date()
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return [value.isoformat() if isinstance(value, (date, time)) else str(value)]
    words, at = [], 0
    while at < len(value):
        found = _ITEM.match(value, at)
        assert found is not None  # the second way matches anything, nothing too
        if found[1] is not None:
            words.append(_unquoted(found[1]))
        elif found[2].strip():
            words.append(found[2].strip())
        at = found.end() + 1
    return words


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text
