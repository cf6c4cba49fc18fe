"""What is kept of one person of a rollout: shown as a whole, or taken out of all that is kept.

Plans and documents that others rely on stay as they are, about somebody who is not named: the id
and the name are replaced by a made-up one wherever they stand, in sentences too, and what is about
the person alone (wishes, why they were away, their calendar and its links) is deleted.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update

from allocator.errors import InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.icalendar import Owner
from allocator.formats.text.tree import sha256
from service.access.privacy import PRIVATE
from service.store import directory, replies, rollouts, tables
from service.store.audit import Actor, note
from service.store.documents import Document, packed, unpacked
from service.store.errors import Conflict, NotFound
from service.store.runs import UNFINISHED

Tree = dict[str, Any]

BLOBS = (
    (tables.plans, "document"),
    (tables.plans, "report"),
    (tables.runs, "kept"),
    (tables.findings, "document"),
    (tables.calendars, "events"),
    (tables.notified, "events"),
    (tables.notices, "events"),
)
TEXTS = (
    (tables.actuals, "edits"),
    (tables.scenarios, "edits"),
    (tables.digests, "body"),
    (tables.approvals, "note"),
    (tables.runs, "failure"),
    (tables.runs, "settings"),
    (tables.replies, "wish"),
    (tables.replies, "reason"),
)
"""What may name people, besides the documents themselves: packed trees, and texts."""


def export(connection: Connection, tenant: str, rollout: str, person: str) -> Tree:
    """All that is kept of a person: what documents say of them, and where else they are named."""
    ids = _ids(connection, tenant, rollout)
    entries = [
        {"rollout": id_, "revision": number, "person": found}
        for id_, number, tree in _documents(connection, tenant, ids)
        if (found := _person(tree, person)) is not None
    ]
    if not entries:
        raise NotFound("person", person)
    named = [
        {"in": f"{table.name}.{column}", "of": of, "entries": parts}
        for table, column, of, tree in _others(connection, tenant, ids)
        if (parts := list(_naming(tree, person)))
    ]
    entry = directory.get(connection, tenant, Owner("person", person))
    return {
        "rollout": rollout,
        "person": person,
        "documents": entries,
        "named": named,
        "answers": [
            {
                "booking": it.booking,
                "answer": it.answer,
                "reason": it.reason,
                "wish": it.wish,
                "at": it.at,
            }
            for it in replies.of_person(connection, tenant, rollout, person).values()
        ],
        "directory": None
        if entry is None
        else {
            "address": entry.address,
            "language": entry.language,
            "form": entry.form,
            "daily_at": entry.daily_at,
        },
    }


def erase(connection: Connection, actor: Actor, rollout: str, person: str) -> str:
    """Take a person out of all that is kept of a rollout and its what-ifs; the made-up id.

    Conflict while a plan of them is being made, which would bring the name back.
    """
    ids = _ids(connection, actor.tenant, rollout, to_change=True)
    _refuse_under_way(connection, actor.tenant, ids)
    names = {
        str(found.get("name") or person)
        for _, _, tree in _documents(connection, actor.tenant, ids)
        if (found := _person(tree, person)) is not None
    }
    if not names:
        raise NotFound("person", person)
    alias = f"erased-{secrets.token_hex(4)}"
    hashes: dict[str, str] = {}
    nobody = _renaming({person, *names}, alias, hashes)
    _rewrite_documents(connection, actor.tenant, ids, alias, nobody, hashes)
    theirs = tables.replies
    connection.execute(
        delete(theirs).where(
            theirs.c.tenant == actor.tenant, theirs.c.rollout.in_(ids), theirs.c.whose == person
        )
    )
    for table in (tables.calendars, tables.calendar_links, tables.notified, tables.notices):
        own = table.c.whose if "whose" in table.c else table.c.id
        connection.execute(
            delete(table).where(
                table.c.tenant == actor.tenant,
                table.c.rollout.in_(ids),
                table.c.kind == "person",
                own == person,
            )
        )
    entry = tables.directory
    connection.execute(
        delete(entry).where(
            entry.c.tenant == actor.tenant, entry.c.kind == "person", entry.c.id == person
        )
    )
    _rewrite_others(connection, actor.tenant, ids, nobody)
    note(connection, actor, "erase a person", "rollout", rollout, alias=alias)
    return alias


def _ids(
    connection: Connection, tenant: str, rollout: str, *, to_change: bool = False
) -> list[str]:
    """A rollout and the what-ifs on it, removed ones too."""
    rollouts.get(connection, tenant, rollout, to_change=to_change)
    table = tables.rollouts
    scenarios = select(table.c.id).where(table.c.tenant == tenant, table.c.scenario_of == rollout)
    return [rollout, *connection.execute(scenarios).scalars()]


def _refuse_under_way(connection: Connection, tenant: str, ids: list[str]) -> None:
    table = tables.runs
    under_way = select(table.c.id).where(
        table.c.tenant == tenant, table.c.rollout.in_(ids), table.c.state.in_(UNFINISHED)
    )
    if connection.execute(under_way.limit(1)).first() is not None:
        raise Conflict("A plan is being made; wait for its end, or cancel it.")


def _documents(
    connection: Connection, tenant: str, ids: list[str]
) -> Iterator[tuple[str, int, Tree]]:
    table = tables.revisions
    found = connection.execute(
        select(table.c.rollout, table.c.number)
        .where(table.c.tenant == tenant, table.c.rollout.in_(ids))
        .order_by(table.c.rollout, table.c.number)
    ).all()
    for rollout, number in found:  # one at a time: they may be large
        content = select(table.c.document).where(
            table.c.tenant == tenant, table.c.rollout == rollout, table.c.number == number
        )
        yield rollout, number, unpacked(connection.execute(content).scalar_one())


def _others(
    connection: Connection, tenant: str, ids: list[str]
) -> Iterator[tuple[Table, str, str, Any]]:
    for table, column in (*BLOBS, *TEXTS):
        of = table.c.id if "id" in table.c else table.c.rollout
        found = connection.execute(
            select(of, table.c[column]).where(
                table.c.tenant == tenant, table.c.rollout.in_(ids), table.c[column].is_not(None)
            )
        )
        for id_, content in found:
            yield table, column, id_, _read(content)


def _person(tree: Tree, person: str) -> Tree | None:
    return next((it for it in tree.get("people") or () if it["id"] == person), None)


def _naming(tree: Any, person: str) -> Iterator[Any]:
    """The smallest parts of a tree that name somebody."""
    if isinstance(tree, list):
        for it in tree:
            if it == person:
                yield tree
                return
            yield from _naming(it, person)
    elif isinstance(tree, dict):
        if person in tree.values():
            yield tree
        else:
            for it in tree.values():
                yield from _naming(it, person)


def _renaming(words: set[str], alias: str, hashes: Mapping[str, str]) -> Callable[[str], str]:
    """What becomes of a text: somebody's id and names are replaced, and old fingerprints."""
    longest_first = sorted(words, key=len, reverse=True)
    named = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
    return lambda text: hashes.get(text) or named.sub(alias, text)


