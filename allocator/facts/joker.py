"""People and rooms that a document does not have: what "only ana can do it" is measured against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from allocator.facts.work import Tree, by_id

MOST_PEOPLE = 12
"""So many people more stand for as many as anybody wants."""

MOST_ROOMS = 3
"""Likewise rooms."""


def those_able(tree: Tree, skill: str, level: int) -> list[Tree]:
    """People who have a skill at a level or above."""
    return [
        person
        for person in tree.get("people", ())
        if any(it["skill"] == skill and it["level"] >= level for it in person.get("skills") or ())
    ]


def add_people(small: Tree, skill: str, level: int, seats: int) -> Callable[[Tree], None]:
    """More people with a skill: hours like those who have it (else most people), any language."""
    able = those_able(small, skill, level)
    like = able[0] if able else None
    usual = Counter(_calendar(small, it) for it in small.get("people", ()))
    calendar = _calendar(small, like) if like else None
    calendar = calendar or (usual.most_common(1)[0][0] if usual else None)
    calendar = calendar or small["calendars"][0]["id"]
    site = None if like is None else like.get("site")
    languages = sorted(
        {it for person in small.get("people", ()) for it in person.get("languages") or ()}
        | {it["language"] for it in small["audiences"] if it.get("language")}
    )
    classes = sum(len(audience["courses"]) for audience in small["audiences"])
    number = min(MOST_PEOPLE, max(1, seats + classes))

    def take(tree: Tree) -> None:
        for index in range(number):
            person = {
                "id": f"another {skill} {level} {index}",
                "calendar": calendar,
                "skills": [{"skill": skill, "level": level}],
                "languages": languages,
            }
            tree["people"] = [*tree.get("people", ()), person | ({"site": site} if site else {})]

    return take


def _calendar(tree: Tree, person: Tree) -> str | None:
    if person.get("calendar"):
        return str(person["calendar"])
    return str(by_id(tree, "sites")[person["site"]]["calendar"]) if person.get("site") else None


def add_rooms(small: Tree, site: str) -> Callable[[Tree], None]:
    """More rooms at a site, with every equipment and a seat for everybody."""
    courses = small.get("courses", ())
    equipment = {it for course in courses for it in (course.get("room") or {}).get("equipment", ())}
    seats = sum(it.get("headcount") or len(it.get("members") or ()) for it in small["audiences"])

    def take(tree: Tree) -> None:
        for index in range(MOST_ROOMS):
            room = {
                "id": f"another room at {site} {index}",
                "site": site,
                "seats": max(1, seats),
                "equipment": sorted(equipment),
            }
            tree["rooms"] = [*tree.get("rooms", ()), room]

    return take
