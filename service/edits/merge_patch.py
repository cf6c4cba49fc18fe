"""JSON Merge Patch (RFC 7396): what is named is replaced, null takes away, the rest stays."""

from __future__ import annotations

from typing import Any


def merged(document: Any, patch: Any) -> Any:
    """The document with a patch applied; neither is changed."""
    if not isinstance(patch, dict):
        return patch
    result = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
