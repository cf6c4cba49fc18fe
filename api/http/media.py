"""In which form an answer is wanted, and under which name it is saved."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Header, Response
from fastapi.responses import JSONResponse

from allocator.formats import detect
from allocator.formats.detect import FORMATS, WORKBOOK

JSON = detect.JSON.media_type
XLSX = WORKBOOK.media_type

MEDIA_TYPES = tuple(it.media_type for it in FORMATS)
"""Of all formats of a rollout, that of JSON first."""

Accept = Annotated[
    str,
    Header(max_length=500, description=f"`{XLSX}` for a workbook; JSON otherwise."),
]

AcceptRollout = Annotated[
    str,
    Header(
        alias="Accept", max_length=500, description=" or ".join(f"`{it}`" for it in MEDIA_TYPES)
    ),
]

TEXT = {"type": "string"}
BYTES = TEXT | {"format": "binary"}

ROLLOUT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            JSON: {"schema": {"type": "object"}},
            **{it.media_type: {"schema": TEXT if it.is_text else BYTES} for it in FORMATS[1:]},
        }
    }
}
"""What the OpenAPI document says of an answer that is a rollout document."""

ENDINGS = {it.media_type: it.suffixes[0] for it in FORMATS} | {JSON: ""}
"""What the name of a file, and the ETag, of a rollout has more in each form than as JSON."""


def wanted(accept: str, *offered: str) -> str:
    """The first form that an Accept header names among those offered, else the first offered."""
    for each in accept.lower().split(","):
        media = each.partition(";")[0].strip()
        if media in offered:
            return media
    return offered[0]


def wants_workbook(accept: str) -> bool:
    """Whether an Accept header names workbooks, and nothing else that we have before them."""
    return wanted(accept, JSON, XLSX) == XLSX


def rollout_answer(tree: dict[str, Any], form: str, headers: dict[str, str]) -> Response:
    """A rollout document as JSON, or to be saved as YAML or as a workbook."""
    if form == JSON:
        return JSONResponse(tree, headers=headers)
    content = next(it for it in FORMATS if it.media_type == form).write(tree)
    named = {"Content-Disposition": attachment(f"{tree['name']}{ENDINGS[form]}")}
    return Response(content, headers=headers | named, media_type=form)


def attachment(name: str) -> str:
    """A Content-Disposition: saved as a file of this name (RFC 6266), in whatever script it is."""
    safe = "".join(it if it.isalnum() or it in " .-_()" else "_" for it in name)[-120:]
    plain = "".join(it if it.isascii() else "_" for it in safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
