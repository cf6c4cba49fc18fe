"""Rollouts with all their revisions: every document that was saved stays readable."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, tuple_, update

from service.store import tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.documents import Document, as_document, unpacked
from service.store.errors import Changed, NotFound


@dataclass(frozen=True, slots=True)
class Rollout:
    """A rollout as it is now; `sha256` is the fingerprint of its latest document."""

    id: str
    name: str
    revision: int
    sha256: str
    content: int
    """The revision since which the same is planned; later ones differ in what is published."""
    planned: str
    """The fingerprint of what is planned: of the document without what publishing writes."""
    created_at: int
    changed_at: int
    scenario_of: str | None = None
    published: str | None = None
    """The run whose plan is published."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved document of a rollout, without the document."""

    rollout: str
    number: int
    sha256: str
    saved_at: int
    saved_by: str


PUBLISH = "publish"
"""What the audit log calls it that a plan is published."""


def new_id() -> str:
    """A short name that nobody guesses."""
    return secrets.token_hex(12)


def create(
    connection: Connection,
    actor: Actor,
    given: Document | Mapping[str, Any],
    *,
    scenario_of: str | None = None,
) -> Rollout:
    """Keep a new rollout; its document becomes revision 1. The document has been validated."""
    moment, document = now(), as_document(given)
    rollout = Rollout(
        new_id(),
        document.name,
        1,
        document.sha256,
        1,
        document.planned,
        moment,
        moment,
        scenario_of,
    )
    connection.execute(
        insert(tables.rollouts).values(
            tenant=actor.tenant,
            id=rollout.id,
            name=rollout.name,
            revision=1,
            sha256=rollout.sha256,
            content=1,
            planned=document.planned,
            created_at=moment,
            changed_at=moment,
            scenario_of=scenario_of,
        )
    )
    _keep(connection, actor, rollout.id, 1, document, moment)
    note(connection, actor, "create", "rollout", rollout.id, 1, sha256=rollout.sha256)
    return rollout


def save(
    connection: Connection,
    actor: Actor,
    id_: str,
    given: Document | Mapping[str, Any],
    *,
    expected: Collection[str] | None = None,
) -> Rollout:
    """Keep a new document of a rollout as its next revision; the same document again is none.

    `expected` are fingerprints that the caller has seen: with another one now, it is Changed.
    """
    before = get(connection, actor.tenant, id_, to_change=True)
    expect(before, expected)
    document = as_document(given)
    if document.sha256 == before.sha256:
        return before
    moment, number = now(), before.revision + 1
    connection.execute(
        update(tables.rollouts)
        .where(*_of(actor.tenant, id_))
        .values(
            name=document.name,
            revision=number,
            sha256=document.sha256,
            content=before.content if document.planned == before.planned else number,
            planned=document.planned,
            changed_at=moment,
        )
    )
    _keep(connection, actor, id_, number, document, moment)
    note(connection, actor, "save", "rollout", id_, number, sha256=document.sha256)
    return get(connection, actor.tenant, id_)


def tell_published(connection: Connection, actor: Actor, id_: str, run: str, revision: int) -> None:
    """Remember whose plan is published, and the revision that it has become part of."""
    connection.execute(update(tables.rollouts).where(*_of(actor.tenant, id_)).values(published=run))
    note(connection, actor, PUBLISH, "rollout", id_, revision, run=run)


def remove(
    connection: Connection, actor: Actor, id_: str, *, expected: Collection[str] | None = None
) -> None:
    """Take a rollout out of sight; its documents and plans are kept for the record."""
    before = get(connection, actor.tenant, id_, to_change=True)
    expect(before, expected)
    connection.execute(
        update(tables.rollouts).where(*_of(actor.tenant, id_)).values(removed_at=now())
    )
    note(connection, actor, "remove", "rollout", id_, before.revision)


