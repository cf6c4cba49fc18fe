"""Reads projects, waves and tasks."""

from __future__ import annotations

from datetime import date

from allocator.formats.clock import Clock
from allocator.formats.models.fields import Moment
from allocator.formats.models.work import TaskEntry
from allocator.formats.rollout.references import links
from allocator.formats.rollout.source import Source
from allocator.problem import Line, Link, Progress, Project, Task, Wave


def read_projects(source: Source) -> tuple[Project, ...]:
    """The projects with their budgets in cents."""
    return tuple(
        Project(
            id=entry.id,
            name=entry.name or entry.id,
            priority=entry.priority,
            budget=None
            if entry.budget is None
            else source.clock.cents(entry.budget, f"{path}.budget"),
        )
        for path, entry in source.sheet.rows("projects", source.sheet.document.projects)
    )


def read_waves(source: Source) -> tuple[Wave, ...]:
    """The waves with the number of their day of go-live."""
    return tuple(
        Wave(
            id=entry.id,
            name=entry.name or entry.id,
            project=source.ids.index("project", entry.project),
            departments=tuple(source.ids.index("department", id_) for id_ in entry.departments),
            go_live=source.clock.axis.day_number(entry.go_live),
        )
        for entry in source.sheet.document.waves
    )


def read_tasks(source: Source) -> tuple[Task, ...]:
    """The tasks; each one's dates are in the zone of its own site."""
    priorities = {entry.id: entry.priority for entry in source.sheet.document.projects}
    return tuple(
        _task(path, entry, priorities.get(entry.project, 3), source)
        for path, entry in source.sheet.rows("tasks", source.sheet.document.tasks)
    )


def _task(path: str, entry: TaskEntry, project_priority: int, source: Source) -> Task:
    ids, clock = source.ids, source.clock
    zone = source.zone(entry.site)
    pin = entry.pin
    if entry.change and entry.department is None:
        message = f'The change task "{entry.id}" names no department whose system it alters.'
        source.faults.add(path, "missing_field", message)
    finished = entry.progress.finished if entry.progress else None
    progress = _progress(path, entry, source)
    pinned = clock.begins(pin.start, zone, f"{path}.pin.start") if pin and pin.start else None
    if progress is not None and pinned is not None and pinned < source.as_of:
        pinned = None  # what is left of it lies after now
    return Task(
        id=entry.id,
        name=entry.name or entry.id,
        project=ids.index("project", entry.project),
        wave=ids.maybe("wave", entry.wave),
        department=ids.maybe("department", entry.department),
        site=ids.maybe("site", entry.site),
        zone=zone,
        crew=_crew(path, entry, source),
        splittable=entry.splittable,
        after=_after(path, entry, source),
        earliest=0
        if entry.earliest is None
        else max(0, clock.begins(entry.earliest, zone, f"{path}.earliest")),
        due=None if entry.due is None else clock.ends(entry.due, zone, f"{path}.due"),
        deadline=None
        if entry.deadline is None
        else clock.ends(entry.deadline, zone, f"{path}.deadline"),
        priority=project_priority if entry.priority is None else entry.priority,
        change=entry.change,
        same_people_as=ids.maybe("task", entry.same_people_as),
        different_people_from=ids.maybe("task", entry.different_people_from),
        pin_start=pinned,
        pin_people=tuple(ids.index("person", id_) for id_ in pin.people) if pin else (),
        finished=_end(path, finished, zone, clock),
        progress=progress,
    )


def _end(path: str, finished: date | Moment | None, zone: int, clock: Clock) -> int | None:
    """The moment at which a task was finished, or the end of the day."""
    if isinstance(finished, Moment):
        return clock.slot(finished, zone, f"{path}.progress.finished")
    return None if finished is None else clock.day_end(finished, zone)


def _progress(path: str, entry: TaskEntry, source: Source) -> Progress | None:
    reported, clock, place = entry.progress, source.clock, f"{path}.progress"
    if reported is None:
        return None
    zone = source.zone(entry.site)
    started = None
    if reported.started is not None:
        started = clock.slot(reported.started, zone, f"{place}.started")
    return Progress(
        done=_done(entry, source),
        started=started,
        worked=tuple(
            (
                source.ids.index("person", worked.person),
                clock.hours(worked.hours, f"{place}.worked[{index}].hours", least=1),
            )
            for index, worked in enumerate(reported.worked)
        ),
    )


def _done(entry: TaskEntry, source: Source) -> int:
    """Slots that are done; what does not lie on the grid is a fault of its own."""
    hours = entry.progress.done_hours if entry.progress else None
    return 0 if hours is None else int(hours * source.clock.axis.slots_per_hour)


def _crew(path: str, entry: TaskEntry, source: Source) -> tuple[Line, ...]:
    progress, done = entry.progress, 0
    if progress and progress.done_hours is not None:
        place = f"{path}.progress"
        done = source.clock.hours(progress.done_hours, f"{place}.done_hours")
        if progress.finished is not None:
            message = "Progress is either done_hours or finished, not both."
            source.faults.add(place, "contradiction", message)
    crew = []
    for index, line in enumerate(entry.crew):
        place = f"{path}.crew[{index}].hours"
        work = source.clock.hours(line.hours, place, least=1)
        if done and done >= work > 0:
            axis = source.clock.axis
            message = (
                f"{float(axis.hours(done)):g} hours are done, but this line has only "
                f"{float(axis.hours(work)):g}; a task that is done is finished on a day."
            )
            source.faults.add(f"{path}.progress.done_hours", "too_many_hours_done", message)
        crew.append(Line(source.skill(line.skill), line.level, line.people, work - done))
    return tuple(crew)


def _after(path: str, entry: TaskEntry, source: Source) -> tuple[Link, ...]:
    found = []
    for place, link in links(path, entry):
        lag = 0
        if link.lag_hours is not None:
            lag = source.clock.lag(link.lag_hours, f"{place.removesuffix('.task')}.lag_hours")
        found.append(Link(source.ids.index("task", link.task), link.type, lag))
    return tuple(found)
