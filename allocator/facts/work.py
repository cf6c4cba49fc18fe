"""Pieces of work by the ids of the document, and the document with only some of them asked for.

The smaller document is a relaxation: every plan of the whole one that does the work, less its other
bookings, is a plan of the smaller one. So what is impossible in it is impossible at all. Whatever
other work could help to meet is left out of it, or stays in it without being asked for.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from allocator.plan import Plan
from allocator.problem import Problem

Tree = dict[str, Any]
Asked = frozenset["Work"]


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """A task, the heads of an audience in a course, or a support shift of a department."""

    kind: Literal["task", "course", "support"]
    id: str
    audience: str = ""
    department: str = ""
    day: str = ""
    line: int = -1
    """Of a task: one line of its crew alone; -1 = the whole task."""
    by_due: bool = False
    """Of a task: it is to end by its due day."""
    amount: int = 0
    """So many heads or supporters at least; 0 = all that are asked for."""
    person: str = ""
    """Who is to be on it, as crew or trainer; empty: whoever."""
    on: str = ""
    """The day on which it is to start; empty: any."""
    room: str = ""
    """Of a course: where; empty: anywhere."""
    before: str = ""
    """Of a task: another one that it is to end before; that one has to be asked for as well."""

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What the work is, however much of it."""
        return self.kind, self.id, self.audience, self.department, self.day


def planned_work(problem: Problem, plan: Plan, *, by_due: bool) -> Asked:
    """What a plan does: its tasks (`by_due`: those in time so), seats in classes, supporters."""
    found = []
    for booking in plan.tasks:
        task = problem.tasks[booking.task]
        in_time = by_due and task.due is not None and booking.end <= task.due
        found.append(Work("task", task.id, by_due=in_time))
    seated: dict[tuple[int, int], int] = {}
    for session in plan.sessions:
        for group in session.groups:
            key = (group.audience, session.course)
            seated[key] = seated.get(key, 0) + group.heads
    for (audience, course), heads in seated.items():
        name = problem.audiences[audience].id
        found.append(Work("course", problem.courses[course].id, audience=name, amount=heads))
    for shift in plan.shifts:
        if shift.people:
            work = support_work(problem, shift.support, shift.department, shift.day)
            found.append(replace(work, amount=len(shift.people)))
    return frozenset(found)


def support_work(problem: Problem, support: int, department: int, day: int) -> Work:
    """The support of a department on a day, all of it."""
    return Work(
        "support",
        problem.supports[support].id,
        department=problem.departments[department].id,
        day=problem.axis.date(day).isoformat(),
    )


def by_id(tree: Tree, kind: str) -> dict[str, Tree]:
    """The entries of a list of the document."""
    return {entry["id"]: entry for entry in tree.get(kind, ())}


def restricted(tree: Tree, asked: Asked) -> Tree:
    """A copy of the document with this work alone, what it waits for and what could help it."""
    tasks = with_those_before(tree, asked)
    finished = {it["id"] for it in tree.get("tasks", ()) if _finished(it)}
    supports = {work.id for work in asked if work.kind == "support"}
    courses = {work.id for work in asked if work.kind == "course"}
    left = {
        "tasks": [it for it in tree.get("tasks", ()) if it["id"] in tasks | finished],
        "support": [it for it in tree.get("support", ()) if it["id"] in supports],
    }
    others = {name: value for name, value in tree.items() if name != "published"}
    made: Tree = copy.deepcopy(others | left)
    _keep_courses(made, courses)
    _cut(made, tasks | finished)
    for work in asked:
        if work.kind == "task":
            _narrow(by_id(made, "tasks")[work.id], work)
    if not _is_whole(tree, made):
        _let_go(made)
    if tree.get("published"):
        made["published"] = _published(tree["published"], made, asked)
    return made


def with_those_before(tree: Tree, asked: Asked) -> set[str]:
    """The tasks asked for, and all that have to be done for any of the work: `after`, materials."""
    tasks, courses = by_id(tree, "tasks"), by_id(tree, "courses")
    left = [work.id for work in asked if work.kind == "task"]
    for work in asked:
        if work.kind == "course" and courses[work.id].get("materials"):
            left.append(courses[work.id]["materials"])
    found: set[str] = set()
    while left:
        id_ = left.pop()
        if id_ not in found:
            found.add(id_)
            left += [link_id(it) for it in tasks[id_].get("after") or ()]
    return {it for it in found if not _finished(tasks[it])}


def _cut(made: Tree, kept: set[str]) -> None:
    """Nothing waits for, or shares people with, a task that is left out."""
    for task in made["tasks"]:
        task["after"] = [it for it in task.get("after") or () if link_id(it) in kept]
        for field in ("same_people_as", "different_people_from"):
            if task.get(field) not in kept:
                task.pop(field, None)
    for course in made.get("courses", ()):
        if course.get("materials") not in kept:
            course.pop("materials", None)


def _is_whole(tree: Tree, made: Tree) -> bool:
    """Whether no work is left out."""
    lists = all(len(made[it]) == len(tree.get(it, ())) for it in ("tasks", "support"))
    before, after = by_id(tree, "audiences"), by_id(made, "audiences")
    return lists and all(
        list(before[it].get("courses") or ()) == after[it]["courses"] for it in before
    )


