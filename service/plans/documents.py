"""The documents of a plan: what it books, and its rollout as it was when it was asked for."""

from __future__ import annotations

from sqlalchemy import Connection

from service.edits.base import Tree
from service.store import plans, rollouts, runs
from service.store.errors import Conflict
from service.store.plans import Found
from service.store.runs import Run


def documents_of(connection: Connection, tenant: str, run: str) -> tuple[Run, Tree, Found]:
    """A run with its rollout's document and its plan; Conflict while it has no result."""
    asked = runs.get(connection, tenant, run)
    if asked.plan is None:
        raise Conflict(f"Plan {run!r} has no result: it is {asked.state}.", asked.state)
    _, found = plans.get(connection, tenant, asked.plan)
    _, tree = rollouts.document(connection, tenant, asked.rollout, asked.revision)
    return asked, tree, found
