"""A rollout replaced by another document: what changes entry by entry, and what is carried over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allocator.formats.shape import KINDS
from service.edits.base import Tree
from service.edits.renaming import named_in_plan

UNNAMED = ("travel", "freezes")
"""Lists whose entries have no ids: they change as a whole."""

APART = {*KINDS, *UNNAMED, "schema", "published"}


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is new, gone or has other fields than before."""

    id: str
    name: str
    fields: tuple[str, ...] = ()
    """Of an entry that both documents have: what differs."""
    booked: bool = False
    """Of an entry that is gone: whether the published plan has bookings of it."""


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What changes in one list; entries of lists without ids are named by their numbers alone."""

    name: str
    before: int
    after: int
    added: tuple[Changed, ...] = ()
    removed: tuple[Changed, ...] = ()
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replacing a document by another one would change; nothing if all of it is empty."""

    fields: tuple[str, ...]
    """Of the rollout itself: its name, days, prices and so on."""
    lists: tuple[ListChanges, ...]
    keeps_published: bool
    """Whether the published plan is carried over, for the new document has none."""


def carried_over(before: Tree, after: Tree) -> Tree:
    """The new document, with what is published if it does not say so itself."""
    if "published" in after or "published" not in before:
        return after
    return {**after, "published": before["published"]}


def replacement(before: Tree, after: Tree) -> Replacement:
    """What changes, list by list in the order of the format."""
    fields = [
        name for name in dict.fromkeys([*before, *after]) if before.get(name) != after.get(name)
    ]
    keeps = "published" in before and "published" not in after
    if keeps:
        fields.remove("published")
    return Replacement(
        tuple(it for it in fields if it not in APART or it == "published"),
        tuple(_lists(before, after)),
        keeps,
    )


def _lists(before: Tree, after: Tree) -> Iterator[ListChanges]:
    for name in (*KINDS, *UNNAMED):
        old, new = before.get(name) or [], after.get(name) or []
        if old == new:
            continue
        if name in UNNAMED:
            yield ListChanges(name, len(old), len(new))
            continue
        was, now = ({it["id"]: it for it in entries} for entries in (old, new))
        reported = named_in_plan((before.get("published") or {}).get("plan") or {}, name)
        yield ListChanges(
            name,
            len(old),
            len(new),
            tuple(_of(it) for id_, it in now.items() if id_ not in was),
            tuple(_of(it, booked=id_ in reported) for id_, it in was.items() if id_ not in now),
            tuple(
                _of(it, fields=_differing(was[id_], it))
                for id_, it in now.items()
                if id_ in was and was[id_] != it
            ),
        )


def _of(entry: Tree, *, fields: tuple[str, ...] = (), booked: bool = False) -> Changed:
    return Changed(entry["id"], entry.get("name") or entry["id"], fields, booked)


def _differing(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, ...]:
    return tuple(it for it in dict.fromkeys([*old, *new]) if old.get(it) != new.get(it))
