"""Questions about a plan, worked on in the background: ways out, why not, what more is worth."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from api.auth import Planner, Reader
from api.errors import responses
from api.http.idempotency import Key, once
from api.http.paging import After, Limit, cut, position
from api.http.spoken import Spoken
from api.routes.plans import PlanId, within
from api.schemas.plans_and_rollouts import Id
from api.schemas.questions import (
    QuestionPage,
    QuestionShown,
    QuestionWanted,
    RepairsWanted,
    WhyNotWanted,
    WorthWanted,
)
from api.state import Service
from service.access.errors import NotAllowed
from service.questions.answer import LINES
from service.questions.ask import ask, asked
from service.store import findings, runs
from service.store.runs import Limits, Question

router = APIRouter(prefix="/v1/plans", tags=["questions"])

QuestionId = Annotated[Id, Path(description="Which of the questions that were asked.")]


@router.post(
    "/{plan}/repairs",
    status_code=202,
    response_model=QuestionShown,
    responses=responses(404, 409, 422, 429),
)
def look_for_repairs(
    service: Service, caller: Planner, plan: PlanId, wanted: RepairsWanted, key: Key = None
) -> JSONResponse:
    """Look for ways out of why work is open or late: edits of a scenario, each solved again.

    Work that is neither open nor late fails with a sentence. Location says where to look.
    """
    return _ask(service, caller, plan, "repairs", wanted, key)


@router.get("/{plan}/repairs", responses=responses(404))
def repairs_asked(
    service: Service, caller: Reader, plan: PlanId, limit: Limit = 50, after: After = None
) -> QuestionPage:
    """The ways out that were looked for in a plan, latest first, without what was found."""
    return _listed(service, caller, plan, "repairs", limit, after)


@router.get("/{plan}/repairs/{question}", responses=responses(404))
def repairs_found(
    service: Service, caller: Reader, plan: PlanId, question: QuestionId, spoken: Spoken
) -> QuestionShown:
    """How far it is, and the ways out once it has ended; `text` tells them in a language."""
    return _shown(service, caller, plan, "repairs", question, spoken)


@router.delete("/{plan}/repairs/{question}", status_code=202, responses=responses(404, 409))
def stop_repairs(
    service: Service, caller: Planner, plan: PlanId, question: QuestionId
) -> QuestionShown:
    """End it early and keep the ways out that were found."""
    return _stop(service, caller, plan, "repairs", question)


@router.post(
    "/{plan}/why-not",
    status_code=202,
    response_model=QuestionShown,
    responses=responses(404, 409, 422, 429),
)
def ask_why_not(
    service: Service, caller: Planner, plan: PlanId, wanted: WhyNotWanted, key: Key = None
) -> JSONResponse:
    """Ask why planned work is not by somebody else, on another day, in another room, before other.

    The answer is the rule that it would break, or what it would cost. Location says where to look.
    """
    return _ask(service, caller, plan, "why-not", wanted, key)


@router.get("/{plan}/why-not", responses=responses(404))
def why_not_asked(
    service: Service, caller: Reader, plan: PlanId, limit: Limit = 50, after: After = None
) -> QuestionPage:
    """What was asked of a plan, latest first, without what was found."""
    return _listed(service, caller, plan, "why-not", limit, after)


@router.get("/{plan}/why-not/{why}", responses=responses(404))
def why_not_found(
    service: Service, caller: Reader, plan: PlanId, why: QuestionId, spoken: Spoken
) -> QuestionShown:
    """How far it is, and why not once it has ended; `text` tells it in a language."""
    return _shown(service, caller, plan, "why-not", why, spoken)


@router.delete("/{plan}/why-not/{why}", status_code=202, responses=responses(404, 409))
def stop_why_not(service: Service, caller: Planner, plan: PlanId, why: QuestionId) -> QuestionShown:
    """End it early and keep what was found."""
    return _stop(service, caller, plan, "why-not", why)


@router.post(
    "/{plan}/worth",
    status_code=202,
    response_model=QuestionShown,
    responses=responses(404, 409, 422, 429),
)
def ask_worth(
    service: Service, caller: Planner, plan: PlanId, wanted: WorthWanted, key: Key = None
) -> JSONResponse:
    """Ask what more of something is worth: people by skill, budgets, rooms, seats, days of windows.

    Each is solved with and alike without it. Location says where to look.
    """
    return _ask(service, caller, plan, "worth", wanted, key)


@router.get("/{plan}/worth", responses=responses(404))
def worth_asked(
    service: Service, caller: Reader, plan: PlanId, limit: Limit = 50, after: After = None
) -> QuestionPage:
    """The rankings that were asked for, latest first, without what was found."""
    return _listed(service, caller, plan, "worth", limit, after)


@router.get("/{plan}/worth/{ranking}", responses=responses(404))
def worth_found(
    service: Service, caller: Reader, plan: PlanId, ranking: QuestionId, spoken: Spoken
) -> QuestionShown:
    """How far it is, and the ranking once it has ended; `text` tells it in a language."""
    return _shown(service, caller, plan, "worth", ranking, spoken)


@router.delete("/{plan}/worth/{ranking}", status_code=202, responses=responses(404, 409))
def stop_worth(
    service: Service, caller: Planner, plan: PlanId, ranking: QuestionId
) -> QuestionShown:
    """End it early and keep what was found."""
    return _stop(service, caller, plan, "worth", ranking)


def _ask(
    service: Service,
    caller: Planner,
    plan: str,
    question: Question,
    wanted: QuestionWanted,
    key: str | None,
) -> JSONResponse:
    def change(connection: Connection) -> JSONResponse:
        within(service, connection, caller, Limits(wanted.seconds, 1))
        run = ask(
            connection,
            service.queue,
            caller.actor,
            plan,
            question,
            wanted.about(),
            wanted.seconds,
        )
        place = f"/v1/plans/{plan}/{question}/{run.id}"
        return JSONResponse(QuestionShown.of(run).model_dump(), 202, {"Location": place})

    return once(service, caller, key, [question, plan, wanted.model_dump()], change)


def _listed(
    service: Service, caller: Reader, plan: str, question: Question, limit: int, after: str | None
) -> QuestionPage:
    begin = position(after)
    with service.database.read() as connection:
        made = runs.get(connection, caller.tenant, plan)
        found = findings.listed(
            connection,
            caller.tenant,
            made.rollout,
            question,
            plan,
            after=begin,
            limit=limit + 1,
        )
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return QuestionPage(items=[QuestionShown.of(it) for it in page], next=more)


def _shown(
    service: Service, caller: Reader, plan: str, question: Question, id_: str, spoken: Spoken
) -> QuestionShown:
    with service.database.read() as connection:
        run = asked(connection, caller.tenant, plan, question, id_)
        found = findings.of(connection, caller.tenant, id_)
    text = () if found is None else LINES[question](spoken, found)
    return QuestionShown.of(run, found, text)


def _stop(
    service: Service, caller: Planner, plan: str, question: Question, id_: str
) -> QuestionShown:
    with service.database.write() as connection:
        run = asked(connection, caller.tenant, plan, question, id_)
        if not caller.owns(run.created_by):
            raise NotAllowed(f"It was asked for by {run.created_by}.")
        return QuestionShown.of(runs.ask_to_end(connection, caller.actor, id_, "stop"))
