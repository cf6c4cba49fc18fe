"""Two kept plans side by side: what each came to, its money, what is late or open, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from service.edits.base import Edit, Tree
from service.edits.renaming import renamed_plan, renamed_report
from service.plans.comparison import compare, shown
from service.plans.renames import renames_since
from service.store import plans, rollouts, runs
from service.store.errors import Conflict
from service.store.plans import Found
from service.store.runs import Run

PROOF = ("proved", "because", "minimal", "also")
"""What says that work cannot be done (in time), and why."""

OPEN_KEYS = ("kind", "id", "seat", "audience", "department", "day")
"""What tells entries of a plan's open work apart."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two plans: the run that found it, and what it comes to on this side."""

    run: Run
    found: Found


def side_by_side(
    connection: Connection, tenant: str, before: str, after: str, edits: Sequence[Edit] = ()
) -> Tree:
    """Everything that changes from one plan to the other, as plain values.

    `edits` are what was changed in the rollout between them: the causes of what differs.
    """
    old, new = (ended(connection, tenant, it) for it in (before, after))
    _, tree = rollouts.document(connection, tenant, new.run.rollout, new.run.revision)
    old = _as_called_in(connection, tenant, old, tree)
    return beside(old, new, tree, edits)


def beside(before: Side, after: Side, tree: Tree, edits: Sequence[Edit] = ()) -> Tree:
    """The same of two plans that have been read; `tree` is the rollout of the later one."""
    old, new = before.found, after.found
    compared = shown(compare(old.document, new.document, tree, edits))
    return {
        "before": _side(before),
        "after": _side(after),
        "edits": [edit.model_dump(by_alias=True, exclude_unset=True) for edit in edits],
        **compared,
        "projects": _joined(old, new, "costs", ("project",), ("cost", "budget")),
        "accounts": _joined(old, new, "accounts", ("account", "vendor"), ("cost",)),
        "late": _joined(
            old, new, "late", ("task",), ("hours", "working_days", "end", "cause", *PROOF)
        ),
        "open": _matched(
            old.document.get("open") or [],
            new.document.get("open") or [],
            OPEN_KEYS,
            ("hours", "heads", "people", "reason", *PROOF),
        ),
    }


def ended(connection: Connection, tenant: str, id_: str) -> Side:
    """A plan that was kept, with its run; Conflict if there is none, or one without bookings."""
    run = runs.get(connection, tenant, id_)
    if run.plan is None:
        raise Conflict(f"Plan {id_!r} has no result: it is {run.state}.", run.state)
    _, found = plans.get(connection, tenant, run.plan)
    if found.total is None:
        raise Conflict(f"Plan {id_!r} has no bookings: {found.document['outcome']}.")
    return Side(run, found)


def _as_called_in(connection: Connection, tenant: str, side: Side, tree: Tree) -> Side:
    """The earlier plan by the ids of the later one's rollout, where entries were renamed since."""
    document, report = side.found.document, side.found.report
    for it in renames_since(connection, tenant, side.run.rollout, side.run.revision):
        ids = {entry["id"] for entry in tree.get(it.list) or []}
        if it.to in ids and it.id not in ids:
            document, report = renamed_plan(document, it), renamed_report(report, it)
    return replace(side, found=replace(side.found, document=document, report=report))


def _side(side: Side) -> Tree:
    run, found = side.run, side.found
    score = found.document["score"]
    return {
        "plan": run.id,
        "rollout": run.rollout,
        "revision": run.revision,
        "outcome": found.document["outcome"],
        "total": score["total"],
        "bound": score["bound"],
        "gap": score["gap"],
        "planned": found.report.get("planned"),
    }


def _joined(
    old: Found, new: Found, part: str, keys: tuple[str, ...], values: tuple[str, ...]
) -> list[Tree]:
    return _matched(old.report.get(part) or [], new.report.get(part) or [], keys, values)


def _matched(
    old: Iterable[Mapping[str, Any]],
    new: Iterable[Mapping[str, Any]],
    keys: tuple[str, ...],
    values: tuple[str, ...],
) -> list[Tree]:
    """Entries of both by their keys, with their values before and after, or null."""
    sides = [{tuple(it.get(key) for key in keys): it for it in entries} for entries in (old, new)]
    return [
        {
            **{key: value for key, value in zip(keys, found, strict=True) if value is not None},
            "before": _values(sides[0].get(found), values),
            "after": _values(sides[1].get(found), values),
        }
        for found in dict.fromkeys([*sides[0], *sides[1]])
    ]


def _values(entry: Mapping[str, Any] | None, names: tuple[str, ...]) -> Tree | None:
    return None if entry is None else {name: entry[name] for name in names if name in entry}
