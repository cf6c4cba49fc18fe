"""Requests that nobody should send: each is answered with what is wrong, and never by a 500.

`ALLOCATOR_BAD_REQUESTS` says how many are sent to each database, `ALLOCATOR_SEED` which ones.
"""

import copy
import json
import os
import random
from collections import Counter
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth import LOCAL, caller
from api.state import ServiceLimits
from tests.api.operations import OPERATIONS
from tests.api.things import fresh
from tests.service.databases import KINDS
from tests.support.extent import much

NUMBER = int(os.environ.get("ALLOCATOR_BAD_REQUESTS", much(100, 2500)))
SEED = int(os.environ.get("ALLOCATOR_SEED", "16"))

ODD = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "\r\nSet-Cookie: a=b",
    "\x85",
    "\ud800",
    "\udfff\ud800",
    "\ufffe",
    "%00",
    "../../etc/passwd",
    "' OR 1=1 --",
    "A" * 5000,
    "é" * 300,
    "\u202e",
    "1e999",
    "NaN",
    "0",
    "-1",
    "9" * 40,
)

WRONG = (
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    2**70,
    1e308,
    "RAW:1e999",
    "RAW:-1e999",
    "RAW:NaN",
    "RAW:Infinity",
    "RAW:" + "9" * 400,
    "RAW:" + "[" * 3000 + "]" * 3000,
    [],
    {},
    [[]],
    {"": ""},
    {"\x00": "\ud800"},
    *ODD,
)

HEADERS = (
    "If-Match",
    "If-None-Match",
    "Idempotency-Key",
    "Last-Event-ID",
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Content-Type",
    "Authorization",
    "X-Forwarded-Prefix",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "Origin",
    "Range",
    "Cookie",
)

VALUES = (
    "",
    "*",
    '"' + "a" * 64 + '"',
    "W/",
    "1e999",
    "-1",
    "9" * 30,
    "\x01",
    "\x7f",
    "é".encode().decode("latin-1"),
    "q=;;;,,,",
    "text/html;q=nan, */*;q=1e999",
    "Bearer ",
    "Bearer alc__",
    "Bearer alc_\xff_\xff",
    'allocator_session="alc_\\000_\\000"',
    'allocator_session="\\377"',
    "allocator_session=alc_0_0; allocator_language=\x7f; allocator_theme=a",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "null",
    "https://[",
)


def written(value):
    """JSON as a stranger writes it: what begins with RAW: stands as it is."""
    if isinstance(value, str) and value.startswith("RAW:"):
        return value.removeprefix("RAW:")
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{written(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(written(it) for it in value) + "]"
    return json.dumps(value)


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, it in value.items():
            yield from places(it, (*path, key))
    elif isinstance(value, list):
        for index, it in enumerate(value):
            yield from places(it, (*path, index))


def spoiled(body, drawn):
    """A body with something odd in one to three places."""
    body = copy.deepcopy(body)
    for _ in range(drawn.choice((1, 1, 2, 3))):
        path = drawn.choice(list(places(body)))
        wrong = drawn.choice(WRONG)
        if not path:
            return wrong
        inside = body
        for step in path[:-1]:
            inside = inside[step]
        if isinstance(inside, dict) and drawn.random() < 0.2:
            inside[drawn.choice(ODD)] = wrong
        else:
            inside[path[-1]] = wrong
    return body


def filled(value, things):
    """A body or a query with the ids of things that are there."""
    if isinstance(value, dict):
        return {key: filled(it, things) for key, it in value.items()}
    if isinstance(value, list):
        return [filled(it, things) for it in value]
    if isinstance(value, str):
        for name, id_ in things.items():
            value = value.replace(f"{{{name}}}", id_)
    return value


def request(drawn, things):
    """One bad request: a method, a target, headers and a body."""
    operation = drawn.choice(sorted(OPERATIONS))
    row, (method, path) = OPERATIONS[operation], operation.split(" ")
    if drawn.random() < 0.05:
        method = drawn.choice(("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"))
    for name, id_ in things.items():
        odd = drawn.random() < 0.25
        shown = quote(drawn.choice(ODD), safe="", errors="surrogatepass") if odd else id_
        path = path.replace(f"{{{name}}}", shown)
    query = [(key, filled(value, things)) for key, value in row.query]
    for key in ("limit", "after", "rollout", "state", "latest", "base", "id", "kind", "day"):
        if drawn.random() < 0.08:
            query.append((key, drawn.choice(ODD)))
    if query:
        path += "?" + "&".join(
            f"{key}={quote(value, safe='', errors='surrogatepass')}" for key, value in query
        )
    headers = {}
    for name in HEADERS:
        if drawn.random() < 0.06:
            headers[name] = drawn.choice(VALUES).encode("latin-1")
    content = None
    if row.body is not None:
        body = spoiled(filled(row.body, things), drawn)
        content = written(body).encode("utf-8", "surrogatepass")
        headers.setdefault("Content-Type", "application/json")
        if drawn.random() < 0.1:
            content = content[: drawn.randrange(len(content) + 1)]
        if drawn.random() < 0.05:
            content = drawn.randbytes(200)
    if method in ("PUT", "PATCH", "DELETE") and drawn.random() < 0.7:
        headers.setdefault("If-Match", "*")
    return method, path, headers, content


@pytest.fixture
def admin(database):
    """The service for somebody who may do everything, without a limit on requests."""
    app = create_app(database, limits=ServiceLimits(requests_per_minute=10**9))
    app.dependency_overrides[caller] = lambda: LOCAL
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    app.state.service.queue.close()


@pytest.mark.parametrize("database", KINDS, indirect=True)
def test_no_bad_request_is_answered_with_a_500(admin, database, tell):
    drawn = random.Random(SEED)
    statuses, defects = Counter(), []
    things = {}
    for number in range(NUMBER):
        if number % 100 == 0:
            things = fresh(database, admin.app.state.service.queue, "default")
        method, target, headers, content = request(drawn, things)
        # a stream of a plan that waits would not end
        if target.split("?")[0].endswith("/events"):
            continue
        answer = admin.request(method, target, headers=headers, content=content)
        statuses[answer.status_code] += 1
        if answer.status_code >= 500 and not target.startswith("/readyz"):
            defects.append((number, method, target[:200], headers, (content or b"")[:300]))
    tell(f"{sum(statuses.values())} bad requests, seed {SEED}: {dict(sorted(statuses.items()))}")
    assert defects == []
