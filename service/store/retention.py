"""What is forgotten, and when: removed rollouts with all that is theirs, old doors and names."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, or_, select

from service.store import notices, replies, tables
from service.store.clock import now
from service.store.runs import UNFINISHED

DAY = 24 * 3_600_000

REMOVED_DAYS = 30
"""A rollout that was removed is kept for so long, in case it was a slip."""

DOOR_DAYS = 30
"""Sessions, tokens and links that have ended are kept for so long."""

AUDIT_DAYS = 730
"""Who did what is kept for two years; so are closed accounts, whose names stand there."""

AT_A_TIME = 20


def forget_old(connection: Connection) -> int:
    """Forget what has been kept for long enough; how many rollouts are gone with it."""
    moment = now()
    gone = _removed(connection, moment - REMOVED_DAYS * DAY)
    for tenant, id_ in gone:
        _forget_rollout(connection, tenant, id_)
    old = moment - DOOR_DAYS * DAY
    for table in (tables.tokens, tables.calendar_links):
        ended = [table.c.revoked_at < old]
        if "expires_at" in table.c:
            ended.append(table.c.expires_at < old)
        connection.execute(delete(table).where(or_(*ended)))
    notices.forget_old(connection, moment - notices.KEPT_DAYS * DAY)
    replies.forget_reasons(connection, moment - replies.REASON_DAYS * DAY)
    long_ago = moment - AUDIT_DAYS * DAY
    connection.execute(delete(tables.audit).where(tables.audit.c.at < long_ago))
    connection.execute(delete(tables.users).where(tables.users.c.closed_at < long_ago))
    return len(gone)


def _removed(connection: Connection, before: int) -> list[tuple[str, str]]:
    """Rollouts that were removed before a moment, and of which nothing is under way."""
    table, runs = tables.rollouts, tables.runs
    under_way = (
        select(runs.c.id)
        .where(
            runs.c.tenant == table.c.tenant,
            runs.c.rollout == table.c.id,
            runs.c.state.in_(UNFINISHED),
        )
        .exists()
    )
    found = connection.execute(
        select(table.c.tenant, table.c.id)
        .where(table.c.removed_at < before, ~under_way)
        .order_by(table.c.removed_at)
        .limit(AT_A_TIME)
    )
    return [(row.tenant, row.id) for row in found]


def _forget_rollout(connection: Connection, tenant: str, id_: str) -> None:
    """Delete a rollout and the what-ifs on it, with every row that names one of them or a run."""
    table = tables.rollouts
    ids = connection.execute(
        select(table.c.id).where(
            table.c.tenant == tenant, or_(table.c.id == id_, table.c.scenario_of == id_)
        )
    ).scalars()
    gone = list(ids)
    for child in reversed(tables.metadata.sorted_tables):
        if {"tenant", "run"} <= set(child.c.keys()):
            connection.execute(delete(child).where(child.c.tenant == tenant, _run_of(child, gone)))
    for child in reversed(tables.metadata.sorted_tables):
        if {"tenant", "rollout"} <= set(child.c.keys()):
            where = child.c.tenant == tenant, child.c.rollout.in_(gone)
            connection.execute(delete(child).where(*where))
    for child in (tables.scenarios, table):
        connection.execute(delete(child).where(child.c.tenant == tenant, child.c.id.in_(gone)))


def _run_of(child: Table, gone: Collection[str]) -> ColumnElement[bool]:
    runs = tables.runs
    return child.c.run.in_(
        select(runs.c.id).where(and_(runs.c.tenant == child.c.tenant, runs.c.rollout.in_(gone)))
    )
