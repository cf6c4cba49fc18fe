"""The parts of a workbook that matter to a document: sheets, texts, number formats, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from allocator.formats.workbook.book import Sheet, SheetCell, Value
from allocator.formats.workbook.package import (
    LONGEST_TEXT,
    Attributes,
    Budget,
    Handler,
    local_parts,
    refuse,
)

GENERAL = "General"
STRICT = "http://purl.oclc.org/ooxml/"
"""How the names of Strict Open XML begin, which hardly any program writes or reads."""

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def unescaped(text: str) -> str:
    """Text as the cell shows it: `_x000D_` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda it: chr(int(it[1], 16)), text)
    return _PAIR.sub(lambda it: it[0].encode("utf-16", "surrogatepass").decode("utf-16"), found)


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet in the list of a workbook."""

    title: str
    relation: str


class Front(Handler):
    """The front part of a workbook: its sheets in order, and from when it counts days."""

    def __init__(self) -> None:
        self.sheets: list[Listed] = []
        self.epoch = CALENDAR_WINDOWS_1900
        self.is_workbook = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "workbook":
            self.is_workbook = True
            if any(it.startswith(STRICT) for it in attributes.values()):
                refuse(
                    "strict_workbook",
                    'The workbook is saved as "Strict Open XML Spreadsheet"; save it as '
                    '"Excel Workbook (.xlsx)".',
                )
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true", "on"):
            self.epoch = CALENDAR_MAC_1904
        elif name == "sheet":
            own = local_parts(attributes)
            self.sheets.append(Listed(own("name") or "", own("id") or ""))


class Formats(Handler):
    """The number format of each style of cells."""

    def __init__(self) -> None:
        self.formats: list[str] = []
        self._codes: dict[str, str] = {str(it): code for it, code in BUILTIN_FORMATS.items()}
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self.formats.append(self._codes.get(attributes.get("numFmtId", "0"), GENERAL))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._inside = False


class _Texts(Handler):
    """Puts the pieces of a text together; how its words are pronounced is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._collects = False
        self._aside = 0

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        """An element begins."""
        if name == "rPh":
            self._aside += 1
        elif name in ("t", "v"):
            self._collects = not self._aside

    def text(self, text: str) -> None:
        """Characters of the innermost element."""
        if self._collects:
            self._length += len(text)
            if self._length > LONGEST_TEXT * 7:  # each character may be written as _x0020_
                _too_long()
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "rPh":
            self._aside -= 1
        elif name in ("t", "v"):
            self._collects = False

    def taken(self) -> str:
        """The text so far, to begin anew."""
        found = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        return found


class SharedTexts(_Texts):
    """The texts that cells refer to by number."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._budget = budget

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if name == "si":
            text = _short(unescaped(self.taken()))
            self._budget.text()
            self.texts.append(text)


class Cells(_Texts):
    """The cells of a sheet that have a value, and its merged cells."""

    def __init__(
        self, sheet: Sheet, texts: list[str], formats: list[str], epoch: datetime, budget: Budget
    ) -> None:
        super().__init__()
        self._sheet = sheet
        self._shared = texts
        self._formats = formats
        self._epoch = epoch
        self._budget = budget
        self._row = self._column = 0
        self._cell: Attributes | None = None
        self._formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "c":
            self._cell = attributes
            self._formula = False
            self._find(attributes.get("r"))
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._sheet.merged.append(attributes.get("ref", "")[:20])
        elif self._cell is not None:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        super().end(name)
        if name == "c" and self._cell is not None:
            self._keep(self._cell, self.taken())
            self._cell = None

    def _find(self, place: str | None) -> None:
        self._column += 1
        if place is not None:
            found = _PLACE.fullmatch(place)
            if found is None:
                refuse(
                    "not_a_workbook", f'The sheet "{self._sheet.title}" has no cell {place:.20}.'
                )
            self._row, self._column = int(found[2]), _number(found[1])
        if not (1 <= self._row <= MAX_ROW and self._column <= MAX_COLUMN):
            refuse("not_a_workbook", f'The sheet "{self._sheet.title}" has no end.')

    def _keep(self, cell: Attributes, raw: str) -> None:
        kind = cell.get("t", "n")
        style = int(cell.get("s", "0"))
        code = self._formats[style] if style < len(self._formats) else GENERAL
        value, error = self._value(kind, raw, code)
        if value is None:
            if self._formula:
                self._add(None, code)
            return
        if isinstance(value, str) and not value.strip():
            return  # blanks are nothing that anybody sees
        self._add(value, code, error)

    def _add(self, value: Value | None, code: str, error: bool = False) -> None:
        self._budget.cell(len(value) if isinstance(value, str) else 0)
        self._sheet.cells.append(
            SheetCell(self._row, self._column, value, code, self._formula, error)
        )

    def _value(self, kind: str, raw: str, code: str) -> tuple[Value | None, bool]:
        """What a cell holds, and whether it shows an error instead."""
        if kind in ("inlineStr", "str"):
            return _short(unescaped(raw)), False
        raw = raw.strip()
        if not raw:
            return None, False
        if kind == "s":
            number = int(raw)
            if not 0 <= number < len(self._shared):
                refuse("not_a_workbook", f"The workbook has no text number {number}.")
            return self._shared[number], False
        if kind == "b":
            return raw in ("1", "true"), False
        if kind == "e":
            return raw, True
        if kind == "d":
            return datetime.fromisoformat(raw), False
        return self._number(raw, code)

    def _number(self, raw: str, code: str) -> tuple[Value | None, bool]:
        number = int(raw) if raw.lstrip("+-").isdigit() and len(raw) <= 20 else float(raw)
        if not _is_date(code):
            return number, False
        try:
            return from_excel(number, self._epoch, timedelta=is_timedelta_format(code)), False
        except (OverflowError, ValueError):
            return "#VALUE!", True  # a date before or after all dates


class Remarks(Handler):
    """The comments on cells, and who wrote them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._authors: list[str] = []
        self._author: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if name == "author":
            self._author = ""
        elif name == "comment":
            number = int(attributes.get("authorId", "-1"))
            author = self._authors[number] if 0 <= number < len(self._authors) else ""
            self._sheet.comments.append((attributes.get("ref", "")[:20], author))

    def text(self, text: str) -> None:
        """Characters of the innermost element."""
        if self._author is not None:
            self._author = (self._author + text)[:200]

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "author" and self._author is not None:
            self._authors.append(self._author)
            self._author = None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else _too_long()


def _too_long() -> str:
    message = f"A text of the workbook is longer than the {LONGEST_TEXT:,} characters of a cell."
    refuse("too_large", message)


@lru_cache(maxsize=1024)
def _is_date(code: str) -> bool:
    return bool(is_date_format(code))


@lru_cache(maxsize=MAX_COLUMN)
def _number(letters: str) -> int:
    return int(column_index_from_string(letters))