def get(connection: Connection, tenant: str, id_: str, *, to_change: bool = False) -> Rollout:
    """A rollout as it is now; `to_change` makes other writers wait until we are done."""
    query = select(tables.rollouts).where(*_of(tenant, id_), tables.rollouts.c.removed_at.is_(None))
    row = connection.execute(query.with_for_update() if to_change else query).first()
    if row is None:
        raise NotFound("rollout", id_)
    return _rollout(row)


def listed(
    connection: Connection, tenant: str, *, after: tuple[int, str] | None = None, limit: int = 50
) -> list[Rollout]:
    """The rollouts of a tenant, changed latest first; `after` is where the last page ended."""
    table = tables.rollouts
    query = select(table).where(
        table.c.tenant == tenant, table.c.removed_at.is_(None), table.c.scenario_of.is_(None)
    )
    if after is not None:
        query = query.where(tuple_(table.c.changed_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.changed_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_rollout(row) for row in found]


def document(
    connection: Connection, tenant: str, id_: str, number: int | None = None
) -> tuple[Revision, dict[str, Any]]:
    """A revision with its document; the latest one if no number is given."""
    revision, content = packed_document(connection, tenant, id_, number)
    return revision, unpacked(content)


def packed_document(
    connection: Connection, tenant: str, id_: str, number: int | None = None
) -> tuple[Revision, bytes]:
    """As `document`, as it is kept."""
    wanted = get(connection, tenant, id_).revision if number is None else number
    row = connection.execute(_numbered(select(tables.revisions), tenant, id_, wanted)).first()
    if row is None:
        raise NotFound("revision", f"{id_}/{wanted}")
    return _revision(row), row.document


def revision(connection: Connection, tenant: str, id_: str, number: int) -> Revision:
    """A revision without its document."""
    row = connection.execute(_numbered(select(*_DESCRIBING), tenant, id_, number)).first()
    if row is None:
        raise NotFound("revision", f"{id_}/{number}")
    return _revision(row)


def revisions(
    connection: Connection, tenant: str, id_: str, *, before: int | None = None, limit: int = 50
) -> list[Revision]:
    """The saved documents of a rollout, latest first, those before a number."""
    get(connection, tenant, id_)
    table = tables.revisions
    query = select(*_DESCRIBING).where(table.c.tenant == tenant, table.c.rollout == id_)
    if before is not None:
        query = query.where(table.c.number < before)
    found = connection.execute(query.order_by(table.c.number.desc()).limit(limit))
    return [_revision(row) for row in found]


def _keep(
    connection: Connection,
    actor: Actor,
    id_: str,
    number: int,
    document: Document,
    moment: int,
) -> None:
    connection.execute(
        insert(tables.revisions).values(
            tenant=actor.tenant,
            rollout=id_,
            number=number,
            sha256=document.sha256,
            document=document.content,
            saved_at=moment,
            saved_by=actor.name,
        )
    )


def expect(rollout: Rollout, expected: Collection[str] | None) -> None:
    """Changed unless a rollout is as the caller has seen it; None is for any."""
    if expected is not None and rollout.sha256 not in expected:
        raise Changed(
            f"Rollout {rollout.id!r} has been changed meanwhile; it is at revision "
            f"{rollout.revision} now.",
            rollout.sha256,
        )


_DESCRIBING = [tables.revisions.c[name] for name in Revision.__slots__]


def _numbered(query: Select[Any], tenant: str, id_: str, number: int) -> Select[Any]:
    table = tables.revisions
    return query.where(table.c.tenant == tenant, table.c.rollout == id_, table.c.number == number)


def _of(tenant: str, id_: str) -> tuple[Any, Any]:
    return tables.rollouts.c.tenant == tenant, tables.rollouts.c.id == id_


def _rollout(row: Row[Any]) -> Rollout:
    return Rollout(**{name: getattr(row, name) for name in Rollout.__slots__})


def _revision(row: Row[Any]) -> Revision:
    return Revision(row.rollout, row.number, row.sha256, row.saved_at, row.saved_by)
