"""An entry gets another id, and all that refers to it does too: in documents, plans and edits."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allocator.errors import Fault, InvalidDocument
from allocator.formats.shape import KINDS
from service.edits.base import Tree

LONGEST = 200

IN_ROLLOUTS: Mapping[str, tuple[str, ...]] = {
    "calendars": (
        "sites[].calendar",
        "people[].calendar",
        "rooms[].calendar",
        "audiences[].calendar",
    ),
    "skills": (
        "people[].skills[].skill",
        "tasks[].crew[].skill",
        "courses[].trainers[].skill",
        "courses[].grants.skill",
        "support[].skill",
    ),
    "sites": (
        "travel[].from",
        "travel[].to",
        "departments[].site",
        "people[].site",
        "rooms[].site",
        "tasks[].site",
    ),
    "departments": (
        "waves[].departments[]",
        "tasks[].department",
        "audiences[].department",
        "support[].worked[].department",
        "freezes[].departments[]",
    ),
    "vendors": ("people[].vendor",),
    "people": (
        "tasks[].pin.people[]",
        "tasks[].progress.worked[].person",
        "audiences[].members[]",
        "audiences[].trained[].members[]",
        "audiences[].trained[].trainers[]",
        "support[].worked[].people[]",
    ),
    "rooms": (),
    "projects": ("waves[].project", "tasks[].project", "courses[].project"),
    "waves": ("tasks[].wave", "support[].wave", "freezes[].wave"),
    "tasks": (
        "tasks[].after[]",
        "tasks[].after[].task",
        "tasks[].same_people_as",
        "tasks[].different_people_from",
        "courses[].materials",
    ),
    "courses": ("courses[].after[]", "audiences[].courses[]", "audiences[].trained[].course"),
    "audiences": ("support[].users.audiences[]",),
    "support": (),
}
"""Where a rollout document names entries of each list."""

IN_PLANS: Mapping[str, tuple[str, ...]] = {
    "departments": ("support[].department",),
    "people": (
        "tasks[].crew[].person",
        "sessions[].trainers[]",
        "sessions[].groups[].members[]",
        "support[].people[]",
        "history.tasks[].person",
        "history.sessions[].trainers[]",
        "history.sessions[].groups[].members[]",
    ),
    "rooms": ("sessions[].room", "history.sessions[].room"),
    "tasks": ("tasks[].task", "history.tasks[].task"),
    "courses": ("sessions[].course", "history.sessions[].course"),
    "audiences": ("sessions[].groups[].audience", "history.sessions[].groups[].audience"),
    "support": ("support[].support",),
}
"""Where the bookings of a plan document do."""

IN_REPORTS: Mapping[str, tuple[str, ...]] = {
    "tasks": ("late[].task",),
    "projects": ("costs[].project",),
}
"""Where what is said of a plan does."""

IN_EDITS: Mapping[str, tuple[str, ...]] = {
    "people": ("person", "like", "people[]"),
    "tasks": ("task", "other"),
    "waves": ("wave",),
    "projects": ("project",),
    "courses": ("course",),
    "departments": ("department",),
    "rooms": ("room",),
    "skills": ("skill",),
    "vendors": ("vendor",),
}
"""Where an edit of a scenario does."""


@dataclass(frozen=True, slots=True)
class Rename:
    """An entry of a list by its id, and the id that it gets."""

    list: str
    id: str
    to: str


def renamed(tree: Tree, rename: Rename) -> tuple[Tree, int]:
    """A document with another id for an entry, and in how many places it was referred to.

    The document may have faults. InvalidDocument if there is no such entry, or the id is taken.
    """
    found = [it for it in _entries(tree, rename.list) if it.get("id") == rename.id]
    faults = []
    if rename.list not in KINDS:
        known = ", ".join(KINDS)
        faults.append(Fault("list", "unknown_field", f"Entries with ids are in {known}."))
    elif not found:
        message = f'{rename.list} has no entry "{rename.id}".'
        faults.append(Fault("id", "unknown_id", message))
    if not 0 < len(rename.to) <= LONGEST:
        faults.append(Fault("to", "bad_value", f"An id has 1 to {LONGEST} characters."))
    elif rename.to != rename.id and any(
        it.get("id") == rename.to for it in _entries(tree, rename.list)
    ):
        message = f'The {KINDS.get(rename.list, "entry")} "{rename.to}" is there already.'
        faults.append(Fault("to", "duplicate_id", message))
    if faults:
        raise InvalidDocument(faults)
    made = copy.deepcopy(tree)
    for entry in _entries(made, rename.list):
        if entry.get("id") == rename.id:
            entry["id"] = rename.to
    places = _everywhere(made, IN_ROLLOUTS[rename.list], rename)
    published = made.get("published")
    if isinstance(published, dict) and isinstance(published.get("plan"), dict):
        places += _in_plan(published["plan"], rename)
    return made, places


def renamed_plan(plan: Mapping[str, Any], rename: Rename) -> Tree:
    """The bookings of a plan document under the new id."""
    made: Tree = copy.deepcopy(dict(plan))
    _in_plan(made, rename)
    return made


def renamed_report(report: Mapping[str, Any], rename: Rename) -> Tree:
    """What is said of a plan under the new id."""
    made: Tree = copy.deepcopy(dict(report))
    _everywhere(made, IN_REPORTS.get(rename.list, ()), rename)
    return made


def renamed_edit(edit: Mapping[str, Any], rename: Rename) -> Tree:
    """An edit of a scenario, as plain values, under the new id."""
    made: Tree = copy.deepcopy(dict(edit))
    _everywhere(made, IN_EDITS.get(rename.list, ()), rename)
    return made


def named_in_plan(plan: Mapping[str, Any], list_: str) -> set[str]:
    """The ids of a list that the bookings of a plan document name."""
    found: set[str] = set()
    for path in IN_PLANS.get(list_, ()):
        found |= set(_values(plan, _steps(path)))
    return found


def _in_plan(plan: Tree, rename: Rename) -> int:
    places = _everywhere(plan, IN_PLANS.get(rename.list, ()), rename)
    if rename.list == "courses":
        for session in _entries(plan, "sessions"):
            name = session.get("id")
            if isinstance(name, str) and name.startswith(f"{rename.id}/"):
                session["id"] = rename.to + name.removeprefix(rename.id)
    return places


def _entries(tree: Tree, name: str) -> Iterator[Tree]:
    listed = tree.get(name)
    yield from (it for it in listed if isinstance(it, dict)) if isinstance(listed, list) else ()


def _everywhere(tree: Tree, paths: tuple[str, ...], rename: Rename) -> int:
    return sum(_along(tree, _steps(path), rename) for path in paths)


def _steps(path: str) -> list[str]:
    return path.replace("[]", ".[]").split(".")


def _keys(node: Any, step: str) -> Iterator[Any]:
    """Where a step of a path leads to in a list or a mapping, if it has that."""
    if step == "[]":
        yield from range(len(node)) if isinstance(node, list) else ()
    elif isinstance(node, dict) and step in node:
        yield step


def _values(node: Any, steps: list[str]) -> Iterator[Any]:
    step, *rest = steps
    for key in _keys(node, step):
        yield from _values(node[key], rest) if rest else (node[key],)


def _along(node: Any, steps: list[str], rename: Rename) -> int:
    """Change what is at the end of a path, wherever the document has one."""
    step, *rest = steps
    count = 0
    for key in _keys(node, step):
        if rest:
            count += _along(node[key], rest, rename)
        elif node[key] == rename.id:
            node[key] = rename.to
            count += 1
    return count
