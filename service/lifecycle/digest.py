"""What came of a night: what changed and why, what is at risk, who is affected, and what was done.

| outcome | when |
| --- | --- |
| `kept` | the old plan still keeps every rule, and the new one gains too little |
| `published` | the new plan is better or needed, within the change budget, and may be published |
| `proposed` | likewise, but somebody has to publish it: more people, or not allowed to by itself |
| `failed` | there is no new plan; the digest says why |
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_tree
from allocator.history import unreported
from allocator.plan import Plan, Score
from allocator.problem import Problem
from service.edits.base import Tree
from service.lifecycle.remaining import as_it_stands
from service.lifecycle.replanning import publish
from service.plans.comparison import Comparison, compare, shown
from service.store import nights, plans, rollouts, runs, tables
from service.store.audit import Actor
from service.store.clock import now
from service.store.database import Database
from service.store.errors import Conflict, StoreError
from service.store.plans import Found
from service.store.rollouts import new_id
from service.store.runs import Run

log = logging.getLogger(__name__)

NIGHT = "the night"
"""In whose name a night does what it does."""

Outcome = Literal["kept", "published", "proposed", "failed"]


@dataclass(frozen=True, slots=True)
class Digest:
    """What came of one night of a rollout."""

    id: str
    rollout: str
    run: str | None
    at: int
    outcome: Outcome
    body: dict[str, Any]


def conclude_ended(database: Database) -> int:
    """Write the digest of each nightly run that has ended and has none; how many."""
    table, written = tables.runs, tables.digests
    with database.read() as connection:
        ended = connection.execute(
            select(table.c.tenant, table.c.id)
            .outerjoin(
                written, (written.c.tenant == table.c.tenant) & (written.c.run == table.c.id)
            )
            .where(
                table.c.kind == "nightly",
                table.c.ended_at.is_not(None),
                written.c.id.is_(None),
            )
        ).all()
    for tenant, run in ended:
        try:
            with database.write() as connection:
                conclude(connection, tenant, run)
        except IntegrityError:
            log.info("another worker has concluded the night of run %s", run)
        except Exception as error:  # whatever it is, the other nights must not wait for it
            log.exception("the night of run %s could not be concluded", run)
            with database.write() as connection:
                rollout = runs.get(connection, tenant, run).rollout
                said = f"A defect of allocator: {type(error).__name__}: {error}"
                write_failed(connection, tenant, rollout, run, said)
    return len(ended)


def conclude(connection: Connection, tenant: str, run: str) -> Digest:
    """Decide what is done with the plan of a night, do it, and write the digest."""
    asked = runs.get(connection, tenant, run)
    if asked.plan is None:
        said = asked.failure or f"The run was {asked.state}."
        return write_failed(connection, tenant, asked.rollout, run, said)
    _, found = plans.get(connection, tenant, asked.plan)
    if found.total is None:
        said = str(found.document.get("reason", found.document["outcome"]))
        return write_failed(connection, tenant, asked.rollout, run, said)
    try:
        return _conclude(connection, tenant, asked, found)
    except StoreError as error:
        return write_failed(connection, tenant, asked.rollout, run, str(error))


def write_failed(
    connection: Connection, tenant: str, rollout: str, run: str | None, reason: str
) -> Digest:
    """A digest that says why there is no new plan."""
    return _write(connection, tenant, rollout, run, "failed", {"reason": reason})


def listed(
    connection: Connection,
    tenant: str,
    rollout: str,
    *,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Digest]:
    """The digests of a rollout, latest first; `after` is where the last page ended."""
    rollouts.get(connection, tenant, rollout)
    table = tables.digests
    query = select(table).where(table.c.tenant == tenant, table.c.rollout == rollout)
    if after is not None:
        query = query.where(tuple_(table.c.at, table.c.id) < after)
    found = connection.execute(query.order_by(table.c.at.desc(), table.c.id.desc()).limit(limit))
    return [
        Digest(row.id, row.rollout, row.run, row.at, row.outcome, json.loads(row.body))
        for row in found
    ]


def _conclude(connection: Connection, tenant: str, asked: Run, found: Found) -> Digest:
    wanted, _ = nights.get(connection, tenant, asked.rollout)
    _, tree = rollouts.document(connection, tenant, asked.rollout, asked.revision)
    problem = problem_from_tree(tree)
    standing, broken = as_it_stands(problem)
    checked = check(problem, standing)
    broken += [f"{it.rule}: {it.message}" for it in checked.violations]
    old = float(checked.score.total)
    compared = compare(_scored(problem, standing, checked.score), found.document, tree)
    new, notified = float(found.total or 0), _change(found)
    body: Tree = {
        "broken": broken,
        "total": {"before": old, "after": new},
        "notified": notified,
        "changed": _changed(compared),
        "affected": list(compared.people),
        "at_risk": _at_risk(found),
        "since": _since(connection, tenant, asked),
        "unreported": _unreported(problem),
    }
    if not broken and old - new < wanted.least_gain * old:
        body["reason"] = (
            f"The plan that is published still keeps every rule, and {old - new:,.2f} less is "
            f"below the least gain of {wanted.least_gain:.1%}."
        )
        return _write(connection, tenant, asked.rollout, asked.id, "kept", body)
    why = (
        f"The plan that is published cannot stay: {broken[0]}"
        if broken
        else f"The new plan saves {old - new:,.2f}."
    )
    if notified > wanted.most_people:
        body["reason"] = (
            f"{why} No plan was found that keeps within {wanted.most_people} people notified "
            f"x weight: this one has {notified}."
        )
        return _write(connection, tenant, asked.rollout, asked.id, "proposed", body)
    if not wanted.publish:
        body["reason"] = f"{why} It has to be published by somebody."
        return _write(connection, tenant, asked.rollout, asked.id, "proposed", body)
    present = rollouts.get(connection, tenant, asked.rollout, to_change=True)
    if present.revision != asked.revision:
        raise Conflict("The rollout was changed while the night planned it.")
    frozen = tree["published"].get("frozen_until")
    actor = Actor(tenant, NIGHT)
    publish(connection, actor, asked.id, frozen_until=frozen, approved=False)
    body["reason"] = why
    return _write(connection, tenant, asked.rollout, asked.id, "published", body)


def _changed(compared: Comparison) -> list[Tree]:
    bookings: list[Tree] = shown(compared)["bookings"]
    return [{name: value for name, value in it.items() if name != "edits"} for it in bookings]


def _change(found: Found) -> int:
    """The amount of `change` in a plan: people notified x weight."""
    terms = {it["term"]: it["amount"] for it in found.document["score"]["terms"]}
    return int(terms["change"])


def _at_risk(found: Found) -> Tree:
    """Late work with its cause, open work with its reason, green lights that are still pending."""
    return {
        "late": list(found.report.get("late", [])),
        "open": list(found.document.get("open", [])),
        "assumptions": list(found.report.get("assumptions", [])),
    }


def _unreported(problem: Problem) -> list[Tree]:
    """Work whose time has passed and of which nothing is reported: it stays until somebody does."""
    left, moment = unreported(problem), problem.axis.moment
    found: list[Tree] = []
    for booking in left.tasks:
        task = problem.tasks[booking.task]
        found.append({"kind": "task", "id": task.id, "end": moment(booking.end, task.zone)})
    for session in left.sessions:
        room = session.room
        zone = 0 if room is None or room < 0 else problem.rooms[room].zone
        course = problem.courses[session.course].id
        found.append({"kind": "class", "id": course, "end": moment(session.end, zone)})
    return found


def _since(connection: Connection, tenant: str, asked: Run) -> list[Tree]:
    """What was reported to have happened since the night before: what the changes are due to."""
    table, runs_ = tables.actuals, tables.runs
    last = connection.execute(
        select(runs_.c.revision)
        .where(
            runs_.c.tenant == tenant,
            runs_.c.rollout == asked.rollout,
            runs_.c.kind == "nightly",
            runs_.c.created_at < asked.created_at,
        )
        .order_by(runs_.c.created_at.desc())
        .limit(1)
    ).scalar()
    found = connection.execute(
        select(table)
        .where(
            table.c.tenant == tenant,
            table.c.rollout == asked.rollout,
            table.c.revision > (last or 0),
            table.c.revision <= asked.revision,
        )
        .order_by(table.c.revision)
    )
    return [edit for row in found for edit in json.loads(row.edits)]


def _scored(problem: Problem, plan: Plan, score: Score) -> Tree:
    """The published plan as a document, with its score by today's measure."""
    terms = [
        {
            "term": it.term,
            "amount": float(it.amount),
            "price": "forbidden" if it.price is None else float(it.price),
            "total": float(it.total),
        }
        for it in score.terms
    ]
    return {**plan_tree(problem, plan), "score": {"total": float(score.total), "terms": terms}}


def _write(
    connection: Connection,
    tenant: str,
    rollout: str,
    run: str | None,
    outcome: Outcome,
    body: Tree,
) -> Digest:
    digest = Digest(new_id(), rollout, run, now(), outcome, body)
    connection.execute(
        insert(tables.digests).values(
            tenant=tenant,
            id=digest.id,
            rollout=rollout,
            run=run,
            at=digest.at,
            outcome=outcome,
            body=json.dumps(body),
        )
    )
    return digest
