"""A rollout made tighter: the same work with less room, and with more rules that bind at once."""

from __future__ import annotations

import copy
import random
from typing import Any

Tree = dict[str, Any]


def tightened(tree: Tree, tightness: float, seed: int) -> Tree:
    """A copy in which each entry gets, with a chance of `tightness`, one more thing that binds.

    People work fewer hours and lose certificates, vendors come for longer days only, ways take
    longer than by way of a third site, departments release fewer people, budgets and rooms are
    smaller, tasks are tied to one another, and superusers who earn their skill in a class are
    asked for before it is sure that they have it: as second trainers and in tasks.
    """
    rng = random.Random(f"{seed} {tightness}")
    tight = copy.deepcopy(tree)

    def each(entries: list[Tree]) -> list[Tree]:
        return [entry for entry in entries if rng.random() < tightness]

    for person in each(tight["people"]):
        _busy(person, tight, rng)
    for vendor in each(tight.get("vendors", [])):
        vendor["minimum_hours_per_day"] = rng.choice((5, 6, 7))
    for way in each(tight.get("travel", [])):
        way["minutes"] = way["minutes"] * 3
    for department in each(tight["departments"]):
        department["release_limit"] = rng.choice((0.08, 0.12))
    for room in each(tight["rooms"]):
        room["seats"] = max(4, room["seats"] - 4)
    for project in each(tight["projects"]):
        if "budget" in project:
            project["budget"] = round(project["budget"] * rng.choice((0.4, 0.55, 0.7)))
    for course in each(tight["courses"]):
        if course["id"].split("-")[2] in ("practice", "advanced"):
            course["trainers"].append({"skill": "superuser", "level": 1, "people": 1})
    _tie(each(tight["tasks"]), tight["tasks"], rng)
    for department in each(tight["departments"]):
        tight["tasks"] += _on_the_floor(department, tight, rng)
    return tight


def _busy(person: Tree, tree: Tree, rng: random.Random) -> None:
    limits = person.setdefault("limits", {})
    pick = rng.randrange(4)
    if pick == 0:
        limits["hours_per_day"] = rng.choice((5, 6, 7))
    elif pick == 1:
        limits["hours_per_week"] = rng.choice((18, 24, 30))
    elif pick == 2:
        limits["class_hours_per_day"] = 4
    elif person.get("skills"):
        ends = sorted(wave["go_live"] for wave in tree["waves"])
        rng.choice(person["skills"])["until"] = rng.choice(ends)


def _tie(tasks: list[Tree], everything: list[Tree], rng: random.Random) -> None:
    """Pair tasks that ask for the same crews, and give links lags."""
    alike: dict[str, list[str]] = {}
    for task in everything:
        alike.setdefault(str(task["crew"][0]["skill"]), []).append(task["id"])
    for task in tasks:
        others = [it for it in alike[str(task["crew"][0]["skill"])] if it != task["id"]]
        if others and not {"same_people_as", "different_people_from", "progress"} & set(task):
            kind = rng.choice(("same_people_as", "different_people_from", "different_people_from"))
            other = rng.choice(others)
            one = next(it for it in everything if it["id"] == other)
            if kind == "different_people_from" or [
                (line["skill"], line["people"]) for line in one["crew"]
            ] == [(line["skill"], line["people"]) for line in task["crew"]]:
                task[kind] = other


def _on_the_floor(department: Tree, tree: Tree, rng: random.Random) -> list[Tree]:
    """Work after go-live for those who have learnt it."""
    wave = next((it for it in tree["waves"] if department["id"] in it["departments"]), None)
    if wave is None:
        return []
    return [
        {
            "id": f"t-{department['id']}-floor-{number}",
            "name": f"Walk the floor {number}, {department['id']}",
            "project": wave["project"],
            "department": department["id"],
            "site": department["site"],
            "crew": [{"skill": "superuser", "level": 1, "people": 1, "hours": rng.choice((3, 6))}],
            "earliest": rng.choice((tree["start"], wave["go_live"])),
            "due": wave["go_live"],
        }
        for number in range(rng.randint(1, 3))
    ]
