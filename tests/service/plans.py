"""Plans kept as if a run had found them, solved here and at once."""

from __future__ import annotations

from typing import Any

from allocator.formats.document import problem_from_tree
from service.planning import plan_rollout, within_budget
from service.plans.report import report_document
from service.store import attempts, rollouts, runs
from service.store.audit import Actor
from service.store.database import Database
from service.store.plans import Found
from service.store.runs import Limits
from solver.settings import Settings


def solved(tree: dict[str, Any], most_people: int | None = None) -> Found:
    """What a short solve comes to; with one worker and a limit on work it is always the same."""
    problem = within_budget(problem_from_tree(tree), most_people)
    planned = plan_rollout(problem, Settings(seconds=20, workers=1, deterministic_limit=0.5))
    report = {} if planned.report is None else report_document(problem, planned.report)
    return Found(planned.document, report)


def planned(database: Database, actor: Actor, rollout: str) -> str:
    """The id of a run of the latest revision of a rollout that has ended with a plan."""
    with database.write() as connection:
        revision, tree = rollouts.document(connection, actor.tenant, rollout)
        run = runs.add(connection, actor, rollout, revision.number, Limits(), priority=1)
    return ended(database, actor, run.id, tree)


def ended(database: Database, actor: Actor, run: str, tree: dict[str, Any]) -> str:
    """Let a run that waits end with a plan."""
    with database.read() as connection:
        limits = runs.get(connection, actor.tenant, run).limits
    found = solved(tree, limits.most_people)
    with database.write() as connection:
        taken = attempts.take(connection, actor.tenant, run, "test")
        assert taken is not None
        attempts.finish(connection, taken.fence, found)
    return run
