"""Documents as text: YAML or JSON to a tree of plain values, and back.

A tree is made of dicts with text keys, lists, text, whole and decimal numbers, booleans and None.
"""

from __future__ import annotations

import hashlib
import json
import re

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
    text = decoded(content)
    if text.lstrip()[:1] in ("{", "[", '"'):
        try:
            return _read_json(text)
        except (ValueError, RecursionError):
            # Flow-style YAML begins the same way; and for broken JSON the YAML reader, which
            # reads nearly all of JSON, knows the line and the field.
            return yaml_tree.read_yaml(text)
    return yaml_tree.read_yaml(text)


def decoded(content: bytes) -> str:
    """The text in a file or request; InvalidDocument if it is none, or may not be written."""
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
    if _values(text) > yaml_tree.MAX_NODES and _values(_TEXTS.sub("", text)) > yaml_tree.MAX_NODES:
        raise InvalidDocument([Fault("", "too_large", yaml_tree.TOO_MANY)])
    tree = json.loads(
        text,
        object_pairs_hook=_distinct,
        parse_int=yaml_tree.whole_number,
        parse_float=yaml_tree.finite_number,
        parse_constant=_refused,
    )
    _check_json(tree)
    return tree


_TEXTS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')


def _values(text: str) -> int:
    """At least as many as there are values in a JSON text; signs within its texts count too."""
    return text.count(",") + text.count("[") + text.count("{")


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
