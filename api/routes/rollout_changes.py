"""Changes of a whole rollout: what replacing its document would mean, and other ids for entries."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api.auth import Editor
from api.errors import responses
from api.http.bodies import Body, Uploads, document_described
from api.routes.rollouts import IfMatch, RolloutId, etag, expected_by, present
from api.schemas.rollout_changes import RenamedShown, RenameWanted, ReplacementShown
from api.state import Service
from service.lifecycle.renaming import rename
from service.reading import uploads

router = APIRouter(prefix="/v1/rollouts", tags=["rollouts"])


@router.post(
    "/{rollout}/replacement",
    responses=responses(404, 409, 413, 422),
    openapi_extra=document_described(),
)
async def preview_replacement(
    service: Service,
    caller: Editor,
    rollout: RolloutId,
    reading: Uploads,
    content: Body,
    response: Response,
) -> ReplacementShown:
    """What would change if a document replaced that of a rollout, entry by entry; none is saved.

    Send its ETag back with If-Match when you replace it: then it is just this that happens.
    """
    seen, before = await run_in_threadpool(present, service, caller, rollout, None)
    found = await reading.read(uploads.compared, before, content)
    response.headers["ETag"] = etag(seen)
    return ReplacementShown.of(found)


@router.post("/{rollout}/rename", responses=responses(404, 409, 412, 422, 428))
def rename_entry(
    service: Service,
    caller: Editor,
    rollout: RolloutId,
    wanted: RenameWanted,
    response: Response,
    match: IfMatch = None,
) -> RenamedShown:
    """Give an entry another id, with all that refers to it: pins, the published plan, scenarios."""
    expected = expected_by(match)
    with service.database.write() as connection:
        done = rename(connection, caller.actor, rollout, wanted.rename(), expected=expected)
    response.headers["ETag"] = etag(done.rollout.sha256)
    return RenamedShown.of(done)
