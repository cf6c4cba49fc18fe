"""Plans as runs have found them: never changed, each with the revision it was made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, tuple_

from allocator.formats.text.tree import sha256
from service.store import tables
from service.store.clock import now
from service.store.documents import packed, unpacked
from service.store.errors import NotFound
from service.store.rollouts import new_id


@dataclass(frozen=True, slots=True)
class Found:
    """What a solve came to: its plan document, and the report of it (empty without a plan)."""

    document: Mapping[str, Any]
    report: Mapping[str, Any]

    @property
    def total(self) -> float | None:
        """The priced total; None without a plan."""
        score: Mapping[str, Any] = self.document["score"]
        total = score["total"]
        return None if total is None else float(total)

    @property
    def defects(self) -> int:
        """How many defects of ours were set aside on the way to it."""
        return int(self.document["solver"].get("defects", 0))

    @property
    def open(self) -> int:
        """How many pieces of work it leaves open."""
        return len(self.document.get("open") or [])

    @property
    def late(self) -> int:
        """How many tasks it ends late."""
        return len(self.report.get("late") or [])


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan without its document: what it was made from, and what it claims."""

    id: str
    rollout: str
    revision: int
    run: str
    sha256: str
    solver_version: str
    outcome: str
    total: float | None
    bound: float | None
    gap: float | None
    created_at: int


def keep(
    connection: Connection, tenant: str, rollout: str, revision: int, run: str, found: Found
) -> KeptPlan:
    """Keep what a run has found."""
    score = found.document["score"]
    plan = KeptPlan(
        new_id(),
        rollout,
        revision,
        run,
        sha256(found.document),
        found.document["solver"]["version"],
        found.document["outcome"],
        score["total"],
        score["bound"],
        score["gap"],
        now(),
    )
    connection.execute(
        insert(tables.plans).values(
            tenant=tenant,
            **{name: getattr(plan, name) for name in KeptPlan.__slots__},
            document=packed(found.document),
            report=packed(found.report),
        )
    )
    return plan


def get(connection: Connection, tenant: str, id_: str) -> tuple[KeptPlan, Found]:
    """A plan with its document and its report."""
    table = tables.plans
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.id == id_)
    ).first()
    if row is None:
        raise NotFound("plan", id_)
    return _plan(row), Found(unpacked(row.document), unpacked(row.report))


def latest(connection: Connection, tenant: str, rollout: str) -> KeptPlan | None:
    """The latest plan of a rollout that has bookings, no control; None if there is none yet."""
    table, runs = tables.plans, tables.runs
    columns = [table.c[name] for name in KeptPlan.__slots__]
    row = connection.execute(
        select(*columns)
        .join(runs, (runs.c.tenant == table.c.tenant) & (runs.c.id == table.c.run))
        .where(
            table.c.tenant == tenant,
            table.c.rollout == rollout,
            table.c.total.is_not(None),
            runs.c.kind != "control",
        )
        .order_by(table.c.created_at.desc(), table.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _plan(row)


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[KeptPlan]:
    """The plans of a rollout, latest first; `after` is where the last page ended."""
    table = tables.plans
    columns = [table.c[name] for name in KeptPlan.__slots__]
    query = select(*columns).where(table.c.tenant == tenant, table.c.rollout == rollout)
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_plan(row) for row in found]


def _plan(row: Row[Any]) -> KeptPlan:
    return KeptPlan(*(getattr(row, name) for name in KeptPlan.__slots__))
