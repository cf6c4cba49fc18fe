"""A batch of nights: rollouts that are published and due, and what came of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update

from service.lifecycle import replanning
from service.store import nights, plans, rollouts, tables
from service.store.audit import Actor
from service.store.database import Database
from service.store.nights import Nightly
from tests.service.plans import planned


@dataclass(frozen=True)
class Night:
    """What there is of the night of one rollout."""

    runs: int
    plans: int
    digests: int


def publish_for_tonight(
    database: Database, actor: Actor, trees: Iterable[dict[str, Any]], wanted: Nightly
) -> list[str]:
    """Keep rollouts, each with a published plan and a time of night; their ids."""
    kept = []
    for tree in trees:
        with database.write() as connection:
            rollout = rollouts.create(connection, actor, tree).id
        plan = planned(database, actor, rollout)
        with database.write() as connection:
            replanning.publish(connection, actor, plan, frozen_until=None, approved=False)
            nights.keep(connection, actor, rollout, wanted)
        kept.append(rollout)
    return kept


def let_night_fall(database: Database) -> None:
    """All nights are due now."""
    with database.write() as connection:
        connection.execute(update(tables.nightly).values(next_at=1))


def digests(database: Database) -> int:
    """How many nights have been concluded."""
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(tables.digests)).scalar_one()


def nights_of(database: Database, actor: Actor, kept: Iterable[str]) -> list[Night]:
    """What there is of the nights of some rollouts."""
    runs, written = tables.runs, tables.digests
    found = []
    with database.read() as connection:
        for rollout in kept:
            of_night = (runs.c.rollout == rollout) & (runs.c.kind == "nightly")
            ids = list(connection.execute(select(runs.c.id).where(of_night)).scalars())
            those = [it.run for it in plans.listed(connection, actor.tenant, rollout)]
            of_rollout = select(func.count()).where(written.c.rollout == rollout)
            number = connection.execute(of_rollout).scalar_one()
            found.append(Night(len(ids), len([it for it in those if it in ids]), number))
    return found
