"""What all requests share: database, queue, the limits of the service, the mail server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from service.notify.mail_settings import MailSettings
from service.queue import Queue
from service.reading.reader import USUAL_LIMITS, ReadingLimits
from service.store.database import Database


@dataclass(frozen=True, slots=True)
class ServiceLimits:
    """What one request, or one tenant, may ask of the service."""

    longest_solve: float = 3600.0
    most_solvers: int = 8
    most_unfinished: int = 2000
    most_undelivered: int = 200
    requests_per_minute: int = 6000
    longest_request: float = 60.0
    reading: ReadingLimits = USUAL_LIMITS
    idle_session: float = 7200.0


@dataclass(frozen=True, slots=True)
class State:
    """The database, the queue, the limits of the service, and the mail server."""

    database: Database
    queue: Queue
    limits: ServiceLimits
    mail: MailSettings | None = None


async def state_of(request: Request) -> State:
    """The state of the app that a request came to."""
    state: State = request.app.state.service
    return state


Service = Annotated[State, Depends(state_of)]
