"""Documents as the store keeps them: compressed canonical JSON."""

from __future__ import annotations

import json
import zlib
from typing import Any

from allocator.formats.text.tree import canonical_json


def packed(tree: object) -> bytes:
    """A tree as it is kept."""
    return zlib.compress(canonical_json(tree), level=6)


def unpacked(content: bytes) -> Any:
    """The tree that was kept."""
    return json.loads(zlib.decompress(content))
