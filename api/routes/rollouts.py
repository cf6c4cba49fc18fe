"""Rollouts: created, read, replaced, patched and removed, with all their revisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from api.auth import Editor, Reader
from api.errors import refused, responses
from api.http.bodies import (
    Body,
    Reading,
    RolloutDocument,
    Uploads,
    described,
    document_described,
)
from api.http.idempotency import Key, once
from api.http.media import (
    ENDINGS,
    MEDIA_TYPES,
    ROLLOUT,
    AcceptRollout,
    rollout_answer,
    wanted,
)
from api.http.paging import After, Limit, cut, number_before, position
from api.http.reads import DOCUMENT
from api.schemas.plans_and_rollouts import (
    AuditEntry,
    AuditPage,
    Id,
    RevisionPage,
    RevisionShown,
    RolloutPage,
    RolloutShown,
)
from api.state import Service, State
from service.access.privacy import open_document
from service.access.roles import Caller
from service.reading import uploads
from service.store import audit, rollouts
from service.store.clock import moment
from service.store.documents import Document
from service.store.errors import Changed, Conflict
from service.store.rollouts import Revision, Rollout

router = APIRouter(prefix="/v1/rollouts", tags=["rollouts"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=200, description="The ETag that you know."),
]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=200)]


@router.post(
    "",
    status_code=201,
    response_model=RolloutShown,
    responses=responses(413, 422),
    openapi_extra=document_described(),
)
def create(
    service: Service, caller: Editor, document: RolloutDocument, key: Key = None
) -> JSONResponse:
    """Keep a new rollout: YAML, JSON or a workbook; all faults of it are reported together."""

    def change(connection: Connection) -> JSONResponse:
        kept = rollouts.create(connection, caller.actor, document)
        headers = {"Location": f"/v1/rollouts/{kept.id}", "ETag": etag(kept.sha256)}
        return JSONResponse(RolloutShown.of(kept).model_dump(), 201, headers)

    return once(service, caller, key, ["create", document.sha256], change)


@router.get("", responses=responses(422))
def listed(service: Service, caller: Reader, limit: Limit = 50, after: After = None) -> RolloutPage:
    """The rollouts, changed latest first."""
    with service.database.read() as connection:
        found = rollouts.listed(connection, caller.tenant, after=position(after), limit=limit + 1)
    page, more = cut(found, limit, lambda it: (it.changed_at, it.id))
    return RolloutPage(items=[RolloutShown.of(it) for it in page], next=more)


@router.get(
    "/{rollout}",
    response_model=None,
    responses=ROLLOUT | responses(404),
    dependencies=[DOCUMENT],
)
def read(
    service: Service,
    caller: Reader,
    rollout: RolloutId,
    known: IfNoneMatch = None,
    accept: AcceptRollout = "",
) -> Response:
    """The document of a rollout as it is now, with its ETag; Accept asks for a form of it."""
    with service.database.read() as connection:
        revision, tree = rollouts.document(connection, caller.tenant, rollout)
    return _document(caller, revision, tree, known, accept)


@router.get("/{rollout}/about", responses=responses(404))
def about(service: Service, caller: Reader, rollout: RolloutId) -> RolloutShown:
    """Name, revision and fingerprint of a rollout, without its document."""
    with service.database.read() as connection:
        return RolloutShown.of(rollouts.get(connection, caller.tenant, rollout))


@router.put(
    "/{rollout}",
    responses=responses(404, 409, 412, 413, 422, 428),
    openapi_extra=document_described(),
)
async def replace(
    service: Service,
    caller: Editor,
    rollout: RolloutId,
    reading: Uploads,
    content: Body,
    response: Response,
    match: IfMatch = None,
    published: Annotated[
        Literal["keep"] | None,
        Query(description="`keep`: a document without a published plan keeps the present one."),
    ] = None,
) -> RolloutShown:
    """Save a new document of a rollout, if it is still as you know it (If-Match)."""
    expected = expected_by(match)
    if published is None:
        document = await reading.read(uploads.rollout, content)
        kept = await run_in_threadpool(_save, service, caller, rollout, document, expected)
    else:
        how = (uploads.carried_over, content)
        kept = await _made_of(service, caller, rollout, reading, expected, *how)
    response.headers["ETag"] = etag(kept.sha256)
    return RolloutShown.of(kept)


@router.patch(
    "/{rollout}",
    responses=responses(404, 409, 412, 413, 422, 428),
    openapi_extra=described("application/merge-patch+json", {"name": "A better name"}),
)
async def patch(
    service: Service,
    caller: Editor,
    rollout: RolloutId,
    reading: Uploads,
    content: Body,
    response: Response,
    match: IfMatch = None,
) -> RolloutShown:
    """Save a rollout with a JSON Merge Patch (RFC 7396) applied; lists are replaced as a whole."""
    expected, how = expected_by(match), (uploads.patched, content)
    kept = await _made_of(service, caller, rollout, reading, expected, *how)
    response.headers["ETag"] = etag(kept.sha256)
    return RolloutShown.of(kept)


@router.delete("/{rollout}", status_code=204, responses=responses(404, 412, 428))
def remove(service: Service, caller: Editor, rollout: RolloutId, match: IfMatch = None) -> None:
    """Take a rollout out of sight; what was saved and planned stays on the record."""
    expected = expected_by(match)
    with service.database.write() as connection:
        rollouts.remove(connection, caller.actor, rollout, expected=expected)


@router.get("/{rollout}/revisions", responses=responses(404, 422))
def revisions(
    service: Service, caller: Reader, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> RevisionPage:
    """The saved documents of a rollout, latest first."""
    with service.database.read() as connection:
        found = rollouts.revisions(
            connection, caller.tenant, rollout, before=number_before(after), limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (it.number, ""))
    return RevisionPage(items=[RevisionShown.of(it) for it in page], next=more)


@router.get(
    "/{rollout}/revisions/{number}",
    response_model=None,
    responses=ROLLOUT | responses(404),
    dependencies=[DOCUMENT],
)
def revision(
    service: Service, caller: Reader, rollout: RolloutId, number: Number, accept: AcceptRollout = ""
) -> Response:
    """A document of a rollout as it was saved once; Accept asks for a form of it."""
    with service.database.read() as connection:
        found, tree = rollouts.document(connection, caller.tenant, rollout, number)
    return _document(caller, found, tree, None, accept)


def _document(
    caller: Caller, revision: Revision, tree: dict[str, Any], known: str | None, accept: str
) -> Response:
    form = wanted(accept, *MEDIA_TYPES)
    tag = f"{revision.sha256}{ENDINGS[form]}"
    if not caller.sees_private:
        tree, tag = open_document(tree), f"{revision.sha256}{OPEN}{ENDINGS[form]}"
    headers = {"ETag": etag(tag), "X-Revision": str(revision.number), "Vary": "Accept"}
    if known is not None and tag in _tags(known):
        return Response(status_code=304, headers=headers)
    return rollout_answer(tree, form, headers)


@router.get("/{rollout}/audit", responses=responses(422))
def history(
    service: Service, caller: Reader, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> AuditPage:
    """Who did what to a rollout, latest first."""
    with service.database.read() as connection:
        found = audit.entries(
            connection,
            caller.tenant,
            before=number_before(after),
            kind="rollout",
            id_=rollout,
            limit=limit + 1,
        )
    return audit_page(found, limit)


OPEN = ".open"
"""What the ETag of a document has more for those who do not read all of it."""


def audit_page(found: list[audit.Entry], limit: int) -> AuditPage:
    """A page of entries, of which one more than `limit` was read."""
    page, more = cut(found, limit, lambda it: (it.number, ""))
    return AuditPage(
        items=[
            AuditEntry(
                number=it.number,
                at=moment(it.at),
                who=it.who,
                action=it.action,
                kind=it.kind,
                id=it.id,
                revision=it.revision,
                detail=it.detail,
            )
            for it in page
        ],
        next=more,
    )


def etag(sha256: str) -> str:
    """The ETag of a document: its fingerprint."""
    return f'"{sha256}"'


async def _made_of(
    service: State,
    caller: Caller,
    rollout: str,
    reading: Reading,
    expected: set[str] | None,
    make: Callable[[bytes, bytes], Document],
    content: bytes,
) -> Rollout:
    """Save what is made of a rollout's document and of what was sent."""
    while True:
        seen, before = await run_in_threadpool(present, service, caller, rollout, expected)
        document = await reading.read(make, before, content)
        try:
            # Only over what has been read: a patch must not undo what was saved meanwhile.
            return await run_in_threadpool(_save, service, caller, rollout, document, {seen})
        except Changed:
            if expected is not None:
                raise


