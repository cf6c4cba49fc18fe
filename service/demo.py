"""Small rollouts to try, as they come with the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from allocator.formats.text.tree import read_tree
from service.store.errors import NotFound

INSTALLED = Path(__file__).parent / "examples"
FOLDER = INSTALLED if INSTALLED.is_dir() else Path(__file__).parents[1] / "examples"
"""Where they are: in the package once it is installed, beside it in a checkout."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A rollout to try: its name in requests, its title, and how much there is to plan."""

    name: str
    title: str
    people: int
    tasks: int
    courses: int


def listed() -> list[Demo]:
    """All of them, by name."""
    return [
        Demo(
            name,
            tree["name"],
            *(len(tree.get(part, [])) for part in ("people", "tasks", "courses")),
        )
        for name, tree in _documents().items()
    ]


def document(name: str) -> dict[str, Any]:
    """The document of one of them."""
    if name not in _documents():
        raise NotFound("demo", name)
    return _documents()[name]


@cache
def _documents() -> dict[str, dict[str, Any]]:
    return {
        path.stem: cast(dict[str, Any], read_tree(path.read_bytes()))
        for path in sorted(FOLDER.glob("*.yaml"))
    }
