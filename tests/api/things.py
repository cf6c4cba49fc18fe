"""One of everything that a request can name, fresh in a tenant, and all that a tenant has."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert, select

from allocator.formats.icalendar import Owner
from service.access import answer_links, signing, tokens
from service.access.roles import Caller
from service.lifecycle import answering, replanning, scenarios
from service.lifecycle.approvals import approvals_of
from service.lifecycle.requests import ask_for_plan
from service.notify.calendars.publish import open_link
from service.questions.ask import ask
from service.queue import Queue
from service.store import (
    attempts,
    calendars,
    directory,
    mailings,
    nights,
    replies,
    rollouts,
    runs,
    tables,
    webhooks,
)
from service.store.audit import Actor
from service.store.clock import now
from service.store.database import Database
from service.store.directory import Recipient
from service.store.nights import Nightly
from service.store.plans import Found
from service.store.runs import Limits
from tests.api.operations import TREE
from tests.service.plans import solved


def fresh(database: Database, queue: Queue, tenant: str, maker: str = "ada") -> dict[str, str]:
    """A rollout with a published plan and whatever else there can be, by what a path calls it.

    The what-if and the plan that waits are the maker's.
    """
    key = signing.key(database, answer_links.KEY)
    ada, maker_ = Actor(tenant, "ada"), Actor(tenant, maker)
    with database.write() as connection:
        kept = rollouts.create(connection, ada, TREE).id
        plan = _planned(connection, ada, kept)
        ana = Owner("person", "ana")
        directory.keep(connection, ada, [Recipient(ana, f"ana@{tenant}.example")])
        replanning.publish(connection, ada, plan, frozen_until=None, approved=False)
        (mailing,) = mailings.listed(connection, tenant, kept)
        (event,) = calendars.get(connection, tenant, kept, ana).events
        reply = replies.keep(
            connection,
            tenant,
            kept,
            "ana",
            event.uid,
            answering.kept(event.entry),
            "swap",
            reason="Only for the coordinator",
            private=True,
            wish=None,
            revision=None,
        )
        scenario = scenarios.create(connection, maker_, kept, "What if", []).id
        _planned(connection, ada, scenario)
        waiting = ask_for_plan(connection, queue, maker_, kept, Limits(seed=7)).id
        question = ask(connection, queue, maker_, plan, "repairs", {"work": "t-a"}, 1.0).id
        ranking = ask(connection, queue, maker_, plan, "worth", {}, 1.0).id
        why = ask(connection, queue, maker_, plan, "why-not", {"work": "t-a"}, 1.0).id
        nights.keep(connection, ada, kept, Nightly("02:00"))
        webhooks.new_secret(connection, ada)
        webhooks.keep(connection, ada, kept, "https://b.example/")
        link, secret = open_link(connection, ada, kept, ana)
        program = Caller(tenant, "program", "viewer")
        token, _ = tokens.make(connection, ada, program, lasts=tokens.DAY)
        somebody = secrets.token_hex(6)
        connection.execute(
            insert(tables.users).values(
                tenant=tenant,
                name=somebody,
                role="viewer",
                departments="[]",
                password="no hash, so that nobody can sign in",
                created_at=1,
            )
        )
        (part,) = (it.sha256 for it in approvals_of(connection, tenant, plan))
    signed = answer_links.made(key, tenant, kept, "ana", now())
    return {
        "rollout": kept,
        "number": "1",
        "plan": plan,
        "part": part,
        "waiting": waiting,
        "scenario": scenario,
        "question": question,
        "why": why,
        "ranking": ranking,
        "link": link.id,
        "secret": secret,
        "mailing": mailing.id,
        "kind": "person",
        "answer": reply.id,
        "signed": signed,
        "token": token.id,
        "somebody": somebody,
        "session": secrets.token_hex(8),
        "new": secrets.token_hex(6),
        "demo": "clinic",
        "person": "ana",
        "department": "finance",
    }


def kept_of(database: Database, tenant: str) -> dict[str, list[Any]]:
    """Every row of a tenant, by table."""
    with database.read() as connection:
        return {
            table.name: sorted(
                tuple(row)
                for row in connection.execute(select(table).where(table.c.tenant == tenant))
            )
            for table in tables.metadata.sorted_tables
            if "tenant" in table.c
        }


def _planned(connection: Connection, actor: Actor, rollout: str) -> str:
    run = runs.add(connection, actor, rollout, 1, Limits(), priority=1)
    taken = attempts.take(connection, actor.tenant, run.id, "test")
    assert taken is not None
    attempts.finish(connection, taken.fence, _found())
    return run.id


@cache
def _found() -> Found:
    return solved(TREE)
