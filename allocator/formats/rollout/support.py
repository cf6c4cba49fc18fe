"""Reads floor support, and derives the shifts that each department needs after go-live."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from allocator.formats.models.people import DepartmentEntry, SiteEntry
from allocator.formats.models.training import SupportEntry
from allocator.formats.models.work import WaveEntry
from allocator.formats.rollout.calendars import check_stretch, time_of_day
from allocator.formats.rollout.hours import DAY, WEEKDAYS
from allocator.formats.rollout.source import Source, heads_of
from allocator.problem import ShiftNeed, Support

SHIFT = 200
"""Slots that a shift counts as."""


def read_support(source: Source) -> tuple[tuple[Support, ...], tuple[ShiftNeed, ...]]:
    """The floor support, and its shifts: one per department and day of the support's days."""
    supports: list[Support] = []
    shifts: list[ShiftNeed] = []
    allowance = source.calendars.allowance
    for path, entry in source.sheet.rows("support", source.sheet.document.support):
        wave = source.waves.get(entry.wave)
        check_stretch(entry.hours, f"{path}.hours", source.clock)
        curve = _curve(path, entry, source)
        skipped: list[tuple[int, int]] = []
        if wave is not None:
            _check_users(path, entry, wave, source)
            for id_ in wave.departments:
                department = source.departments.get(id_)
                if department is not None and department.headcount > 0:
                    needs = list(_shifts(len(supports), entry, curve, wave, department, source))
                    allowance.take(len(needs) * SHIFT, path)
                    shifts += [it for it in needs if it.start < it.end]
                    skipped += [(it.department, it.day) for it in needs if it.start == it.end]
        supports.append(
            Support(
                id=entry.id,
                name=entry.name or entry.id,
                wave=source.ids.index("wave", entry.wave),
                project=source.ids.index("project", wave.project) if wave else -1,
                skill=source.skill(entry.skill),
                level=entry.level,
                skipped=tuple(skipped),
                worked=tuple(
                    (
                        source.ids.index("department", stood.department),
                        source.clock.axis.day_number(stood.day),
                        tuple(source.ids.index("person", id_) for id_ in stood.people),
                    )
                    for stood in entry.worked
                ),
            )
        )
    return tuple(supports), tuple(shifts)


def _curve(path: str, entry: SupportEntry, source: Source) -> dict[int, Fraction]:
    """Users per supporter on each of the support's days after go-live."""
    curve: dict[int, Fraction] = {}
    for index, part in enumerate(entry.curve):
        place = f"{path}.curve[{index}]"
        if part.users_per_supporter == 0:
            message = "A supporter looks after more than 0 users."
            source.faults.add(f"{place}.users_per_supporter", "out_of_range", message)
            continue
        for day in range(part.days.first, part.days.last + 1):
            if day in curve:
                message = f"Day {day} after go-live is in two parts of the curve."
                source.faults.add(f"{place}.days", "overlap", message)
                break
            curve[day] = part.users_per_supporter
    return curve


def _shifts(
    support: int,
    entry: SupportEntry,
    curve: dict[int, Fraction],
    wave: WaveEntry,
    department: DepartmentEntry,
    source: Source,
) -> Iterator[ShiftNeed]:
    """The shifts of a department; one whose hours clocks skip on its day has no length."""
    site = source.sites.get(department.site)
    if site is None:
        return
    axis, zone = source.clock.axis, source.zone(site)
    day, number = wave.go_live, 0
    while day <= source.sheet.document.end and number < max(curve, default=0):
        if _has_shift(entry, site, day, source):
            number += 1
            start = time_of_day(day, entry.hours.start, zone, source.clock)
            end = time_of_day(day, entry.hours.end, zone, source.clock)
            if number in curve and 0 <= start <= end <= axis.horizon:
                users = _users(entry, department, zone, (start, end), source)
                people = math.ceil(users / curve[number])
                if people:
                    yield ShiftNeed(
                        support=support,
                        department=source.ids.index("department", department.id),
                        day=axis.day_number(day),
                        start=start,
                        end=end,
                        people=people,
                    )
        day += DAY


def _has_shift(entry: SupportEntry, site: SiteEntry, day: date, source: Source) -> bool:
    """Whether a date is one of the support's days."""
    if "every" in entry.days or WEEKDAYS[day.weekday()] in entry.days:
        return True
    return "working" in entry.days and source.calendars.works(site.calendar, day)


def _users(
    entry: SupportEntry,
    department: DepartmentEntry,
    zone: int,
    span: tuple[int, int],
    source: Source,
) -> Fraction:
    """The users of a department for whom a shift is there."""
    users = entry.users
    share = Fraction(1) if users.share is None else users.share
    if not users.audiences and not users.on_duty:
        return department.headcount * share
    heads = 0
    for audience in source.audiences.get(department.id, ()):
        if users.audiences and audience.id not in users.audiences:
            continue
        working = source.calendars.working(source.calendar_of(audience), zone)
        if not users.on_duty or working.on_duty(*span):
            heads += heads_of(audience)
    return heads * share


def _check_users(path: str, entry: SupportEntry, wave: WaveEntry, source: Source) -> None:
    """Reports a share above 1, and audiences that the wave does not take live."""
    if entry.users.share is not None and entry.users.share > 1:
        message = "share is a share from 0 to 1."
        source.faults.add(f"{path}.users.share", "out_of_range", message)
    inside = {it.id for id_ in wave.departments for it in source.audiences.get(id_, ())}
    for index, id_ in enumerate(entry.users.audiences):
        if id_ not in inside and source.ids.index("audience", id_) >= 0:
            message = f'The audience "{id_}" is of no department of the wave "{wave.id}".'
            source.faults.add(f"{path}.users.audiences[{index}]", "not_of_the_wave", message)
