"""What a rollout is: frozen dataclasses in slots, cents and heads; no dates, no I/O.

References are indices into the tuples of `Problem`; the ids of the document are kept for people.
Hours are slots, lags are slots on the clock, money is cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from allocator.plan import Plan, Session
from allocator.terms import TERMS
from allocator.timeline import Axis, BoolArray, LocalDays, WorkingTime

LinkType = Literal["FS", "SS", "FF", "SF"]
LightStatus = Literal["granted", "pending", "refused"]


@dataclass(frozen=True, slots=True)
class Site:
    """A place of work with its zone and its usual working time."""

    id: str
    name: str
    zone: int
    working: WorkingTime


@dataclass(frozen=True, slots=True)
class GreenLight:
    """A department head's word: change work may start from slot `opens` on, if not refused."""

    status: LightStatus
    day: int | None
    opens: int


@dataclass(frozen=True, slots=True, eq=False)
class Department:
    """A part of the organisation that goes live: its heads, closed days and green light."""

    id: str
    name: str
    site: int
    zone: int
    headcount: int
    release_heads: int | None
    """At most this many heads in class at once: max(1, floor(release_limit x headcount))."""
    blocked: BoolArray
    """Slots of closed and of frozen days, in the zone of the department's site."""
    green_light: GreenLight | None


@dataclass(frozen=True, slots=True)
class Vendor:
    """A firm that lends people, after its lead days and for its minimum hours a day."""

    id: str
    name: str
    available_from: int
    """First slot after the lead days, which run from midnight of the day of `as_of`."""
    lead_days: int
    minimum_per_day: int


@dataclass(frozen=True, slots=True)
class Mastery:
    """A skill that a person has at a level, perhaps until a certificate ends."""

    skill: int
    level: int
    until: int | None
    """Slot at which the certificate's last day ends; None = for good."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Soft: no booking inside [start, end)."""

    start: int
    end: int
    weight: int


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can be booked: skills, working time, limits and rate."""

    id: str
    name: str
    skills: tuple[Mastery, ...]
    languages: frozenset[str]
    site: int | None
    zone: int
    working: WorkingTime
    hours_per_day: int | None
    hours_per_week: int | None
    class_hours_per_day: int | None
    hours_per_7_days: int | None
    rest: int | None
    """Slots of rest after each spell of work."""
    days_in_row: int | None
    nights_in_row: int | None
    weekends_off: int | None
    """Weekends of each month without work."""
    notice_until: int
    """First slot at which something new may begin: `as_of` and the person's notice; 0 if none."""
    cents_per_hour: int
    vendor: int | None
    wishes: tuple[Wish, ...]
    absences: tuple[tuple[int, int, str], ...]
    """(start, end, reason), for messages; `working` has them taken out already."""


@dataclass(frozen=True, slots=True)
class Room:
    """A place for classes: seats, equipment, working time and rate."""

    id: str
    name: str
    site: int
    zone: int
    seats: int
    equipment: frozenset[str]
    working: WorkingTime
    cents_per_hour: int
    changeover: int = 0
    """Slots from the end of a class to the start of the next one, rounded up."""


@dataclass(frozen=True, slots=True)
class Project:
    """What work belongs to: its priority, and its budget in cents."""

    id: str
    name: str
    priority: int
    budget: int | None
    """In cents."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Departments of a project that go live on the same day."""

    id: str
    name: str
    project: int
    departments: tuple[int, ...]
    go_live: int
    """Day number, in the zone of each department's site."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a crew or of a course's trainers: `people` seats of one skill and level."""

    skill: int
    level: int
    people: int
    work: int
    """Slots each of these people is still booked for (after `done_hours`)."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a task comes after, how, and with which lag on the clock (a lead: less than 0)."""

    task: int
    type: LinkType
    lag: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been reported of a task; also of one that is finished."""

    done: int
    """Slots that each of its people has done."""
    started: int | None = None
    """Slot at which it really began, if the report says so."""
    worked: tuple[tuple[int, int], ...] = ()
    """(person, slots) of those who have really worked on it; empty = as published."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work for a crew: who is needed for how long, when, and after what."""

    id: str
    name: str
    project: int
    wave: int | None
    department: int | None
    site: int | None
    zone: int
    crew: tuple[Line, ...]
    splittable: bool
    after: tuple[Link, ...]
    earliest: int
    """First slot at which it may start (0 where the document says nothing)."""
    due: int | None
    """Slot at which the due day ends."""
    deadline: int | None
    """Slot at which the deadline's day ends."""
    priority: int
    change: bool
    same_people_as: int | None
    different_people_from: int | None
    pin_start: int | None
    pin_people: tuple[int, ...]
    finished: int | None
    """Slot at which it was finished, or the day ends on which it was; needs no booking then."""
    progress: Progress | None = None
    """What has been reported; None = nothing so far."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught: its length, trainers, class sizes, room and order."""

    id: str
    name: str
    project: int
    length: int
    trainers: tuple[Line, ...]
    smallest: int
    largest: int
    virtual: bool
    equipment: frozenset[str]
    after: tuple[int, ...]
    materials: int | None
    opens_before: int | None
    closes_before: int | None
    """Days before go-live at which the training window opens and closes."""
    grants: tuple[int, int] | None
    """(skill, level) that a named learner has from the session's end on."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Heads that have held a course already; they count as having ended it at slot `at`."""

    course: int
    heads: int
    members: tuple[int, ...]
    at: int
    day: int
    trainers: tuple[int, ...] = ()
    """Who has really given it; empty = as published."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Heads of a department who take the same courses in one language."""

    id: str
    name: str
    department: int
    headcount: int
    language: str | None
    working: WorkingTime
    courses: tuple[int, ...]
    members: tuple[int, ...]
    """Named learners (people); empty = heads without names."""
    trained: tuple[Trained, ...]


