"""Notices: who would hear of what, the decision to send it, and what came of each message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.auth import Editor
from api.errors import refused, responses
from api.http.paging import After, Limit, cut, position
from api.schemas.notices import (
    Decided,
    MailingPage,
    MailingShown,
    NoticePage,
    NoticePreviewShown,
    NoticeShown,
    SettingsShown,
)
from api.schemas.plans_and_rollouts import Id
from api.state import Service
from service.access import accounts
from service.lifecycle.notice_preview import preview
from service.notify.notices import publication
from service.store import mailings, notice_settings, notices, rollouts, webhooks
from service.store.notices import State

router = APIRouter(prefix="/v1", tags=["notices"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]
MailingId = Annotated[Id, Path(description="Which mailing.")]


@router.get("/plans/{plan}/notices", responses=responses(404, 409))
def would_be(
    service: Service, caller: Editor, plan: Annotated[Id, Path(description="Which plan.")]
) -> NoticePreviewShown:
    """Who would get a message if the plan were published now, counted, with three to read."""
    with service.database.read() as connection:
        found = preview(connection, caller.tenant, plan, service.mail)
    return NoticePreviewShown.of(found, mail=service.mail is not None)


@router.get("/rollouts/{rollout}/notices", responses=responses(404))
def settings(service: Service, caller: Editor, rollout: RolloutId) -> SettingsShown:
    """How people are notified of a rollout."""
    with service.database.read() as connection:
        rollouts.get(connection, caller.tenant, rollout)
        return SettingsShown.of(notice_settings.get(connection, caller.tenant, rollout))


@router.put("/rollouts/{rollout}/notices", responses=responses(404, 409))
def keep_settings(
    service: Service, caller: Editor, rollout: RolloutId, wanted: SettingsShown
) -> SettingsShown:
    """Notify people of a rollout like this from now on."""
    with service.database.write() as connection:
        accounts.hold(connection, caller.actor, "edit")
        if wanted.webhook is not None:
            webhooks.secrets_of(connection, caller.tenant)
        notice_settings.keep(connection, caller.actor, rollout, wanted.settings)
    return wanted


@router.get("/rollouts/{rollout}/mailings", responses=responses(404, 422))
def listed(
    service: Service, caller: Editor, rollout: RolloutId, limit: Limit = 50, after: After = None
) -> MailingPage:
    """What people were notified of, publication by publication, latest first."""
    with service.database.read() as connection:
        rollouts.get(connection, caller.tenant, rollout)
        found = mailings.listed(
            connection, caller.tenant, rollout, after=position(after), limit=limit + 1
        )
        page, more = cut(found, limit, lambda it: (it.created_at, it.id))
        counts = notices.counted(connection, caller.tenant, [it.id for it in page])
    return MailingPage(items=[MailingShown.of(it, counts.get(it.id, {})) for it in page], next=more)


@router.post("/rollouts/{rollout}/mailings/{mailing}/decision", responses=responses(404, 409, 422))
def decide(
    service: Service, caller: Editor, rollout: RolloutId, mailing: MailingId, wanted: Decided
) -> MailingShown:
    """Let the messages that wait go, at once or at a moment, or never."""
    at = _moment(wanted.at) if wanted.send == "at" else None
    with service.database.write() as connection:
        kept = publication.decide(connection, caller.actor, rollout, mailing, wanted.send, at)
        counts = notices.counted(connection, caller.tenant, [mailing])
    return MailingShown.of(kept, counts.get(mailing, {}))


@router.get("/rollouts/{rollout}/mailings/{mailing}/messages", responses=responses(404, 422))
def messages(
    service: Service,
    caller: Editor,
    rollout: RolloutId,
    mailing: MailingId,
    state: Annotated[State | None, Query(description="Those in this state alone.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> NoticePage:
    """The messages of a mailing, and what came of each."""
    place = position(after)
    with service.database.read() as connection:
        mailings.get(connection, caller.tenant, rollout, mailing)
        found = notices.listed(
            connection,
            caller.tenant,
            mailing,
            state=state,
            after=None if place is None else place[1],
            limit=limit + 1,
        )
    page, more = cut(found, limit, lambda it: (0, it.id))
    return NoticePage(items=[NoticeShown.shown(it) for it in page], next=more)


def _moment(text: str | None) -> int:
    """A moment in milliseconds; 422 if it is none, or does not say in which zone."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        found = datetime.min
    if found.tzinfo is None:
        raise refused(422, "`at` needs a moment with its zone, such as 2027-01-12T08:00:00Z.")
    return int(found.astimezone(UTC).timestamp() * 1000)
