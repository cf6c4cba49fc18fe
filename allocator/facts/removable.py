"""The facts of a document that could stand in the way of work, each with how to take it away.

To take a fact away only ever allows more: what is impossible without it stays impossible with it.
Calendars, what has happened and what is asked for itself are not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allocator.facts.joker import add_people, add_rooms, those_able
from allocator.facts.work import Asked, Tree, asked_skills, by_id, link_id
from allocator.plan import Fact

LONGER = 7
"""A rollout without its end has so many days more, and as many as its work takes (see `_end`)."""

LONGEST = 180
"""So many days more at the most."""


@dataclass(frozen=True, eq=False)
class Removable:
    """A fact, and the change to a document without it."""

    fact: Fact
    take: Callable[[Tree], None]


def fact(path: str, code: str, **values: Any) -> Fact:
    """A fact with its values in the order in which they are given."""
    return Fact(path, code, tuple(values.items()))


def removable(tree: Tree, small: Tree, asked: Asked) -> list[Removable]:
    """Those that concern the work of a restricted document, the telling ones last.

    Paths are those of the whole document, `tree`.
    """
    return [
        *_room_sites(tree, small, asked),
        *_limits(tree, small),
        *_notice(tree, small),
        *_vendors(tree, small),
        *_travel(tree, small),
        *_end(small),
        *_money(tree, small),
        *_courses(tree, small, asked),
        *_departments(tree, small),
        *_people_away(tree, small),
        *_tasks(tree, small),
        *_skills(small),
        *_published(small),
    ]


def _places(tree: Tree, kind: str) -> dict[str, int]:
    return {entry["id"]: index for index, entry in enumerate(tree.get(kind, ()))}


def _without(kind: str, id_: str, *fields: str) -> Callable[[Tree], None]:
    """Drop a field of an entry, or of what is inside it."""

    def take(tree: Tree) -> None:
        entry = by_id(tree, kind).get(id_)
        for step in fields[:-1]:
            entry = (entry or {}).get(step)
        if entry:
            entry.pop(fields[-1], None)

    return take


def _less(kind: str, id_: str, field: str, gone: object) -> Callable[[Tree], None]:
    """Drop an entry of a list of an entry."""

    def take(tree: Tree) -> None:
        entry = by_id(tree, kind).get(id_)
        if entry is not None:
            entry[field] = [it for it in entry.get(field) or () if it != gone]

    return take


# Tasks ---------------------------------------------------------------------------------------

_TASK_FIELDS = (
    ("different_people_from", "different_people", "other"),
    ("same_people_as", "same_people", "other"),
    ("earliest", "earliest", "day"),
)


def _tasks(tree: Tree, small: Tree) -> Iterator[Removable]:
    places, before = _places(tree, "tasks"), by_id(tree, "tasks")
    for task in small["tasks"]:
        if (task.get("progress") or {}).get("finished"):
            continue
        id_, path = task["id"], f"tasks[{places[task['id']]}]"
        for field, code, name in _TASK_FIELDS:
            if task.get(field):
                value = {"task": id_, name: str(task[field])}
                yield Removable(
                    fact(f"{path}.{field}", code, **value), _without("tasks", id_, field)
                )
        for link in task.get("after") or ():
            at = [link_id(it) for it in before[id_]["after"]].index(link_id(link))
            said = fact(f"{path}.after[{at}]", "after", task=id_, other=link_id(link))
            yield Removable(said, _less("tasks", id_, "after", link))
        pin = task.get("pin") or {}
        if pin.get("people"):
            said = fact(f"{path}.pin.people", "pin_people", task=id_, people=tuple(pin["people"]))
            yield Removable(said, _without("tasks", id_, "pin", "people"))
        if pin.get("start"):
            said = fact(f"{path}.pin.start", "pin_start", task=id_, start=str(pin["start"]))
            yield Removable(said, _without("tasks", id_, "pin", "start"))
        if task.get("deadline"):
            yield _deadline(path, task, before[id_])


def _deadline(path: str, task: Tree, whole: Tree) -> Removable:
    id_, before = task["id"], whole.get("deadline")
    if str(task["deadline"]) == str(before):
        said = fact(f"{path}.deadline", "deadline", task=id_, day=str(before))
        return Removable(said, _without("tasks", id_, "deadline"))

    def take(tree: Tree) -> None:
        entry = by_id(tree, "tasks").get(id_)
        if entry is not None:
            entry["deadline"] = before

    return Removable(fact(f"{path}.due", "due", task=id_, day=str(task["deadline"])), take)


# People --------------------------------------------------------------------------------------


def _able(small: Tree) -> list[Tree]:
    """Everyone who could take a seat that is asked for, or learns by name."""
    needs = {(skill, level) for skill, level, _ in asked_skills(small)}
    found = {it["id"] for need in needs for it in those_able(small, *need)}
    found |= {
        member
        for audience in small["audiences"]
        if audience["courses"]
        for member in audience.get("members") or ()
    }
    return [it for it in small.get("people", ()) if it["id"] in found]


def _people_away(tree: Tree, small: Tree) -> Iterator[Removable]:
    places = _places(tree, "people")
    asked = {skill for skill, _, _ in asked_skills(small)}
    for person in _able(small):
        id_, path = person["id"], f"people[{places[person['id']]}]"
        for at, mine in enumerate(person.get("skills") or ()):
            if mine.get("until") and mine["skill"] in asked:
                values = {"person": id_, "skill": mine["skill"], "until": str(mine["until"])}
                said = fact(f"{path}.skills[{at}].until", "certificate", **values)
                yield Removable(said, _for_good(id_, at))
        for at, away in enumerate(person.get("absences") or ()):
            values = {"person": id_, "from": str(away["from"]), "to": str(away["to"])}
            said = fact(f"{path}.absences[{at}]", "absence", **values)
            yield Removable(said, _less("people", id_, "absences", away))


def _for_good(id_: str, at: int) -> Callable[[Tree], None]:
    def take(tree: Tree) -> None:
        by_id(tree, "people")[id_]["skills"][at].pop("until", None)

    return take


def _limits(tree: Tree, small: Tree) -> Iterator[Removable]:
    places = _places(tree, "people")
    for person in _able(small):
        for field, most in (person.get("limits") or {}).items():
            if most is not None:
                path = f"people[{places[person['id']]}].limits.{field}"
                said = fact(path, field, person=person["id"], hours=most)
                yield Removable(said, _without("people", person["id"], "limits", field))


def _notice(tree: Tree, small: Tree) -> Iterator[Removable]:
    places = _places(tree, "people")
    for person in _able(small):
        if person.get("notice_hours"):
            path = f"people[{places[person['id']]}].notice_hours"
            said = fact(path, "notice", person=person["id"], hours=person["notice_hours"])
            yield Removable(said, _without("people", person["id"], "notice_hours"))


def _vendors(tree: Tree, small: Tree) -> Iterator[Removable]:
    places = _places(tree, "vendors")
    used = {it.get("vendor") for it in _able(small)}
    for vendor in small.get("vendors", ()):
        for field, code in (("lead_days", "lead_days"), ("minimum_hours_per_day", "least_hours")):
            if vendor.get(field) and vendor["id"] in used:
                path = f"vendors[{places[vendor['id']]}].{field}"
                said = fact(path, code, vendor=vendor["id"], number=vendor[field])
                yield Removable(said, _without("vendors", vendor["id"], field))


def _skills(small: Tree) -> Iterator[Removable]:
    needs: dict[tuple[str, int], int] = {}
    for skill, level, people in asked_skills(small):
        needs[skill, level] = needs.get((skill, level), 0) + people
    for (skill, level), seats in sorted(needs.items()):
        have = tuple(it["id"] for it in those_able(small, skill, level))
        lower = tuple(it["id"] for it in those_able(small, skill, 1) if it["id"] not in have)
        values = {"skill": skill, "level": level, "people": have}
        said = fact("people", "skill", **values | ({"lower": lower} if lower else {}))
        yield Removable(said, add_people(small, skill, level, seats))


# Places, money and time ----------------------------------------------------------------------


def _travel(tree: Tree, small: Tree) -> Iterator[Removable]:
    for at, way in enumerate(tree.get("travel", ())):
        pair = {way["from"], way["to"]}

        def take(made: Tree, pair: set[str] = pair) -> None:
            made["travel"] = [it for it in made["travel"] if {it["from"], it["to"]} != pair]

        values = {"from": way["from"], "to": way["to"], "minutes": way["minutes"]}
        if small.get("travel"):
            yield Removable(fact(f"travel[{at}]", "travel", **values), take)


def _end(small: Tree) -> Iterator[Removable]:
    """Two days more for each day of eight hours, and for each need of classes."""
    hours = sum(
        (line.get("hours") or 0) * (line.get("people") or 1)
        for task in small["tasks"]
        for line in task["crew"]
    )

    needs = sum(len(audience["courses"]) for audience in small["audiences"])

    def take(tree: Tree) -> None:
        days = min(LONGER + int(hours) // 4 + 2 * needs, LONGEST)
        tree["end"] = (date.fromisoformat(str(tree["end"])) + timedelta(days=days)).isoformat()

    yield Removable(fact("end", "end", day=str(small["end"])), take)


def _money(tree: Tree, small: Tree) -> Iterator[Removable]:
    places = _places(tree, "projects")
    for project in small.get("projects", ()):
        if project.get("budget") is not None:
            path = f"projects[{places[project['id']]}].budget"
            said = fact(path, "budget", project=project["id"], amount=project["budget"])
            yield Removable(said, _without("projects", project["id"], "budget"))
    prices = (small.get("goals") or {}).get("prices") or {}
    for term, price in prices.items():
        if price == "forbidden" and term != "open_work":

            def take(made: Tree, term: str = term) -> None:
                made["goals"]["prices"].pop(term, None)

            yield Removable(fact(f"goals.prices.{term}", "forbidden", term=term), take)


def _departments(tree: Tree, small: Tree) -> Iterator[Removable]:
    places = _places(tree, "departments")
    changed = {it.get("department") for it in small["tasks"] if it.get("change")}
    learning = {it["department"] for it in small["audiences"] if it["courses"]}
    for department in small.get("departments", ()):
        id_, path = department["id"], f"departments[{places[department['id']]}]"
        if department.get("release_limit") is not None and id_ in learning:
            values = {"department": id_, "share": department["release_limit"]}
            said = fact(f"{path}.release_limit", "release_limit", **values)
            yield Removable(said, _without("departments", id_, "release_limit"))
        for at, closed in enumerate(department.get("closed") or ()):
            if id_ in changed | learning:
                values = {"department": id_, "from": str(closed["from"]), "to": str(closed["to"])}
                said = fact(f"{path}.closed[{at}]", "closed", **values)
                yield Removable(said, _less("departments", id_, "closed", closed))
        light = department.get("green_light")
        if light and id_ in changed:
            values = {"department": id_, "status": light["status"]}
            if light.get("date"):
                values["day"] = str(light["date"])
            said = fact(f"{path}.green_light", "green_light", **values)
            yield Removable(said, _without("departments", id_, "green_light"))
    for at, freeze in enumerate(small.get("freezes") or ()):
        concerned = set(freeze.get("departments") or places)
        if concerned & (changed | learning):

            def take(made: Tree, freeze: Tree = freeze) -> None:
                made["freezes"] = [it for it in made["freezes"] if it != freeze]

            values = {"from": str(freeze["from"]), "to": str(freeze["to"])}
            yield Removable(fact(f"freezes[{at}]", "freeze", **values), take)


# Training ------------------------------------------------------------------------------------


def _taken(small: Tree) -> list[Tree]:
    taken = {course for audience in small["audiences"] for course in audience["courses"]}
    return [it for it in small.get("courses", ()) if it["id"] in taken]


def _courses(tree: Tree, small: Tree, asked: Asked) -> Iterator[Removable]:
    places = _places(tree, "courses")
    for course in _taken(small):
        id_, path = course["id"], f"courses[{places[course['id']]}]"
        sizes = course["class_size"]
        if sizes.get("min", 1) > 1:
            said = fact(f"{path}.class_size.min", "smallest", course=id_, heads=sizes["min"])
            yield Removable(said, _without("courses", id_, "class_size", "min"))
        said = fact(f"{path}.class_size.max", "largest", course=id_, heads=sizes["max"])
        yield Removable(said, _any_size(id_))
        if (course.get("room") or {}).get("equipment"):
            values = {"course": id_, "equipment": tuple(course["room"]["equipment"])}
            said = fact(f"{path}.room.equipment", "equipment", **values)
            yield Removable(said, _without("courses", id_, "room", "equipment"))
        for at, earlier in enumerate(course.get("after") or ()):
            said = fact(f"{path}.after[{at}]", "course_after", course=id_, other=earlier)
            yield Removable(said, _less("courses", id_, "after", earlier))
        if course.get("materials"):
            values = {"course": id_, "other": course["materials"]}
            said = fact(f"{path}.materials", "materials", **values)
            yield Removable(said, _without("courses", id_, "materials"))
        if course.get("window"):
            values = {
                "course": id_,
                "opens": course["window"]["open_days_before_go_live"],
                "closes": course["window"]["close_days_before_go_live"],
            }
            said = fact(f"{path}.window", "window", **values)
            yield Removable(said, _without("courses", id_, "window"))
    audiences = _places(tree, "audiences")
    wanted = {work.audience for work in asked}
    for audience in small["audiences"]:
        if audience["courses"] and audience.get("language") and audience["id"] in wanted:
            path = f"audiences[{audiences[audience['id']]}].language"
            values = {"audience": audience["id"], "language": audience["language"]}
            said = fact(path, "language", **values)
            yield Removable(said, _without("audiences", audience["id"], "language"))


def _any_size(id_: str) -> Callable[[Tree], None]:
    def take(tree: Tree) -> None:
        heads = sum(it.get("headcount") or len(it.get("members") or ()) for it in tree["audiences"])
        sizes = by_id(tree, "courses")[id_]["class_size"]
        sizes["max"] = max(sizes["max"], heads)

    return take


def _room_sites(tree: Tree, small: Tree, asked: Asked) -> Iterator[Removable]:
    departments = by_id(small, "departments")
    wanted = {work.audience for work in asked}
    sites = {
        departments[it["department"]]["site"]
        for it in small["audiences"]
        if it["id"] in wanted and it["courses"]
    }
    if all(course.get("virtual") for course in _taken(small)):
        return
    places = _places(tree, "rooms")
    for room in small.get("rooms", ()):
        if room.get("changeover_minutes") and room["site"] in sites:
            path = f"rooms[{places[room['id']]}].changeover_minutes"
            values = {"room": room["id"], "minutes": room["changeover_minutes"]}
            said = fact(path, "changeover", **values)
            yield Removable(said, _without("rooms", room["id"], "changeover_minutes"))
    for site in sorted(sites):
        have = tuple(it["id"] for it in tree.get("rooms", ()) if it["site"] == site)
        yield Removable(fact("rooms", "rooms", site=site, rooms=have), add_rooms(small, site))


# What is published ------------------------------------------------------------------


def _published(small: Tree) -> Iterator[Removable]:
    published = small.get("published")
    if published and published.get("frozen_until"):

        def take(tree: Tree) -> None:
            tree["published"].pop("frozen_until", None)

        until = str(published["frozen_until"])
        yield Removable(fact("published.frozen_until", "frozen", until=until), take)
