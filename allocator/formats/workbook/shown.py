"""What somebody sees in a cell, where it differs from what the cell holds."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from allocator.formats.workbook.book import SheetCell
from allocator.formats.workbook.layout import Column

_DATE_PART = re.compile(
    r'"[^"]*"|\[[^\]]*\]|yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|\\.', re.I
)
_DECIMALS = re.compile(r"0\.(0+)")
_ZEROS = re.compile(r"0{2,}")
_AS_TEXT = "Format the cell as text and type it again."


def remark(cell: SheetCell, column: Column, read: object) -> str:
    """A sentence for whoever wonders why a cell does not mean what it shows; or nothing."""
    value, said = cell.value, shown(cell)
    if isinstance(value, bool):
        if column.kind == "flag":
            return ""
        return f"The cell holds the truth value {said}, not text. {_AS_TEXT}"
    if isinstance(value, (date, time, timedelta)):
        if column.kind in ("date", "moment", "date or moment"):
            return "" if said == read else f'The cell shows "{said}", it holds {read}.'
        meant = ""
        if column.kind == "days" and isinstance(value, date) and value.day != value.month:
            first, last = sorted((value.day, value.month))
            meant = f"; perhaps {first}-{last} was meant"
        kind, such = ("date", "1-5") if isinstance(value, date) else ("time", "8:00")
        return (
            f'The cell shows "{said}", but holds the {kind} {read}: spreadsheets take entries such '
            f"as {such} for {kind}s{meant}. {_AS_TEXT}"
        )
    if isinstance(value, (int, float)) and said != str(value):
        again = f" {_AS_TEXT}" if column.kind in ("id", "text") or column.many else ""
        return f'The cell shows "{said}" by its number format, but holds the number {value}.{again}'
    return ""


def shown(cell: SheetCell) -> str:
    """What stands in a cell for those who look at it, as far as common number formats go."""
    value, code = cell.value, cell.number_format.split(";")[0]
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (datetime, date)):
        return _date(value, code)
    if isinstance(value, (int, float)):
        return _number(value, code)
    return "" if value is None else str(value)


def _number(value: int | float, code: str) -> str:
    if "%" in code:
        places = _DECIMALS.search(code)
        return f"{100 * value:.{len(places[1]) if places else 0}f}%"
    if _ZEROS.fullmatch(code):
        return f"{round(value):0{len(code)}d}"
    decimals = _DECIMALS.fullmatch(code)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    if code == "0":
        return str(round(value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _date(value: datetime | date, code: str) -> str:
    """A date as a format shows it; `m` after hours, or before seconds, are minutes."""
    pieces: list[str] = []
    at, before = 0, ""
    for found in _DATE_PART.finditer(code):
        pieces.append(code[at : found.start()])
        part, at = found[0].lower(), found.end()
        minutes = part in ("m", "mm") and before[:1] == "h"
        pieces.append(_part(value, part, minutes))
        before = part if part[0].isalpha() else before
    return "".join([*pieces, code[at:]]).strip() or value.isoformat()


def _part(value: datetime | date, part: str, minutes: bool) -> str:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    if minutes:
        return f"{moment.minute:02d}"
    return {
        "yyyy": f"{moment:%Y}",
        "yy": f"{moment:%y}",
        "mmmm": f"{moment:%B}",
        "mmm": f"{moment:%b}",
        "mm": f"{moment.month:02d}",
        "m": str(moment.month),
        "dddd": f"{moment:%A}",
        "ddd": f"{moment:%a}",
        "dd": f"{moment.day:02d}",
        "d": str(moment.day),
        "hh": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "ss": f"{moment.second:02d}",
        "s": str(moment.second),
    }.get(part, part[1:-1] if part.startswith('"') else part[1:] if part[0] == "\\" else "")
