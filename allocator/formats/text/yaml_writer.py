"""Writes trees as YAML that people read with ease: an entry that fits is one line.

Quotes only where YAML 1.2 core (or its readers of 1.1) would take the text for something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from allocator.formats.text.yaml_tree import resolve_plain

WIDTH = 100

LONGEST_KEY = 100
"""YAML finds the colon of a key within 1024 bytes, escapes counted; longer keys are marked."""

_PLAIN = re.compile(r"[\w/(]([\w/().;=%&*!?'\" :#+-]*[\w/().%!?'\"+-])?")
_PLAIN_ALONE = re.compile(r"[\w/(]([\w/().;=%&*!?'\" :#+,-]*[\w/().%!?'\"+-])?")
_PLAIN_KEY = re.compile(r"\w([\w. -]*\w)?")
_NOT_PLAIN = re.compile(r": | #|[\x85\xa0\u2028\u2029\ufeff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def write_yaml(tree: object) -> str:
    """A tree as a YAML document."""
    if isinstance(tree, (dict, list)) and tree:
        return "".join(f"{line}\n" for line in _block(tree, 0))
    return f"{_flow(tree)}\n"


def _block(tree: dict[str, object] | list[object], indent: int) -> Iterator[str]:
    """A list or mapping with one item a line, or more where an item does not fit."""
    blanks = " " * indent
    if isinstance(tree, list):
        for item in tree:
            line = f"{blanks}- {_flow(item)}"
            if _fits(item, line):
                yield line
            elif isinstance(item, dict):
                first, *others = _block(item, indent + 2)
                yield f"{blanks}- {first.lstrip()}"
                yield from others
            else:
                yield f"{blanks}-"
                yield from _block(_container(item), indent + 2)
        return
    for key, value in tree.items():
        if len(key) > LONGEST_KEY:
            yield f"{blanks}? {_quoted(key)}"
            yield f"{blanks}: {_flow(value)}"
            continue
        name = f"{blanks}{_key(key)}"
        line = f"{name} {_flow(value, alone=not isinstance(value, (dict, list)))}"
        # The great lists of a document have a line for each entry, however short they are.
        listing = indent == 0 and _holds_containers(value)
        if _fits(value, line) and not listing:
            yield line
        else:
            yield name
            yield from _block(_container(value), indent + 2)


def _fits(value: object, line: str) -> bool:
    return not isinstance(value, (dict, list)) or not value or len(line) <= WIDTH


def _container(value: object) -> dict[str, object] | list[object]:
    if not isinstance(value, (dict, list)):
        raise TypeError(f"a {type(value).__name__} always fits its line")
    return value


def _holds_containers(value: object) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value)


def _flow(value: object, alone: bool = False) -> str:
    """A value on one line; `alone` tells that it stands alone after its key."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value, alone)
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value, allow_nan=False)
    raise TypeError(f"a document holds no {type(value).__name__}")


def _key(key: str) -> str:
    text = key if _PLAIN_KEY.fullmatch(key) and _stays_text(key) else _quoted(key)
    return f"{text}:" if len(key) <= LONGEST_KEY else f"? {text} :"


def _text(text: str, alone: bool) -> str:
    pattern = _PLAIN_ALONE if alone else _PLAIN
    fits = pattern.fullmatch(text) and not _NOT_PLAIN.search(text) and _stays_text(text)
    return text if fits else _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _stays_text(text: str) -> bool:
    """Whether a plain scalar stays the text that it is."""
    try:
        return resolve_plain(text) == text
    except ValueError:  # a number that is refused is still no text
        return False
