"""What the service adds to a solve: from the request over HTTP to the result, less its seconds."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from datetime import datetime

from benchmarks.service.serving import HERE, Served, document, serving, show

SECONDS = 10.0


def measure(asked: Namespace) -> None:
    """Print where the time goes beside the solve, for each checkout in turn."""
    tree = document(asked.rollout)
    rows: list[dict[str, object]] = []
    for _ in range(asked.turns):
        for code in [*asked.beside, HERE]:
            with serving(postgresql=asked.postgresql, code=code) as served:
                kept = served.keep(tree)
                for seed in (1, 2):
                    times = _solve(served, kept, seed)
                    rows.append({"checkout": code.name, "solve": seed, **times})
    show(f"A solve of {SECONDS:g} s through HTTP, in seconds", rows)


def _solve(served: Served, rollout: str, seed: int) -> dict[str, object]:
    begun, wall = time.perf_counter(), 1000 * time.time()
    plan = served.ask(rollout, seconds=SECONDS, seed=seed)
    accepted = time.perf_counter()
    seen = 0.0
    with served.client.stream("GET", f"/v1/plans/{plan}/events") as events:
        for line in events.iter_lines():
            if line.startswith("data:") and json.loads(line[5:]).get("state") == "done":
                seen = time.perf_counter()
    result = served.client.get(f"/v1/plans/{plan}/result").json()
    ended = time.perf_counter()
    run = served.plan(plan)
    inside = result["plan"]["solver"]["seconds"]
    started, finished = (_milliseconds(run[it]) for it in ("started_at", "ended_at"))
    return {
        "POST": f"{accepted - begun:.2f}",
        "in the queue": f"{(started - wall) / 1000 - (accepted - begun):.2f}",
        "solver": f"{inside:.2f}",
        "child beside it": f"{(finished - started) / 1000 - inside:.2f}",
        "until notified": f"{seen - begun - (finished - wall) / 1000:.2f}",
        "GET result": f"{ended - seen:.2f}",
        "all": f"{ended - begun:.2f}",
        "overhead": f"{ended - begun - SECONDS:.2f}",
    }


def _milliseconds(moment: str) -> float:
    return 1000 * datetime.fromisoformat(moment).timestamp()
