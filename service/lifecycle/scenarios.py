"""What if: a named set of edits on a revision, planned beside the rollout and compared with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, insert, select, tuple_, update

from service.edits.apply import Clash, applied, clashes
from service.edits.base import Tree
from service.edits.changes import Change
from service.plans.side_by_side import side_by_side
from service.store import plans, rollouts, runs, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from service.store.rollouts import Rollout

EDITS = TypeAdapter(list[Change])


@dataclass(frozen=True, slots=True)
class Scenario:
    """A what-if: its edits, and the revision of the rollout that they are made on."""

    id: str
    rollout: str
    revision: int
    name: str
    edits: tuple[Change, ...]
    created_at: int
    created_by: str
    promoted_at: int | None


class Clashing(Conflict):
    """Edits that do not go with what the rollout has become, each by name."""

    def __init__(self, found: Sequence[Clash]) -> None:
        self.clashes = tuple(found)
        super().__init__(" ".join(f"Edit {it.edit}: {it.message}" for it in found))


def create(
    connection: Connection, actor: Actor, rollout: str, name: str, edits: Sequence[Change]
) -> Scenario:
    """Keep a scenario on the latest revision of a rollout; its document can be planned like one."""
    base = rollouts.get(connection, actor.tenant, rollout)
    if base.scenario_of is not None:
        raise Conflict("A scenario is made on a rollout, not on another scenario.")
    _, tree = rollouts.document(connection, actor.tenant, rollout)
    kept = rollouts.create(connection, actor, applied(tree, edits), scenario_of=rollout)
    connection.execute(
        insert(tables.scenarios).values(
            tenant=actor.tenant,
            id=kept.id,
            rollout=rollout,
            revision=base.revision,
            name=name,
            edits=_dumped(edits),
            created_at=now(),
            created_by=actor.name,
        )
    )
    note(connection, actor, "create", "scenario", kept.id, base.revision, rollout=rollout)
    return get(connection, actor.tenant, kept.id)


def get(connection: Connection, tenant: str, id_: str) -> Scenario:
    """A scenario."""
    rollouts.get(connection, tenant, id_)  # it may have been removed
    table = tables.scenarios
    row = connection.execute(
        select(table).where(table.c.tenant == tenant, table.c.id == id_)
    ).first()
    if row is None:
        raise NotFound("scenario", id_)
    return _scenario(row)


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Scenario]:
    """The scenarios of a rollout, latest first; `after` is where the last page ended."""
    table, kept = tables.scenarios, tables.rollouts
    query = (
        select(table)
        .join(kept, (kept.c.tenant == table.c.tenant) & (kept.c.id == table.c.id))
        .where(table.c.tenant == tenant, table.c.rollout == rollout, kept.c.removed_at.is_(None))
    )
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_scenario(row) for row in found]


def change(connection: Connection, actor: Actor, id_: str, edits: Sequence[Change]) -> Scenario:
    """Replace the edits of a scenario, on the same revision as before."""
    found = get(connection, actor.tenant, id_)
    return _place(connection, actor, found, found.revision, edits)


def rebase(
    connection: Connection, actor: Actor, id_: str, *, drop: Collection[int] = ()
) -> Scenario:
    """Carry a scenario over to the latest revision of its rollout, or say what is in the way.

    Edits that are named in `drop` are given up.
    """
    found = get(connection, actor.tenant, id_)
    latest = rollouts.get(connection, actor.tenant, found.rollout)
    _, before = rollouts.document(connection, actor.tenant, found.rollout, found.revision)
    _, after = rollouts.document(connection, actor.tenant, found.rollout, latest.revision)
    in_the_way = [it for it in clashes(before, after, found.edits) if it.edit not in drop]
    if in_the_way:
        raise Clashing(in_the_way)
    kept = [edit for number, edit in enumerate(found.edits) if number not in drop]
    return _place(connection, actor, found, latest.revision, kept)


def promote(
    connection: Connection, actor: Actor, id_: str, *, expected: Collection[str] | None = None
) -> Rollout:
    """Make a scenario's document the next revision of its rollout, which must not have moved on.

    `expected` are fingerprints of the rollout that the caller has seen: else it is Changed.
    """
    found = get(connection, actor.tenant, id_)
    base = rollouts.get(connection, actor.tenant, found.rollout, to_change=True)
    rollouts.expect(base, expected)
    if base.revision != found.revision:
        raise Conflict(
            f"The rollout is at revision {base.revision}, the scenario on {found.revision}: "
            "rebase it first."
        )
    _, tree = rollouts.document(connection, actor.tenant, id_)
    kept = rollouts.save(connection, actor, found.rollout, tree)
    table = tables.scenarios
    connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.id == id_)
        .values(promoted_at=now())
    )
    note(connection, actor, "promote", "scenario", id_, kept.revision, rollout=found.rollout)
    return kept


def comparison(connection: Connection, tenant: str, id_: str, base: str | None = None) -> Tree:
    """The latest plan of a scenario against one of its rollout.

    That is the one named, or the one that the scenario's solve began with, or the latest.
    """
    found = get(connection, tenant, id_)
    after = _latest(connection, tenant, id_)
    begun_with = runs.get(connection, tenant, after).limits.base
    before = base or begun_with or _latest(connection, tenant, found.rollout)
    if runs.get(connection, tenant, before).rollout != found.rollout:
        raise Conflict(f"Plan {before!r} is no plan of the rollout of this scenario.")
    return side_by_side(connection, tenant, before, after, found.edits)


def _latest(connection: Connection, tenant: str, rollout: str) -> str:
    found = plans.latest(connection, tenant, rollout)
    if found is None:
        raise Conflict(f"There is no plan of {rollout!r} to compare with yet.")
    return found.run


def _place(
    connection: Connection, actor: Actor, found: Scenario, revision: int, edits: Sequence[Change]
) -> Scenario:
    _, tree = rollouts.document(connection, actor.tenant, found.rollout, revision)
    rollouts.save(connection, actor, found.id, applied(tree, edits))
    table = tables.scenarios
    connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.id == found.id)
        .values(revision=revision, edits=_dumped(edits))
    )
    note(connection, actor, "change", "scenario", found.id, revision)
    return get(connection, actor.tenant, found.id)


def _dumped(edits: Sequence[Change]) -> str:
    return json.dumps([edit.model_dump(by_alias=True, exclude_unset=True) for edit in edits])


def _scenario(row: Row[tuple[object, ...]]) -> Scenario:
    return Scenario(
        row.id,
        row.rollout,
        row.revision,
        row.name,
        tuple(EDITS.validate_json(row.edits)),
        row.created_at,
        row.created_by,
        row.promoted_at,
    )
