"""What-ifs from the plan of their rollout: when as good as a cold solve, and their effect."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import date, timedelta
from typing import Any

from benchmarks.service.serving import Served, document, serving, show, until

SECONDS = 60.0
WORKERS = 2
NEAR = 1.001
"""A plan within a thousandth of the cold one is as good for whoever asks what if."""


def measure(asked: Namespace) -> None:
    """Print what cold and warm solves of a scenario come to, and its effect by the control."""
    tree = document(asked.rollout)
    with serving(postgresql=asked.postgresql, solves=1) as served:
        kept = served.keep(tree)
        base = _solved(served, kept)["plan"]
        rows = [_row(served, kept, edit) for edit in _edits(base)]
    show(f"What if, {SECONDS:g} s with {WORKERS} workers each", rows)


def _edits(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Whoever does most tasks leaves halfway, is ill for a fortnight, or gets somebody beside."""
    people = [seat["person"] for task in plan["tasks"] for seat in task["crew"]]
    busiest = max(sorted(set(people)), key=people.count)
    starts = sorted(task["start"] for task in plan["tasks"])
    half = date.fromisoformat(starts[len(starts) // 2][:10])
    away = {"person": busiest, "from": f"{half}"}
    return [
        {"edit": "leave"} | away,
        {"edit": "absent", "to": f"{half + timedelta(days=13)}"} | away,
        {"edit": "one_more", "like": busiest, "id": "one-more"},
    ]


def _row(served: Served, rollout: str, edit: dict[str, Any]) -> dict[str, object]:
    wanted = {"rollout": rollout, "name": edit["edit"], "edits": [edit]}
    scenario = served.client.post("/v1/scenarios", json=wanted).raise_for_status().json()["id"]
    changed = served.client.get(f"/v1/rollouts/{scenario}").raise_for_status().json()
    cold = _solved(served, served.keep(changed))["plan"]["score"]["total"]
    plan = served.ask(scenario, seconds=SECONDS, workers=WORKERS)
    near: float | None = None
    as_good: float | None = None
    with served.client.stream("GET", f"/v1/plans/{plan}/events", timeout=600) as events:
        for line in events.iter_lines():
            reported = json.loads(line[5:]) if line.startswith("data:") else {}
            best = reported.get("best")
            if near is None and best is not None and best <= NEAR * cold:
                near = reported["seconds"]
            if as_good is None and best is not None and best <= cold:
                as_good = reported["seconds"]
    compared = served.client.get(f"/v1/scenarios/{scenario}/comparison", timeout=120)
    effect = compared.raise_for_status().json()["effect"]
    total = effect["total"]
    warm = served.client.get(f"/v1/plans/{plan}/result").json()["plan"]["score"]["total"]
    return {
        "edit": edit["edit"],
        "cold": f"{cold:,.0f}",
        "warm": f"{warm:,.0f}",
        "within 0.1 % after": _seconds(near),
        "as good after": _seconds(as_good),
        "effect": f"{total['after'] - total['before']:+,.0f}",
        "noise": f"{total['noise']:,.0f}",
        "verdict": effect["verdict"],
    }


def _seconds(seen: float | None) -> str:
    return "not" if seen is None else f"{seen:.1f} s"


def _solved(served: Served, rollout: str) -> dict[str, Any]:
    plan = served.ask(rollout, seconds=SECONDS, workers=WORKERS)
    until(lambda: served.plan(plan)["state"] == "done")
    return dict(served.client.get(f"/v1/plans/{plan}/result").raise_for_status().json())
