"""What counts from go-live: which date `go-live-2T18:00` is, and whom a freeze of a wave holds.

Reading a document begins with it, and so does whoever works with the plain tree: from then on there
are dates and moments only. What cannot be worked out is left as it is, for the readers to complain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from allocator.formats.models.fields import read_go_live

Tree = Mapping[str, Any]

TASK_DATES = ("earliest", "due", "deadline")
RANGE = ("from", "to")


def absolute(tree: Any) -> Any:
    """The same document with dates and moments in place of those counted from go-live.

    A freeze of a wave that lists no departments lists those of the wave.
    """
    if not isinstance(tree, dict):
        return tree
    waves, found = list(_entries(tree.get("waves"))), dict(tree)
    for name, reported in (("tasks", _task), ("departments", _department), ("freezes", _freeze)):
        if isinstance(tree.get(name), list):
            found[name] = [reported(it, waves) if isinstance(it, dict) else it for it in tree[name]]
    return found


def _task(task: Tree, waves: list[Tree]) -> Tree:
    """Counted from the go-live of its wave, else of its department in its project."""
    pin = task.get("pin")
    named = [task.get(field) for field in TASK_DATES]
    if not any(map(_is_reported, (*named, pin.get("start") if isinstance(pin, dict) else None))):
        return task
    if task.get("wave") is not None:
        days = _days(it for it in waves if it.get("id") == task["wave"])
    else:
        project, department = task.get("project"), task.get("department")
        days = _days(it for it in waves if it.get("project") == project and _takes(it, department))
    made = _with(task, TASK_DATES, days)
    return {**made, "pin": _with(pin, ("start",), days)} if isinstance(pin, dict) else made


def _department(department: Tree, waves: list[Tree]) -> Tree:
    """Closed days are counted from the department's first go-live."""
    closed = department.get("closed")
    if not isinstance(closed, list):
        return department
    days = _days(it for it in waves if _takes(it, department.get("id")))
    return {**department, "closed": [_with(it, RANGE, days) for it in closed]}


def _freeze(freeze: Tree, waves: list[Tree]) -> Tree:
    if freeze.get("wave") is None:
        return freeze
    own = [it for it in waves if it.get("id") == freeze["wave"]]
    made = _with(freeze, RANGE, _days(iter(own)))
    if made.get("departments") is None and own and own[0].get("departments"):
        return {**made, "departments": own[0]["departments"]}
    return made


def _takes(wave: Tree, department: object) -> bool:
    listed = wave.get("departments")
    return isinstance(listed, list) and department in listed


def _days(waves: Iterator[Tree]) -> date | None:
    """The earliest go-live of some waves; None where there is none, or one cannot be read."""
    try:
        return min((date.fromisoformat(it["go_live"]) for it in waves), default=None)
    except (KeyError, TypeError, ValueError):
        return None


def _with(entry: Tree, fields: tuple[str, ...], day: date | None) -> Tree:
    if not isinstance(entry, dict) or day is None:
        return entry
    reported = {
        field: _on_calendar(entry[field], day) for field in fields if _is_reported(entry.get(field))
    }
    return {**entry, **reported} if reported else entry


def _is_reported(value: object) -> bool:
    return isinstance(value, str) and read_go_live(value) is not None


def _on_calendar(value: str, day: date) -> str:
    reported = read_go_live(value)
    assert reported is not None  # only such values are asked for
    return f"{day + timedelta(days=reported.days)}{reported.time}"


def _entries(listed: object) -> Iterator[Tree]:
    yield from (it for it in listed if isinstance(it, dict)) if isinstance(listed, list) else ()
