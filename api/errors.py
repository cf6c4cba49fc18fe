"""Problems as RFC 9457 has them: what went wrong, with all faults and their places."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException as StarletteHTTPException

from allocator.errors import Fault, InvalidDocument
from allocator.formats import findings
from service.access.errors import NotAllowed, NotSignedIn, WeakPassword
from service.lifecycle.scenarios import Clashing
from service.reading.reader import TooManyReadings
from service.store.answers import OtherRequest
from service.store.error_text import is_away, sentence
from service.store.errors import Changed, Conflict, NotFound, StoreUnusable

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class CellShown(BaseModel):
    """A cell of a workbook."""

    sheet: str = Field(examples=["people skills"])
    row: int = Field(examples=[12])
    column: str = Field(examples=["B"])


class FaultShown(BaseModel):
    """One thing that is wrong: where, what kind, and a sentence."""

    path: str = Field(examples=["tasks[3].crew[0].skill"])
    code: str = Field(examples=["unknown_id"])
    message: str
    line: int | None = None
    cell: CellShown | None = Field(None, description="Where it is in a workbook.")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    faults: list[FaultShown] = []
    current: str | None = Field(None, description="The state that is there instead.")


def problem(
    status: int,
    detail: str,
    *,
    faults: Sequence[Fault] = (),
    current: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An answer that says what went wrong."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if faults:
        content["faults"] = [it.shown() for it in faults]
    if current is not None:
        content["current"] = current
    return JSONResponse(content, status, dict(headers or {}), MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI document says of these statuses."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Answer each kind of exception with its problem."""

    @app.exception_handler(InvalidDocument)
    def _(_: Request, error: InvalidDocument) -> JSONResponse:
        number = len(error.faults)
        detail = f"The document has {number} fault{'' if number == 1 else 's'}."
        return problem(422, detail, faults=error.faults)

    @app.exception_handler(RequestValidationError)
    def _(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = [
            Fault(_path(it["loc"]), str(it["type"]), findings.sentence(it)) for it in error.errors()
        ]
        cut = InvalidDocument(faults)
        return problem(422, "The request is not as it should be.", faults=cut.faults)

    @app.exception_handler(NotFound)
    def _(_: Request, error: NotFound) -> JSONResponse:
        return problem(404, str(error))

    @app.exception_handler(Clashing)
    def _(_: Request, error: Clashing) -> JSONResponse:
        faults = [Fault(f"edits[{it.edit}]", "clash", it.message) for it in error.clashes]
        return problem(409, "The rollout has changed in the way of some edits.", faults=faults)

    @app.exception_handler(Changed)
    def _(_: Request, error: Changed) -> JSONResponse:
        return problem(412, str(error), current=error.current)

    @app.exception_handler(Conflict)
    def _(_: Request, error: Conflict) -> JSONResponse:
        return problem(409, str(error), current=error.current)

    @app.exception_handler(OtherRequest)
    def _(_: Request, error: OtherRequest) -> JSONResponse:
        return problem(422, str(error))

    @app.exception_handler(TooManyReadings)
    def _(_: Request, error: TooManyReadings) -> JSONResponse:
        return problem(429, str(error), headers={"Retry-After": "5"})

    @app.exception_handler(NotSignedIn)
    def _(_: Request, error: NotSignedIn) -> JSONResponse:
        return problem(401, str(error), headers={"WWW-Authenticate": "Bearer"})

    @app.exception_handler(NotAllowed)
    def _(_: Request, error: NotAllowed) -> JSONResponse:
        return problem(403, str(error))

    @app.exception_handler(WeakPassword)
    def _(_: Request, error: WeakPassword) -> JSONResponse:
        fault = Fault("password", "weak_password", str(error))
        return problem(422, "The request is not as it should be.", faults=[fault])

    @app.exception_handler(StarletteHTTPException)
    def _(_: Request, error: StarletteHTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), headers=error.headers)

    @app.exception_handler(DBAPIError)
    @app.exception_handler(PoolTimeout)
    @app.exception_handler(StoreUnusable)
    def _(_: Request, error: Exception) -> JSONResponse:
        if not isinstance(error, StoreUnusable) and not is_away(error):
            raise error  # it is reported as every defect is
        log.error("the database cannot be used", error=sentence(error))
        return problem(
            503, "The database cannot be used now; try again.", headers={"Retry-After": "5"}
        )


def refused(status: int, detail: str, *, retry_after: float | None = None) -> HTTPException:
    """An exception that is answered with a problem of a status, and when to try again."""
    headers = None if retry_after is None else {"Retry-After": str(math.ceil(retry_after))}
    return HTTPException(status, detail, headers)


def _path(steps: Sequence[str | int]) -> str:
    path = ""
    for step in steps:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path
