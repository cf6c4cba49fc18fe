"""Attempts at runs: taken up, renewed by progress, given back or brought to an end.

Who takes a run up gets a **fence**: the number of the attempt. Progress and results are only taken
from the latest attempt, so that a worker which was frozen and replaced cannot write over it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, case, func, select, update

from service.store import events, findings, tables
from service.store.clock import now
from service.store.documents import packed, unpacked
from service.store.errors import StoreError
from service.store.plans import Found, KeptPlan
from service.store.runs import UNFINISHED, Asked, Run, State, end, end_with_plan, of_id, run_of


class Superseded(StoreError):
    """The run has ended or was taken over meanwhile; what this attempt found is not kept."""


@dataclass(frozen=True, slots=True)
class Fence:
    """One attempt at a run: what it may write as long as nobody else has taken the run up."""

    tenant: str
    run: str
    attempt: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A run that has been taken up, with what an interrupted attempt left behind."""

    fence: Fence
    run: Run
    spent: float
    kept: Found | None
    lost: int
    """Workers that were lost while they were at it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a solve has come: phase, seconds, and the total, bound and gap of its best plan."""

    phase: str
    seconds: float
    best: float | None
    bound: float | None
    gap: float | None


def take(connection: Connection, tenant: str, id_: str, worker: str) -> Taken | None:
    """Take a run up, for the first time or after a worker that is gone; None if it has ended."""
    table = tables.runs
    row = connection.execute(
        update(table)
        .where(*of_id(tenant, id_), table.c.state.in_(UNFINISHED))
        .values(
            state="running",
            attempt=table.c.attempt + 1,
            worker=worker,
            lost=table.c.lost + case((table.c.state == "running", 1), else_=0),
            started_at=func.coalesce(table.c.started_at, now()),
        )
        .returning(*table.c)
    ).first()
    if row is None:
        return None
    events.tell(connection, tenant, id_, "started", attempt=row.attempt)
    kept = None if row.kept is None else Found(**unpacked(row.kept))
    return Taken(Fence(tenant, id_, row.attempt), run_of(row), row.spent, kept, row.lost)


def advance(connection: Connection, fence: Fence, step: Step) -> None:
    """Write down how far a run has come."""
    _held(connection, fence, **asdict(step))
    events.tell(connection, fence.tenant, fence.run, "progress", **asdict(step))


def hand_back(connection: Connection, fence: Fence, seconds: float, kept: Found | None) -> None:
    """Return a run to the queue because its worker leaves, with the best plan found so far."""
    columns: dict[str, Any] = {"state": "queued", "spent": tables.runs.c.spent + seconds}
    if kept is not None:
        columns["kept"] = packed({"document": kept.document, "report": kept.report})
    _held(connection, fence, **columns)
    events.tell(connection, fence.tenant, fence.run, "requeued")


def finish(connection: Connection, fence: Fence, found: Found) -> KeptPlan:
    """Keep what a run has found: the one result that it ever has."""
    row = _held(connection, fence, defects=found.defects)
    state: State = "stopped" if row.asked == "stop" else "done"
    return end_with_plan(connection, fence.tenant, row, state, found)


def answer(connection: Connection, fence: Fence, document: Mapping[str, Any]) -> None:
    """Keep what was found of a question about a plan: the one answer that the run ever has."""
    row = _held(connection, fence)
    run = run_of(connection.execute(select(tables.runs).where(*of_id(fence.tenant, row.id))).one())
    findings.keep(connection, fence.tenant, run, document)
    end(connection, fence.tenant, run.id, "stopped" if row.asked == "stop" else "done")


def give_up(connection: Connection, fence: Fence) -> None:
    """End a run that was cancelled; nothing of it is kept."""
    _held(connection, fence)
    end(connection, fence.tenant, fence.run, "cancelled")


def fail(connection: Connection, fence: Fence, failure: str, defects: int = 0) -> None:
    """End a run that broke off, with a sentence that says why and the number of our defects."""
    _held(connection, fence, defects=defects)
    end(connection, fence.tenant, fence.run, "failed", failure=failure)


def asked_of(connection: Connection, fences: Sequence[Fence]) -> dict[Fence, Asked | None]:
    """What the runs of a worker are asked to do; those that it no longer holds are left out."""
    table = tables.runs
    by_run = {(fence.tenant, fence.run, fence.attempt): fence for fence in fences}
    found = connection.execute(
        select(table.c.tenant, table.c.id, table.c.attempt, table.c.asked).where(
            table.c.state == "running",
            table.c.id.in_([fence.run for fence in fences]),
        )
    )
    return {
        by_run[key]: row.asked
        for row in found
        if (key := (row.tenant, row.id, row.attempt)) in by_run
    }


def _held(connection: Connection, fence: Fence, **columns: Any) -> Row[Any]:
    """The row of a run that an attempt still holds, changed and locked; else Superseded."""
    table = tables.runs
    row = connection.execute(
        update(table)
        .where(
            *of_id(fence.tenant, fence.run),
            table.c.attempt == fence.attempt,
            table.c.state == "running",
        )
        .values(attempt=fence.attempt, **columns)
        .returning(table.c.id, table.c.rollout, table.c.revision, table.c.asked)
    ).first()
    if row is None:
        raise Superseded(
            f"Attempt {fence.attempt} at run {fence.run!r} is no longer the latest one."
        )
    return row
