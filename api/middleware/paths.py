"""Paths as the log shows them: what is known, and of all else that it was there.

A secret may stand anywhere in a path that somebody has mistyped, or that a program puts together
wrongly. So only words of our own routes are shown, numbers, and ids as we make them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ID = re.compile(r"[0-9]{1,9}|[0-9a-f]{8,32}")
"""Ids of rollouts, plans and the like; a secret is longer, or has other letters."""

HIDDEN = "*"


def words_of(templates: Iterable[str]) -> frozenset[str]:
    """The words of routes that stand in paths as they are."""
    return frozenset(
        word for path in templates for word in path.split("/") if word and "{" not in word
    )


def shown(path: str, words: frozenset[str]) -> str:
    """A path without anything that may be a secret; of a long one only the beginning."""
    steps = path.split("/")[:12]
    return "/".join(
        step if not step or step in words or ID.fullmatch(step) else HIDDEN for step in steps
    )
