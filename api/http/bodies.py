"""Documents in requests: YAML, JSON or workbooks, within the limits of all documents."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from allocator.errors import Fault, InvalidDocument
from allocator.formats.detect import open_document
from allocator.formats.document import problem_of
from allocator.formats.text import tree as text

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type of workbooks."""

HOURS = ["08:00-12:00", "12:30-16:30"]

EXAMPLE: dict[str, Any] = {
    "schema": "rollout/1",
    "name": "Mail moves to the new server",
    "timezone": "Europe/Ljubljana",
    "currency": "EUR",
    "start": "2027-01-11",
    "end": "2027-01-29",
    "slot_minutes": 30,
    "calendars": [
        {
            "id": "office",
            "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), HOURS),
        }
    ],
    "skills": [{"id": "mail", "name": "Mail servers"}],
    "sites": [{"id": "lj", "name": "Ljubljana", "calendar": "office"}],
    "people": [
        {
            "id": "ana",
            "name": "Ana Novak",
            "skills": [{"skill": "mail", "level": 4}],
            "site": "lj",
            "cost_per_hour": 60,
        }
    ],
    "projects": [{"id": "mail", "name": "Mail"}],
    "tasks": [
        {
            "id": "t-move",
            "name": "Move the mailboxes",
            "project": "mail",
            "crew": [{"skill": "mail", "level": 3, "people": 1, "hours": 12}],
            "due": "2027-01-15",
        }
    ],
}
"""A rollout that is small enough to read, and can be planned."""


async def body_of(request: Request) -> bytes:
    """The bytes of the body."""
    return await request.body()


def document_in(content: Annotated[bytes, Depends(body_of)]) -> dict[str, Any]:
    """The valid rollout document in a body; InvalidDocument with all faults and their lines."""
    opened = open_document(content)
    problem_of(opened)
    return mapping(opened.tree)


def merge_patch_in(content: Annotated[bytes, Depends(body_of)]) -> dict[str, Any]:
    """The JSON Merge Patch in a body (RFC 7396)."""
    return tree_of(content)


def tree_of(content: bytes) -> dict[str, Any]:
    """The mapping that a body holds."""
    return mapping(text.read_tree(content))


def mapping(tree: object) -> dict[str, Any]:
    """A tree, if it is a mapping."""
    if not isinstance(tree, dict):
        raise InvalidDocument([Fault("", "not_a_mapping", "The document is no mapping.")])
    return tree


OBJECT: dict[str, Any] = {"type": "object"}


def described(media_type: str, example: object, schema: dict[str, Any] = OBJECT) -> dict[str, Any]:
    """What the OpenAPI document says of a body that we read ourselves."""
    return {
        "requestBody": {
            "required": True,
            "content": {media_type: {"schema": schema, "example": example}},
        }
    }


def document_described(schema: dict[str, Any] = OBJECT) -> dict[str, Any]:
    """What the OpenAPI document says of a rollout document: JSON (or YAML), or a workbook."""
    found = described("application/json", EXAMPLE, schema)
    found["requestBody"]["content"][XLSX] = {"schema": {"type": "string", "format": "binary"}}
    return found


Document = Annotated[dict[str, Any], Depends(document_in)]
MergePatch = Annotated[dict[str, Any], Depends(merge_patch_in)]
