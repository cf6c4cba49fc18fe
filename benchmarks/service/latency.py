"""How long POST and GET take while two solves run and 20 clients ask for plans."""

from __future__ import annotations

import json
import multiprocessing
import statistics
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from benchmarks.service.serving import HERE, Served, document, serving, show, until

CLIENTS = 20
PAUSE = 0.02
"""Seconds between two questions how far a plan is."""

CALM_SECONDS = 5.0


def measure(asked: Namespace) -> None:
    """Print POST and GET times, with and without load, for each checkout in turn."""
    tree = document(asked.rollout)
    rows: list[dict[str, object]] = []
    for _ in range(asked.turns):
        for code in [*asked.beside, HERE]:
            with serving(postgresql=asked.postgresql, code=code) as served:
                rows.append({"checkout": code.name, **_times(served, tree, asked.requests)})
    show(f"{asked.requests} POST by {CLIENTS} clients, two solves running (ms)", rows)


def _times(served: Served, tree: Mapping[str, Any], requests: int) -> dict[str, object]:
    kept = served.keep(tree)
    solves = [served.ask(kept, seconds=900, seed=10_000 + number) for number in range(2)]
    until(lambda: all(served.plan(it)["best"] is not None for it in solves))
    end = time.monotonic() + CALM_SECONDS
    calm = _ask_how_far(served.port, solves[0], lambda: time.monotonic() >= end)
    with multiprocessing.get_context("spawn").Pool(1) as others:
        load = others.apply_async(_post_all, (served.port, kept, requests))
        under_load = _ask_how_far(served.port, solves[0], load.ready)
        posts = load.get()
    for solve in solves:
        served.client.post(f"/v1/plans/{solve}/cancel")
    return {
        "GET p50, no POST": _ms(calm, 0.5),
        "GET p99, no POST": _ms(calm, 0.99),
        "GET p50": _ms(under_load, 0.5),
        "GET p99": _ms(under_load, 0.99),
        "GETs": len(under_load),
        "POST p50": _ms(posts, 0.5),
        "POST p99": _ms(posts, 0.99),
        "POST mean": f"{1000 * statistics.mean(posts):.0f}",
    }


def _ask_how_far(port: int, plan: str, enough: Callable[[], bool]) -> list[float]:
    """GET the status again and again; the seconds that each answer took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    taken = []
    while not enough():
        taken.append(_timed(connection, "GET", f"/v1/plans/{plan}", None, 200))
        time.sleep(PAUSE)
    return taken


def _post_all(port: int, rollout: str, requests: int) -> list[float]:
    """So many plans asked for by clients side by side; the seconds that each request took."""

    def client(number: int) -> list[float]:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        taken = []
        for seed in range(number, requests, CLIENTS):
            wanted = {"rollout": rollout, "seconds": 60, "workers": 1, "seed": 20_000 + seed}
            taken.append(_timed(connection, "POST", "/v1/plans", wanted, 202))
        return taken

    with ThreadPoolExecutor(CLIENTS) as clients:
        return [each for taken in clients.map(client, range(CLIENTS)) for each in taken]


def _timed(
    connection: HTTPConnection, method: str, path: str, body: object, expected: int
) -> float:
    text = None if body is None else json.dumps(body)
    begun = time.perf_counter()
    connection.request(method, path, text, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - begun
    if answer.status != expected:
        raise RuntimeError(f"{method} {path}: {answer.status}")
    return taken


def _ms(taken: list[float], part: float) -> str:
    return f"{1000 * sorted(taken)[int(len(taken) * part)]:.0f}"
