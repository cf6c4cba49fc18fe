"""The parts of a workbook's file, read as streams within limits on what reading makes of them.

A workbook is a zip file of XML parts (ECMA-376). What a part says is never believed: elements,
their depth, texts and cells are counted while they are read, and reading ends at the first limit.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Never
from xml.parsers import expat

from allocator.errors import Fault, InvalidDocument

MAX_UNPACKED = 128 * 1024 * 1024
"""Bytes that its parts may unpack to in all."""

MAX_PARTS = 2_000

MAX_ELEMENTS = 5_000_000
"""Elements of all parts that are read."""

MAX_DEPTH = 60
"""Elements inside each other."""

MAX_CELLS = 1_000_000
"""Cells with a value, and texts for them to show. Blanks and formats alone make no cell."""

MAX_CHARACTERS = 32 * 1024 * 1024
"""Characters in all cells, a text counted in each cell that shows it."""

TOO_MANY_CELLS = f"The workbook has more than {MAX_CELLS:,} cells with values."

LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""

_CHUNK = 1 << 20
_ENTRY = b"PK\x01\x02"
"""How each entry of a zip file's directory begins."""

Attributes = Mapping[str, str]


def refuse(code: str, message: str) -> Never:
    """Says of the file as a whole why it is not read."""
    raise InvalidDocument([Fault("", code, message)])


@dataclass(slots=True)
class Budget:
    """What has been made so far of the parts of one workbook."""

    unpacked: int = 0
    elements: int = 0
    texts: int = 0
    cells: int = 0
    characters: int = 0

    def text(self) -> None:
        """One more text that cells may show."""
        self.texts += 1
        if self.texts > MAX_CELLS:
            refuse("too_large", f"The workbook has more than {MAX_CELLS:,} texts.")

    def cell(self, characters: int) -> None:
        """One more cell with a value, which shows so many characters."""
        self.cells += 1
        self.characters += characters
        if self.cells > MAX_CELLS:
            refuse("too_large", TOO_MANY_CELLS)
        if self.characters > MAX_CHARACTERS:
            refuse(
                "too_large",
                f"The cells of the workbook show more than {MAX_CHARACTERS:,} characters in all.",
            )


class Handler:
    """Takes the elements of a part by their local names; what it does not know it passes over."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def text(self, text: str) -> None:
        """Characters of the innermost element, in one piece or several."""

    def end(self, name: str) -> None:
        """An element ends."""


@dataclass
class Package:
    """The parts of a file by name; capitals make no difference in names."""

    parts: zipfile.ZipFile
    budget: Budget = field(default_factory=Budget)

    def __post_init__(self) -> None:
        listed = self.parts.infolist()
        if any(it.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for it in listed):
            # Others set memory aside as large as the file asks for.
            refuse("not_a_workbook", "The file is packed in another way than workbooks are.")
        self._known = {it.filename.lower().lstrip("/"): it for it in listed}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._known

    def read(self, name: str, handler: Handler) -> None:
        """Hand the elements of a part to whoever takes them; nothing if there is no such part."""
        part = self._known.get(name.lower())
        if part is None:
            return
        self._weigh(part)
        parser = self._parser(handler)
        for chunk in self._chunks(part):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _chunks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.parts.open(part) as unpacking:
            while chunk := unpacking.read(_CHUNK):
                yield chunk

    def _weigh(self, part: zipfile.ZipInfo) -> None:
        """Refuse what is plainly too much, before its elements are read one by one."""
        tags = values = 0
        for chunk in self._chunks(part):
            self.budget.unpacked += len(chunk)
            if self.budget.unpacked > MAX_UNPACKED or (len(chunk) == _CHUNK and b"<" not in chunk):
                limit = MAX_UNPACKED // 2**20
                refuse("too_large", f"The workbook unpacks to more than {limit} MB.")
            tags += chunk.count(b"<")
            values += chunk.count(b"<v>")
            # An element has two tags at most; a value cut by the end of a chunk is not counted.
            if tags > 2 * MAX_ELEMENTS:
                refuse("too_large", f"The workbook has more than {MAX_ELEMENTS:,} elements.")
            if values > MAX_CELLS:
                refuse("too_large", TOO_MANY_CELLS)

    def _parser(self, handler: Handler) -> expat.XMLParserType:
        budget, depth = self.budget, 0
        begin, finish = handler.start, handler.end

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            budget.elements += 1
            if depth > MAX_DEPTH or budget.elements > MAX_ELEMENTS:
                refuse(
                    "too_large",
                    f"The workbook has more than {MAX_ELEMENTS:,} elements, or more than "
                    f"{MAX_DEPTH} of them inside each other.",
                )
            begin(name.rpartition(":")[2] if ":" in name else name, attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            finish(name.rpartition(":")[2] if ":" in name else name)

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _no_doctype
        return parser

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by its name for it: the last word of the kind, and the part."""
        folder, base = posixpath.split(name)
        found = _Relations(folder)
        self.read(posixpath.join(folder, "_rels", f"{base}.rels"), found)
        return found.parts


class _Relations(Handler):
    def __init__(self, folder: str) -> None:
        self.parts: dict[str, tuple[str, str]] = {}
        self._folder = folder

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.join("/", self._folder, attributes.get("Target", ""))
            path = posixpath.normpath(target).lstrip("/")
            self.parts[attributes.get("Id", "")] = kind, path


def _no_doctype(*_: object) -> None:
    refuse("not_a_workbook", "The file declares entities (DOCTYPE), as no workbook does.")


def package_of(content: bytes) -> Package:
    """The parts of a file; zipfile.BadZipFile if it is not packed."""
    if content.count(_ENTRY) > MAX_PARTS:  # before any of them is listed
        refuse("too_large", f"The workbook has more than {MAX_PARTS:,} parts.")
    return Package(zipfile.ZipFile(io.BytesIO(content)))


def local_parts(attributes: Attributes) -> Callable[[str], str | None]:
    """Looks attributes up by their local names."""
    found = {name.rpartition(":")[2]: value for name, value in attributes.items()}
    return found.get