def present(
    service: State, caller: Caller, rollout: str, expected: set[str] | None
) -> tuple[str, bytes]:
    """The fingerprint of a rollout that may be changed, and its document as it is kept."""
    with service.database.read() as connection:
        found = rollouts.get(connection, caller.tenant, rollout)
        rollouts.expect(found, expected)
        _refuse_scenario(found)
        _, content = rollouts.packed_document(connection, caller.tenant, rollout, found.revision)
    return found.sha256, content


def _save(
    service: State,
    caller: Caller,
    rollout: str,
    document: Document,
    expected: set[str] | None,
) -> Rollout:
    with service.database.write() as connection:
        _refuse_scenario(rollouts.get(connection, caller.tenant, rollout))
        return rollouts.save(connection, caller.actor, rollout, document, expected=expected)


def _refuse_scenario(found: Rollout) -> None:
    if found.scenario_of is not None:
        raise Conflict("A scenario is changed by its edits: PUT /v1/scenarios/{scenario}.")


def expected_by(match: str | None) -> set[str] | None:
    """The fingerprints that an If-Match means; one has to be sent."""
    if match is None:
        raise refused(428, "Say with If-Match which document you are replacing: its ETag, or *.")
    return fingerprints(match)


def fingerprints(match: str) -> set[str] | None:
    """The fingerprints that an If-Match means; None for any."""
    known = _known(match)
    return None if "*" in known else known


def _known(header: str) -> set[str]:
    """The fingerprints in a header, of whichever form of the document."""
    return {tag.partition(".")[0] for tag in _tags(header)}


def _tags(header: str) -> set[str]:
    return {each.strip().removeprefix("W/").strip('"') for each in header.split(",")}
