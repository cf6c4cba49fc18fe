"""Whether the service lives, whether it can work, and how much it does: for those who run it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from api.auth import Monitor
from api.errors import problem, responses
from api.state import Service
from service.store import leases, migrate

router = APIRouter(tags=["operations"])

PROMETHEUS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}}
}


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Whether this process answers at all."""
    return {"status": "ok"}


@router.get("/readyz", response_model=dict[str, str | int], responses=responses(503))
def ready(service: Service) -> JSONResponse:
    """Whether the database answers, is up to date and takes writes; how many workers are alive."""
    migrate.require_latest(service.database)
    service.database.require_writable()
    with service.database.read() as connection:
        workers = leases.alive(connection)
    if workers == 0:
        return problem(503, "No worker is alive: plans are accepted, but they wait.")
    return JSONResponse({"status": "ok", "workers": workers})


@router.get("/metrics", response_class=Response, responses=PROMETHEUS)
def metrics(request: Request, _: Monitor) -> Response:
    """Figures for Prometheus: of the service as a whole, and of the API process that answers."""
    shown = generate_latest(request.app.state.metrics.registry)
    return Response(shown, media_type=CONTENT_TYPE_PLAIN_0_0_4)