def _rewrite_documents(
    connection: Connection,
    tenant: str,
    ids: list[str],
    alias: str,
    nobody: Callable[[str], str],
    hashes: dict[str, str],
) -> None:
    """Every saved document without the person; `hashes` get the new fingerprint of each."""
    table = tables.revisions
    for rollout, number, tree in _documents(connection, tenant, ids):
        rewritten = _renamed(tree, nobody)
        for it in rewritten.get("people") or ():
            if it["id"] == alias:
                for name in (*(PRIVATE - {"cost_per_hour"}), "name"):
                    it.pop(name, None)
                for absence in it.get("absences") or ():
                    absence.pop("reason", None)
        if rewritten == tree:
            continue
        document = _valid(rewritten)
        hashes[sha256(tree)] = document.sha256
        at = table.c.tenant == tenant, table.c.rollout == rollout, table.c.number == number
        connection.execute(
            update(table).where(*at).values(sha256=document.sha256, document=document.content)
        )
        kept = tables.rollouts
        connection.execute(
            update(kept)
            .where(kept.c.tenant == tenant, kept.c.id == rollout, kept.c.revision == number)
            .values(sha256=document.sha256, planned=document.planned, name=document.name)
        )


def _valid(tree: Tree) -> Document:
    try:
        problem_from_tree(tree)
    except InvalidDocument:
        raise Conflict(
            "The id of the person is a word that the document needs elsewhere; give them another "
            "id first."
        ) from None
    return Document.of(tree)


def _rewrite_others(
    connection: Connection, tenant: str, ids: list[str], nobody: Callable[[str], str]
) -> None:
    for table, column in (*BLOBS, *TEXTS, (tables.audit, "detail")):
        of = table.c.id if table is tables.audit else table.c.rollout
        found = connection.execute(
            select(*table.primary_key.columns, table.c[column]).where(
                table.c.tenant == tenant, of.in_(ids), table.c[column].is_not(None)
            )
        ).all()
        for row in found:
            *key, content = row
            before = _read(content)
            after = _renamed(before, nobody)
            if after != before:
                at = [it == value for it, value in zip(table.primary_key.columns, key, strict=True)]
                connection.execute(
                    update(table).where(*at).values({column: _written(content, after)})
                )


def _renamed(tree: Any, nobody: Callable[[str], str]) -> Any:
    if isinstance(tree, str):
        return nobody(tree)
    if isinstance(tree, list):
        return [_renamed(it, nobody) for it in tree]
    if isinstance(tree, dict):
        return {name: _renamed(it, nobody) for name, it in tree.items()}
    return tree


def _read(content: bytes | str) -> Any:
    if isinstance(content, str):
        return json.loads(content) if content[:1] in ("[", "{") else content
    return unpacked(content)


def _written(before: bytes | str, tree: Any) -> bytes | str:
    if isinstance(before, str):
        return tree if isinstance(tree, str) else json.dumps(tree)
    return packed(tree)
