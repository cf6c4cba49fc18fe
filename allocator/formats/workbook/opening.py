"""Opens a workbook: its sheets with their cells, or a sentence for what is no workbook."""

from __future__ import annotations

from allocator.errors import Fault, InvalidDocument
from allocator.formats.text.tree import MAX_BYTES
from allocator.formats.workbook.book import Book, Sheet
from allocator.formats.workbook.package import Package, package_of, refuse
from allocator.formats.workbook.parts import Cells, Formats, Front, Remarks, SharedTexts

PACKED = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"

_OTHERS = {
    "xl/workbook.bin": "The file is a binary workbook (.xlsb); save it as .xlsx.",
    "content.xml": "The file is an OpenDocument spreadsheet (.ods); save it as .xlsx.",
    "index/document.iwa": "The file is a Numbers spreadsheet; export it to Excel (.xlsx).",
}
"""What else is packed, by a part that gives it away."""


def is_workbook(content: bytes) -> bool:
    """Whether a document is, or means to be, a workbook."""
    return content[:4] in (PACKED, OLD)


def open_book(content: bytes) -> Book:
    """The workbook in a file or request; InvalidDocument says why it cannot be read."""
    if content[:4] == OLD:
        refuse(
            "not_a_workbook",
            "The file is protected by a password or in the format of Excel 97; "
            "save it as .xlsx without a password.",
        )
    if len(content) > MAX_BYTES:
        size, limit = len(content) / 2**20, MAX_BYTES // 2**20
        refuse("too_large", f"The document has {size:.1f} MB; at most {limit} MB are read.")
    try:
        return _book(package_of(content))
    except (InvalidDocument, MemoryError):
        raise
    except Exception:  # a broken file breaks zip and XML in any way there is
        said = "The file is damaged: it cannot be read as a workbook."
        raise InvalidDocument([Fault("", "not_a_workbook", said)]) from None


def _book(package: Package) -> Book:
    for name, said in _OTHERS.items():
        if name in package:
            refuse("not_a_workbook", said)
    front, path = (
        Front(),
        next((part for kind, part in package.related("").values() if kind == "officeDocument"), ""),
    )
    package.read(path, front)
    if "[Content_Types].xml" not in package or not front.is_workbook:
        refuse("not_a_workbook", "The file is packed, but it is no workbook (.xlsx).")
    related = package.related(path)
    texts, formats = SharedTexts(package.budget), Formats()
    for kind, part in related.values():
        if kind == "sharedStrings":
            package.read(part, texts)
        elif kind == "styles":
            package.read(part, formats)
    book = Book()
    for listed in front.sheets:
        kind, part = related.get(listed.relation, ("", ""))
        if kind == "worksheet":
            sheet = Sheet(listed.title)
            cells = Cells(sheet, texts.texts, formats.formats, front.epoch, package.budget)
            package.read(part, cells)
            for remark, where in package.related(part).values():
                if remark == "comments":
                    package.read(where, Remarks(sheet))
            book.sheets.append(sheet)
    return book
