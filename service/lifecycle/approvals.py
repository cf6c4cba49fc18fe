"""Green lights for plans: each department is asked about its part, when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, insert, select

from allocator.errors import Fault, InvalidDocument
from service.edits.base import Tree
from service.plans.department_ids import fingerprint, parts_of
from service.plans.departments import changes_of, department_document
from service.plans.documents import documents_of
from service.store import plans, rollouts, runs, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from service.store.rollouts import new_id

Word = Literal["granted", "refused", "pending"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a department head said once, of a plan's part with a fingerprint."""

    run: str
    sha256: str
    granted: bool
    who: str
    at: int
    note: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Where the green light of a department for a plan stands."""

    department: str
    name: str
    sha256: str
    """The fingerprint of the department's part of the plan."""
    word: Word
    said: Said | None = None
    """The word that holds; of a pending one the latest, which was on something else."""


def rollout_of(connection: Connection, tenant: str, run: str) -> str:
    """The rollout that a plan is of; that of a what-if is the one that it was made on."""
    found = rollouts.get(connection, tenant, runs.get(connection, tenant, run).rollout)
    return found.scenario_of or found.id


def approvals_of(connection: Connection, tenant: str, run: str) -> list[Approval]:
    """The departments that a plan concerns, each with its word, by id.

    A word on an earlier plan holds for this one if the department's part is the same.
    """
    asked, tree, plan = documents_of(connection, tenant, run)
    parts = parts_of(tree, plan.document)
    names = {it["id"]: it.get("name") or it["id"] for it in tree.get("departments") or []}
    table = tables.approvals
    found = connection.execute(
        select(table)
        .where(table.c.tenant == tenant, table.c.rollout == asked.rollout)
        .order_by(table.c.at, table.c.id)
    )
    said = [
        (row.department, Said(row.run, row.sha256, row.granted, row.who, row.at, row.note))
        for row in found
    ]
    latest = dict(said)
    of_part = {(department, it.sha256): it for department, it in said}
    approvals = []
    for department, part in sorted(parts.items()):
        sha256 = fingerprint(part)
        word = of_part.get((department, sha256))
        state: Word = "pending" if word is None else "granted" if word.granted else "refused"
        last = word or latest.get(department)
        approvals.append(Approval(department, names[department], sha256, state, last))
    return approvals


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest plan of a rollout with the green lights for it."""

    run: str
    created_at: int
    approvals: tuple[Approval, ...]


def latest(connection: Connection, tenant: str, rollout: str) -> Latest | None:
    """Where the latest plan of a rollout stands; None while there is no plan."""
    kept = plans.latest(connection, tenant, rollout)
    if kept is None:
        return None
    words = tuple(approvals_of(connection, tenant, kept.run))
    return Latest(kept.run, kept.created_at, words)


@dataclass(frozen=True, slots=True)
class Part:
    """What a plan has for one department, and what has changed since its last word."""

    run: str
    rollout: str
    name: str
    approval: Approval
    document: Tree
    changes: list[Tree] | None
    """None while the department has said nothing of any plan of the rollout."""


def part(connection: Connection, tenant: str, run: str, department: str) -> Part:
    """What a department's head looks at before giving the green light."""
    approval = next(
        (it for it in approvals_of(connection, tenant, run) if it.department == department), None
    )
    if approval is None:
        raise NotFound("work of the plan in department", department)
    asked, tree, found = documents_of(connection, tenant, run)
    changes = None
    if approval.said is not None:
        _, earlier, was = documents_of(connection, tenant, approval.said.run)
        changes = changes_of(tree, (earlier, was.document), found.document, department)
    document = department_document(tree, found.document, found.report, department)
    return Part(run, asked.rollout, str(tree["name"]), approval, document, changes)


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
    if not granted and not remark.strip():
        raise InvalidDocument([Fault("note", "missing", "A refusal needs a reason.")])
    asked, tree, found = documents_of(connection, actor.tenant, run)
    parts = parts_of(tree, found.document)
    if department not in parts:
        raise NotFound("work of the plan in department", department)
    present = fingerprint(parts[department])
    if present != sha256:
        raise Conflict(
            "The plan has something else for this department than what was seen.", present
        )
    connection.execute(
        insert(tables.approvals).values(
            tenant=actor.tenant,
            id=new_id(),
            rollout=asked.rollout,
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
