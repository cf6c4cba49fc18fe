"""The directory of a tenant: under which address whom is notified. Only those who send see it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from allocator.formats.icalendar import LISTED, Owner, Whose
from api.auth import Editor
from api.errors import refused, responses
from api.http.paging import After, Limit, cut, position
from api.schemas.approvals import Name
from api.schemas.notices import Counted, Entries, RecipientPage, RecipientShown
from api.state import Service
from service.access import accounts
from service.store import directory

router = APIRouter(prefix="/v1/directory", tags=["notices"])


@router.get("", responses=responses(422))
def listed(
    service: Service, caller: Editor, limit: Limit = 50, after: After = None
) -> RecipientPage:
    """Who can be notified, in order of kind and id."""
    place = position(after)
    if place is not None and not 0 <= place[0] < len(LISTED):
        raise refused(422, "`after` is not the `next` of a page.")
    last = None if place is None else Owner(LISTED[place[0]], place[1])
    with service.database.read() as connection:
        found = directory.listed(connection, caller.tenant, after=last, limit=limit + 1)
    page, more = cut(found, limit, lambda it: (LISTED.index(it.owner.kind), it.owner.id))
    return RecipientPage(items=[RecipientShown.of(it) for it in page], next=more)


@router.put("", responses=responses(422))
def keep(service: Service, caller: Editor, wanted: Entries) -> Counted:
    """Enter some, each in place of what was there of the same kind and id; others stay."""
    with service.database.write() as connection:
        accounts.hold(connection, caller.actor, "edit")
        directory.keep(connection, caller.actor, [it.recipient for it in wanted.entries])
    return Counted(entries=len(wanted.entries))


@router.delete("/{kind}/{id}", status_code=204, responses=responses(404))
def remove(
    service: Service,
    caller: Editor,
    kind: Annotated[Whose, Path(description="What it is.")],
    id: Annotated[Name, Path(description="Which one.")],
) -> None:
    """Take somebody out: they are notified of nothing any more."""
    with service.database.write() as connection:
        directory.remove(connection, caller.actor, Owner(kind, id))
