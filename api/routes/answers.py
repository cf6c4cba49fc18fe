"""Answers of people to their bookings, by the link in a message, and what is done about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.auth import Editor, Planner
from api.errors import responses
from api.http.paging import After, Limit, cut, position
from api.schemas.answers import (
    Answered,
    RepairShown,
    ReplyPage,
    ReplyShown,
    Settled,
    SheetShown,
)
from api.schemas.plans_and_rollouts import Id
from api.state import Service, State
from service.access import answer_links, signing
from service.access.answer_links import Answerer
from service.lifecycle import answering, repairs
from service.store import replies, rollouts

router = APIRouter(prefix="/v1", tags=["answers"])

RolloutId = Annotated[Id, Path(description="Which rollout.")]
AnswerId = Annotated[Id, Path(description="Which answer.")]
Signed = Annotated[str, Path(max_length=1200, description="What the link of a message ends with.")]


@router.get("/answers/{signed}", responses=responses(404))
def sheet(service: Service, signed: Signed) -> SheetShown:
    """What whoever has the link of a message may answer to; without an account."""
    who = _who(service, signed)
    with service.database.read() as connection:
        return SheetShown.of(answering.sheet(connection, who))


@router.post("/answers/{signed}", responses=responses(404, 409, 422))
def answer(service: Service, signed: Signed, said: Answered) -> SheetShown:
    """Answer to a booking: confirm it, say that one cannot, or ask to swap."""
    who = _who(service, signed)
    with service.database.write() as connection:
        answering.answer(
            connection,
            who,
            said.booking,
            said.answer,
            sequence=said.sequence,
            reason=said.reason,
            private=said.private,
            wish=None if said.wish is None else said.wish.kept,
        )
        return SheetShown.of(answering.sheet(connection, who))


@router.get("/rollouts/{rollout}/answers", responses=responses(404, 422))
def listed(
    service: Service,
    caller: Planner,
    rollout: RolloutId,
    open: Annotated[bool, Query(description="Only what is to be settled yet.")] = False,
    limit: Limit = 50,
    after: After = None,
) -> ReplyPage:
    """What people have answered, latest first."""
    with service.database.read() as connection:
        rollouts.get(connection, caller.tenant, rollout)
        found = replies.listed(
            connection,
            caller.tenant,
            rollout,
            is_open=open,
            after=position(after),
            limit=limit + 1,
        )
    page, more = cut(found, limit, lambda it: (it.at, it.id))
    sees = caller.may("edit")
    return ReplyPage(items=[ReplyShown.of(it, sees_private=sees) for it in page], next=more)


@router.get("/rollouts/{rollout}/answers/{answer}/repairs", responses=responses(404, 409))
def ways_out(
    service: Service, caller: Planner, rollout: RolloutId, answer: AnswerId
) -> list[RepairShown]:
    """Ways out of an answer, each the published plan with one change: best first."""
    with service.database.read() as connection:
        reply = replies.get(connection, caller.tenant, rollout, answer)
        found = repairs.repairs(connection, caller.tenant, reply)
    return [RepairShown.of(it) for it in found]


@router.post("/rollouts/{rollout}/answers/{answer}/settlement", responses=responses(404, 409, 422))
def settle(
    service: Service, caller: Editor, rollout: RolloutId, answer: AnswerId, wanted: Settled
) -> ReplyShown:
    """Publish a way out of an answer, or write down that it is settled otherwise."""
    with service.database.write() as connection:
        reply = replies.get(connection, caller.tenant, rollout, answer)
        if wanted.person is None:
            replies.settle(connection, caller.actor, reply)
        else:
            repairs.accept(connection, caller.actor, reply, wanted.person, wanted.start)
        settled = replies.get(connection, caller.tenant, rollout, answer)
    return ReplyShown.of(settled, sees_private=True)


def _who(service: State, signed: str) -> Answerer:
    return answer_links.read(signing.key(service.database, answer_links.KEY), signed)
