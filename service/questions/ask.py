"""A question about a plan is asked: the run and its job are written together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection

from allocator.formats.text.tree import sha256
from service.lifecycle.requests import USUAL_PRIORITY
from service.queue import Queue
from service.store import runs
from service.store.audit import Actor
from service.store.errors import Conflict, NotFound
from service.store.runs import Question, Run


def ask(
    connection: Connection,
    queue: Queue,
    actor: Actor,
    plan: str,
    question: Question,
    about: Mapping[str, Any],
    seconds: float,
) -> Run:
    """Let a question about a plan be worked on; if the same one is already, that is the answer.

    It is asked with the goals and the change budget that the plan was made for.
    """
    made = runs.get(connection, actor.tenant, plan)
    if made.kind not in ("plan", "nightly", "control"):
        raise NotFound("plan", plan)
    if made.plan is None:
        raise Conflict(f"Plan {plan!r} has no result: it is {made.state}.", made.state)
    text = json.dumps({"question": question, **about}, sort_keys=True)
    limits = replace(made.limits, seconds=seconds, workers=1, base=plan, question=text)
    same_as = sha256({"kind": question, "limits": asdict(limits)})
    known = runs.same_unfinished(connection, actor.tenant, same_as)
    if known is not None:
        return known
    run = runs.add(
        connection,
        actor,
        made.rollout,
        made.revision,
        limits,
        priority=USUAL_PRIORITY,
        same_as=same_as,
        kind=question,
    )
    queue.put(connection, actor.tenant, run)
    return run


def asked(connection: Connection, tenant: str, plan: str, question: Question, id_: str) -> Run:
    """A question that was asked about a plan; NotFound if it was about another one."""
    run = runs.get(connection, tenant, id_)
    if run.kind != question or run.limits.base != plan:
        raise NotFound(question, id_)
    return run
