"""What of a plan is over by now: a later plan without it has taken nothing from anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.plans.differences import Booked, Over

Tree = Mapping[str, Any]


def over_in(rollout: Tree) -> Over:
    """Whether a booking of an earlier plan is over in a rollout as it is now.

    A task is when it is finished, a class when all who were to learn there have been trained on its
    day, support when its shift lies before `as_of`.
    """
    finished = {
        it["id"]
        for it in rollout.get("tasks") or []
        if (it.get("progress") or {}).get("finished") is not None
    }
    trained = {
        (it["id"], held["course"], str(held["on"]))
        for it in rollout.get("audiences") or []
        for held in it.get("trained") or []
    }
    now = str(rollout.get("as_of") or rollout["start"])

    def over(booked: Booked) -> bool:
        match booked.kind:
            case "task":
                return booked.id in finished
            case "class":
                day = booked.start[:10]
                return all((name, booked.id, day) in trained for name, _, _ in booked.learners)
            case "support":
                return booked.end[: len(now)] <= now

    return over
