"""Runs: solves that were asked for, from queued to ended, each with exactly one result.

    queued ──> running ──> done        the solve came to its end
      │  ^        │    ──> stopped     somebody asked it to end early and keep its best plan
      │  └────────┤    ──> failed      it broke off; `failure` says why
      │  its worker left   cancelled   nobody wants it any more; nothing is kept
      └───────────┴──────────^

`attempts` has what workers do with them.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    func,
    insert,
    select,
    tuple_,
    update,
)

from allocator.terms import Preset
from service.store import deliveries, events, plans, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.documents import unpacked
from service.store.errors import Conflict, NotFound
from service.store.plans import Found, KeptPlan
from service.store.rollouts import new_id

Question = Literal["repairs", "why-not", "worth"]
"""What is asked about a plan: ways out, why not otherwise, what more of something is worth."""

Kind = Literal["plan", "nightly", "control", "repairs", "why-not", "worth"]
"""Asked for by people, by a night, for a what-if to be measured against (see `controls`), or a
question about the plan of its `base`."""

QUESTIONS: tuple[Question, ...] = get_args(Question)

State = Literal["queued", "running", "done", "stopped", "failed", "cancelled"]
Asked = Literal["stop", "cancel"]

UNFINISHED: tuple[State, ...] = ("queued", "running")

LISTED: tuple[Kind, ...] = ("plan", "nightly")
"""What people see among the plans of a rollout: those that it was asked for."""


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
    """The change budget: people notified x weight, at most."""
    question: str | None = None
    """What exactly is asked about the plan, as canonical JSON; None of runs that make a plan."""


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
    open: int | None
    """How many pieces of work its plan leaves open."""
    late: int | None
    """How many tasks it ends late."""
    control: str | None
    """The run that this one, of a what-if, is measured against."""
    failure: str | None
    created_at: int
    created_by: str
    started_at: int | None
    ended_at: int | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state not in UNFINISHED


def same_unfinished(connection: Connection, tenant: str, same_as: str) -> Run | None:
    """The unfinished run of the same work, if there is one."""
    table = tables.runs
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.same_as == same_as)
    ).first()
    return None if row is None else run_of(row)


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
    control: str | None = None,
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
            settings=_dumped(limits),
            priority=priority,
            same_as=same_as,
            control=control,
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


def control_with(
    connection: Connection, tenant: str, rollout: str, revision: int, limits: Limits
) -> Run | None:
    """The latest control of a revision with just these limits, unless it came to nothing."""
    table = tables.runs
    row = connection.execute(
        select(table)
        .where(
            table.c.tenant == tenant,
            table.c.rollout == rollout,
            table.c.revision == revision,
            table.c.kind == "control",
            table.c.settings == _dumped(limits),
            table.c.asked.is_(None),
            table.c.state.in_((*UNFINISHED, "done")),
        )
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else run_of(row)


def get(connection: Connection, tenant: str, id_: str) -> Run:
    """A run as it is now."""
    row = connection.execute(select(tables.runs).where(*of_id(tenant, id_))).first()
    if row is None:
        raise NotFound("run", id_)
    return run_of(row)


def listed(
    connection: Connection,
    tenant: str,
    *,
    rollout: str | None = None,
    states: Collection[State] = (),
    kinds: Collection[Kind] = (),
    planned: bool = False,
    latest: bool = False,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Run]:
    """The runs of a tenant, latest first; `after` is where the last page ended.

    `planned` are those that have ended with bookings. `latest` leaves out all but the latest of
    each rollout among those that are wanted. Controls are not listed unless they are asked for.
    """
    table = tables.runs

    def wanted(among: FromClause) -> list[ColumnElement[bool]]:
        return [
            among.c.kind.in_(kinds or LISTED),
            *([among.c.state.in_(states)] if states else []),
            *([among.c.state.not_in(UNFINISHED), among.c.plan.is_not(None)] if planned else []),
            *([among.c.best.is_not(None)] if planned else []),
        ]

    query = select(table).where(table.c.tenant == tenant, *wanted(table))
    if rollout is not None:
        query = query.where(table.c.rollout == rollout)
    if latest:
        other = table.alias()
        of_its_rollout = (
            select(other.c.id)
            .where(
                other.c.tenant == table.c.tenant,
                other.c.rollout == table.c.rollout,
                *wanted(other),
            )
            .order_by(other.c.created_at.desc(), other.c.id.desc())
            .limit(1)
        )
        query = query.where(table.c.id == of_its_rollout.scalar_subquery())
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [run_of(row) for row in found]


def ask_to_end(connection: Connection, actor: Actor, id_: str, asked: Asked) -> Run:
    """Ask a run to stop with its best plan, or to be given up. One that waits ends at once.

    It waits with a plan if a worker that left has returned it to the queue. Asking again changes
    nothing, but who wants to stop may still cancel.
    """
    row = connection.execute(
        select(tables.runs).where(*of_id(actor.tenant, id_)).with_for_update()
    ).first()
    if row is None:
        raise NotFound("run", id_)
    if row.state not in UNFINISHED:
        raise Conflict(f"Run {id_!r} has ended already: it is {row.state}.", row.state)
    if row.asked in (asked, "cancel"):
        return run_of(row)
    note(connection, actor, asked, "run", id_, row.revision)
    kept = None if row.kept is None else Found(**unpacked(row.kept))
    if row.state == "queued" and asked == "stop" and kept is not None:
        end_with_plan(connection, actor.tenant, row, "stopped", kept)
    elif row.state == "queued":
        end(connection, actor.tenant, id_, "cancelled")
    else:
        connection.execute(update(tables.runs).where(*of_id(actor.tenant, id_)).values(asked=asked))
        events.tell(connection, actor.tenant, id_, "asked", to=asked)
    if asked == "cancel" and row.control is not None:
        _let_go(connection, actor, row.control)
    return get(connection, actor.tenant, id_)


def _let_go(connection: Connection, actor: Actor, control: str) -> None:
    """Cancel a control for which nobody waits any more."""
    table = tables.runs
    waiting = select(table.c.id).where(
        table.c.tenant == actor.tenant,
        table.c.control == control,
        table.c.state.in_(UNFINISHED),
        table.c.asked.is_distinct_from("cancel"),
    )
    if connection.execute(waiting).first() is None:
        with suppress(Conflict):  # it has ended
            ask_to_end(connection, actor, control, "cancel")


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
    return [(row.tenant, run_of(row)) for row in found]


def end_with_plan(
    connection: Connection, tenant: str, row: Row[Any], state: State, found: Found
) -> KeptPlan:
    """End a run with its result."""
    plan = plans.keep(connection, tenant, row.rollout, row.revision, row.id, found)
    figures = {"plan": plan.id, "best": plan.total, "bound": plan.bound, "gap": plan.gap}
    if found.total is not None:
        figures |= {"open": found.open, "late": found.late}
    end(connection, tenant, row.id, state, **figures)
    return plan


def end(connection: Connection, tenant: str, id_: str, state: State, **columns: Any) -> None:
    """End a run, and let everybody be notified who wants to be."""
    connection.execute(
        update(tables.runs)
        .where(*of_id(tenant, id_))
        .values(state=state, ended_at=now(), same_as=None, kept=None, **columns)
    )
    reported = {name: columns[name] for name in ("plan", "failure") if name in columns}
    events.tell(connection, tenant, id_, "ended", state=state, **reported)
    deliveries.run_ended(connection, tenant, id_)


def of_id(tenant: str, id_: str) -> tuple[Any, Any]:
    """What selects a run."""
    return tables.runs.c.tenant == tenant, tables.runs.c.id == id_


def _dumped(limits: Limits) -> str:
    return json.dumps(asdict(limits))


_SAME = tuple(name for name in Run.__slots__ if name != "limits")


def run_of(row: Row[Any]) -> Run:
    """The run in a row of the table."""
    return Run(
        limits=Limits(**json.loads(row.settings)), **{name: getattr(row, name) for name in _SAME}
    )
