"""Documents in requests: YAML, JSON or workbooks, within the limits of all documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar, TypeVarTuple

from fastapi import Depends, Request

from allocator.formats.detect import WORKBOOK
from api.auth import Known
from service.access.roles import Caller
from service.reading import uploads
from service.reading.reader import Reader
from service.store.documents import Document

Given = TypeVarTuple("Given")
Made = TypeVar("Made")

XLSX = WORKBOOK.media_type
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


Body = Annotated[bytes, Depends(body_of)]


def reader_of(request: Request, caller: Known) -> Reading:
    """What reads uploads in the name of a caller."""
    reader: Reader = request.app.state.reader
    return Reading(reader, caller)


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader of this service, for one caller."""

    reader: Reader
    caller: Caller

    async def read(self, work: Callable[[*Given], Made], *given: *Given) -> Made:
        """What a function of `uploads` makes of what was sent, in a process of its own."""
        return await self.reader.read((self.caller.tenant, self.caller.name), work, *given)


Uploads = Annotated[Reading, Depends(reader_of)]


async def document_in(reading: Uploads, content: Body) -> Document:
    """The valid rollout document in a body; InvalidDocument with all faults and their lines."""
    return await reading.read(uploads.rollout, content)


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


RolloutDocument = Annotated[Document, Depends(document_in)]
