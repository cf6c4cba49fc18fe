"""Opens a workbook within limits: no bombs, no tricks, and a sentence for what is no workbook."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import Never

from openpyxl import Workbook, load_workbook

from allocator.errors import Fault, InvalidDocument
from allocator.formats.text.tree import MAX_BYTES

MAX_UNPACKED = 256 * 1024 * 1024
"""What is packed in it may be this large in all."""

MAX_CELLS = 1_000_000
"""Cells of all its sheets, empty ones that have a look of their own included."""

MAX_PARTS = 2_000

PACKED = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"

_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CHUNK = 1 << 20


def is_workbook(content: bytes) -> bool:
    """Whether a document is, or means to be, a workbook."""
    return content[:4] in (PACKED, OLD)


def open_book(content: bytes, values: bool = False) -> Workbook:
    """The workbook in a file or request; with `values` what its formulas came to."""
    if content[:4] == OLD:
        _refuse(
            "not_a_workbook",
            "The file is protected by a password or in the format of Excel 97; "
            "save it as .xlsx without a password.",
        )
    if len(content) > MAX_BYTES:
        size, limit = len(content) / 2**20, MAX_BYTES // 2**20
        _refuse("too_large", f"The document has {size:.1f} MB; at most {limit} MB are read.")
    try:
        _check_size(content)
        with warnings.catch_warnings():
            # openpyxl warns of what it drops (extensions, themes); none of it is in a document.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), data_only=values)
    except InvalidDocument:
        raise
    except Exception as error:  # a broken file breaks openpyxl and zipfile in any way there is
        said = f"The file is not a workbook that can be read: {type(error).__name__}."
        raise InvalidDocument([Fault("", "not_a_workbook", said)]) from None


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        listed = parts.infolist()
        unpacked = sum(part.file_size for part in listed)
        if len(listed) > MAX_PARTS or unpacked > MAX_UNPACKED:
            limit = MAX_UNPACKED // 2**20
            _refuse("too_large", f"The workbook unpacks to more than {limit} MB.")
        if "[Content_Types].xml" not in parts.namelist():
            _refuse("not_a_workbook", "The file is packed, but it is no workbook (.xlsx).")
        cells = 0
        for part in listed:
            if part.filename.endswith(".xml"):
                with parts.open(part) as unpacking:
                    while chunk := unpacking.read(_CHUNK):
                        cells += len(_CELL.findall(chunk))
    if cells > MAX_CELLS:
        _refuse("too_large", f"The workbook has {cells:,} cells; at most {MAX_CELLS:,} are read.")


def _refuse(code: str, message: str) -> Never:
    raise InvalidDocument([Fault("", code, message)])
