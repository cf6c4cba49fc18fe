"""Figures of the service on this machine: `python -m tests.api.figures ROLLOUT --database URL`.

It starts `allocator serve` on a database that is its own, asks for plans from many clients at once,
kills the API in the middle, and counts what is there. Only figures come out; nothing is asserted.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2

from tests.service.databases import created, dropped, url_of

CLIENTS = 20


class Served:
    """`allocator serve` as a process, with its URL."""

    def __init__(self, database: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        words = ["serve", "--port", str(port), "--database", database, "--solves", "2"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", *words], stderr=subprocess.DEVNULL
        )
        self.url = f"http://127.0.0.1:{port}"

    def wait_until_ready(self) -> None:
        """Wait for the first answer of a service with a worker."""
        while True:
            try:
                if httpx2.get(f"{self.url}/readyz").status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.1)

    def kill_api(self) -> None:
        """kill -9 of the API alone."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        for line in listed:
            if "-m api" in line:
                os.kill(int(line.split()[0]), signal.SIGKILL)


def accepted_none_lost(served: Served, rollout: str, requests: int) -> None:
    """kill -9 of the API while requests come in: how many were accepted, and are there."""
    before, accepted = _plans(served), set[str]()
    lock = threading.Lock()

    def ask(seed: int) -> None:
        wanted = {"rollout": rollout, "seconds": 0.5, "workers": 1, "seed": seed}
        key = {"Idempotency-Key": f"request-{seed}"}
        while True:
            try:
                answer = httpx2.post(f"{served.url}/v1/plans", json=wanted, headers=key, timeout=30)
            except httpx2.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code == 202:
                with lock:
                    accepted.add(answer.json()["id"])
                    if len(accepted) in (requests // 3, 2 * requests // 3):
                        served.kill_api()
                return

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(ask, range(requests)))
    found = _plans(served) - before
    print(
        f"accepted {len(accepted)} of {requests} with two kills of the API: "
        f"{len(accepted - found)} lost, {len(found - accepted)} twice"
    )


def _plans(served: Served) -> set[str]:
    """The ids of all plans that were asked for."""
    found: set[str] = set()
    after = None
    while True:
        parameters = {"limit": 200} | ({"after": after} if after else {})
        page = httpx2.get(f"{served.url}/v1/plans", params=parameters, timeout=30).json()
        found |= {it["id"] for it in page["items"]}
        after = page["next"]
        if after is None:
            return found


def latencies(served: Served, rollout: str, requests: int) -> None:
    """How long POST and GET take with 20 clients while two solves run."""
    solves = [
        httpx2.post(
            f"{served.url}/v1/plans",
            json={"rollout": rollout, "seconds": 600, "workers": 1, "seed": 10_000 + number},
        ).json()["id"]
        for number in range(2)
    ]
    while any(
        httpx2.get(f"{served.url}/v1/plans/{it}").json()["state"] != "running" for it in solves
    ):
        time.sleep(0.2)

    def post(seed: int) -> None:
        wanted = {"rollout": rollout, "seconds": 60, "workers": 1, "seed": 20_000 + seed}
        assert client.post("/v1/plans", json=wanted).status_code == 202

    def get(number: int) -> None:
        assert client.get(f"/v1/plans/{solves[number % 2]}").status_code == 200

    with httpx2.Client(base_url=served.url, timeout=60) as client:
        for name, call in (("POST /v1/plans", post), ("GET status", get)):
            taken = _timed(call, requests)
            print(
                f"{name}: {requests} by {CLIENTS} clients while two solves run: "
                f"p50 {statistics.median(taken):.1f} ms, p99 {taken[int(len(taken) * 0.99)]:.1f} ms"
            )
    for solve in solves:
        httpx2.post(f"{served.url}/v1/plans/{solve}/cancel")


def _timed(call: Callable[[int], None], requests: int) -> list[float]:
    def one(number: int) -> float:
        begun = time.perf_counter()
        call(number)
        return 1000 * (time.perf_counter() - begun)

    with ThreadPoolExecutor(CLIENTS) as clients:
        return sorted(clients.map(one, range(requests)))


def overhead(served: Served, rollout: str, seconds: float) -> None:
    """The time of a solve through HTTP, from request to result, beyond its own seconds."""
    begun = time.perf_counter()
    wanted = {"rollout": rollout, "seconds": seconds, "workers": 1, "seed": 5}
    plan = httpx2.post(f"{served.url}/v1/plans", json=wanted).json()["id"]
    with httpx2.stream("GET", f"{served.url}/v1/plans/{plan}/events", timeout=600) as events:
        for _ in events.iter_lines():
            pass
    result = httpx2.get(f"{served.url}/v1/plans/{plan}/result").json()
    taken = time.perf_counter() - begun
    inside = result["plan"]["solver"]["seconds"]
    print(f"a solve of {inside:.1f} s took {taken:.1f} s from request to result")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rollout", type=Path)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    name = created() if asked.postgresql else ""
    folder = subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True)
    served = Served(url_of(name) if name else f"sqlite:///{folder.stdout.strip()}/kept.db")
    try:
        served.wait_until_ready()
        content = asked.rollout.read_bytes()
        rollout = httpx2.post(f"{served.url}/v1/rollouts", content=content, timeout=60).json()["id"]
        overhead(served, rollout, 10)
        latencies(served, rollout, asked.requests // 2)
        accepted_none_lost(served, rollout, asked.requests)
    finally:
        served.process.kill()
        served.process.wait()
        if name:
            dropped(name)


if __name__ == "__main__":
    main()
