"""The timeline of a plan: names once, bookings as columns of numbers.

It is made from the documents alone, without building the problem, so that it takes a fraction of a
second for twenty thousand bookings too. Moments are minutes as in `clock`; references are positions
in the lists of the same document; -1 is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from allocator.formats.rollout.relative import absolute
from service.plans.timeline.clock import DAY, WallClock
from service.plans.timeline.unstaffed import open_spans

Tree = Mapping[str, Any]
Columns = dict[str, list[Any]]

CHANGE, PINNED, FINISHED = 1, 2, 4
"""Flags of a task: it alters a live system; it is pinned by hand; it is done."""

FROZEN = 1
"""Flag of a booking: it is published, and starts before `frozen_until`."""


def timeline_document(rollout: Tree, plan: Tree, report: Tree) -> dict[str, Any]:
    """What a page needs to draw a plan: who and what there is, when, and what is late or open."""
    rollout = absolute(rollout)
    clock = WallClock(rollout["start"])
    at = {name: _positions(rollout.get(name)) for name in _REFERRED_TO}
    frozen = _frozen(rollout, clock)
    crews = Counter({it["task"]: len(it["crew"]) for it in plan.get("tasks") or []})
    published = rollout.get("published") or {}
    until = published.get("frozen_until")
    return {
        "name": rollout["name"],
        "currency": rollout.get("currency") or "EUR",
        "timezone": rollout["timezone"],
        "start": rollout["start"],
        "days": clock.day(rollout["end"]) + 1,
        "slot_minutes": rollout.get("slot_minutes") or 30,
        "as_of": clock.minute(rollout.get("as_of") or rollout["start"]),
        "frozen_until": None if until is None else clock.minute(until),
        "outcome": plan["outcome"],
        "score": plan["score"],
        "skills": _columns(rollout.get("skills"), id=_id, name=_name),
        "sites": _columns(rollout.get("sites"), id=_id, name=_name),
        "vendors": _columns(rollout.get("vendors"), id=_id, name=_name),
        "departments": [_department(it, at, clock) for it in rollout.get("departments") or []],
        "freezes": [
            [*span, _indices(freeze.get("departments"), at["departments"])]
            for freeze, span in zip(
                rollout.get("freezes") or [], clock.ranges(rollout.get("freezes")), strict=True
            )
        ],
        "people": _columns(
            rollout.get("people"),
            id=_id,
            name=_name,
            site=lambda it: at["sites"].get(it.get("site"), -1),
            vendor=lambda it: at["vendors"].get(it.get("vendor"), -1),
            skills=lambda it: [
                [at["skills"][has["skill"]], has["level"]] for has in it.get("skills") or []
            ],
        ),
        "absences": [
            [number, *span]
            for number, person in enumerate(rollout.get("people") or [])
            for span in clock.ranges(person.get("absences"))
        ],
        "rooms": _columns(
            rollout.get("rooms"),
            id=_id,
            name=_name,
            site=lambda it: at["sites"].get(it.get("site"), -1),
            seats=lambda it: it["seats"],
        ),
        "projects": _columns(rollout.get("projects"), id=_id, name=_name),
        "waves": _columns(
            rollout.get("waves"),
            id=_id,
            name=_name,
            project=lambda it: at["projects"][it["project"]],
            departments=lambda it: _indices(it["departments"], at["departments"]),
            go_live=lambda it: clock.day(it["go_live"]),
        ),
        "tasks": _columns(
            rollout.get("tasks"),
            id=_id,
            name=_name,
            project=lambda it: at["projects"][it["project"]],
            department=lambda it: at["departments"].get(it.get("department"), -1),
            due=lambda it: clock.end(it["due"]) if it.get("due") else -1,
            flags=_task_flags,
            skills=lambda it: [at["skills"][line["skill"]] for line in it["crew"]],
            seats=lambda it: crews[it["id"]],
        ),
        "courses": _columns(
            rollout.get("courses"),
            id=_id,
            name=_name,
            project=lambda it: at["projects"][it["project"]],
            skills=lambda it: [at["skills"][line["skill"]] for line in it.get("trainers") or []],
        ),
        "audiences": _columns(
            rollout.get("audiences"),
            id=_id,
            name=_name,
            department=lambda it: at["departments"][it["department"]],
        ),
        "supports": _columns(
            rollout.get("support"),
            id=_id,
            name=_name,
            wave=lambda it: at["waves"][it["wave"]],
            skill=lambda it: at["skills"][it["skill"]],
        ),
        "seats": _seats(plan.get("tasks") or [], at, clock, frozen),
        "sessions": _sessions(plan.get("sessions") or [], at, clock),
        "shifts": _shifts(plan.get("support") or [], at, clock),
        "pins": [
            _pin(number, task["pin"], at["people"], clock)
            for number, task in enumerate(rollout.get("tasks") or [])
            if task.get("pin")
        ],
        "late": [
            [
                at["tasks"][it["task"]],
                it["hours"],
                it["cause"],
                it.get("working_days"),
                it.get("proved", False),
                {name: it[name] for name in ("because", "minimal", "also") if name in it},
            ]
            for it in report.get("late") or []
        ],
        "open": [
            {**it, "from": span[0], "to": span[1]}
            for it, span in zip(
                plan.get("open") or [], open_spans(rollout, plan.get("open") or []), strict=True
            )
        ],
    }


_REFERRED_TO = (
    "skills",
    "sites",
    "vendors",
    "departments",
    "people",
    "rooms",
    "projects",
    "waves",
    "tasks",
    "courses",
    "audiences",
    "support",
)

Positions = dict[str, dict[str, int]]


def _positions(entries: Any) -> dict[Any, int]:
    return {it["id"]: number for number, it in enumerate(entries or [])}


def _indices(ids: Iterable[str] | None, positions: Mapping[str, int]) -> list[int] | None:
    return None if ids is None else [positions[it] for it in ids]


def _id(it: Tree) -> str:
    return str(it["id"])


def _name(it: Tree) -> str:
    """The name; empty where it is the id."""
    name = it.get("name") or ""
    return "" if name == it["id"] else str(name)


def _columns(entries: Any, **fields: Callable[[Tree], Any]) -> Columns:
    return {field: [of(it) for it in entries or []] for field, of in fields.items()}


def _department(it: Tree, at: Positions, clock: WallClock) -> dict[str, Any]:
    limit, light = it.get("release_limit"), it.get("green_light")
    return {
        "id": it["id"],
        "name": _name(it),
        "site": at["sites"].get(it.get("site") or "", -1),
        "headcount": it["headcount"],
        "release": None
        if limit is None
        else max(1, int(Fraction(str(limit)) * int(it["headcount"]))),
        "closed": clock.ranges(it.get("closed")),
        "light": None
        if light is None
        else [light["status"], clock.day(light["date"]) if light.get("date") else -1],
    }


def _task_flags(it: Tree) -> int:
    finished = (it.get("progress") or {}).get("finished")
    return (
        CHANGE * bool(it.get("change"))
        | PINNED * bool(it.get("pin"))
        | FINISHED * (finished is not None)
    )


def _pin(number: int, pin: Tree, people: Mapping[str, int], clock: WallClock) -> list[Any]:
    """[task, start, people]: what is pinned by hand of a task."""
    start = pin.get("start")
    return [
        number,
        -1 if start is None else clock.minute(start),
        _indices(pin.get("people") or [], people),
    ]


def _frozen(rollout: Tree, clock: WallClock) -> set[tuple[str, str, int]]:
    """(work, person, start) of what is published and what stays as it is."""
    published = rollout.get("published") or {}
    if published.get("frozen_until") is None:
        return set()
    until, plan = clock.minute(published["frozen_until"]), published["plan"]
    as_published = [
        (it["task"], seat["person"], clock.minute(seat["start"]))
        for it in plan.get("tasks") or []
        for seat in it["crew"]
    ]
    return {it for it in as_published if it[2] < until}


def _seats(
    tasks: Sequence[Tree], at: Positions, clock: WallClock, frozen: set[tuple[str, str, int]]
) -> Columns:
    """The bookings of people in the order of the tasks, which tell how many of them are theirs."""
    rows = sorted(
        (
            at["tasks"][task["task"]],
            seat["seat"],
            at["people"][seat["person"]],
            clock.minute(seat["start"]),
            clock.minute(seat["end"]),
            seat.get("hours"),
            FROZEN * ((task["task"], seat["person"], clock.minute(seat["start"])) in frozen),
        )
        for task in tasks
        for seat in task["crew"]
    )
    return {
        "line": [it[1] for it in rows],
        "person": [it[2] for it in rows],
        **_times([(it[3], it[4]) for it in rows]),
        "hours": [it[5] for it in rows],
        "flags": [it[6] for it in rows],
    }


def _sessions(sessions: Sequence[Tree], at: Positions, clock: WallClock) -> Columns:
    rows = sorted(sessions, key=lambda it: (clock.minute(it["start"]), it["id"]))
    return {
        "id": [it["id"] for it in rows],
        "course": [at["courses"][it["course"]] for it in rows],
        "room": [at["rooms"].get(it.get("room") or "", -1) for it in rows],
        **_times([(clock.minute(it["start"]), clock.minute(it["end"])) for it in rows]),
        "trainers": [_indices(it["trainers"], at["people"]) for it in rows],
        "groups": [[_group(group, at) for group in it["groups"]] for it in rows],
    }


def _group(group: Tree, at: Positions) -> list[Any]:
    """[audience, heads], and the named learners where there are some."""
    members = _indices(group.get("members") or [], at["people"]) or []
    heads = len(members) if group.get("heads") is None else group["heads"]
    audience = at["audiences"][group["audience"]]
    return [audience, heads, members] if members else [audience, heads]


def _shifts(shifts: Sequence[Tree], at: Positions, clock: WallClock) -> Columns:
    rows = sorted(
        shifts, key=lambda it: (clock.minute(it["start"]), it["support"], it["department"])
    )
    return {
        "support": [at["support"][it["support"]] for it in rows],
        "department": [at["departments"][it["department"]] for it in rows],
        **_times([(clock.minute(it["start"]), clock.minute(it["end"])) for it in rows]),
        "people": [_indices(it["people"], at["people"]) for it in rows],
    }


def _times(spans: Sequence[tuple[int, int]]) -> Columns:
    """Starts as day and minute of the day, which repeat often and so compress well."""
    return {
        "day": [start // DAY for start, _ in spans],
        "minute": [start % DAY for start, _ in spans],
        "length": [end - start for start, end in spans],
    }
