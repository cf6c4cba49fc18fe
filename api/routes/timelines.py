"""Plans as pages draw them: the timeline in one compact answer, and the load of each week."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_from_tree
from api.auth import Reader
from api.errors import responses
from api.http.cached import ANSWERS, AcceptEncoding, IfNoneMatch, Kept
from api.routes.plans import PlanId
from api.state import Service, State
from service.access.privacy import open_document
from service.access.roles import Caller
from service.edits.base import Tree
from service.plans.timeline.document import timeline_document
from service.plans.timeline.load import load_document
from service.store import plans, rollouts, runs
from service.store.errors import Conflict
from service.store.plans import Found
from service.store.runs import Run

router = APIRouter(prefix="/v1/plans", tags=["plans"])


@router.get("/{plan}/timeline", response_class=Response, responses=ANSWERS | responses(404, 409))
def timeline(
    request: Request,
    service: Service,
    caller: Reader,
    plan: PlanId,
    known: IfNoneMatch = None,
    coding: AcceptEncoding = "",
) -> Response:
    """Who and what a plan books when, as columns of numbers, with what is late and what is open."""
    run, kept = _ended(service, caller, plan), _kept(request)

    def make() -> object:
        tree, found = _documents(service, caller, run)
        shown = tree if caller.sees_private else open_document(tree)
        return timeline_document(shown, found.document, found.report)

    name = f"timeline-{run.plan}" if caller.sees_private else f"timeline-{run.plan}-open"
    return kept.answer(name, make, known, coding)


@router.get("/{plan}/load", response_class=Response, responses=ANSWERS | responses(404, 409))
def load(
    request: Request,
    service: Service,
    caller: Reader,
    plan: PlanId,
    known: IfNoneMatch = None,
    coding: AcceptEncoding = "",
) -> Response:
    """Booked and available hours of each person and skill by week, the scarcest skill first."""
    run, kept = _ended(service, caller, plan), _kept(request)

    def make() -> object:
        tree, found = _documents(service, caller, run)
        problem = problem_from_tree(tree)
        return load_document(problem, plan_from_tree(found.document, problem))

    return kept.answer(f"load-{run.plan}", make, known, coding)


def _kept(request: Request) -> Kept:
    found: Kept = request.app.state.kept
    return found


def _ended(service: State, caller: Caller, plan: str) -> Run:
    with service.database.read() as connection:
        run = runs.get(connection, caller.tenant, plan)
    if run.plan is None:
        raise Conflict(f"Plan {plan!r} has no result: it is {run.state}.", run.state)
    return run


def _documents(service: State, caller: Caller, run: Run) -> tuple[Tree, Found]:
    assert run.plan is not None
    with service.database.read() as connection:
        _, found = plans.get(connection, caller.tenant, run.plan)
        _, tree = rollouts.document(connection, caller.tenant, run.rollout, run.revision)
    return tree, found
