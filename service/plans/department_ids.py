"""What a plan has for each department: the part that its head sees and answers for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from allocator.formats.text.tree import sha256
from service.edits.base import Tree


class Part(TypedDict):
    """Bookings as in the plan document, classes with the department's own heads alone."""

    tasks: list[Tree]
    sessions: list[Tree]
    support: list[Tree]


def parts_of(rollout: Tree, plan: Mapping[str, Any]) -> dict[str, Part]:
    """The departments that a plan concerns: its tasks, its audiences' classes, its support."""
    of_task = {it["id"]: it.get("department") for it in rollout.get("tasks") or []}
    of_audience = {it["id"]: it["department"] for it in rollout.get("audiences") or []}
    parts: dict[str, Part] = {}
    for task in plan.get("tasks") or []:
        department = of_task.get(task["task"])
        if department is not None:
            parts.setdefault(department, nothing())["tasks"].append(task)
    for session in plan.get("sessions") or []:
        groups = session["groups"]
        for department in dict.fromkeys(of_audience[it["audience"]] for it in groups):
            own = [it for it in groups if of_audience[it["audience"]] == department]
            # The number in a class's name shifts with other classes; what it is does not.
            reported = {name: value for name, value in session.items() if name != "id"}
            parts.setdefault(department, nothing())["sessions"].append(reported | {"groups": own})
    for shift in plan.get("support") or []:
        parts.setdefault(shift["department"], nothing())["support"].append(shift)
    return parts


def nothing() -> Part:
    """The part of a department that a plan does not concern."""
    return {"tasks": [], "sessions": [], "support": []}


def fingerprint(part: Part) -> str:
    """The same for the same bookings in any order, and for their people in any order."""
    bookings = [*part["tasks"], *part["sessions"], *part["support"]]
    return sha256(sorted((_in_order(it) for it in bookings), key=sha256))


def _in_order(booking: Tree) -> Tree:
    """A booking with its people in one order: who is named first says nothing."""
    return {
        name: sorted(value, key=sha256) if isinstance(value, list) else value
        for name, value in booking.items()
    }
