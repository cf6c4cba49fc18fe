"""Reads courses and audiences."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.formats.models.training import AudienceEntry, CourseEntry, TrainedEntry
from allocator.formats.rollout.source import Source, heads_of
from allocator.problem import Audience, Course, Line, Trained


def read_courses(source: Source) -> tuple[Course, ...]:
    """The courses with their trainers, class sizes and windows."""
    return tuple(
        _course(path, entry, source)
        for path, entry in source.sheet.rows("courses", source.sheet.document.courses)
    )


def _course(path: str, entry: CourseEntry, source: Source) -> Course:
    length = source.clock.hours(entry.hours, f"{path}.hours", least=1)
    size, window, grants = entry.class_size, entry.window, entry.grants
    if size.min > size.max:
        message = f"A class has at least {size.min} and at most {size.max} heads."
        source.faults.add(f"{path}.class_size", "min_above_max", message)
    if entry.virtual and entry.room is not None:
        message = "The course is virtual and asks for a room; it can be one of the two."
        source.faults.add(path, "contradiction", message)
    if window and window.open_days_before_go_live < window.close_days_before_go_live:
        message = (
            f"The window closes {window.close_days_before_go_live} days before go-live, before it "
            f"opens {window.open_days_before_go_live} days before."
        )
        source.faults.add(f"{path}.window", "end_before_start", message)
    return Course(
        id=entry.id,
        name=entry.name or entry.id,
        project=source.ids.index("project", entry.project),
        length=length,
        trainers=tuple(
            Line(source.skill(line.skill), line.level, line.people, length)
            for line in entry.trainers
        ),
        smallest=size.min,
        largest=size.max,
        virtual=entry.virtual,
        equipment=frozenset(entry.room.equipment if entry.room else ()),
        after=tuple(source.ids.index("course", id_) for id_ in entry.after),
        materials=source.ids.maybe("task", entry.materials),
        opens_before=window.open_days_before_go_live if window else None,
        closes_before=window.close_days_before_go_live if window else None,
        grants=(source.skill(grants.skill), grants.level) if grants else None,
    )


def read_audiences(source: Source) -> tuple[Audience, ...]:
    """The audiences; one of named people has as many heads as names."""
    return tuple(
        _audience(path, entry, source)
        for path, entry in source.sheet.rows("audiences", source.sheet.document.audiences)
    )


def _audience(path: str, entry: AudienceEntry, source: Source) -> Audience:
    site = source.site_of(entry.department)
    headcount = heads_of(entry)
    if entry.members and headcount != len(entry.members):
        message = f"The audience has {headcount} heads and {len(entry.members)} named members."
        source.faults.add(f"{path}.headcount", "headcount_mismatch", message)
    if entry.headcount is None and not entry.members:
        message = f'The audience "{entry.id}" has neither a headcount nor members.'
        source.faults.add(path, "missing_field", message)
    return Audience(
        id=entry.id,
        name=entry.name or entry.id,
        department=source.ids.index("department", entry.department),
        headcount=headcount,
        language=entry.language,
        working=source.calendars.working(source.calendar_of(entry), source.zone(site)),
        courses=tuple(source.ids.index("course", id_) for id_ in entry.courses),
        members=_people(entry.members, source),
        trained=tuple(
            _trained(f"{path}.trained[{index}]", held, entry, source)
            for index, held in enumerate(entry.trained)
        ),
    )


def _people(ids: Sequence[str], source: Source) -> tuple[int, ...]:
    return tuple(source.ids.index("person", id_) for id_ in ids)


def _trained(path: str, held: TrainedEntry, entry: AudienceEntry, source: Source) -> Trained:
    zone = source.zone(source.site_of(entry.department))
    members = held.members
    heads = len(members) if held.heads is None else held.heads
    if heads == 0:
        message = "It says neither how many heads nor which members have held the course."
        source.faults.add(path, "missing_field", message)
    elif members and heads != len(members):
        message = f"{heads} heads have held the course, but {len(members)} members are named."
        source.faults.add(path, "headcount_mismatch", message)
    elif entry.members and not members:
        if heads < len(entry.members):
            message = "Who of the named members has held the course? List them as members."
            source.faults.add(path, "missing_field", message)
        members = entry.members
    own = set(entry.members)
    for index, id_ in enumerate(held.members):
        if id_ not in own and source.ids.index("person", id_) >= 0:
            message = f'"{id_}" is not a member of the audience "{entry.id}".'
            source.faults.add(f"{path}.members[{index}]", "not_a_member", message)
    return Trained(
        course=source.ids.index("course", held.course),
        heads=heads,
        members=_people(members, source),
        at=source.clock.day_end(held.on, zone),
        day=source.clock.axis.day_number(held.on),
        trainers=_people(held.trainers, source),
    )
