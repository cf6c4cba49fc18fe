"""Where in a text the parts of a document stand: the line of each fault's path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from allocator.errors import Fault, InvalidDocument
from allocator.formats.text.tree import decoded

_STEP = re.compile(r"\[(\d+)\]")

Hope = tuple[int, int]
"""(number of a path, how many of its characters have been found): what is looked for further in."""


def locate(content: bytes, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The same faults, each with the line of the file at which its path is found.

    It is the line of the deepest part of a path that the document has. The text is gone through
    once, and nothing of it is kept, however large it is.
    """
    try:
        search = _Search([fault.path for fault in faults])
        search.through(yaml.parse(decoded(content), Loader=yaml.CLoader))
    except (yaml.YAMLError, InvalidDocument, RecursionError):
        return faults
    return tuple(
        fault
        if fault.line is not None
        else Fault(fault.path, fault.code, fault.message, search.lines[number])
        for number, fault in enumerate(faults)
    )


@dataclass(slots=True)
class _Open:
    """A list or mapping in which something is looked for, and under which index or key."""

    wanted: dict[int | str, list[Hope]]
    is_list: bool
    index: int = 0
    hopes: list[Hope] | None = None
    """Of the value that comes next, if its key has been read."""


@dataclass(slots=True)
class _Search:
    """Goes through the events of a text with all paths at once."""

    paths: Sequence[str]
    lines: list[int | None] = field(init=False)
    _found: list[int] = field(init=False)
    """How many characters of each path have been found."""
    _missing: int = field(init=False)
    _open: list[_Open] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = [None] * len(self.paths)
        self._found = [0] * len(self.paths)
        self._missing = sum(1 for path in self.paths if path)

    def through(self, events: Iterator[yaml.Event]) -> None:
        """Find what there is, and stop when all is found."""
        passed_by = 0
        for event in events:
            if not self._missing:
                return
            match event:
                case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    if passed_by or not (hopes := self._value(event)):
                        passed_by += 1
                    else:
                        is_list = isinstance(event, yaml.SequenceStartEvent)
                        self._open.append(_Open(self._wanted(hopes, is_list), is_list))
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    if passed_by:
                        passed_by -= 1
                    else:
                        self._open.pop()
                case yaml.ScalarEvent() | yaml.AliasEvent():
                    if not passed_by:
                        self._value(event)

    def _value(self, event: yaml.NodeEvent) -> list[Hope]:
        """What is looked for in a value; a key that is looked for is remembered for its value."""
        if not self._open:
            return [(number, 0) for number, path in enumerate(self.paths) if path]
        inside = self._open[-1]
        if inside.is_list:
            inside.index += 1
            return self._seen(event, inside.wanted.get(inside.index - 1, []))
        if inside.hopes is None:
            key = event.value if isinstance(event, yaml.ScalarEvent) else ""
            inside.hopes = self._seen(event, inside.wanted.get(key, []))
            return []
        hopes, inside.hopes = inside.hopes, None
        return hopes

    def _seen(self, event: yaml.NodeEvent, hopes: list[Hope]) -> list[Hope]:
        assert event.start_mark is not None  # events that are read have one
        for number, end in hopes:
            if end > self._found[number]:
                self._found[number], self.lines[number] = end, event.start_mark.line + 1
                self._missing -= end == len(self.paths[number])
        return hopes

    def _wanted(self, hopes: Sequence[Hope], is_list: bool) -> dict[int | str, list[Hope]]:
        """The next steps of paths: where keys hold dots, all that they may be."""
        wanted: dict[int | str, list[Hope]] = {}
        for number, start in hopes:
            rest = self.paths[number][start:]
            if is_list:
                step = _STEP.match(rest)
                if step:
                    end = start + step.end() + rest[step.end() :].startswith(".")
                    wanted.setdefault(int(step[1]), []).append((number, end))
                continue
            for at, letter in enumerate(f"{rest}."):
                if letter in ".[" and at:
                    end = start + at + (rest[at : at + 1] == ".")
                    wanted.setdefault(rest[:at], []).append((number, end))
        return wanted
