"""Runs: solves that were asked for, from queued to ended, each with exactly one result.

    queued ──> running ──> done        the solve came to its end
      │  ^        │    ──> stopped     somebody asked it to end early and keep its best plan
      │  └────────┤    ──> failed      it broke off; `failure` says why
      │  its worker left   cancelled   nobody wants it any more; nothing is kept
      └───────────┴──────────^

Who takes a run up gets a **fence**: the number of the attempt. Progress and results are only taken
from the latest attempt, so that a worker which was frozen and replaced cannot write over it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, case, func, insert, select, tuple_, update

from allocator.formats.models.rollout import Preset
from service.store import deliveries, events, plans, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.documents import packed, unpacked
from service.store.errors import Conflict, NotFound, StoreError
from service.store.plans import Found, KeptPlan
from service.store.rollouts import new_id

Kind = Literal["plan", "nightly"]
State = Literal["queued", "running", "done", "stopped", "failed", "cancelled"]
Asked = Literal["stop", "cancel"]

UNFINISHED: tuple[State, ...] = ("queued", "running")


class Superseded(StoreError):
    """The run has ended or was taken over meanwhile; what this attempt found is not kept."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a solve may use: seconds, workers side by side, a seed, a preset, a plan from before."""

    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    preset: Preset | None = None
    base: str | None = None
    """The run whose plan it begins with; what still holds of that is kept first."""
    most_people: int | None = None
    """The change budget: people told x weight, at most."""


@dataclass(frozen=True, slots=True)
class Run:
    """A solve that was asked for, as far as it has come."""

    id: str
    rollout: str
    revision: int
    kind: Kind
    limits: Limits
    priority: int
    state: State
    asked: Asked | None
    attempt: int
    worker: str | None
    phase: str | None
    seconds: float | None
    best: float | None
    bound: float | None
    gap: float | None
    plan: str | None
    failure: str | None
    created_at: int
    created_by: str
    started_at: int | None
    ended_at: int | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in UNFINISHED


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


def same_unfinished(connection: Connection, tenant: str, same_as: str) -> Run | None:
    """The unfinished run of the same work, if there is one."""
    table = tables.runs
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.same_as == same_as)
    ).first()
    return None if row is None else _run(row)


def add(
    connection: Connection,
    actor: Actor,
    rollout: str,
    revision: int,
    limits: Limits,
    *,
    priority: int,
    same_as: str | None = None,
    kind: Kind = "plan",
) -> Run:
    """Write down that a solve is wanted; `same_as` must not be that of an unfinished run."""
    id_ = new_id()
    connection.execute(
        insert(tables.runs).values(
            tenant=actor.tenant,
            id=id_,
            rollout=rollout,
            revision=revision,
            kind=kind,
            settings=json.dumps(asdict(limits)),
            priority=priority,
            same_as=same_as,
            state="queued",
            attempt=0,
            events=0,
            spent=0.0,
            created_at=now(),
            created_by=actor.name,
        )
    )
    note(connection, actor, "ask for a plan", "run", id_, revision, rollout=rollout)
    events.tell(connection, actor.tenant, id_, "queued")
    return get(connection, actor.tenant, id_)


def get(connection: Connection, tenant: str, id_: str) -> Run:
    """A run as it is now."""
    row = connection.execute(select(tables.runs).where(*_of(tenant, id_))).first()
    if row is None:
        raise NotFound("run", id_)
    return _run(row)


def listed(
    connection: Connection,
    tenant: str,
    *,
    rollout: str | None = None,
    states: Collection[State] = (),
    latest: bool = False,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Run]:
    """The runs of a tenant, latest first; `after` is where the last page ended.

    `latest` leaves out all but the latest of each rollout.
    """
    table = tables.runs
    query = select(table).where(table.c.tenant == tenant)
    if rollout is not None:
        query = query.where(table.c.rollout == rollout)
    if states:
        query = query.where(table.c.state.in_(states))
    if latest:
        other = table.alias()
        of_its_rollout = (
            select(other.c.id)
            .where(other.c.tenant == table.c.tenant, other.c.rollout == table.c.rollout)
            .order_by(other.c.created_at.desc(), other.c.id.desc())
            .limit(1)
        )
        query = query.where(table.c.id == of_its_rollout.scalar_subquery())
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_run(row) for row in found]


