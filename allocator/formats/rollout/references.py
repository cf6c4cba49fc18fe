"""Who refers to whom by id: unknown ids, ids given twice, and circles of `after`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from allocator.formats.faults import Faults
from allocator.formats.models.work import LinkEntry, TaskEntry
from allocator.formats.shape import KINDS, Sheet

Mention = tuple[str, str, str | None]
"""(path, kind, id): somewhere an id of some kind is named."""


@dataclass(frozen=True, slots=True)
class Ids:
    """Positions of the entries of each kind, by id."""

    known: Mapping[str, Mapping[str, int]]

    def index(self, kind: str, id_: str) -> int:
        """Position of an entry; -1 if there is none (which is then a fault already)."""
        return self.known[kind].get(id_, -1)

    def maybe(self, kind: str, id_: str | None) -> int | None:
        """As `index`, and None for nothing."""
        return None if id_ is None else self.index(kind, id_)


def check_references(sheet: Sheet, faults: Faults) -> Ids:
    """Reports every id that is unknown or given twice, and every circle of `after`."""
    known = {kind: _positions(sheet, name, faults) for name, kind in KINDS.items()}
    for path, kind, id_ in mentions(sheet):
        if id_ is None or id_ in known[kind] or kind in sheet.unreadable:
            continue
        if id_ not in sheet.set_aside.get(kind, ()):
            faults.unknown(path, kind, id_, known[kind])
    for path, ids in _id_lists(sheet):
        _check_distinct(path, ids, faults)
    _check_circles(sheet, faults)
    return Ids(known)


def _positions(sheet: Sheet, name: str, faults: Faults) -> dict[str, int]:
    positions: dict[str, int] = {}
    paths: dict[str, str] = {}
    entries = getattr(sheet.document, name)
    for index, (path, entry) in enumerate(sheet.rows(name, entries)):
        if entry.id in positions:
            message = f'The {KINDS[name]} "{entry.id}" is given twice, first at {paths[entry.id]}.'
            faults.add(f"{path}.id", "duplicate_id", message)
        else:
            positions[entry.id], paths[entry.id] = index, path
    return positions


def mentions(sheet: Sheet) -> Iterator[Mention]:
    """Everywhere that an entry of some kind is named by its id."""
    yield from _mentions_of_places(sheet)
    yield from _mentions_of_work(sheet)
    yield from _mentions_of_training(sheet)
    for path, freeze in sheet.rows("freezes", sheet.document.freezes):
        yield f"{path}.wave", "wave", freeze.wave
        yield from _each(f"{path}.departments", "department", freeze.departments or ())


def _each(path: str, kind: str, ids: Iterable[str]) -> Iterator[Mention]:
    for index, id_ in enumerate(ids):
        yield f"{path}[{index}]", kind, id_


def _mentions_of_places(sheet: Sheet) -> Iterator[Mention]:
    document = sheet.document
    for path, site in sheet.rows("sites", document.sites):
        yield f"{path}.calendar", "calendar", site.calendar
    for path, way in sheet.rows("travel", document.travel):
        yield f"{path}.from", "site", way.from_
        yield f"{path}.to", "site", way.to
    for path, department in sheet.rows("departments", document.departments):
        yield f"{path}.site", "site", department.site
    for path, person in sheet.rows("people", document.people):
        for index, mastery in enumerate(person.skills):
            yield f"{path}.skills[{index}].skill", "skill", mastery.skill
        yield f"{path}.calendar", "calendar", person.calendar
        yield f"{path}.site", "site", person.site
        yield f"{path}.vendor", "vendor", person.vendor
    for path, room in sheet.rows("rooms", document.rooms):
        yield f"{path}.site", "site", room.site
        yield f"{path}.calendar", "calendar", room.calendar


def _mentions_of_work(sheet: Sheet) -> Iterator[Mention]:
    document = sheet.document
    for path, wave in sheet.rows("waves", document.waves):
        yield f"{path}.project", "project", wave.project
        yield from _each(f"{path}.departments", "department", wave.departments)
    for path, task in sheet.rows("tasks", document.tasks):
        yield f"{path}.project", "project", task.project
        yield f"{path}.wave", "wave", task.wave
        yield f"{path}.department", "department", task.department
        yield f"{path}.site", "site", task.site
        for index, line in enumerate(task.crew):
            yield f"{path}.crew[{index}].skill", "skill", line.skill
        for place, link in links(path, task):
            yield place, "task", link.task
        yield f"{path}.same_people_as", "task", task.same_people_as
        yield f"{path}.different_people_from", "task", task.different_people_from
        if task.pin is not None:
            yield from _each(f"{path}.pin.people", "person", task.pin.people)
        for index, worked in enumerate(task.progress.worked if task.progress else ()):
            yield f"{path}.progress.worked[{index}].person", "person", worked.person


def links(path: str, task: TaskEntry) -> Iterator[tuple[str, LinkEntry]]:
    """What a task comes after, in its long form, with the path of the id."""
    for index, after in enumerate(task.after):
        if isinstance(after, str):
            yield f"{path}.after[{index}]", LinkEntry(task=after)
        else:
            yield f"{path}.after[{index}].task", after


def _mentions_of_training(sheet: Sheet) -> Iterator[Mention]:
    document = sheet.document
    for path, course in sheet.rows("courses", document.courses):
        yield f"{path}.project", "project", course.project
        for index, line in enumerate(course.trainers):
            yield f"{path}.trainers[{index}].skill", "skill", line.skill
        yield from _each(f"{path}.after", "course", course.after)
        yield f"{path}.materials", "task", course.materials
        if course.grants is not None:
            yield f"{path}.grants.skill", "skill", course.grants.skill
    for path, audience in sheet.rows("audiences", document.audiences):
        yield f"{path}.department", "department", audience.department
        yield f"{path}.calendar", "calendar", audience.calendar
        yield from _each(f"{path}.courses", "course", audience.courses)
        yield from _each(f"{path}.members", "person", audience.members)
        for index, held in enumerate(audience.trained):
            yield f"{path}.trained[{index}].course", "course", held.course
            yield from _each(f"{path}.trained[{index}].members", "person", held.members)
            yield from _each(f"{path}.trained[{index}].trainers", "person", held.trainers)
    for path, support in sheet.rows("support", document.support):
        yield f"{path}.wave", "wave", support.wave
        yield f"{path}.skill", "skill", support.skill
        yield from _each(f"{path}.users.audiences", "audience", support.users.audiences)
        for index, stood in enumerate(support.worked):
            place = f"{path}.worked[{index}]"
            yield f"{place}.department", "department", stood.department
            yield from _each(f"{place}.people", "person", stood.people)


def _id_lists(sheet: Sheet) -> Iterator[tuple[str, Sequence[str]]]:
    """Lists in which an id says something once only."""
    document = sheet.document
    for path, wave in sheet.rows("waves", document.waves):
        yield f"{path}.departments", wave.departments
    for path, task in sheet.rows("tasks", document.tasks):
        if task.pin is not None:
            yield f"{path}.pin.people", task.pin.people
        if task.progress is not None:
            yield f"{path}.progress.worked", [worked.person for worked in task.progress.worked]
    for path, audience in sheet.rows("audiences", document.audiences):
        yield f"{path}.courses", audience.courses
        yield f"{path}.members", audience.members
        for index, held in enumerate(audience.trained):
            yield f"{path}.trained[{index}].members", held.members
            yield f"{path}.trained[{index}].trainers", held.trainers
    for path, freeze in sheet.rows("freezes", document.freezes):
        yield f"{path}.departments", freeze.departments or ()
    for path, support in sheet.rows("support", document.support):
        yield f"{path}.users.audiences", support.users.audiences
        for index, stood in enumerate(support.worked):
            yield f"{path}.worked[{index}].people", stood.people


def _check_distinct(path: str, ids: Sequence[str], faults: Faults) -> None:
    if len(set(ids)) == len(ids):
        return
    seen: set[str] = set()
    for index, id_ in enumerate(ids):
        if id_ in seen:
            faults.add(f"{path}[{index}]", "duplicate_id", f'"{id_}" is listed twice.')
        seen.add(id_)


def _check_circles(sheet: Sheet, faults: Faults) -> None:
    tasks, task_paths, leads = {}, {}, set()
    for path, task in sheet.rows("tasks", sheet.document.tasks):
        listed = [link for _, link in links(path, task)]
        tasks[task.id] = [link.task for link in listed]
        leads |= {
            (task.id, it.task) for it in listed if it.lag_hours is not None and it.lag_hours < 0
        }
        task_paths[task.id] = path
        for field in ("same_people_as", "different_people_from"):
            if getattr(task, field) == task.id:
                message = f'The task "{task.id}" refers to itself in {field}.'
                faults.add(f"{path}.{field}", "refers_to_itself", message)
    courses, course_paths = {}, {}
    for path, course in sheet.rows("courses", sheet.document.courses):
        courses[course.id] = course.after
        course_paths[course.id] = path
    for kind, after, paths in (("task", tasks, task_paths), ("course", courses, course_paths)):
        for circle in circles(after):
            shown = circle if len(circle) <= 8 else [*circle[:6], "...", circle[-1]]
            names = " after ".join(f'"{id_}"' for id_ in (*shown, circle[0]))
            message = f"The {kind} would have to come after itself: {names}."
            if kind == "task" and leads.intersection(
                zip(circle, (*circle[1:], circle[0]), strict=True)
            ):
                message += " No lead makes a circle possible."
            faults.add(f"{paths[circle[0]]}.after", "cycle", message)


def circles(after: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Circles of `after`; each entry in one comes after the next. At most one per starting entry.

    Where circles share entries, the others show once the first is mended.
    """
    done: set[str] = set()
    for root in after:
        trail: list[str] = []
        on_trail: dict[str, int] = {}
        waiting = [iter([root])]
        while waiting:
            id_ = next(waiting[-1], None)
            if id_ is None:
                waiting.pop()
                if trail:
                    on_trail.pop(trail[-1])
                    done.add(trail.pop())
            elif id_ in on_trail:
                yield trail[on_trail[id_] :]
                done.update(trail)
                break
            elif id_ not in done and id_ in after:
                on_trail[id_] = len(trail)
                trail.append(id_)
                waiting.append(iter(after[id_]))
