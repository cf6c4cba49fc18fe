"""What each operation of the API needs: the one table that tests of access go by.

An operation without a row fails `test_matrix`. `{rollout}` and so on stand for the id of a thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from service.access.roles import Right
from tests.api.conftest import PASSWORD
from tests.support.small import department, rollout, task

MARK = "Only for our eyes"
"""The name of the rollout that others try to get at, and of whatever else is in it."""

TREE = rollout(name=MARK, tasks=[task("t-a", department="finance")], departments=[department()])


@dataclass(frozen=True)
class Row:
    """The right that an operation needs, None if it is open to everybody, and a fitting request."""

    right: Right | Literal["sign in"] | None
    body: Any = None
    query: tuple[tuple[str, str], ...] = ()
    allowed: tuple[int, ...] = (200, 201, 202, 204)


READ = Row("read")
NO_TOKENS = (403,)
"""For people who have signed in: a token of a program is refused, whatever its role."""
NO_PROVIDER = (404,)
"""As long as nobody but the service itself signs people in."""
OTHER = "a green tram behind the hill"
APPROVAL = {"department": "finance", "sha256": "{part}", "granted": True}
WORKS = {"edit": "progress", "task": "t-a", "done_hours": 1}
WHOSE = {"kind": "person", "id": "ana"}

RENAME = {"list": "tasks", "id": "t-a", "to": "t-a"}

OPERATIONS: dict[str, Row] = {
    "GET /v1/rollouts": READ,
    "POST /v1/rollouts": Row("edit", TREE),
    "GET /v1/rollouts/{rollout}": READ,
    "PUT /v1/rollouts/{rollout}": Row("edit", TREE),
    "POST /v1/rollouts/{rollout}/replacement": Row("edit", TREE),
    "POST /v1/rollouts/{rollout}/rename": Row("edit", RENAME),
    "PATCH /v1/rollouts/{rollout}": Row("edit", {"name": "Another name"}),
    "DELETE /v1/rollouts/{rollout}": Row("edit"),
    "GET /v1/rollouts/{rollout}/about": READ,
    "GET /v1/rollouts/{rollout}/revisions": READ,
    "GET /v1/rollouts/{rollout}/revisions/{number}": READ,
    "GET /v1/rollouts/{rollout}/audit": READ,
    "GET /v1/rollouts/{rollout}/people/{person}": Row("administer"),
    # 409 while a plan of it waits
    "DELETE /v1/rollouts/{rollout}/people/{person}": Row("administer", allowed=(200, 409)),
    "GET /v1/rollouts/{rollout}/published": READ,
    "POST /v1/rollouts/{rollout}/published": Row("edit", {"plan": "{plan}", "approved": False}),
    "GET /v1/rollouts/{rollout}/actuals": READ,
    "POST /v1/rollouts/{rollout}/actuals": Row("edit", {"actuals": [WORKS]}),
    "POST /v1/rollouts/{rollout}/replan": Row("edit", {"as_of": "2027-01-11T08:00"}),
    "PUT /v1/rollouts/{rollout}/nightly": Row("edit", {"at": "02:00"}),
    "GET /v1/rollouts/{rollout}/nightly": READ,
    "DELETE /v1/rollouts/{rollout}/nightly": Row("edit"),
    # 409 once the rollout is over by the calendar on the wall
    "POST /v1/rollouts/{rollout}/nightly/run": Row("edit", allowed=(202, 409)),
    "GET /v1/rollouts/{rollout}/digests": READ,
    "PUT /v1/rollouts/{rollout}/webhook": Row("edit", {"url": "https://a.example/"}),
    "GET /v1/rollouts/{rollout}/webhook": Row("edit"),
    "DELETE /v1/rollouts/{rollout}/webhook": Row("edit"),
    "GET /v1/rollouts/{rollout}/notices": Row("edit"),
    "PUT /v1/rollouts/{rollout}/notices": Row("edit", {"send": "ask"}),
    "GET /v1/rollouts/{rollout}/mailings": Row("edit"),
    "POST /v1/rollouts/{rollout}/mailings/{mailing}/decision": Row("edit", {"send": "never"}),
    "GET /v1/rollouts/{rollout}/mailings/{mailing}/messages": Row("edit"),
    "GET /v1/plans/{plan}/notices": Row("edit"),
    "GET /v1/rollouts/{rollout}/readiness": Row("follow"),
    "GET /v1/answers/{signed}": Row(None),
    # 404: the booking is none of theirs
    "POST /v1/answers/{signed}": Row(
        None, {"booking": "x", "sequence": 0, "answer": "confirm"}, allowed=(404,)
    ),
    "GET /v1/rollouts/{rollout}/answers": Row("try"),
    "GET /v1/rollouts/{rollout}/answers/{answer}/repairs": Row("try"),
    "POST /v1/rollouts/{rollout}/answers/{answer}/settlement": Row("edit", {}),
    "GET /v1/directory": Row("edit"),
    "PUT /v1/directory": Row("edit", {"entries": [WHOSE | {"address": "a@b.example"}]}),
    "DELETE /v1/directory/{kind}/{person}": Row("edit"),
    "POST /v1/rollouts/{rollout}/calendars": Row("edit", WHOSE),
    "GET /v1/rollouts/{rollout}/calendars": Row("edit"),
    "DELETE /v1/rollouts/{rollout}/calendars/{link}": Row("edit"),
    "GET /v1/calendars/{secret}.ics": Row(None),
    "GET /v1/calendars/{secret}": Row(None),
    "POST /v1/plans": Row("try", {"rollout": "{rollout}", "seconds": 1}),
    "GET /v1/plans": Row("read", query=(("rollout", "{rollout}"),)),
    "GET /v1/plans/{plan}": READ,
    "DELETE /v1/plans/{waiting}": Row("try"),
    "POST /v1/plans/{waiting}/cancel": Row("try"),
    "GET /v1/plans/{plan}/result": READ,
    "GET /v1/plans/{plan}/events": READ,
    "POST /v1/plans/{plan}/repairs": Row("try", {"work": "t-a", "seconds": 1}),
    "GET /v1/plans/{plan}/repairs": READ,
    "GET /v1/plans/{plan}/repairs/{question}": READ,
    "DELETE /v1/plans/{plan}/repairs/{question}": Row("try"),
    "POST /v1/plans/{plan}/why-not": Row("try", {"work": "t-a", "person": "ana", "seconds": 1}),
    "GET /v1/plans/{plan}/why-not": READ,
    "GET /v1/plans/{plan}/why-not/{why}": READ,
    "DELETE /v1/plans/{plan}/why-not/{why}": Row("try"),
    "POST /v1/plans/{plan}/worth": Row("try", {"seconds": 1}),
    "GET /v1/plans/{plan}/worth": READ,
    "GET /v1/plans/{plan}/worth/{ranking}": READ,
    "DELETE /v1/plans/{plan}/worth/{ranking}": Row("try"),
    "GET /v1/plans/{plan}/timeline": READ,
    "GET /v1/plans/{plan}/load": READ,
    "GET /v1/plans/{plan}/calendar": Row("read", query=tuple(WHOSE.items())),
    "GET /v1/plans/{plan}/agendas": Row("read", query=tuple(WHOSE.items())),
    "GET /v1/plans/{plan}/publishing": READ,
    "GET /v1/plans/{plan}/comparison": READ,
    "GET /v1/plans/{plan}/departments/{department}": Row("follow"),
    "GET /v1/approvals": Row("follow"),
    "GET /v1/plans/{plan}/approvals": Row("follow"),
    "POST /v1/plans/{plan}/approvals": Row("approve", APPROVAL),
    "GET /v1/plans/{plan}/deliveries": Row("try"),
    "POST /v1/plans/{plan}/moves/possible": Row("try", {"task": "t-a"}),
    "POST /v1/plans/{plan}/moves": Row("try", {"moves": [{"task": "t-a"}]}),
    "POST /v1/scenarios": Row("try", {"rollout": "{rollout}", "name": "x", "edits": []}),
    "GET /v1/scenarios": Row("read", query=(("rollout", "{rollout}"),)),
    "GET /v1/scenarios/{scenario}": READ,
    "PUT /v1/scenarios/{scenario}": Row("try", {"edits": []}),
    "DELETE /v1/scenarios/{scenario}": Row("try"),
    "GET /v1/scenarios/{scenario}/comparison": READ,
    "POST /v1/scenarios/{scenario}/rebase": Row("try", {}),
    "POST /v1/scenarios/{scenario}/promote": Row("edit"),
    "POST /v1/recommend": Row("try", {"plan": "{plan}", "task": "t-a", "person": "ana"}),
    "PUT /v1/check": Row("read", {"rollout": TREE, "plan": {"schema": "plan/1"}}),
    "PUT /v1/validate": Row("read", TREE),
    "PUT /v1/renamed": Row("read", RENAME | {"document": TREE}),
    "GET /v1/template": READ,
    "GET /v1/schemas/rollout": READ,
    "GET /v1/schemas/plan": READ,
    "GET /v1/demo": READ,
    "POST /v1/demo/{demo}": Row("edit"),
    "POST /v1/webhook-secret": Row("administer"),
    "POST /v1/session": Row(None, {"name": "boss-north", "password": PASSWORD}),
    "DELETE /v1/session": Row("sign in"),
    "GET /v1/sign-in": Row(None),
    "GET /v1/sign-in/provider": Row(None, allowed=NO_PROVIDER),
    "GET /v1/sign-in/return": Row(None, allowed=NO_PROVIDER),
    "GET /v1/me": Row("sign in"),
    "PATCH /v1/me": Row("sign in", {"current": PASSWORD, "password": OTHER}, allowed=NO_TOKENS),
    "GET /v1/sessions": Row("sign in", allowed=NO_TOKENS),
    "DELETE /v1/sessions": Row("sign in", allowed=NO_TOKENS),
    "DELETE /v1/sessions/{session}": Row("sign in", allowed=NO_TOKENS),
    "GET /v1/tokens": Row("administer"),
    "POST /v1/tokens": Row("administer", {"name": "x", "role": "viewer"}),
    "DELETE /v1/tokens/{token}": Row("administer"),
    "GET /v1/people": Row("administer"),
    "POST /v1/people": Row("administer", {"name": "{new}", "role": "viewer", "password": PASSWORD}),
    "PATCH /v1/people/{somebody}": Row("administer", {"role": "viewer"}),
    "DELETE /v1/people/{somebody}": Row("administer"),
    "GET /v1/people/{somebody}/sessions": Row("administer"),
    "DELETE /v1/people/{somebody}/sessions": Row("administer"),
    "GET /v1/audit": Row("administer"),
    "GET /healthz": Row(None),
    "GET /readyz": Row(None),
    "GET /metrics": Row("monitor"),
}
"""By method and path; in a path, what is named differently than in the document says which one."""

OURS = ("rollout", "plan", "waiting", "scenario", "link", "mailing", "answer", "token", "somebody")
"""What belongs to a tenant."""


def names_ours(operation: str) -> bool:
    """Whether a request names a thing of a tenant, in its path, query or body."""
    row = OPERATIONS[operation]
    said = f"{operation} {row.query} {row.body}"
    return any(f"{{{name}}}" in said for name in OURS)
