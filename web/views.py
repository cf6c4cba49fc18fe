"""Which view stands at an address, so that what it needs is sent before its modules ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from web.files import STATIC, Files

VIEW = re.compile(
    r'path: "(?P<path>[^"]+)",\s+load: \(\) => import\("\./(?P<module>[^"]+)"\)'
    r'(?:,\s+css: "(?P<sheet>[^"]+)")?(?:,\s+wants: \[(?P<wants>[^\]]*)\])?'
)
"""A line of `views.js`, as far as it says what is needed."""


@dataclass(frozen=True, slots=True)
class View:
    """A view by its path, such as `rollouts/:rollout/plan/:plan`."""

    path: str
    module: str
    sheet: str | None
    wants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a view needs: modules, style sheets, and what it asks the service for."""

    modules: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def ahead(path: str, files: Files) -> Ahead:
    """What is needed at a path without a slash before it; nothing if no view stands there."""
    for view in _views():
        values = _match(view.path, path)
        if values is not None:
            return Ahead(
                tuple(files.imported(f"js/{view.module}")),
                () if view.sheet is None else (f"css/views/{view.sheet}",),
                tuple(_filled(it, values) for it in view.wants if _known(it, values)),
            )
    return Ahead()


@cache
def _views() -> tuple[View, ...]:
    text = (STATIC / "js/views.js").read_text(encoding="utf-8")
    return tuple(
        View(
            it["path"],
            it["module"],
            it["sheet"],
            tuple(re.findall(r'"([^"]+)"', it["wants"] or "")),
        )
        for it in VIEW.finditer(text)
    )


def _match(wanted: str, path: str) -> dict[str, str] | None:
    """The values in a path; None if it is another view's."""
    steps, given = wanted.split("/"), path.strip("/").split("/")
    if len(steps) != len(given):
        return None
    values = {}
    for step, value in zip(steps, given, strict=True):
        if step.startswith(":"):
            values[step[1:]] = value
        elif step != value:
            return None
    return values


def _known(wanted: str, values: dict[str, str]) -> bool:
    """Whether all that is in it is an id: `latest` is found out later."""
    return all(values[it] != "latest" for it in re.findall(r":(\w+)", wanted))


def _filled(wanted: str, values: dict[str, str]) -> str:
    return re.sub(r":(\w+)", lambda it: quote(values[it[1]], safe=""), wanted)
