"""Documents without keeping them: checked, validated, and what they may hold."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from allocator.formats.schema import plan_schema, rollout_schema
from allocator.formats.workbook.template import TEMPLATE
from api.auth import Reader
from api.errors import responses
from api.http.bodies import EXAMPLE, Body, Uploads, described, document_described
from api.http.media import JSON, MEDIA_TYPES, ROLLOUT, AcceptRollout, rollout_answer, wanted
from api.schemas.plans_and_rollouts import (
    Checked,
    CheckWanted,
    TermShown,
    Validated,
    ViolationShown,
)
from api.schemas.rollout_changes import DraftRename, DraftRenamed
from service.reading import uploads

router = APIRouter(prefix="/v1", tags=["documents"])

EMPTY_PLAN = {"schema": "plan/1", "tasks": [], "sessions": [], "support": []}


@router.put(
    "/check",
    responses=responses(413, 422),
    openapi_extra=described(
        "application/json",
        {"rollout": EXAMPLE, "plan": EMPTY_PLAN},
        CheckWanted.model_json_schema(),
    ),
)
async def check(_: Reader, reading: Uploads, content: Body) -> Checked:
    """Check a plan against its rollout and score it, without solving and without keeping it."""
    found = await reading.read(uploads.scored, content)
    return Checked(
        violations=[ViolationShown(rule=rule, message=said) for rule, said in found.violations],
        total=found.total,
        terms=[
            TermShown(term=term, amount=amount, price=price, total=total)
            for term, amount, price, total in found.terms
        ],
        other_rollout=found.other_rollout,
    )


@router.put(
    "/validate",
    responses=responses(413),
    openapi_extra=document_described({}),  # whatever it is, it is judged
)
async def validate(_: Reader, reading: Uploads, content: Body) -> Validated:
    """All that is wrong in a rollout document, or what a planner should look at in it."""
    found = await reading.read(uploads.judged, content)
    return Validated(
        valid=found.valid,
        faults=[it.shown() for it in found.faults],
        warnings=[it.shown() for it in found.warnings],
    )


@router.put(
    "/renamed",
    response_model=DraftRenamed,
    responses=responses(413, 422),
    openapi_extra=described(
        "application/json",
        {"list": "people", "id": "ana", "to": "ana-novak", "document": EXAMPLE},
        DraftRename.model_json_schema(),
    ),
)
async def renamed(_: Reader, reading: Uploads, content: Body) -> Response:
    """A document with another id for an entry and all that refers to it; it may have faults."""
    return Response(await reading.read(uploads.renamed_draft, content), media_type=JSON)


@router.get("/template", response_model=None, responses=ROLLOUT)
def template(_: Reader, accept: AcceptRollout = "") -> Response:
    """A small rollout to begin with; as a workbook it explains itself."""
    return rollout_answer(TEMPLATE, wanted(accept, *MEDIA_TYPES), {"Vary": "Accept"})


@router.get("/schemas/rollout")
def rollout(_: Reader) -> dict[str, Any]:
    """The JSON Schema of the rollout document."""
    return rollout_schema()


@router.get("/schemas/plan")
def plan(_: Reader) -> dict[str, Any]:
    """The JSON Schema of the plan document."""
    return plan_schema()
