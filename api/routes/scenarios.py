"""What if: scenarios made, planned, compared, carried over and promoted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from api.auth import Editor, Planner, Reader
from api.errors import responses
from api.http.cached import ANSWERS, AcceptEncoding, IfNoneMatch, Kept
from api.http.idempotency import Key, once
from api.http.paging import After, Limit, cut, position
from api.routes.rollouts import IfMatch, fingerprints
from api.schemas.changes import Edits, Rebase, ScenarioPage, ScenarioShown, ScenarioWanted
from api.schemas.plans_and_rollouts import Id, RolloutShown
from api.state import Service
from service.access.errors import NotAllowed
from service.access.privacy import open_edits
from service.access.roles import Caller
from service.lifecycle import scenarios
from service.lifecycle.scenarios import Scenario
from service.store import rollouts

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])

ScenarioId = Annotated[Id, Path(description="Which scenario.")]


@router.post("", status_code=201, response_model=ScenarioShown, responses=responses(404, 409, 422))
def create(
    service: Service, caller: Planner, wanted: ScenarioWanted, key: Key = None
) -> JSONResponse:
    """Keep a what-if on the latest revision of a rollout. POST /v1/plans with its id plans it."""

    def change(connection: Connection) -> JSONResponse:
        made = scenarios.create(connection, caller.actor, wanted.rollout, wanted.name, wanted.edits)
        content = ScenarioShown.of(made).model_dump()
        return JSONResponse(content, 201, {"Location": f"/v1/scenarios/{made.id}"})

    asked = wanted.model_dump(by_alias=True, exclude_unset=True)
    return once(service, caller, key, ["scenario", asked], change)


@router.get("", responses=responses(422))
def listed(
    service: Service,
    caller: Reader,
    rollout: Annotated[Id, Query()],
    limit: Limit = 50,
    after: After = None,
) -> ScenarioPage:
    """The scenarios of a rollout, latest first."""
    with service.database.read() as connection:
        found = scenarios.listed(
            connection, caller.tenant, rollout, after=position(after), limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return ScenarioPage(items=[_shown(caller, it) for it in page], next=more)


@router.get("/{scenario}", responses=responses(404))
def read(service: Service, caller: Reader, scenario: ScenarioId) -> ScenarioShown:
    """A scenario with its edits."""
    with service.database.read() as connection:
        return _shown(caller, scenarios.get(connection, caller.tenant, scenario))


@router.put("/{scenario}", responses=responses(404, 409, 422))
def change(service: Service, caller: Planner, scenario: ScenarioId, wanted: Edits) -> ScenarioShown:
    """Replace the edits of a scenario of your own; those who edit rollouts change any."""
    with service.database.write() as connection:
        _own(caller, scenarios.get(connection, caller.tenant, scenario))
        return ScenarioShown.of(scenarios.change(connection, caller.actor, scenario, wanted.edits))


@router.get(
    "/{scenario}/comparison", response_class=Response, responses=ANSWERS | responses(404, 409)
)
def compare(
    request: Request,
    service: Service,
    caller: Reader,
    scenario: ScenarioId,
    base: Annotated[
        Id | None, Query(description="Another plan of the rollout; default: the control.")
    ] = None,
    known: IfNoneMatch = None,
    coding: AcceptEncoding = "",
) -> Response:
    """What the edits do: the scenario's latest plan against the rollout solved alike without them.

    Terms, money, late and open work, bookings and what is why; `effect` says what is measured, what
    is within the noise of the search, and what is proved.
    """
    with service.database.read() as connection:
        what = scenarios.compared(connection, caller.tenant, scenario, base)

    def make() -> object:
        with service.database.read() as connection:
            found = scenarios.comparison(connection, caller.tenant, what)
        return found if caller.sees_private else {**found, "edits": open_edits(found["edits"])}

    kept: Kept = request.app.state.kept
    whose = "all" if caller.sees_private else "open"
    return kept.answer(f"what-if-{whose}-{what.fingerprint}", make, known, coding)


@router.post("/{scenario}/rebase", responses=responses(404, 409, 422))
def rebase(
    service: Service, caller: Planner, scenario: ScenarioId, wanted: Rebase
) -> ScenarioShown:
    """Carry a scenario over to the latest revision; a 409 names the edits that are in the way."""
    with service.database.write() as connection:
        _own(caller, scenarios.get(connection, caller.tenant, scenario))
        return ScenarioShown.of(
            scenarios.rebase(connection, caller.actor, scenario, drop=wanted.drop)
        )


@router.post("/{scenario}/promote", responses=responses(404, 409, 412))
def promote(
    service: Service, caller: Editor, scenario: ScenarioId, match: IfMatch = None
) -> RolloutShown:
    """Make the scenario the next revision of its rollout, if that is still as you know it.

    `If-Match` has the ETag of the rollout; without it, the revision of the scenario is enough.
    """
    expected = None if match is None else fingerprints(match)
    with service.database.write() as connection:
        kept = scenarios.promote(connection, caller.actor, scenario, expected=expected)
    return RolloutShown.of(kept)


@router.delete("/{scenario}", status_code=204, responses=responses(404))
def remove(service: Service, caller: Planner, scenario: ScenarioId) -> None:
    """Take a scenario out of sight."""
    with service.database.write() as connection:
        _own(caller, scenarios.get(connection, caller.tenant, scenario))
        rollouts.remove(connection, caller.actor, scenario)


def _shown(caller: Caller, scenario: Scenario) -> ScenarioShown:
    found = ScenarioShown.of(scenario)
    if not caller.sees_private:
        found.edits = open_edits(found.edits)
    return found


def _own(caller: Caller, scenario: Scenario) -> None:
    """NotAllowed unless a scenario is the caller's to change."""
    if not caller.owns(scenario.created_by):
        raise NotAllowed(f"The scenario {scenario.id!r} is {scenario.created_by}'s.")
