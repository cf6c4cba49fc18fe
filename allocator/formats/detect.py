"""The formats of a rollout document in one list: how each is recognised, read and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.errors import Fault, InvalidDocument
from allocator.formats.text.lines import locate
from allocator.formats.text.tree import dump_json, dump_yaml, read_tree
from allocator.formats.workbook.opening import is_workbook
from allocator.formats.workbook.reading import read_rollout
from allocator.formats.workbook.writing import write_rollout

Faults = tuple[Fault, ...]


@dataclass(frozen=True)
class Opened:
    """A document in a file or request: its tree, and what is to be said of the file itself."""

    tree: object
    locate: Callable[[Faults], Faults]
    """The same faults, each with its line or its cell."""
    faults: Faults = ()
    more: int = 0
    """Faults of the file that are counted only."""
    warnings: Faults = ()

    def all_faults(self, faults: Faults) -> Faults:
        """The faults of the file, and those of the document in cells that have none yet."""
        reported = {fault.cell for fault in self.faults}
        located = self.locate(faults)
        return (*self.faults, *(it for it in located if it.cell is None or it.cell not in reported))

    def checked(self) -> object:
        """The tree of a file without faults of its own; else InvalidDocument."""
        if self.faults:
            raise InvalidDocument(self.faults, self.more)
        return self.tree


@dataclass(frozen=True)
class Format:
    """A form in which a document is kept in a file or sent."""

    name: str
    suffixes: tuple[str, ...]
    """Endings of its files; new files get the first."""
    media_type: str
    is_text: bool
    """A plan can be written in it too."""
    recognises: Callable[[bytes], bool]
    open: Callable[[bytes], Opened]
    """Raises InvalidDocument where nothing can be read."""
    write: Callable[[object], bytes]


def _is_text(content: bytes) -> bool:
    return not is_workbook(content)


def _open_text(content: bytes) -> Opened:
    return Opened(read_tree(content), lambda faults: locate(content, faults))


def _open_workbook(content: bytes) -> Opened:
    read = read_rollout(content)
    faults, warnings = tuple(read.faults), tuple(read.warnings)
    return Opened(read.tree, read.places.locate, faults, read.more, warnings)


def _write_json(tree: object) -> bytes:
    return f"{dump_json(tree)}\n".encode()


def _write_yaml(tree: object) -> bytes:
    return dump_yaml(tree).encode()


JSON = Format("JSON", (".json",), "application/json", True, _is_text, _open_text, _write_json)
YAML = Format(
    "YAML", (".yaml", ".yml"), "application/yaml", True, _is_text, _open_text, _write_yaml
)
WORKBOOK = Format(
    "workbook",
    (".xlsx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    False,
    is_workbook,
    _open_workbook,
    write_rollout,
)

FORMATS = (JSON, YAML, WORKBOOK)
"""Every format, in the order in which an answer prefers them."""


def open_document(content: bytes) -> Opened:
    """The document in a file or request; raises InvalidDocument where nothing can be read."""
    return next(it for it in FORMATS if it.recognises(content)).open(content)


def format_of(suffix: str) -> Format | None:
    """The format of files with this ending; None if it is no format's."""
    return next((it for it in FORMATS if suffix.lower() in it.suffixes), None)
