"""kill -9 of the API while requests come in: what was accepted is there, and there once."""

from __future__ import annotations

import threading
import time
from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor

import httpx2

from benchmarks.service.serving import Served, document, serving, show

CLIENTS = 20


def measure(asked: Namespace) -> None:
    """Print how many requests were accepted, lost, and there twice."""
    with serving(postgresql=asked.postgresql) as served:
        tree = document(asked.rollout, "S")
        rollout = served.keep(tree)
        accepted = _ask(served, rollout, asked.requests)
        there = _plans(served)
        row = {
            "accepted": len(accepted),
            "kills of the API": 2,
            "lost": len(accepted - there),
            "twice": len(there - accepted),
        }
    show(f"{asked.requests} requests by {CLIENTS} clients, again until they are accepted", [row])


def _ask(served: Served, rollout: str, requests: int) -> set[str]:
    """Ask for plans, each until it is accepted; the API is killed after a third and two thirds."""
    accepted: set[str] = set()
    lock = threading.Lock()

    def ask(seed: int) -> None:
        wanted = {"rollout": rollout, "seconds": 0.5, "workers": 1, "seed": seed}
        key = {"Idempotency-Key": f"request-{seed}"}
        while True:
            try:
                answer = httpx2.post(f"{served.url}/v1/plans", json=wanted, headers=key, timeout=60)
            except httpx2.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code == 202:
                with lock:
                    accepted.add(answer.json()["id"])
                    if len(accepted) in (requests // 3, 2 * requests // 3):
                        served.kill("api")
                return

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(ask, range(requests)))
    return accepted


def _plans(served: Served) -> set[str]:
    """The ids of all plans that were asked for."""
    found: set[str] = set()
    after = None
    while True:
        parameters = {"limit": 200} | ({"after": after} if after else {})
        page = served.client.get("/v1/plans", params=parameters).json()
        found |= {it["id"] for it in page["items"]}
        after = page["next"]
        if after is None:
            return found
