"""Warnings: what is allowed in a document, but hardly meant, or cannot work out as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from allocator.errors import Fault
from allocator.history import unreported
from allocator.problem import Course, Line, Person, Problem, Support
from allocator.timeline import WorkingTime


def warnings_of(problem: Problem) -> tuple[Fault, ...]:
    """What a planner should look at; none of it keeps the rollout from being planned."""
    staff = _Staff(problem)
    return (
        *_clock(problem),
        *_history(problem),
        *_people(problem),
        *_tasks(problem, staff),
        *_courses(problem, staff),
        *_audiences(problem, staff),
        *_departments(problem),
        *_support(problem, staff),
    )


def _clock(problem: Problem) -> Iterator[Fault]:
    if problem.as_of >= problem.horizon:
        message = "as_of is after the rollout's end: nothing new can be planned."
        yield Fault("as_of", "nothing_to_plan", message)


def _history(problem: Problem) -> Iterator[Fault]:
    """Work whose time has passed without a word, and work that nobody is known to have done."""
    left = unreported(problem)
    moment = problem.axis.moment
    for booking in left.tasks:
        task = problem.tasks[booking.task]
        message = (
            f'"{task.id}" was published to end at {moment(booking.end, task.zone)}, and nothing of '
            f"it is reported: record it as finished, or its done_hours (0 to have it planned anew)."
        )
        yield Fault(f"tasks[{booking.task}]", "nothing_reported", message)
    for session in left.sessions:
        course = problem.courses[session.course]
        room = session.room
        zone = 0 if room is None or room < 0 else problem.rooms[room].zone
        message = (
            f'A class of "{course.id}" was published for {moment(session.start, zone)}, and nobody '
            f"is recorded as trained by it: record under trained who was there, or take the class "
            f"out of what is published."
        )
        place = f"published.plan.sessions[{left.number(session)}]"
        yield Fault(place, "nothing_reported", message)
    for index, task in enumerate(problem.tasks if problem.published is not None else ()):
        reported = task.progress
        if reported is None or index in problem.worked_on or not (reported.done or task.finished):
            continue
        message = (
            f'Nobody is known to have worked on "{task.id}": neither its progress nor what is '
            f"published says who, so its hours count in no budget and for no limit."
        )
        yield Fault(f"tasks[{index}].progress", "nobody_known", message)


def _people(problem: Problem) -> Iterator[Fault]:
    longest: dict[tuple[int, int], tuple[int, int]] = {}
    skills = {line.skill for task in problem.tasks if task.splittable for line in task.crew}
    for index, person in enumerate(problem.people):
        key = id(person.working), person.zone
        if key not in longest:
            longest[key] = _longest(problem, person.working, person.zone)
        day, week = longest[key]
        if day == 0:
            message = f'"{person.id}" never works during the rollout.'
            yield Fault(f"people[{index}]", "never_works", message)
        pausing = any(own.skill in skills for own in person.skills)
        for name, limit, hours in (
            ("hours_per_day", person.hours_per_day, day),
            ("hours_per_week", person.hours_per_week, week),
        ):
            if pausing and limit is not None and limit < hours:
                message = (
                    f'"{person.id}" may be booked {_hours(problem, limit)} but is on duty up to '
                    f"{_hours(problem, hours)} a {name.removeprefix('hours_per_')}: work that may "
                    "pause, and is longer than the limit, can become impossible. Shorten the "
                    "calendar instead."
                )
                yield Fault(f"people[{index}].limits.{name}", "limit_below_calendar", message)


def _longest(problem: Problem, working: WorkingTime, zone: int) -> tuple[int, int]:
    """Most on-duty slots of any local day, and of any Monday-to-Sunday week."""
    days = problem.days[zone]
    first, last = days.day(0), days.day(problem.horizon - 1)
    monday = first - (first + days.weekday) % 7
    midnights = [days.midnight(day) for day in range(monday, last + 8)]
    worked = working.worked[np.clip(midnights, 0, problem.horizon)]
    weekly = worked[7::7] - worked[:-7:7]
    return int(np.diff(worked).max()), int(weekly.max())


def _hours(problem: Problem, slots: int) -> str:
    return f"{float(problem.axis.hours(slots)):g} h"


@dataclass(frozen=True)
class _Staff:
    """Who is qualified, looked up once for each skill and level."""

    problem: Problem
    found: dict[tuple[int, int], list[Person]] = field(default_factory=dict)

    def qualified(self, skill: int, level: int) -> list[Person]:
        if (skill, level) not in self.found:
            self.found[skill, level] = [
                person
                for person in self.problem.people
                if any(own.skill == skill and own.level >= level for own in person.skills)
            ]
        return self.found[skill, level]

    def grantable(self, skill: int, level: int) -> bool:
        """Whether a named learner may come to have the skill by a course that grants it."""
        grants = (course.grants for course in self.problem.courses if course.grants is not None)
        return any(granted == skill and top >= level for granted, top in grants)

    def too_few(self, path: str, line: Line) -> Iterator[Fault]:
        """A line that not enough people qualify for, whoever else is busy."""
        able = len(self.qualified(line.skill, line.level))
        if able < line.people and not self.grantable(line.skill, line.level):
            skill = self.problem.skills[line.skill]
            who = "No person has" if able == 0 else f"Only {able} of {line.people} people have"
            message = f'{who} skill "{skill}" at level {line.level} or above.'
            yield Fault(path, "too_few_qualified", message)

    def speaks(self, course: Course, language: str | None) -> bool:
        """Whether every line of trainers with enough people has enough who speak a language."""
        if language is None:
            return True
        for line in course.trainers:
            able = self.qualified(line.skill, line.level)
            speaking = [person for person in able if language in person.languages]
            if len(speaking) < line.people <= len(able):
                return False
        return True


def _tasks(problem: Problem, staff: _Staff) -> Iterator[Fault]:
    for index, task in enumerate(problem.tasks):
        path = f"tasks[{index}]"
        if task.finished is not None:
            continue
        for number, line in enumerate(task.crew):
            yield from staff.too_few(f"{path}.crew[{number}]", line)
        if task.deadline is not None and task.deadline <= max(task.earliest, problem.as_of):
            message = f'The deadline of "{task.id}" has passed before it may start.'
            yield Fault(f"{path}.deadline", "impossible_window", message)
        if task.due is not None and task.deadline is not None and task.deadline < task.due:
            message = f'"{task.id}" is due only after its deadline, which comes first.'
            yield Fault(f"{path}.due", "due_after_deadline", message)
        seats = sum(line.people for line in task.crew)
        if len(task.pin_people) > seats:
            message = f"{len(task.pin_people)} people are pinned to {seats} seats."
            yield Fault(f"{path}.pin.people", "too_many_pinned", message)


def _courses(problem: Problem, staff: _Staff) -> Iterator[Fault]:
    sites: defaultdict[int, set[int]] = defaultdict(set)
    for audience in problem.audiences:
        for chosen in audience.courses:
            sites[chosen].add(problem.departments[audience.department].site)
    for index, course in enumerate(problem.courses):
        for number, line in enumerate(course.trainers):
            yield from staff.too_few(f"courses[{index}].trainers[{number}]", line)
        for site in sorted(sites[index]):
            if not course.virtual and not _has_room(problem, course, site):
                message = (
                    f'The site "{problem.sites[site].id}" has no room with the equipment for '
                    f'"{course.id}".'
                )
                yield Fault(f"courses[{index}].room", "no_room", message)


def _has_room(problem: Problem, course: Course, site: int) -> bool:
    return any(
        room.site == site and room.seats > 0 and course.equipment <= room.equipment
        for room in problem.rooms
    )


def _audiences(problem: Problem, staff: _Staff) -> Iterator[Fault]:
    for index, audience in enumerate(problem.audiences):
        path = f"audiences[{index}]"
        for number, held in enumerate(audience.trained):
            heads = sum(each.heads for each in audience.trained if each.course == held.course)
            if heads > audience.headcount:
                message = (
                    f'{heads} heads have held "{problem.courses[held.course].id}", but '
                    f'"{audience.id}" has {audience.headcount}.'
                )
                yield Fault(f"{path}.trained[{number}]", "trained_above_headcount", message)
        department = problem.departments[audience.department]
        for number, chosen in enumerate(audience.courses):
            course, place = problem.courses[chosen], f"{path}.courses[{number}]"
            go_live = problem.go_live.get((audience.department, course.project))
            if course.opens_before is not None and go_live is None:
                message = (
                    f'No wave of the project "{problem.projects[course.project].id}" takes '
                    f'"{department.id}" live, so the window of "{course.id}" is not known.'
                )
                yield Fault(place, "no_go_live", message)
            if not staff.speaks(course, audience.language):
                message = (
                    f'Too few people qualified to teach "{course.id}" speak '
                    f'"{audience.language}", the language of "{audience.id}".'
                )
                yield Fault(place, "no_trainer_speaks", message)


def _departments(problem: Problem) -> Iterator[Fault]:
    learners: defaultdict[int, int] = defaultdict(int)
    for audience in problem.audiences:
        learners[audience.department] += audience.headcount
    for index, department in enumerate(problem.departments):
        if learners[index] > department.headcount:
            message = (
                f'The audiences of "{department.id}" have {learners[index]} heads, the department '
                f"{department.headcount}."
            )
            yield Fault(f"departments[{index}].headcount", "audiences_above_headcount", message)


def _support(problem: Problem, staff: _Staff) -> Iterator[Fault]:
    needed: defaultdict[int, int] = defaultdict(int)
    for shift in problem.shifts:
        needed[shift.support] = max(needed[shift.support], shift.people)
    for index, support in enumerate(problem.supports):
        line = Line(support.skill, support.level, needed[index], 0)
        yield from staff.too_few(f"support[{index}]", line)
        for number, day in support.skipped:
            message = (
                f'"{support.id}" has no shift for "{problem.departments[number].id}" on '
                f"{problem.axis.date(day)}: clocks skip its hours on that day."
            )
            yield Fault(f"support[{index}].hours", "skipped_shift", message)
        if not needed[index] and not support.skipped:
            message = f'"{support.id}" falls on no working day within the rollout.'
            if not any(
                problem.departments[it].headcount for it in _departments_of(problem, support)
            ):
                message = f'"{support.id}" is for departments without heads: it has no shifts.'
            yield Fault(f"support[{index}]", "no_shifts", message)


def _departments_of(problem: Problem, support: Support) -> tuple[int, ...]:
    return problem.waves[support.wave].departments
