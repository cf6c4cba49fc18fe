"""What was found of questions about plans: one document for each run that was asked one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, tuple_

from service.store import tables
from service.store.documents import packed, unpacked
from service.store.runs import Question, Run, run_of


def keep(connection: Connection, tenant: str, run: Run, document: Mapping[str, Any]) -> None:
    """Keep what a run has found of the plan that it was asked about."""
    connection.execute(
        insert(tables.findings).values(
            tenant=tenant,
            run=run.id,
            rollout=run.rollout,
            plan=run.limits.base,
            document=packed(dict(document)),
        )
    )


def of(connection: Connection, tenant: str, run: str) -> dict[str, Any] | None:
    """What a run has found; None while it has not, or if it came to nothing."""
    table = tables.findings
    row = connection.execute(
        select(table.c.document).where(table.c.tenant == tenant, table.c.run == run)
    ).first()
    return None if row is None else dict(unpacked(row.document))


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    kind: Question,
    plan: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Run]:
    """Runs of a kind that were asked about a plan, latest first; `after` is where a page ended."""
    table = tables.runs
    query = select(table).where(
        table.c.tenant == tenant,
        table.c.rollout == rollout,
        table.c.kind == kind,
        table.c.settings.contains(f'"base": "{plan}"', autoescape=True),
    )
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    query = query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    return [run_of(row) for row in connection.execute(query)]
