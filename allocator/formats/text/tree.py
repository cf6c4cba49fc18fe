"""Documents as text: YAML or JSON to a tree of plain values, and back.

A tree is made of dicts with text keys, lists, text, whole and decimal numbers, booleans and None.
"""

from __future__ import annotations

import hashlib
import json
import re

import yaml

from allocator.errors import Fault, InvalidDocument
from allocator.formats.text import yaml_tree
from allocator.formats.text.yaml_writer import write_yaml

MAX_BYTES = 32 * 1024 * 1024
"""A document may be this large."""


def read_tree(content: bytes) -> object:
    """The document in a file or request: YAML 1.2 core or JSON, whichever it is.

    Raises InvalidDocument for a file that is too large, not UTF-8, not one well-formed document,
    or full of tricks (tags, duplicate fields, runaway aliases, endless nesting).
    """
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "[", '"'):
        try:
            return _read_json(text)
        except (ValueError, RecursionError):
            # Flow-style YAML begins the same way; and for broken JSON the YAML reader, which
            # reads nearly all of JSON, knows the line and the field.
            return yaml_tree.read_yaml(text)
    return yaml_tree.read_yaml(text)


def _decoded(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        size, limit = len(content) / 2**20, MAX_BYTES // 2**20
        message = f"The document has {size:.1f} MB; at most {limit} MB are read."
        raise InvalidDocument([Fault("", "too_large", message)])
    if content[:4] == b"PK\x03\x04":
        message = "The file is packed, as workbooks are; YAML or JSON is read here."
        raise InvalidDocument([Fault("", "encoding", message)])
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4]:
        message = "The document is written in UTF-16 or UTF-32; save it as UTF-8."
        raise InvalidDocument([Fault("", "encoding", message)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"The document is not UTF-8: byte {error.start} cannot be read."
        raise InvalidDocument([Fault("", "encoding", message, line)]) from None
    if not text.strip():
        raise InvalidDocument([Fault("", "empty_document", "The document is empty.")])
    found = yaml_tree.UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = f"The document holds the control character {ord(found[0]):#04x}."
        raise InvalidDocument([Fault("", "control_character", message, line)])
    return text


def _read_json(text: str) -> object:
    """Plain JSON, fast; ValueError for anything at all unusual."""
    if text.count(",") + text.count("[") + text.count("{") > yaml_tree.MAX_NODES:
        raise ValueError("perhaps too many values")
    tree = json.loads(
        text,
        object_pairs_hook=_distinct,
        parse_int=yaml_tree.whole_number,
        parse_float=yaml_tree.finite_number,
        parse_constant=_refused,
    )
    _check_json(tree)
    return tree


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        raise ValueError("a field is given twice")
    return mapping


def _refused(constant: str) -> object:
    raise ValueError(f"{constant} is not a finite number")


def _check_json(tree: object) -> None:
    """Depth, and escapes such as \\u0000 that smuggle in what may not be written."""
    level, depth = [tree], 0
    while level:
        below: list[object] = []
        for value in level:
            if isinstance(value, (dict, list)):
                if depth >= yaml_tree.MAX_DEPTH:
                    raise ValueError("nested too deep")
                below.extend(value)
                below.extend(value.values() if isinstance(value, dict) else ())
            elif isinstance(value, str) and yaml_tree.UNPRINTABLE.search(value):
                raise ValueError("a control character")
        level, depth = below, depth + 1


def locate(content: bytes, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The same faults, each with the line of the file at which its path is found."""
    try:
        root = yaml.compose(_decoded(content), Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, InvalidDocument, RecursionError):
        return faults
    return tuple(
        fault
        if fault.line is not None
        else Fault(fault.path, fault.code, fault.message, _line(root, fault.path))
        for fault in faults
    )


_STEP = re.compile(r"\[(\d+)\]")


def _line(node: yaml.Node | None, path: str) -> int | None:
    """Line of the deepest part of a path that the document has; None if it has none of it."""
    line = None
    while node is not None and path:
        following = None
        if isinstance(node, yaml.SequenceNode):
            step = _STEP.match(path)
            if step and int(step[1]) < len(node.value):
                following = node.value[int(step[1])]
                line = following.start_mark.line + 1
                path = path[step.end() :].removeprefix(".")
        elif isinstance(node, yaml.MappingNode):
            fitting = [
                (key, value)
                for key, value in node.value
                if path.startswith(key.value) and path[len(key.value) :][:1] in ("", ".", "[")
            ]
            if fitting:
                key, following = max(fitting, key=lambda pair: len(pair[0].value))
                line = key.start_mark.line + 1
                path = path[len(key.value) :].removeprefix(".")
        node = following
    return line


def dump_yaml(tree: object) -> str:
    """A tree as YAML that `read_tree` reads back identical."""
    return write_yaml(tree)


def dump_json(tree: object, indent: int | None = 2) -> str:
    """A tree as JSON."""
    return json.dumps(tree, ensure_ascii=False, allow_nan=False, indent=indent)


def canonical_json(tree: object) -> bytes:
    """The one spelling of a tree that is hashed: sorted keys, no blanks, UTF-8."""
    text = json.dumps(
        tree, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def sha256(tree: object) -> str:
    """Fingerprint of a document, the same for its YAML and its JSON."""
    return hashlib.sha256(canonical_json(tree)).hexdigest()