def ask_to_end(connection: Connection, actor: Actor, id_: str, asked: Asked) -> Run:
    """Ask a run to stop with its best plan, or to be given up. One that waits ends at once.

    It waits with a plan if a worker that left has returned it to the queue. Asking again changes
    nothing, but who wants to stop may still cancel.
    """
    row = connection.execute(
        select(tables.runs).where(*_of(actor.tenant, id_)).with_for_update()
    ).first()
    if row is None:
        raise NotFound("run", id_)
    if row.state not in UNFINISHED:
        raise Conflict(f"Run {id_!r} has ended already: it is {row.state}.", row.state)
    if row.asked in (asked, "cancel"):
        return _run(row)
    note(connection, actor, asked, "run", id_, row.revision)
    kept = None if row.kept is None else Found(**unpacked(row.kept))
    if row.state == "queued" and asked == "stop" and kept is not None:
        _keep(connection, actor.tenant, row, "stopped", kept)
    elif row.state == "queued":
        _end(connection, actor.tenant, id_, "cancelled")
    else:
        connection.execute(update(tables.runs).where(*_of(actor.tenant, id_)).values(asked=asked))
        events.tell(connection, actor.tenant, id_, "asked", to=asked)
    return get(connection, actor.tenant, id_)


def take(connection: Connection, tenant: str, id_: str, worker: str) -> Taken | None:
    """Take a run up, for the first time or after a worker that is gone; None if it has ended."""
    table = tables.runs
    row = connection.execute(
        update(table)
        .where(*_of(tenant, id_), table.c.state.in_(UNFINISHED))
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
    return Taken(Fence(tenant, id_, row.attempt), _run(row), row.spent, kept, row.lost)


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
    row = _held(connection, fence)
    state: State = "stopped" if row.asked == "stop" else "done"
    return _keep(connection, fence.tenant, row, state, found)


def give_up(connection: Connection, fence: Fence) -> None:
    """End a run that was cancelled; nothing of it is kept."""
    _held(connection, fence)
    _end(connection, fence.tenant, fence.run, "cancelled")


def fail(connection: Connection, fence: Fence, failure: str) -> None:
    """End a run that broke off, with a sentence that says why."""
    _held(connection, fence)
    _end(connection, fence.tenant, fence.run, "failed", failure=failure)


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


def number_unfinished(connection: Connection, tenant: str) -> int:
    """How many runs of a tenant wait or run."""
    table = tables.runs
    counted = select(func.count()).where(table.c.tenant == tenant, table.c.state.in_(UNFINISHED))
    return connection.execute(counted).scalar_one()


def unfinished(connection: Connection, *, before: int) -> list[tuple[str, Run]]:
    """The runs of all tenants, each with its tenant, that wait or run since a moment."""
    table = tables.runs
    found = connection.execute(
        select(table).where(table.c.state.in_(UNFINISHED), table.c.created_at < before)
    )
    return [(row.tenant, _run(row)) for row in found]


def _held(connection: Connection, fence: Fence, **columns: Any) -> Row[Any]:
    """The row of a run that an attempt still holds, changed and locked; else Superseded."""
    table = tables.runs
    row = connection.execute(
        update(table)
        .where(
            *_of(fence.tenant, fence.run),
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


def _keep(
    connection: Connection, tenant: str, row: Row[Any], state: State, found: Found
) -> KeptPlan:
    """End a run with a result."""
    plan = plans.keep(connection, tenant, row.rollout, row.revision, row.id, found)
    figures = {"plan": plan.id, "best": plan.total, "bound": plan.bound, "gap": plan.gap}
    _end(connection, tenant, row.id, state, **figures)
    return plan


def _end(connection: Connection, tenant: str, id_: str, state: State, **columns: Any) -> None:
    connection.execute(
        update(tables.runs)
        .where(*_of(tenant, id_))
        .values(state=state, ended_at=now(), same_as=None, kept=None, **columns)
    )
    told = {name: columns[name] for name in ("plan", "failure") if name in columns}
    events.tell(connection, tenant, id_, "ended", state=state, **told)
    deliveries.run_ended(connection, tenant, id_)


def _of(tenant: str, id_: str) -> tuple[Any, Any]:
    return tables.runs.c.tenant == tenant, tables.runs.c.id == id_


_SAME = tuple(name for name in Run.__slots__ if name != "limits")


def _run(row: Row[Any]) -> Run:
    return Run(
        limits=Limits(**json.loads(row.settings)), **{name: getattr(row, name) for name in _SAME}
    )