@dataclass(frozen=True, slots=True)
class Support:
    """Help on the floor after a wave goes live: the skill that it takes.

    `skipped` are the departments and days on which clocks show none of its hours.
    """

    id: str
    name: str
    wave: int
    project: int
    skill: int
    level: int
    skipped: tuple[tuple[int, int], ...] = ()
    worked: tuple[tuple[int, int, tuple[int, ...]], ...] = ()
    """(department, day, people) of shifts on which others stood than published."""


@dataclass(frozen=True, slots=True)
class ShiftNeed:
    """A support shift of one department on one day: `people` supporters for [start, end)."""

    support: int
    department: int
    day: int
    start: int
    end: int
    people: int


@dataclass(frozen=True, slots=True)
class Goals:
    """Price of one unit of each term, in the order of TERMS; None = forbidden.

    `most_people` is the change budget: so much of `change` a plan has at most, if there is one.
    """

    preset: str
    prices: tuple[Fraction | None, ...]
    most_people: int | None = None

    def price(self, term: str) -> Fraction | None:
        """The price of one unit of a term; None if the term is forbidden."""
        return self.prices[TERMS.index(term)]


@dataclass(frozen=True, slots=True)
class Published:
    """What is published. An index of -1 is something the document no longer has."""

    plan: Plan
    frozen_until: int


@dataclass(frozen=True, slots=True)
class Worked:
    """What one person has done on a task, in [start, end).

    `slots` are paid for. `extra` of them are beyond the person's working time in that span.
    """

    task: int
    seat: int
    person: int
    start: int
    end: int
    slots: int
    extra: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What has happened before any plan: work on tasks, and classes that were held."""

    worked: tuple[Worked, ...] = ()
    held: tuple[Session, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A whole rollout, ready to be planned."""

    name: str
    sha256: str
    currency: str
    axis: Axis
    as_of: int
    skills: tuple[str, ...]
    sites: tuple[Site, ...]
    travel: tuple[tuple[int, ...], ...]
    """travel[a][b]: slots on the way from site a to site b, rounded up."""
    departments: tuple[Department, ...]
    vendors: tuple[Vendor, ...]
    people: tuple[Person, ...]
    rooms: tuple[Room, ...]
    projects: tuple[Project, ...]
    waves: tuple[Wave, ...]
    tasks: tuple[Task, ...]
    courses: tuple[Course, ...]
    audiences: tuple[Audience, ...]
    supports: tuple[Support, ...]
    shifts: tuple[ShiftNeed, ...]
    goals: Goals
    published: Published | None
    history: History = History()

    @property
    def horizon(self) -> int:
        """Number of slots in the rollout."""
        return self.axis.horizon

    @property
    def days(self) -> tuple[LocalDays, ...]:
        """The local days of each zone."""
        return self.axis.days

    @cached_property
    def go_live(self) -> dict[tuple[int, int], int]:
        """(department, project) -> day of the earliest wave that takes the department live."""
        days: dict[tuple[int, int], int] = {}
        for wave in self.waves:
            for department in wave.departments:
                key = (department, wave.project)
                days[key] = min(days.get(key, wave.go_live), wave.go_live)
        return days

    @cached_property
    def begun(self) -> dict[int, int]:
        """Task -> slot at which it began, of those that are finished or in progress.

        As reported, else as worked; else a finished one when it ended, any other one now.
        """
        found: dict[int, int] = {}
        for worked in self.history.worked:
            found[worked.task] = min(found.get(worked.task, worked.start), worked.start)
        for index, task in enumerate(self.tasks):
            if task.progress is not None and task.progress.started is not None:
                found[index] = task.progress.started
            elif task.finished is not None:
                found.setdefault(index, task.finished)
            elif task.progress is not None and task.progress.done:
                found.setdefault(index, self.as_of)
        return found

    @cached_property
    def worked_on(self) -> dict[int, frozenset[int]]:
        """Task -> the people who have worked on it."""
        found: dict[int, frozenset[int]] = {}
        for worked in self.history.worked:
            found[worked.task] = found.get(worked.task, frozenset()) | {worked.person}
        return found

    def known(self, link: Link) -> int | None:
        """When what a link counts from has happened: the start or the end of the task before.

        None if that is still to be planned.
        """
        if link.type in ("FS", "FF"):
            return self.tasks[link.task].finished
        return self.begun.get(link.task)

    def training_days(self, course: int, department: int) -> tuple[int, int] | None:
        """First and last local day of a course's window for a department; None = no window."""
        window = self.courses[course]
        day = self.go_live.get((department, window.project))
        if day is None or window.opens_before is None or window.closes_before is None:
            return None
        return day - window.opens_before, day - window.closes_before

    def untrained(self, audience: int, course: int) -> int:
        """Heads of an audience that still need a seat in a course."""
        group = self.audiences[audience]
        held = sum(record.heads for record in group.trained if record.course == course)
        return max(0, group.headcount - held)
