"""Whether the service lives, and whether it can work: for load balancers and supervisors."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.errors import problem, responses
from api.state import Service
from service.jobs import leases
from service.store import migrate

router = APIRouter(tags=["operations"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    """Whether this process answers at all."""
    return {"status": "ok"}


@router.get("/readyz", response_model=dict[str, str | int], responses=responses(503))
def ready(service: Service) -> JSONResponse:
    """Whether the database answers and is up to date; how many workers are alive."""
    migrate.require_latest(service.database)
    with service.database.read() as connection:
        workers = leases.alive(connection)
    if workers == 0:
        return problem(503, "No worker is alive: plans are accepted, but they wait.")
    return JSONResponse({"status": "ok", "workers": workers})
