"""What people have answered to bookings: the latest word on each, until somebody has settled it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, tuple_, update

from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound
from service.store.rollouts import new_id

Word = Literal["confirm", "decline", "swap"]

REASON_DAYS = 90
"""Why somebody could not is kept for so long."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody has answered to one booking."""

    id: str
    rollout: str
    whose: str
    """The person, by id."""
    uid: str
    """The booking, by the name of its event."""
    booking: dict[str, Any]
    """What it was then: work, title, times, place."""
    answer: Word
    reason: str | None
    private: bool
    """Whether the reason is for the coordinator alone."""
    wish: dict[str, Any] | None
    """With whom to swap (`with`), or for which other class (`start`)."""
    at: int
    revision: int | None
    """The revision that it led to, if it was written down as something that has happened."""
    settled_at: int | None = None
    settled_by: str | None = None


def keep(
    connection: Connection,
    tenant: str,
    rollout: str,
    whose: str,
    uid: str,
    booking: dict[str, Any],
    answer: Word,
    *,
    reason: str | None,
    private: bool,
    wish: dict[str, Any] | None,
    revision: int | None,
) -> Reply:
    """Keep somebody's word on a booking, in place of an earlier one."""
    table = tables.replies
    connection.execute(
        delete(table).where(
            table.c.tenant == tenant,
            table.c.rollout == rollout,
            table.c.whose == whose,
            table.c.uid == uid,
        )
    )
    kept = Reply(
        new_id(), rollout, whose, uid, booking, answer, reason, private, wish, now(), revision
    )
    columns = {name: getattr(kept, name) for name in Reply.__slots__}
    columns |= {
        "booking": json.dumps(booking),
        "wish": None if wish is None else json.dumps(wish),
    }
    connection.execute(insert(table).values(tenant=tenant, **columns))
    return kept


def get(connection: Connection, tenant: str, rollout: str, id_: str) -> Reply:
    """One answer."""
    table = tables.replies
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.rollout == rollout, table.c.id == id_)
    ).first()
    if row is None:
        raise NotFound("answer", id_)
    return _reply(row)


def of_person(connection: Connection, tenant: str, rollout: str, whose: str) -> dict[str, Reply]:
    """The latest word of somebody on each booking, by the name of its event."""
    table = tables.replies
    found = connection.execute(
        select(table).where(
            table.c.tenant == tenant, table.c.rollout == rollout, table.c.whose == whose
        )
    )
    return {row.uid: _reply(row) for row in found}


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    is_open: bool = False,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Reply]:
    """What people have answered, latest first; `is_open`: what somebody has to settle yet."""
    table = tables.replies
    query = select(table).where(table.c.tenant == tenant, table.c.rollout == rollout)
    if is_open:
        query = query.where(table.c.settled_at.is_(None), table.c.answer != "confirm")
    if after is not None:
        query = query.where(tuple_(table.c.at, table.c.id) < after)
    found = connection.execute(query.order_by(table.c.at.desc(), table.c.id.desc()).limit(limit))
    return [_reply(row) for row in found]


def settle(connection: Connection, actor: Actor, reply: Reply, **how: Any) -> None:
    """Write down that somebody has done what there was to do."""
    table = tables.replies
    connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.id == reply.id)
        .values(settled_at=now(), settled_by=actor.name)
    )
    note(connection, actor, "settle an answer", "rollout", reply.rollout, answer=reply.id, **how)


def forget_reasons(connection: Connection, before: int) -> None:
    """Forget why people could not, of answers before a moment."""
    table = tables.replies
    connection.execute(
        update(table).where(table.c.at < before, table.c.reason.is_not(None)).values(reason=None)
    )


def _reply(row: Row[Any]) -> Reply:
    columns = {name: getattr(row, name) for name in Reply.__slots__}
    return Reply(
        **columns
        | {
            "booking": json.loads(row.booking),
            "wish": None if row.wish is None else json.loads(row.wish),
        }
    )
