"""Documents without keeping them: checked, validated, and what they may hold."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from allocator.formats.schema import plan_schema, rollout_schema
from allocator.formats.workbook.template import TEMPLATE
from api.auth import Reader
from api.errors import responses
from api.http.bodies import EXAMPLE, XLSX, body_of, described, document_described
from api.http.media import JSON, ROLLOUT, YAML, AcceptRollout, rollout_answer, wanted
from api.schemas.plans_and_rollouts import (
    Checked,
    CheckWanted,
    TermShown,
    Validated,
    ViolationShown,
)
from service.planning import check_trees, validate_document

router = APIRouter(prefix="/v1", tags=["documents"])

EMPTY_PLAN = {"schema": "plan/1", "tasks": [], "sessions": [], "support": []}


@router.put(
    "/check",
    responses=responses(413, 422),
    openapi_extra=described("application/json", {"rollout": EXAMPLE, "plan": EMPTY_PLAN}),
)
def check(_: Reader, wanted: CheckWanted) -> Checked:
    """Check a plan against its rollout and score it, without solving and without keeping it."""
    found = check_trees(wanted.rollout, wanted.plan)
    score = found.checked.score
    return Checked(
        violations=[
            ViolationShown(rule=it.rule, message=it.message) for it in found.checked.violations
        ],
        total=float(score.total),
        terms=[
            TermShown(
                term=it.term,
                amount=float(it.amount),
                price=None if it.price is None else float(it.price),
                total=float(it.total),
            )
            for it in score.terms
        ],
        other_rollout=found.other_rollout,
    )


@router.put(
    "/validate",
    responses=responses(413),
    openapi_extra=document_described({}),  # whatever it is, it is judged
)
def validate(_: Reader, content: Annotated[bytes, Depends(body_of)]) -> Validated:
    """All that is wrong in a rollout document, or what a planner should look at in it."""
    found = validate_document(content)
    return Validated(
        valid=found.problem is not None,
        faults=[it.shown() for it in found.faults],
        warnings=[it.shown() for it in found.warnings],
    )


@router.get("/template", response_model=None, responses=ROLLOUT)
def template(_: Reader, accept: AcceptRollout = "") -> Response:
    """A small rollout to begin with; as a workbook it explains itself."""
    return rollout_answer(TEMPLATE, wanted(accept, JSON, YAML, XLSX), {"Vary": "Accept"})


@router.get("/schemas/rollout")
def rollout(_: Reader) -> dict[str, Any]:
    """The JSON Schema of the rollout document."""
    return rollout_schema()


@router.get("/schemas/plan")
def plan(_: Reader) -> dict[str, Any]:
    """The JSON Schema of the plan document."""
    return plan_schema()
