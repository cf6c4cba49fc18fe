"""When work that a plan leaves open would have been due: where a page draws it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.plans.timeline.clock import DAY, WallClock

Tree = Mapping[str, Any]
Span = tuple[int, int]


def open_spans(rollout: Tree, entries: Sequence[Tree]) -> list[Span]:
    """For each entry of a plan's `open`: the stretch of time in which it could have been.

    A task from its earliest day to its deadline or due day, a course over its training window, a
    shift at its hours; where the document sets no end, to the end of the rollout.
    """
    clock = WallClock(rollout["start"])
    whole = (
        clock.minute(rollout.get("as_of") or rollout["start"]),
        clock.midnight(rollout["end"]) + DAY,
    )
    of = {
        "task": {it["id"]: it for it in rollout.get("tasks") or []},
        "course": {it["id"]: it for it in rollout.get("courses") or []},
        "support": {it["id"]: it for it in rollout.get("support") or []},
    }
    audiences = {it["id"]: it["department"] for it in rollout.get("audiences") or []}
    found = []
    for entry in entries:
        work = of[entry["kind"]][entry["id"]]
        match entry["kind"]:
            case "task":
                span = _task(work, whole, clock)
            case "course":
                department = audiences.get(entry.get("audience"))
                days = _go_lives(rollout, work["project"], department, clock)
                span = _course(work, list(days), whole)
            case _:
                span = _shift(work, entry, clock)
        found.append(span)
    return found


def _task(task: Tree, whole: Span, clock: WallClock) -> Span:
    start = max(whole[0], clock.minute(task["earliest"])) if task.get("earliest") else whole[0]
    last = task.get("deadline") or task.get("due")
    end = clock.end(last) if last else whole[1]
    return (start, end) if end > start else (start, start + DAY)


def _go_lives(
    rollout: Tree, project: str, department: str | None, clock: WallClock
) -> Iterator[int]:
    for wave in rollout.get("waves") or []:
        if wave["project"] == project and department in wave["departments"]:
            yield clock.day(wave["go_live"])


def _course(course: Tree, go_lives: Sequence[int], whole: Span) -> Span:
    window = course.get("window")
    if not window or not go_lives:
        return whole
    day = min(go_lives)
    start = max(whole[0], (day - window["open_days_before_go_live"]) * DAY)
    end = (day - window["close_days_before_go_live"] + 1) * DAY
    return (start, end) if end > start else (start, start + DAY)


def _shift(support: Tree, entry: Tree, clock: WallClock) -> Span:
    midnight = clock.midnight(entry["day"])
    start, end = (
        int(text[:2]) * 60 + int(text[3:]) for text in str(support["hours"]).split("-", 1)
    )
    return midnight + start, midnight + end + (DAY if end < start else 0)
