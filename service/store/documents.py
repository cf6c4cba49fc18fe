"""Documents as the store keeps them: compressed canonical JSON."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allocator.formats.text.tree import canonical_json

PUBLISHED = "published"
"""The part of a document that publishing writes."""

LEVEL = 6
"""How hard documents are packed."""


def packed(tree: object) -> bytes:
    """A tree as it is kept."""
    return zlib.compress(canonical_json(tree), level=LEVEL)


def unpacked(content: bytes) -> Any:
    """The tree that was kept."""
    return json.loads(zlib.decompress(content))


@dataclass(frozen=True, slots=True)
class Document:
    """A valid rollout document, ready to be kept: its name, its fingerprint, and itself packed."""

    name: str
    sha256: str
    planned: str
    """The fingerprint of what is planned: of the document without what publishing writes."""
    content: bytes

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> Document:
        """The document that a tree is."""
        plain = canonical_json(tree)
        sha256 = hashlib.sha256(plain).hexdigest()
        return cls(str(tree["name"]), sha256, planned_of(tree), zlib.compress(plain, level=LEVEL))


def planned_of(tree: Mapping[str, Any]) -> str:
    """The fingerprint of what is planned: what publishing writes changes nothing of it."""
    planned = {name: value for name, value in tree.items() if name != PUBLISHED}
    return hashlib.sha256(canonical_json(planned)).hexdigest()


def as_document(given: Document | Mapping[str, Any]) -> Document:
    """A document, whether it is packed already or a tree."""
    return given if isinstance(given, Document) else Document.of(given)
