"""YAML 1.2 (core schema) to plain trees, with a budget: no bombs, no tags, no surprises.

Only `null`, `true`, `false` and numbers resolve; dates, `no` and `08:00-12:00` stay text. Anchors
and aliases are read, and each use of an alias counts all that it stands for against the budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Never

import yaml

from allocator.errors import MAX_KEPT, Fault, InvalidDocument, key_shown
from allocator.formats.text.syntax import in_words

MAX_DEPTH = 40
"""Lists and mappings may be nested this deep."""

TOO_DEEP = f"Lists and mappings are nested more than {MAX_DEPTH} deep."

PARSER_TOO_DEEP = "exceeded maximum nesting depth"
"""What the parser itself says where it looks far ahead and meets its own, later, limit."""

MAX_NODES = 2_000_000
"""Values in one document, those behind aliases counted at every use."""

TOO_MANY = f"The document holds more than {MAX_NODES:,} values, aliases written out."

MAX_DIGITS = 20
"""Longer whole numbers mean nothing in a rollout, and cost time without bound."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_NULL = {"", "~", "null", "Null", "NULL"}
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMERIC_START = set("0123456789+-.")


def whole_number(text: str) -> int:
    """A whole number as written; refuses one that is absurdly long."""
    digits = len(text.lstrip("+-"))
    if digits > MAX_DIGITS:
        raise ValueError(f"the number {text[:12]}... has {digits} digits, {MAX_DIGITS} at most")
    return int(text, 0) if text[:2] in ("0x", "0o") else int(text)


def finite_number(text: str) -> float:
    """A decimal number as written; refuses one that is not finite."""
    number = float(text)
    if number - number != 0:
        raise ValueError(f"{text[:40]} is not a finite number")
    return number


def resolve_plain(text: str) -> object:
    """What an unquoted scalar means in YAML 1.2 core."""
    if text in _NULL:
        return None
    if text[0] in _NUMERIC_START:
        if _INT.fullmatch(text) or _BASE.fullmatch(text):
            return whole_number(text)
        if _FLOAT.fullmatch(text):
            return finite_number(text)
        if _NOT_FINITE.fullmatch(text):
            raise ValueError(f"{text} is not a finite number")
    return _BOOL.get(text, text)


@dataclass(slots=True)
class _Anchored:
    value: object
    nodes: int
    height: int


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    value: list[object] | dict[str, object]
    path: str
    anchor: str | None
    nodes: int = 1
    height: int = 1
    key: str | None = None
    keys: set[str] = field(default_factory=set)


def read_yaml(text: str) -> object:
    """The one document in a YAML text as dicts, lists, text, numbers, booleans and None."""
    try:
        return _Builder().read(yaml.parse(text, Loader=yaml.CLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said, line = error.problem or error.context or "", mark.line + 1 if mark else None
        if said == PARSER_TOO_DEEP:
            raise InvalidDocument([Fault("", "too_deep", TOO_DEEP, line)]) from None
        message = in_words(said, mark.column + 1 if mark else None)
        raise InvalidDocument([Fault("", "syntax", message, line)]) from None
    except yaml.YAMLError as error:
        raise InvalidDocument([Fault("", "syntax", in_words(str(error), None))]) from None


class _Builder:
    """Builds the tree from the parser's events, counting depth and nodes as it goes."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.more = 0
        """Faults that are counted only."""
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchored] = {}
        self.nodes = 0
        self.line = 1
        self.root: object = None

    def read(self, events: Iterator[yaml.Event]) -> object:
        documents = 0
        for event in events:
            if event.start_mark is not None:
                self.line = event.start_mark.line + 1
            match event:
                case yaml.ScalarEvent():
                    self._scalar(event)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    self._close()
                case yaml.AliasEvent():
                    self._alias(str(event.anchor))
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        self._stop("several_documents", "The file holds more than one document.")
        if documents == 0:
            self._stop("empty_document", "The document is empty.")
        if self.faults:
            raise InvalidDocument(self.faults, self.more)
        return self.root

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_tag(event.tag)
        text = event.value
        if UNPRINTABLE.search(text):
            self._fault("control_character", "The text holds a control character.")
            text = ""
        if not event.implicit[0]:
            value: object = text
        else:
            try:
                value = resolve_plain(text)
            except ValueError as error:
                self._fault("not_a_number", f"{str(error)[0].upper()}{str(error)[1:]}.")
                value = 0
        self._place(value, 1, 0, event.anchor)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self._refuse_tag(event.tag)
        if len(self.stack) >= MAX_DEPTH:
            self._stop("too_deep", TOO_DEEP)
        if self.stack and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None:
            self._stop("bad_key", "The name of a field must be text, not a list or a mapping.")
        value: list[object] | dict[str, object]
        value = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._count(1)
        if event.anchor is not None:
            self.anchors.pop(event.anchor, None)
        self.stack.append(_Open(value, self._path(), event.anchor))

    def _close(self) -> None:
        closed = self.stack.pop()
        self._attach(closed.value, closed.nodes, closed.height, closed.anchor)

    def _alias(self, anchor: str) -> None:
        meant = self.anchors.get(anchor)
        if meant is None:
            self._stop("bad_alias", f"The alias *{anchor} stands for nothing that ends before it.")
        if len(self.stack) + meant.height > MAX_DEPTH:
            self._stop("too_deep", TOO_DEEP)
        self._place(meant.value, meant.nodes, meant.height, None)

    def _place(self, value: object, nodes: int, height: int, anchor: str | None) -> None:
        self._count(nodes)
        self._attach(value, nodes, height, anchor)

    def _attach(self, value: object, nodes: int, height: int, anchor: str | None) -> None:
        """Puts a finished value where it belongs: into its list, under its key, or as a key."""
        if anchor is not None:
            self.anchors[anchor] = _Anchored(value, nodes, height)
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        parent.nodes += nodes
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.key is None:
            self._key(parent, value)
        else:
            parent.value[parent.key] = value
            parent.key = None

    def _key(self, parent: _Open, value: object) -> None:
        if not isinstance(value, str):
            self._fault("bad_key", f"The name of a field must be text, not {value!r:.40}.")
            value = str(value)
        if value in parent.keys:
            self._fault("duplicate_key", f'The field "{value:.80}" is given twice.')
        parent.keys.add(value)
        parent.key = value

    def _path(self) -> str:
        """The path of the value that comes next."""
        if not self.stack:
            return ""
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            return f"{parent.path}[{len(parent.value)}]"
        key = key_shown(parent.key or "")
        return f"{parent.path}.{key}" if parent.path else key

    def _count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self._stop("too_large", TOO_MANY)

    def _refuse_tag(self, tag: str | None) -> None:
        if tag is not None:
            self._fault("tag", f'The tag "{tag:.40}" is not allowed: values are written plainly.')

    def _fault(self, code: str, message: str) -> None:
        parent = self.stack[-1] if self.stack else None
        path = parent.path if parent and code in ("duplicate_key", "bad_key") else self._path()
        if len(self.faults) < MAX_KEPT:
            self.faults.append(Fault(path, code, message, self.line))
        else:
            self.more += 1

    def _stop(self, code: str, message: str) -> Never:
        self._fault(code, message)
        raise InvalidDocument(self.faults, self.more)
