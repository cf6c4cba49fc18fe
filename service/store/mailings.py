"""Mailings: the messages of one publication, and the decision about when they are sent, if ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, tuple_, update

from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import NotFound

Decision = Literal["open", "send", "never"]


@dataclass(frozen=True, slots=True)
class Mailing:
    """What people are notified of by one publication."""

    id: str
    rollout: str
    plan: str
    revision: int
    created_at: int
    created_by: str
    without_address: int
    """Recipients who would have to hear of something, and have no address in the directory."""
    decision: Decision
    send_at: int | None
    decided_at: int | None
    decided_by: str | None


def keep(connection: Connection, tenant: str, mailing: Mailing) -> None:
    """Keep a mailing."""
    columns = {name: getattr(mailing, name) for name in Mailing.__slots__}
    connection.execute(insert(tables.mailings).values(tenant=tenant, **columns))


def get(connection: Connection, tenant: str, rollout: str, id_: str) -> Mailing:
    """A mailing of a rollout."""
    table = tables.mailings
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.rollout == rollout, table.c.id == id_)
    ).first()
    if row is None:
        raise NotFound("mailing", id_)
    return _mailing(row)


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Mailing]:
    """The mailings of a rollout, latest first; `after` is where a page ended."""
    table = tables.mailings
    query = select(table).where(table.c.tenant == tenant, table.c.rollout == rollout)
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_mailing(row) for row in found]


def decide(
    connection: Connection, actor: Actor, mailing: Mailing, decision: Decision, send_at: int | None
) -> None:
    """Write down what somebody has decided about a mailing."""
    table = tables.mailings
    connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.id == mailing.id)
        .values(decision=decision, send_at=send_at, decided_at=now(), decided_by=actor.name)
    )
    said: dict[str, Any] = {"mailing": mailing.id, "decision": decision, "send_at": send_at}
    note(connection, actor, "decide about notices", "rollout", mailing.rollout, **said)


def _mailing(row: Row[Any]) -> Mailing:
    return Mailing(**{name: getattr(row, name) for name in Mailing.__slots__})
