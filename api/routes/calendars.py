"""Calendars: of a plan to save, and of what is published to subscribe to by a secret link."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from allocator.formats.icalendar import MEDIA_TYPE, Event, Kind, Owner, Part, Whose, ics
from api.auth import Editor, Reader
from api.errors import responses
from api.http.cached import IfNoneMatch
from api.http.media import attachment
from api.http.paging import After, Limit, Page, cut, position
from api.http.reads import AGENDAS
from api.routes.plans import PlanId
from api.schemas.approvals import Name
from api.schemas.plans_and_rollouts import Id, Strict
from api.state import Service
from service.access import links
from service.access.links import Link
from service.notify.calendars.publish import agendas_of, open_link, planned
from service.store import calendars
from service.store.clock import moment

router = APIRouter(prefix="/v1", tags=["calendars"])

CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}

RolloutId = Annotated[Id, Path(description="Which rollout.")]
Secret = Annotated[str, Path(max_length=200, description="What was shown when the link was made.")]


class CalendarWanted(Strict):
    """Whose calendar a link is to show."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"kind": "person", "id": "ana"}]}
    )

    kind: Whose
    id: Name


class LinkShown(BaseModel):
    """A link to a calendar, without its secret."""

    link: str
    kind: Whose
    id: str
    name: str
    created_at: str
    created_by: str

    @classmethod
    def of(cls, it: Link, **more: str) -> LinkShown:
        """As it is shown."""
        return cls(
            link=it.id,
            kind=it.owner.kind,
            id=it.owner.id,
            name=it.name,
            created_at=moment(it.created_at),
            created_by=it.created_by,
            **more,
        )


class LinkPage(Page[LinkShown]):
    """Some links, made latest first."""


class LinkMade(LinkShown):
    """A new link; its path holds the secret and is shown only this once."""

    path: str = Field(description="Where the calendar is, for whoever knows it.")


class EventShown(BaseModel):
    """A booking as it stands in somebody's calendar, by names and the clocks of its place."""

    model_config = ConfigDict(from_attributes=True)

    kind: Kind
    title: str
    part: Part = Field(description="What a person does in a class.")
    start: str
    end: str
    zone: str
    place: list[str] = Field(description="The room, if there is one, and the site.")
    people: list[str] = Field(description="Who else is there by name.")
    groups: list[tuple[int, str]] = Field(description="Who learns: heads of each audience.")
    department: str
    hours: float | None
    materials: str
    days: list[str] = Field([], description="The dates on which it goes on, if they are several.")
    cancelled: bool = False
    moved: bool = Field(False, description="Whether it has changed since it was first published.")


class AgendaShown(BaseModel):
    """What a person, a room, an audience or a department has."""

    kind: Whose
    id: str
    name: str
    events: list[EventShown]

    @classmethod
    def of(cls, owner: Owner, name: str, events: Iterable[Event]) -> AgendaShown:
        """As it is shown."""
        shown = [
            EventShown.model_validate(it.entry).model_copy(
                update={"cancelled": it.cancelled, "moved": it.sequence > 0}
            )
            for it in events
        ]
        return cls(kind=owner.kind, id=owner.id, name=name, events=shown)


@router.get(
    "/plans/{plan}/calendar",
    response_class=Response,
    responses=CALENDAR | responses(404, 409),
    dependencies=[AGENDAS],
)
def of_plan(
    service: Service,
    caller: Reader,
    plan: PlanId,
    kind: Annotated[Whose, Query(description="Whose calendar.")],
    id: Annotated[Name, Query(description="The id of the person, room, audience or department.")],
) -> Response:
    """Somebody's calendar by a plan, published or not, as a file."""
    with service.database.read() as connection:
        name, events = planned(connection, caller.tenant, plan, Owner(kind, id))
    headers = {"Content-Disposition": attachment(f"{name}.ics")}
    return Response(ics(name, events), headers=headers, media_type=MEDIA_TYPE)


@router.get("/plans/{plan}/agendas", responses=responses(404, 409), dependencies=[AGENDAS])
def agendas(
    service: Service,
    caller: Reader,
    plan: PlanId,
    kind: Annotated[Whose, Query(description="Whose.")],
    id: Annotated[
        Name | None, Query(description="Of this one alone; all if it is left out.")
    ] = None,
) -> list[AgendaShown]:
    """What a plan has for everybody of a kind, or for one of them, to read or to print."""
    with service.database.read() as connection:
        found = agendas_of(connection, caller.tenant, plan, kind, id)
    return [AgendaShown.of(*it) for it in found]


@router.post("/rollouts/{rollout}/calendars", status_code=201, responses=responses(404))
def make(service: Service, caller: Editor, rollout: RolloutId, wanted: CalendarWanted) -> LinkMade:
    """Make a secret link to somebody's calendar of what is published, now and later."""
    with service.database.write() as connection:
        owner = Owner(wanted.kind, wanted.id)
        link, secret = open_link(connection, caller.actor, rollout, owner)
    made = LinkMade.of(link, path=f"/v1/calendars/{secret}.ics")
    assert isinstance(made, LinkMade)
    return made


@router.get("/rollouts/{rollout}/calendars", responses=responses(404, 422))
def listed(
    service: Service, caller: Editor, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> LinkPage:
    """The links to calendars of a rollout that can be used, made latest first."""
    with service.database.read() as connection:
        found = links.listed(
            connection, caller.tenant, rollout, after=position(after), limit=limit + 1
        )
    page, more = cut(found, limit, lambda it: (it.created_at, it.id))
    return LinkPage(items=[LinkShown.of(it) for it in page], next=more)


@router.delete("/rollouts/{rollout}/calendars/{link}", status_code=204, responses=responses(404))
def revoke(
    service: Service,
    caller: Editor,
    rollout: RolloutId,
    link: Annotated[Id, Path(description="Which link.")],
) -> None:
    """Make a link useless from now on."""
    with service.database.write() as connection:
        links.revoke(connection, caller.actor, rollout, link)


@router.get(
    "/calendars/{secret}.ics",
    response_class=Response,
    responses=CALENDAR | {304: {"description": "What you have is what there is."}} | responses(404),
)
def subscribed(service: Service, secret: Secret, known: IfNoneMatch = None) -> Response:
    """The calendar of a secret link: what is published by now, and what of it was called off."""
    with service.database.read() as connection:
        link = links.found_by(connection, secret)
        kept_events = calendars.get(connection, link.tenant, link.rollout, link.owner)
    content = ics(link.name, kept_events.events)
    headers = {
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Cache-Control": "private, no-cache",
    }
    if known is not None and headers["ETag"] in (it.strip() for it in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA_TYPE)


@router.get("/calendars/{secret}", responses=responses(404))
def read(service: Service, secret: Secret) -> AgendaShown:
    """The same as an agenda, for the page that the link opens."""
    with service.database.read() as connection:
        link = links.found_by(connection, secret)
        kept_events = calendars.get(connection, link.tenant, link.rollout, link.owner)
    return AgendaShown.of(link.owner, link.name, kept_events.events)
