"""The application: routes, what holds for all of them, and what they share."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from fastapi import FastAPI

from api import errors, pages
from api.http.cached import Kept
from api.http.reads import Reads
from api.http.watch import Watch
from api.metrics import Metrics
from api.middleware.guard import Guard
from api.middleware.hosts import Hosts
from api.middleware.origin import Origin
from api.middleware.paths import words_of
from api.middleware.prefix import Prefix
from api.middleware.proxy import USUAL, Proxy
from api.middleware.rates import Rates
from api.routes import (
    access,
    answers,
    approvals,
    calendars,
    demo,
    directory,
    documents,
    health,
    moves,
    nightly,
    notices,
    personal,
    plans,
    questions,
    readiness,
    replanning,
    rollout_changes,
    rollouts,
    scenarios,
    session,
    sso,
    timelines,
    webhooks,
)
from api.sign_ins import SignIns
from api.state import ServiceLimits, State
from service.access.oidc import Provider
from service.notify.mail_settings import MailSettings
from service.queue import Queue
from service.reading.reader import Reader
from service.store.database import Database


def create_app(
    database: Database,
    *,
    limits: ServiceLimits | None = None,
    hosts: Sequence[str] = ("localhost", "127.0.0.1", "[::1]", "testserver"),
    prefix: str = "",
    proxies: str = USUAL,
    provider: Provider | None = None,
    mail: MailSettings | None = None,
) -> FastAPI:
    """The service on a database that is up to date; `hosts` are the names it answers to.

    `prefix` is the path under which a proxy shows it, whether or not the proxy takes it off;
    `proxies` are the addresses of those that are believed, and `provider` signs people in besides
    their passwords. `mail` is the mail server that messages go to.
    """
    app = FastAPI(
        title="allocator",
        version=version("allocator"),
        summary="Plans the rollout of a new system: tasks, classes and floor support together.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    limits = limits or ServiceLimits()
    app.state.service = State(database, Queue(database), limits, mail)
    app.state.metrics = Metrics(database)
    app.state.kept = Kept()
    app.state.reader = Reader(limits.reading)
    app.state.watch = Watch(database)
    app.state.rates = Rates(limits.requests_per_minute)
    app.state.sign_ins = SignIns()
    app.state.provider = provider
    app.state.reads = Reads()
    errors.install(app)
    for routes in (
        rollouts,
        rollout_changes,
        plans,
        timelines,
        calendars,
        scenarios,
        approvals,
        moves,
        questions,
        replanning,
        nightly,
        personal,
        webhooks,
        notices,
        answers,
        readiness,
        directory,
        documents,
        demo,
        session,
        sso,
        access,
        health,
        pages,
    ):
        app.include_router(routes.router)
    app.add_middleware(Hosts, names=hosts)
    app.add_middleware(Origin)
    described = app.openapi()["paths"]
    words = words_of([*described, *(f"/{place}" for place in pages.PLACES)])
    app.add_middleware(
        Guard, metrics=app.state.metrics, seconds=limits.longest_request, words=words
    )
    if prefix:
        app.add_middleware(Prefix, prefix=prefix)
    app.add_middleware(Proxy, trusted=proxies)
    _describe_problems(app)
    return app


def _describe_problems(app: FastAPI) -> None:
    """Describe every problem by one schema, and everywhere the answer to those who may not."""
    described = app.openapi()
    described["components"]["schemas"]["Problem"] = errors.Problem.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    nested = described["components"]["schemas"]["Problem"].pop("$defs", {})
    described["components"]["schemas"].update(nested)
    for path, operations in described["paths"].items():
        for operation in operations.values():
            general = () if path in ("/healthz", "/readyz") else (400, 401, 403, 422, 429)
            for status, description in errors.responses(*general, 500, 503).items():
                found = operation["responses"].get(str(status))
                if found is None or "HTTPValidationError" in str(found):
                    operation["responses"][str(status)] = description
    described["components"]["schemas"].pop("HTTPValidationError", None)
    described["components"]["schemas"].pop("ValidationError", None)
