"""What a plan has for one department, and no more: what its head gives the green light for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from allocator.formats.models.plan import PlanDocument
from service.edits.base import Tree
from service.plans.comparison import booking_shown
from service.plans.department_ids import nothing, parts_of
from service.plans.differences import differences
from service.plans.over import over_in

Plan = Mapping[str, Any]


def department_document(rollout: Tree, plan: Plan, report: Plan, department: str) -> Tree:
    """Classes, heads away, tasks, support, go-lives and closed days of a department.

    Names stand beside ids; there is no cost in it, and nothing of other departments.
    """
    own = _entry(rollout, "departments", department)
    part = parts_of(rollout, plan).get(department, nothing())
    names = _Names(rollout)
    tasks = {it["id"]: it for it in rollout.get("tasks") or []}
    late = {it["task"]: it for it in report.get("late") or []}
    return {
        "department": {"id": department, "name": names.of("departments", department)},
        "headcount": own["headcount"],
        "release": _most_in_class(own),
        "green_light": own.get("green_light"),
        "closed": own.get("closed") or [],
        "freezes": [
            it
            for it in rollout.get("freezes") or []
            if department in (it.get("departments") or [department])
        ],
        "go_lives": [
            {
                "wave": wave["id"],
                "name": names.of("waves", wave["id"]),
                "project": names.of("projects", wave["project"]),
                "day": wave["go_live"],
            }
            for wave in rollout.get("waves") or []
            if department in wave["departments"]
        ],
        "classes": [_class(it, names) for it in part["sessions"]],
        "away": _away(part["sessions"]),
        "tasks": [_task(it, tasks[it["task"]], late, names) for it in part["tasks"]],
        "support": [_shift(it, names) for it in part["support"]],
        "open": list(_open(rollout, plan, department, names)),
    }


def changes_of(
    rollout: Tree, before: tuple[Tree, Plan], after: Plan, department: str
) -> list[Tree]:
    """The bookings of a department that two plans have differently; `before` with its rollout."""
    old, new = (
        PlanDocument.model_validate(
            {"schema": "plan/1", **parts_of(tree, plan).get(department, nothing())}
        )
        for tree, plan in (before, (rollout, after))
    )
    return [
        {
            "what": list(it.what),
            "before": booking_shown(it.before),
            "after": booking_shown(it.after),
        }
        for it in differences(old, new, over_in(rollout))
    ]


class _Names:
    """Names by list and id; the id where there is none."""

    def __init__(self, rollout: Tree) -> None:
        self._found = {
            (part, it["id"]): it.get("name") or it["id"]
            for part in (
                "departments",
                "waves",
                "projects",
                "courses",
                "audiences",
                "people",
                "rooms",
                "tasks",
                "support",
                "sites",
            )
            for it in rollout.get(part) or []
        }

    def of(self, part: str, id_: str) -> str:
        return str(self._found.get((part, id_), id_))

    def all(self, part: str, ids: Iterable[str]) -> list[str]:
        return [self.of(part, it) for it in ids]


def _entry(rollout: Tree, part: str, id_: str) -> Tree:
    return next(dict(it) for it in rollout[part] if it["id"] == id_)


def _most_in_class(department: Tree) -> int | None:
    """The heads that may be in class at one moment, as `release_limit` has it."""
    limit = department.get("release_limit")
    if limit is None:
        return None
    return max(1, int(Fraction(str(limit)) * int(department["headcount"])))


def _class(session: Tree, names: _Names) -> Tree:
    room = session.get("room")
    return {
        "course": session["course"],
        "name": names.of("courses", session["course"]),
        "start": session["start"],
        "end": session["end"],
        "room": None if room is None else names.of("rooms", room),
        "trainers": names.all("people", session.get("trainers") or []),
        "groups": [
            {
                "audience": names.of("audiences", group["audience"]),
                "heads": _heads(group),
                "members": names.all("people", group.get("members") or []),
            }
            for group in session["groups"]
        ],
    }


def _heads(group: Tree) -> int:
    heads = group.get("heads")
    return len(group.get("members") or []) if heads is None else int(heads)


def _away(sessions: list[Tree]) -> list[Tree]:
    """For each day with classes: seats taken, and the most heads in class at one moment."""
    steps: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    seats: defaultdict[str, int] = defaultdict(int)
    for session in sessions:
        heads, day = sum(_heads(group) for group in session["groups"]), session["start"][:10]
        seats[day] += heads
        steps[day] += [(session["start"], heads), (session["end"], -heads)]
    found = []
    for day in sorted(steps):
        now = most = 0
        for _, heads in sorted(steps[day]):  # who leaves at a moment makes room for who comes
            now += heads
            most = max(most, now)
        found.append({"day": day, "seats": seats[day], "at_once": most})
    return found


def _task(booking: Tree, task: Tree, late: Mapping[str, Tree], names: _Names) -> Tree:
    behind = late.get(booking["task"])
    reported = ("hours", "working_days", "cause")
    return {
        "task": booking["task"],
        "name": names.of("tasks", booking["task"]),
        "change": bool(task.get("change")),
        "start": booking["start"],
        "end": booking["end"],
        "people": names.all("people", dict.fromkeys(it["person"] for it in booking["crew"])),
        "late": None if behind is None else {it: behind.get(it) for it in reported},
    }


def _shift(shift: Tree, names: _Names) -> Tree:
    return {
        "support": shift["support"],
        "name": names.of("support", shift["support"]),
        "day": shift["day"],
        "start": shift["start"],
        "end": shift["end"],
        "people": names.all("people", shift.get("people") or []),
    }


def _open(rollout: Tree, plan: Plan, department: str, names: _Names) -> Iterator[Tree]:
    of_task = {it["id"]: it.get("department") for it in rollout.get("tasks") or []}
    of_audience = {it["id"]: it["department"] for it in rollout.get("audiences") or []}
    lists = {"task": "tasks", "course": "courses", "support": "support"}
    for entry in plan.get("open") or []:
        match entry["kind"]:
            case "task":
                whose = of_task.get(entry["id"])
            case "course":
                whose = of_audience.get(entry.get("audience"))
            case _:
                whose = entry.get("department")
        if whose == department:
            yield {**entry, "name": names.of(lists[entry["kind"]], entry["id"])}
