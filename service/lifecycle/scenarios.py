"""What if: a named set of edits on a revision, planned beside the rollout and compared with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, func, insert, select, tuple_, update

from allocator.formats.text.tree import sha256
from service.edits.apply import Clash, applied, clashes
from service.edits.base import Tree
from service.edits.changes import Change
from service.edits.renaming import renamed
from service.plans.renames import renamed_edits, renames_since
from service.plans.side_by_side import side_by_side
from service.plans.what_if import what_if
from service.store import plans, rollouts, runs, tables
from service.store.audit import Actor, note
from service.store.clock import now
from service.store.errors import Conflict, NotFound
from service.store.rollouts import Rollout
from service.store.runs import Run

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
    behind: bool
    """The rollout has been changed since, not only published."""
    planned: bool
    outdated: bool
    """Its latest plan was made before the edits, or what they are made on, were changed."""


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
    row = connection.execute(_scenarios(tenant).where(tables.scenarios.c.id == id_)).first()
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
    table = tables.scenarios
    query = _scenarios(tenant).where(table.c.rollout == rollout)
    if after is not None:
        query = query.where(tuple_(table.c.created_at, table.c.id) < after)
    found = connection.execute(
        query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(limit)
    )
    return [_scenario(row) for row in found]


def _scenarios(tenant: str) -> Select[Any]:
    """Scenarios that were not removed, each with where its rollout, its document and plan are."""
    table, plan = tables.scenarios, tables.plans
    own, base = tables.rollouts.alias("own"), tables.rollouts.alias("base")
    planned = (
        select(func.max(plan.c.revision))
        .where(plan.c.tenant == table.c.tenant, plan.c.rollout == table.c.id)
        .where(plan.c.total.is_not(None))
        .scalar_subquery()
    )
    return (
        select(
            table,
            own.c.content.label("own_content"),
            base.c.content.label("base_content"),
            planned.label("planned"),
        )
        .join(own, (own.c.tenant == table.c.tenant) & (own.c.id == table.c.id))
        .join(base, (base.c.tenant == table.c.tenant) & (base.c.id == table.c.rollout))
        .where(table.c.tenant == tenant, own.c.removed_at.is_(None))
    )


def change(connection: Connection, actor: Actor, id_: str, edits: Sequence[Change]) -> Scenario:
    """Replace the edits of a scenario, on the same revision as before."""
    found = get(connection, actor.tenant, id_)
    return place(connection, actor, found, found.revision, edits)


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
    edits: Sequence[Change] = found.edits
    for it in renames_since(connection, actor.tenant, found.rollout, found.revision):
        before, edits = renamed(before, it)[0], renamed_edits(edits, it)
    in_the_way = [it for it in clashes(before, after, edits) if it.edit not in drop]
    if in_the_way:
        raise Clashing(in_the_way)
    kept = [edit for number, edit in enumerate(edits) if number not in drop]
    return place(connection, actor, found, latest.revision, kept)


def promote(
    connection: Connection, actor: Actor, id_: str, *, expected: Collection[str] | None = None
) -> Rollout:
    """Make a scenario's edits the next revision of its rollout, which must not have moved on.

    That the rollout was published meanwhile is no moving on: it stays published. `expected` are
    fingerprints of the rollout that the caller has seen: else it is Changed.
    """
    found = get(connection, actor.tenant, id_)
    base = rollouts.get(connection, actor.tenant, found.rollout, to_change=True)
    rollouts.expect(base, expected)
    if base.content > found.revision:
        raise Conflict(
            f"The rollout is at revision {base.revision}, the scenario on {found.revision}: "
            "rebase it first."
        )
    _, tree = rollouts.document(connection, actor.tenant, found.rollout)
    kept = rollouts.save(connection, actor, found.rollout, applied(tree, found.edits))
    table = tables.scenarios
    connection.execute(
        update(table)
        .where(table.c.tenant == actor.tenant, table.c.id == id_)
        .values(promoted_at=now())
    )
    note(connection, actor, "promote", "scenario", id_, kept.revision, rollout=found.rollout)
    return kept


@dataclass(frozen=True, slots=True)
class Compared:
    """What a scenario is compared by: all that the comparison is made of."""

    scenario: Scenario
    run: Run
    control: Run | None
    start: str | None
    base: str | None

    @property
    def fingerprint(self) -> str:
        """The same for the same comparison."""
        control = None if self.control is None else (self.control.id, self.control.state)
        edits = _dumped(self.scenario.edits)
        shown = (self.run.id, control, self.start, self.base, edits, self.scenario.outdated)
        return sha256(list(shown))


def compared(connection: Connection, tenant: str, id_: str, base: str | None = None) -> Compared:
    """What the latest plan of a scenario is compared with, or another plan that is named."""
    found = get(connection, tenant, id_)
    latest = plans.latest(connection, tenant, id_)
    if latest is None:
        raise Conflict(f"There is no plan of {id_!r} to compare with yet.")
    run = runs.get(connection, tenant, latest.run)
    control = None if run.control is None else runs.get(connection, tenant, run.control)
    return Compared(found, run, control, _start(connection, tenant, found, run), base)


def comparison(connection: Connection, tenant: str, what: Compared) -> Tree:
    """The latest plan of a scenario against its control, and what its edits do.

    Another plan of the rollout may be named instead; that says nothing of an effect. `outdated` is
    a plan that was made before the edits or the rollout changed: what made it is not known then.
    """
    found, run = what.scenario, what.run
    edits = () if found.outdated else found.edits
    if what.base in (None, what.start):
        reported = what_if(connection, tenant, run, what.control, edits, what.start)
    elif runs.get(connection, tenant, str(what.base)).rollout != found.rollout:
        raise Conflict(f"Plan {what.base!r} is no plan of the rollout of this scenario.")
    else:
        reported = side_by_side(connection, tenant, str(what.base), run.id, edits)
        reported["effect"] = None
    return {**reported, "outdated": found.outdated}


def _start(connection: Connection, tenant: str, found: Scenario, run: Run) -> str | None:
    """The plan that a scenario's solve began with; else the latest of its rollout."""
    latest = plans.latest(connection, tenant, found.rollout)
    return run.limits.base or (None if latest is None else latest.run)


def place(
    connection: Connection, actor: Actor, found: Scenario, revision: int, edits: Sequence[Change]
) -> Scenario:
    """Put a scenario on a revision of its rollout, with these edits."""
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
        row.base_content > row.revision,
        row.planned is not None,
        row.planned is not None and row.planned < row.own_content,
    )
