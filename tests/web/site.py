"""The service as people run it, with a rollout that has been planned and published."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from service.access import answer_links, signing
from service.store.clock import now
from service.store.database import Database
from tests.api.test_serve import free_port, get
from tests.cli.commands import COMMAND, ROOT
from tests.service.jobs.processes import until
from tests.support.small import person, rollout, task

SECONDS = 3
"""How long the plans of the site are looked for."""

PATIENCE = 180.0

DEPARTMENT = "ward"
"""The department that is looked at, and whose head is among those who sign in."""


BY_EMIL = rollout(
    people=[person("emil") | {"name": "Emil Graf"}, person("bor", cost_per_hour=160)],
    tasks=[task("t-a", hours=8), task("t-b", hours=8, after=["t-a"])],
)
"""Emil does it all in the first week, for Bor is dearer; this is proved to be best at once."""

EMIL_IS_AWAY = {"edit": "absent", "person": "emil", "from": "2027-01-11", "to": "2027-01-15"}
"""In that week."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are, and what there is on them."""

    url: str
    values: dict[str, str]
    """What stands in the paths of the views: `rollout`, `plan` and so on."""
    database: str = ""
    """Where everything is kept, for tests of what cannot be brought about otherwise."""

    def path(self, pattern: str) -> str:
        """The path of a view such as `rollouts/:rollout/plan/:plan`."""
        steps = pattern.split("/")
        missing = [it for it in steps if it.startswith(":") and it[1:] not in self.values]
        assert not missing, f"prepared() in {__file__} gives no value for {', '.join(missing)}"
        return "/".join(self.values[it[1:]] if it.startswith(":") else it for it in steps)


@contextmanager
def serving(database: str, *words: str) -> Iterator[str]:
    """`allocator serve` on a database, until the test is over; gives its URL."""
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--database", database, *words], cwd=ROOT
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: get(f"{url}/readyz").get("status") == "ok")
        yield url
    finally:
        process.terminate()
        process.wait()


def prepared(client: httpx2.Client, database: str, tenant: str = "default") -> dict[str, str]:
    """A rollout to look at, planned and published, and a scenario of it that is planned too."""
    kept = answer_to(client, "POST", "/v1/demo/clinic")["id"]
    plan = planned(client, kept)
    answer_to(client, "POST", f"/v1/rollouts/{kept}/published", {"plan": plan, "approved": False})
    edits = [{"edit": "one_more", "like": "mira", "id": "mira-2"}]
    wanted = {"rollout": kept, "name": "One more like Mira", "edits": edits}
    scenario = answer_to(client, "POST", "/v1/scenarios", wanted)["id"]
    other = planned(client, scenario)
    wanted = {"kind": "person", "id": "mira"}
    link = answer_to(client, "POST", f"/v1/rollouts/{kept}/calendars", wanted)["path"]
    return {
        "rollout": kept,
        "of": kept,
        "plan": plan,
        "scenario": scenario,
        "other": other,
        "table": "people",
        "run": plan,
        "department": DEPARTMENT,
        "secret": link.removeprefix("/v1/calendars/").removesuffix(".ics"),
        "signed": signed_for(database, tenant, kept, "mira"),
    }


def signed_for(database: str, tenant: str, rollout: str, person: str) -> str:
    """What the link ends with that somebody has in their message."""
    opened = Database(database)
    key = signing.key(opened, answer_links.KEY)
    opened.close()
    return answer_links.made(key, tenant, rollout, person, now())


def planned(client: httpx2.Client, kept: str, seconds: float = SECONDS) -> str:
    """The id of a plan of a rollout that has been solved."""
    wanted = {"rollout": kept, "seconds": seconds, "workers": 1}
    plan: str = answer_to(client, "POST", "/v1/plans", wanted)["id"]
    until(lambda: answer_to(client, "GET", f"/v1/plans/{plan}")["state"] == "done")
    return plan


def answer_to(client: httpx2.Client, method: str, path: str, body: object = None) -> Any:
    """What the service says to a request that it carries out."""
    answer = client.request(method, path, json=body, timeout=PATIENCE)
    assert answer.status_code < 300, f"{method} {path}: {answer.text}"
    return answer.json()
