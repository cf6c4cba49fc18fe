"""A rollout that works day and night: shift groups, rest, notice, and dates by the hour."""

from __future__ import annotations

import copy
import random
from datetime import date
from typing import Any

Tree = dict[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHIFTS = {"early": "06:00-14:00", "late": "14:00-22:00", "night": "22:00-06:00"}
GROUPS = ("group-a", "group-b", "group-c")


def around_the_clock(tree: Tree, seed: int) -> Tree:
    """A copy in which wards are staffed in three shifts, and helped in each of them.

    Audiences are shift groups that change between early, late and night week by week; superusers
    come in any shift, with rest, nights and days in a row, weekends off and hours on seven days;
    staff have notice; rooms have a changeover; due days are told from go-live, by the hour.
    """
    rng = random.Random(f"around the clock {seed}")
    made = copy.deepcopy(tree)
    made["calendars"] += _calendars(made, rng)
    learning = {id_ for it in made["audiences"] for id_ in it.get("members") or ()}
    for person in made["people"]:
        change = _works_shifts if person["id"] in learning else _has_rest
        change(person, rng)
    for number, audience in enumerate(made["audiences"]):
        audience["calendar"] = "house" if audience.get("members") else GROUPS[number % 3]
    for room in made["rooms"]:
        room["calendar"] = "house"
        room["changeover_minutes"] = rng.choice((0, 15, 30))
    made["support"] = [shift for it in made["support"] for shift in _in_shifts(it, rng)]
    _from_go_live(made, rng)
    return made


def _calendars(tree: Tree, rng: random.Random) -> list[Tree]:
    """When rooms are open, anybody at any time, and three groups that take turns."""
    weeks = [{name: [hours] for name in DAYS} for hours in SHIFTS.values()]
    del weeks[2]["sun"]  # the next week begins early
    found: list[Tree] = [
        {"id": "house", "weekly": {name: ["06:00-22:00"] for name in DAYS}},
        {"id": "any-time", "weekly": {name: ["00:00-24:00"] for name in DAYS}},
    ]
    for number, group in enumerate(GROUPS):
        turns = weeks[number:] + weeks[:number]
        roster = [{"date": tree["end"]}] if rng.random() < 0.5 else []
        rotation = {"from": tree["start"], "weeks": turns}
        found.append({"id": group, "rotation": rotation, "roster": roster})
    return found


def _works_shifts(person: Tree, rng: random.Random) -> None:
    person["calendar"] = "any-time"
    person["limits"] = {
        "hours_per_day": 8.5,
        "hours_per_7_days": rng.choice((40, 48)),
        "rest_hours": 11,
        "days_in_row": rng.choice((5, 6, 7)),
        "nights_in_row": rng.choice((3, 4)),
        "weekends_off": rng.choice((0, 1, 2)),
    }


def _has_rest(person: Tree, rng: random.Random) -> None:
    person.setdefault("limits", {})["rest_hours"] = 11
    if rng.random() < 0.5:
        person["notice_hours"] = rng.choice((24, 96, 168))


def _in_shifts(support: Tree, rng: random.Random) -> list[Tree]:
    """Help in each shift of the first days, for those on duty or for a share of the users."""
    users = {"on_duty": True} if rng.random() < 0.5 else {"share": 0.3}
    return [
        support
        | {"id": f"{support['id']}-{name}", "name": f"{support['name']}, {name}", "hours": hours}
        | {"days": ["every"], "users": users, "curve": support["curve"][:1]}
        for name, hours in SHIFTS.items()
    ]


def _from_go_live(tree: Tree, rng: random.Random) -> None:
    """Due days of tasks that have a wave are told from it; a day of each wave is frozen."""
    go_live = {wave["id"]: date.fromisoformat(wave["go_live"]) for wave in tree["waves"]}
    for task in tree["tasks"]:
        if task.get("wave") and task.get("due"):
            days = (date.fromisoformat(task["due"]) - go_live[task["wave"]]).days
            task["due"] = f"go-live{days:+d}" + rng.choice(("", "T12:00", "T18:00"))
    for wave in tree["waves"]:
        frozen = {"from": "go-live-1T12:00", "to": "go-live-1T20:00", "wave": wave["id"]}
        tree["freezes"].append(frozen)
