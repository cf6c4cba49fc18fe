"""The pages of the service: the shell under real paths, and the files that belong to it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Request, Response
from fastapi.responses import HTMLResponse

from api.errors import refused
from api.http.cached import AcceptEncoding
from web.messages import LANGUAGES, preferred
from web.shell import POLICY, THEMES, Reader, files, shell

router = APIRouter(include_in_schema=False)

PLACES = ("rollouts", "approvals", "agenda", "answer", "readiness", "sign-in", "account")
"""What addresses of pages begin with; the modules know what comes after it."""

PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")

FOR_GOOD = "public, max-age=31536000, immutable"


def page(
    request: Request,
    accept_language: Annotated[str, Header(max_length=1000)] = "",
    x_forwarded_prefix: Annotated[str, Header(max_length=200)] = "",
    allocator_language: Annotated[str | None, Cookie()] = None,
    allocator_theme: Annotated[str | None, Cookie()] = None,
) -> HTMLResponse:
    """The one shell, in the reader's language and theme, for whichever path it stands at."""
    prefix = x_forwarded_prefix.rstrip("/") or str(request.scope.get("root_path", ""))
    if prefix and PREFIX.fullmatch(prefix) is None:
        raise refused(400, "The prefix of a path has letters, digits, dots, dashes and slashes.")
    known = allocator_language if allocator_language in LANGUAGES else preferred(accept_language)
    theme = allocator_theme if allocator_theme in THEMES else None
    path = str(request.scope["path"]).removeprefix(str(request.scope.get("root_path", "")))
    return HTMLResponse(
        shell(f"{prefix}/", path.strip("/"), Reader(known, theme)),
        headers={
            "Content-Security-Policy": POLICY,
            "Content-Language": known,
            "Vary": "Accept-Language, Cookie",
        },
    )


for path in (
    "/",
    "/agenda/{secret}",  # by this name, so that the log does not learn it
    "/answer/{secret}",
    *(f"/{place}" for place in PLACES),
    *(f"/{place}/{{_:path}}" for place in PLACES),
):
    router.get(path)(page)


@router.get("/static/{version}/{name:path}")
def static(version: str, name: str, coding: AcceptEncoding = "") -> Response:
    """A file of the pages. Under the present version it never changes."""
    found = files().get(name)
    if found is None:
        raise refused(404, f"There is no file {name!r}.")
    headers = {
        "Cache-Control": FOR_GOOD if version == files().version else "no-cache",
        "Vary": "Accept-Encoding",
    }
    content = found.content
    if "gzip" in coding.lower():
        content = found.compressed
        headers["Content-Encoding"] = "gzip"
    return Response(content, headers=headers, media_type=found.media_type)
