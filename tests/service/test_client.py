"""The client of a service: what refusals become, and events that go on where they broke off."""

from __future__ import annotations

import httpx2
import pytest

from allocator.errors import Cell, Fault, InvalidDocument
from service.cli import client as module
from service.cli.client import Broken, Client, Refused, Unreachable

PROBLEM = {"Content-Type": "application/problem+json"}
EVENTS = {"Content-Type": "text/event-stream"}


def talking(answer):
    """A client whose service is a function from request to answer."""
    made = Client("http://plan.example/", "alc_secret")
    made.close()
    made._http = httpx2.Client(
        base_url=made._http.base_url,
        headers=made._http.headers,
        transport=httpx2.MockTransport(answer),
    )
    return made


def refusing(status, **problem):
    return talking(lambda _: httpx2.Response(status, json=problem, headers=PROBLEM))


def sent(number, kind):
    return f"id: {number}\nevent: {kind}\ndata: {{}}\n\n"


def test_the_token_goes_into_a_header_and_parts_of_a_path_stay_apart():
    seen = []

    def answer(request):
        seen.append(request)
        return httpx2.Response(200, json={})

    talking(answer).get("rollouts", "a/b", "about", limit=None)
    (request,) = seen
    assert str(request.url) == "http://plan.example/v1/rollouts/a%2Fb/about"
    assert request.headers["Authorization"] == "Bearer alc_secret"


def test_what_is_sent_twice_has_a_key_of_its_own_each_time():
    keys = []

    def answer(request):
        keys.append(request.headers.get("Idempotency-Key"))
        return httpx2.Response(200, json={})

    asking = talking(answer)
    asking.send("POST", "plans", body={})
    asking.send("POST", "plans", body={})
    asking.send("PUT", "scenarios", "s", body={})
    assert keys[2] is None
    assert len({*keys[:2]}) == 2


def test_all_faults_of_a_document_come_back_as_they_were():
    faults = [
        {"path": "tasks[0]", "code": "c", "message": "m", "line": 3},
        {
            "path": "people[1]",
            "code": "d",
            "message": "n",
            "line": None,
            "cell": {"sheet": "people", "row": 3, "column": "B"},
        },
    ]
    with pytest.raises(InvalidDocument) as raised:
        refusing(422, detail="2 faults", faults=faults).get("rollouts")
    assert raised.value.faults == (
        Fault("tasks[0]", "c", "m", 3),
        Fault("people[1]", "d", "n", None, Cell("people", 3, "B")),
    )


@pytest.mark.parametrize(
    ("status", "kind"), [(401, Refused), (409, Refused), (503, Refused), (500, Broken)]
)
def test_a_problem_is_reported_in_its_own_words(status, kind):
    with pytest.raises(kind, match="in these words"):
        refusing(status, detail="in these words").get("plans")


def test_somebody_else_who_answers_is_not_taken_for_the_service():
    with pytest.raises(Unreachable, match=r"plan\.example answers with 502"):
        talking(lambda _: httpx2.Response(502, text="<html>")).get("plans")


def test_pages_follow_one_another_to_the_last():
    pages = {None: {"items": [1, 2], "next": "x"}, "x": {"items": [3], "next": None}}

    def answer(request):
        return httpx2.Response(200, json=pages[request.url.params.get("after")])

    assert list(talking(answer).pages("rollouts")) == [1, 2, 3]


class Cut(httpx2.SyncByteStream):
    """An answer whose connection breaks."""

    def __iter__(self):
        yield (sent(1, "queued") + sent(2, "started")).encode()
        raise httpx2.ReadError("the connection is gone")


def test_events_go_on_where_the_connection_broke(monkeypatch):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0)
    answers = iter(
        [
            httpx2.Response(200, stream=Cut(), headers=EVENTS),
            httpx2.Response(502, text="the proxy finds nobody"),
            httpx2.Response(503, json={"detail": "The database is away."}, headers=PROBLEM),
            httpx2.Response(200, text=sent(3, "progress") + sent(4, "ended"), headers=EVENTS),
        ]
    )
    asked_from = []

    def answer(request):
        asked_from.append(request.headers["Last-Event-ID"])
        return next(answers)

    kinds = [kind for kind, _ in talking(answer).events("p")]
    assert kinds == ["queued", "started", "progress", "ended"]
    assert asked_from == ["0", "2", "2", "2"]


def test_events_of_a_plan_that_is_not_there_are_not_waited_for(monkeypatch):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0)
    with pytest.raises(Refused, match="no run"):
        list(refusing(404, detail="There is no run 'p'.").events("p"))


def test_who_does_not_come_back_is_given_up(monkeypatch):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", -1)

    def answer(_):
        raise httpx2.ConnectError("nobody there")

    with pytest.raises(Unreachable, match="nobody there"):
        list(talking(answer).events("p"))
