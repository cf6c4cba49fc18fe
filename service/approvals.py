"""Green lights for plans: each department is asked about its part, when that changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from allocator.formats.text import sha256
from service.edits.base import Tree
from service.store import plans, rollouts, runs, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from service.store.rollouts import new_id

Word = Literal["granted", "refused", "pending"]


@dataclass(frozen=True, slots=True)
class Approval:
    """Where the green light of a department for a plan stands."""

    department: str
    sha256: str
    """The fingerprint of the department's part of the plan."""
    word: Word
    who: str | None = None
    at: int | None = None
    note: str = ""


def approvals_of(connection: Connection, tenant: str, run: str) -> list[Approval]:
    """The departments that a plan concerns, each with its word, by id.

    A word on an earlier plan holds for this one if the department's part is the same.
    """
    rollout, parts = _parts(connection, tenant, run)
    table = tables.approvals
    found = connection.execute(
        select(table)
        .where(table.c.tenant == tenant, table.c.rollout == rollout)
        .order_by(table.c.at, table.c.id)
    )
    words = {(row.department, row.sha256): row for row in found}
    return [
        Approval(department, part, "pending")
        if (row := words.get((department, part))) is None
        else Approval(
            department, part, "granted" if row.granted else "refused", row.who, row.at, row.note
        )
        for department, part in sorted(parts.items())
    ]


def missing_approvals(connection: Connection, tenant: str, run: str) -> list[str]:
    """The departments without a green light for a plan."""
    return [it.department for it in approvals_of(connection, tenant, run) if it.word != "granted"]


def approve(
    connection: Connection,
    actor: Actor,
    run: str,
    department: str,
    *,
    granted: bool,
    sha256: str,
    remark: str = "",
) -> None:
    """Keep a department head's word on the part of a plan that they have seen (its fingerprint)."""
    rollout, parts = _parts(connection, actor.tenant, run)
    if department not in parts:
        raise NotFound("work of the plan in department", department)
    if parts[department] != sha256:
        raise Conflict(
            "The plan has something else for this department than what was seen.",
            parts[department],
        )
    connection.execute(
        insert(tables.approvals).values(
            tenant=actor.tenant,
            id=new_id(),
            rollout=rollout,
            run=run,
            department=department,
            sha256=sha256,
            granted=granted,
            note=remark,
            at=now(),
            who=actor.name,
        )
    )
    action = "give a green light" if granted else "refuse a green light"
    note(connection, actor, action, "run", run, department=department)


def _parts(connection: Connection, tenant: str, run: str) -> tuple[str, dict[str, str]]:
    asked = runs.get(connection, tenant, run)
    if asked.plan is None:
        raise Conflict(f"Plan {run!r} has no result: it is {asked.state}.", asked.state)
    _, found = plans.get(connection, tenant, asked.plan)
    _, tree = rollouts.document(connection, tenant, asked.rollout, asked.revision)
    return asked.rollout, {
        department: sha256(part) for department, part in parts_of(tree, found.document).items()
    }


def parts_of(rollout: Tree, plan: Mapping[str, Any]) -> dict[str, list[Tree]]:
    """What a plan has for each department: its tasks, its audiences' classes, its support."""
    of_task = {it["id"]: it.get("department") for it in rollout.get("tasks") or []}
    of_audience = {it["id"]: it["department"] for it in rollout.get("audiences") or []}
    parts: dict[str, list[Tree]] = {}
    for task in plan.get("tasks") or []:
        department = of_task.get(task["task"])
        if department is not None:
            parts.setdefault(department, []).append(_in_order(task))
    for session in plan.get("sessions") or []:
        # The number in a class's name shifts with other classes; what it is does not.
        told = _in_order({name: value for name, value in session.items() if name != "id"})
        for department in {of_audience[group["audience"]] for group in session["groups"]}:
            parts.setdefault(department, []).append(told)
    for shift in plan.get("support") or []:
        parts.setdefault(shift["department"], []).append(_in_order(shift))
    for part in parts.values():
        part.sort(key=sha256)
    return parts


def _in_order(booking: Tree) -> Tree:
    """A booking with its people in one order: who is named first says nothing."""
    return {
        name: sorted(value, key=sha256) if isinstance(value, list) else value
        for name, value in booking.items()
    }
