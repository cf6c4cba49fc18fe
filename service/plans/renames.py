"""What has been renamed since a revision: older plans and edits by the ids of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from service.edits.changes import Change
from service.edits.renaming import Rename, renamed_edit, renamed_plan
from service.store import audit

RENAME = "rename an id"
"""What the audit log calls it."""

MOST = 10_000

_EDITS = TypeAdapter(list[Change])


def renames_since(connection: Connection, tenant: str, rollout: str, revision: int) -> list[Rename]:
    """What has been renamed after a revision, in order."""
    found = audit.entries(
        connection, tenant, kind="rollout", id_=rollout, action=RENAME, limit=MOST
    )
    return [
        Rename(it.detail["list"], it.detail["from"], it.detail["to"])
        for it in reversed(found)
        if it.revision is not None and it.revision > revision
    ]


def as_called_now(
    connection: Connection, tenant: str, rollout: str, revision: int, plan: Mapping[str, Any]
) -> Mapping[str, Any]:
    """A plan document of an earlier revision by the ids of today."""
    for it in renames_since(connection, tenant, rollout, revision):
        plan = renamed_plan(plan, it)
    return plan


def renamed_edits(edits: Sequence[Change], rename: Rename) -> list[Change]:
    """Edits of a scenario under the new id."""
    plain = (it.model_dump(by_alias=True, exclude_unset=True) for it in edits)
    return _EDITS.validate_python([renamed_edit(it, rename) for it in plain])