def _finished(task: Tree) -> bool:
    return bool((task.get("progress") or {}).get("finished"))


def link_id(link: str | Tree) -> str:
    """The task that an entry of `after` names."""
    return link if isinstance(link, str) else str(link["task"])


def _narrow(task: Tree, work: Work) -> None:
    """One line of the crew alone, in which any of those who are pinned may be or not."""
    if work.line >= 0:
        task["crew"] = [task["crew"][work.line]]
        for field in ("same_people_as", "different_people_from"):
            task.pop(field, None)
        (task.get("pin") or {}).pop("people", None)
    if work.by_due and task.get("due") is not None:
        deadline = task.get("deadline") or task["due"]
        task["deadline"] = min(str(deadline), str(task["due"]), key=_end)


def _end(when: str) -> str:
    """Dates and moments in order of their ends: a date lasts to its midnight."""
    return when if "T" in when else f"{when}T24:00"


def asked_skills(tree: Tree) -> Iterator[tuple[str, int, int]]:
    """(skill, level, people) of every line of a crew, of trainers and of support."""
    for task in tree.get("tasks", ()):
        if not _finished(task):
            for line in task["crew"]:
                yield line["skill"], line.get("level") or 1, line.get("people") or 1
    taken = {course for it in tree.get("audiences", ()) for course in it.get("courses") or ()}
    for course in tree.get("courses", ()):
        if course["id"] in taken:
            for line in course.get("trainers") or ():
                yield line["skill"], line.get("level") or 1, line.get("people") or 1
    for support in tree.get("support", ()):
        yield support["skill"], support.get("level") or 1, 1


def _keep_courses(made: Tree, wanted: set[str]) -> None:
    """Leave the courses asked for, to all who take them, and those that grant skills asked for."""
    granting: set[str] = set()
    while True:
        taking = [_taking(it, wanted, granting) for it in _audiences(made)]
        skills = {skill for skill, _, _ in asked_skills({**made, "audiences": taking})}
        found = {
            it["id"]
            for it in made.get("courses", ())
            if (it.get("grants") or {}).get("skill") in skills
        }
        if found <= wanted | granting:
            made["audiences"] = taking
            return
        granting |= found - wanted


def _audiences(made: Tree) -> Iterator[Tree]:
    for audience in made.get("audiences", ()):
        yield dict(audience)


def _taking(audience: Tree, wanted: set[str], granting: set[str]) -> Tree:
    """The audience with the courses it takes still: skills are granted to named learners alone."""
    useful = wanted | (granting if audience.get("members") else set())
    audience["courses"] = [it for it in audience.get("courses") or () if it in useful]
    return audience


def _let_go(made: Tree) -> None:
    """What work that is left out could help to meet: hours that fill a vendor's day, and ways."""
    for vendor in made.get("vendors", ()):
        vendor.pop("minimum_hours_per_day", None)
    made["travel"] = [
        {"from": one, "to": other, "minutes": minutes}
        for (one, other), minutes in _shortest(made).items()
    ]


def _shortest(made: Tree) -> dict[tuple[str, str], float]:
    """Minutes from site to site, with work at any others on the way."""
    listed = {(it["from"], it["to"]): it["minutes"] for it in made.get("travel", ())}
    ways = {(other, one): minutes for (one, other), minutes in listed.items()} | listed
    if not ways:
        return {}
    sites = [site["id"] for site in made.get("sites", ())]
    for by in sites:
        for one in sites:
            for other in sites:
                about = ways.get((one, by), 0) + ways.get((by, other), 0)
                if one != other and by not in (one, other) and about < ways.get((one, other), 0):
                    ways[one, other] = about
    return ways


def _published(published: Tree, made: Tree, asked: Asked) -> Tree:
    """What is published of the work that is left."""
    as_published = copy.deepcopy(published["plan"])
    tasks, supports = by_id(made, "tasks"), by_id(made, "support")
    taken = {(it["id"], course) for it in made["audiences"] for course in it["courses"]}
    lines = {work.id: work.line for work in asked if work.line >= 0}

    def comes(session: Tree) -> bool:
        return any((it["audience"], session["course"]) in taken for it in session["groups"])

    def seat(entry: Tree, task: str) -> bool:
        """Whether it is of a line that is left, which then is the first one."""
        line = lines.get(task)
        if line is None:
            return True
        there, entry["seat"] = entry["seat"] == line, 0
        return bool(there)

    for field in ("open", "violations", "assumptions", "score", "solver", "outcome", "reason"):
        as_published.pop(field, None)
    as_published["tasks"] = [it for it in as_published.get("tasks", ()) if it["task"] in tasks]
    for booking in as_published["tasks"]:
        booking["crew"] = [it for it in booking["crew"] if seat(it, booking["task"])]
    as_published["tasks"] = [it for it in as_published["tasks"] if it["crew"]]
    as_published["sessions"] = [it for it in as_published.get("sessions", ()) if comes(it)]
    as_published["support"] = [
        it for it in as_published.get("support", ()) if it["support"] in supports
    ]
    history = as_published.get("history")
    if history:
        history["tasks"] = [
            it for it in history.get("tasks", ()) if it["task"] in tasks and seat(it, it["task"])
        ]
        history["sessions"] = [it for it in history.get("sessions", ()) if comes(it)]
    return {**published, "plan": as_published}
