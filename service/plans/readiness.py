"""How ready each go-live is: what is done and what is not, by stated thresholds, from data alone.

A light is green when nothing is missing. Below that it is yellow down to a threshold, and red under
it; open work is red, late work yellow. What is counted is what is published and still to come, and
what has happened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from allocator.plan import Plan
from allocator.problem import Problem, Wave
from allocator.views.money import costs_by_project

Light = Literal["green", "yellow", "red", "none"]
LIGHTS: tuple[Light, ...] = ("none", "green", "yellow", "red")
"""From the best to the worst."""

What = Literal["trained", "seats", "tasks", "materials", "support", "green_lights", "budget"]

SEATS_YELLOW = Fraction(9, 10)
"""From this share of the seats on that are booked before go-live the light is yellow, not red."""

TRAINED_DAYS = 7
TRAINED_YELLOW = Fraction(8, 10)
"""Within so many days of go-live fewer trained than all is yellow, and than this share red."""

SUPPORT_YELLOW = Fraction(8, 10)
"""From this share of the supporters on that are booked the light is yellow."""

BUDGET_YELLOW = Fraction(105, 100)
"""Up to this share of the budget a forecast is yellow."""

GREEN_LIGHT_DAYS = 14
"""A green light that is missing is red within so many days of go-live."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to be so: how much of it is, and the light of that."""

    what: What
    light: Light
    done: int
    of: int
    """In heads, tasks, departments or supporters; of the budget in cents."""


@dataclass(frozen=True, slots=True)
class Next:
    """Something that has to be done, and until when if that is known."""

    what: What
    why: Literal["open", "late", "no seat", "nobody", "pending", "refused"]
    id: str
    """The task, course, support or department."""
    department: str | None
    by: str | None
    """A day."""
    count: int
    """Heads or people that are missing, else 1."""


@dataclass(frozen=True, slots=True)
class Ready:
    """How ready a go-live is, or one department of it."""

    wave: str
    name: str
    project: str
    department: str | None
    """None for the whole go-live."""
    go_live: str
    days_left: int
    light: Light
    checks: tuple[Check, ...]
    next: tuple[Next, ...]


Words = dict[str, str]
"""The green light of each department for what is published: granted, pending, refused."""


def readiness(
    problem: Problem,
    plan: Plan,
    words: Words,
    today: int,
    departments: Collection[str] | None = None,
) -> list[Ready]:
    """Each go-live in order of days, and each of its departments; `today` is a day number.

    Only those departments if some are named, and then no whole go-live.
    """
    found = []
    for wave in sorted(problem.waves, key=lambda it: (it.go_live, it.id)):
        whole = tuple(wave.departments)
        if departments is None:
            found.append(_ready(problem, plan, words, today, wave, whole, None))
        for one in whole:
            id_ = problem.departments[one].id
            if departments is None or id_ in departments:
                found.append(_ready(problem, plan, words, today, wave, (one,), id_))
    return found


def _ready(
    problem: Problem,
    plan: Plan,
    words: Words,
    today: int,
    wave: Wave,
    its: tuple[int, ...],
    department: str | None,
) -> Ready:
    left = wave.go_live - today
    checks = [
        *_seats(problem, plan, wave, its, left),
        _tasks(problem, plan, wave, its, is_whole=department is None),
        _materials(problem, plan, wave, its),
        _support(problem, plan, wave, its),
        _green_lights(problem, words, its, left),
        *([_budget(problem, plan, wave)] if department is None else ()),
    ]
    to_do = [
        *_missing_seats(problem, plan, wave, its),
        *_missing_tasks(problem, plan, wave, its, is_whole=department is None),
        *_missing_support(problem, plan, wave, its),
        *_missing_lights(problem, words, wave, its),
    ]
    return Ready(
        wave.id,
        wave.name,
        problem.projects[wave.project].id,
        department,
        problem.axis.date(wave.go_live).isoformat(),
        left,
        max((it.light for it in checks), key=LIGHTS.index),
        tuple(checks),
        tuple(sorted(to_do, key=lambda it: (it.by is None, it.by or "", it.what, it.id))),
    )


def _light(done: int, of: int, yellow: Fraction) -> Light:
    if of == 0:
        return "none"
    return "green" if done >= of else "yellow" if Fraction(done, of) >= yellow else "red"


def _courses(problem: Problem, wave: Wave, its: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Each course of the project with each audience of the departments that takes it."""
    for number, audience in enumerate(problem.audiences):
        if audience.department in its:
            for course in audience.courses:
                if problem.courses[course].project == wave.project:
                    yield number, course


def _booked(problem: Problem, plan: Plan, wave: Wave, audience: int, course: int) -> int:
    """Heads of an audience who have a seat in a course that ends before go-live."""
    end = _go_live_slot(problem, wave)
    return sum(
        group.heads
        for session in plan.sessions
        if session.course == course and session.end <= end
        for group in session.groups
        if group.audience == audience
    )


def _go_live_slot(problem: Problem, wave: Wave) -> int:
    """The slot at which the day of go-live begins, where its first department is."""
    zone = problem.departments[wave.departments[0]].zone if wave.departments else 0
    return problem.axis.days[zone].midnight(wave.go_live)


def _seats(
    problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...], left: int
) -> list[Check]:
    asked = trained = seated = 0
    for audience, course in _courses(problem, wave, its):
        heads = problem.audiences[audience].headcount
        had = heads - problem.untrained(audience, course)
        asked += heads
        trained += had
        seated += min(heads, had + _booked(problem, plan, wave, audience, course))
    near = _light(trained, asked, TRAINED_YELLOW) if left <= TRAINED_DAYS else "green"
    return [
        Check("trained", near if asked else "none", trained, asked),
        Check("seats", _light(seated, asked, SEATS_YELLOW), seated, asked),
    ]


def _missing_seats(
    problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...]
) -> Iterator[Next]:
    for audience, course in _courses(problem, wave, its):
        missing = problem.untrained(audience, course) - _booked(
            problem, plan, wave, audience, course
        )
        if missing > 0:
            group = problem.audiences[audience]
            yield Next(
                "seats",
                "no seat",
                problem.courses[course].id,
                problem.departments[group.department].id,
                problem.axis.date(wave.go_live).isoformat(),
                missing,
            )


def _of_wave(problem: Problem, wave: Wave, its: tuple[int, ...], *, is_whole: bool) -> list[int]:
    """The tasks that the go-live is about: its own, and those of the project in its departments."""
    number = problem.waves.index(wave)
    return [
        at
        for at, task in enumerate(problem.tasks)
        if (is_whole and task.wave == number)
        or (task.project == wave.project and task.department in its and task.wave in (None, number))
    ]


def _state(problem: Problem, plan: Plan, number: int) -> Literal["done", "booked", "late", "open"]:
    task = problem.tasks[number]
    if task.finished is not None:
        return "done"
    booking = next((it for it in plan.tasks if it.task == number), None)
    if booking is None:
        return "open"
    return "late" if task.due is not None and booking.end > task.due else "booked"


def _tasks(
    problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...], *, is_whole: bool
) -> Check:
    states = [_state(problem, plan, it) for it in _of_wave(problem, wave, its, is_whole=is_whole)]
    return Check("tasks", _worst(states), states.count("done"), len(states))


def _missing_tasks(
    problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...], *, is_whole: bool
) -> Iterator[Next]:
    numbers = dict.fromkeys(_of_wave(problem, wave, its, is_whole=is_whole))
    for number in numbers | dict.fromkeys(_material_tasks(problem, wave, its)):
        task, state = problem.tasks[number], _state(problem, plan, number)
        if state in ("open", "late"):
            day = None if task.due is None else problem.axis.local(task.due - 1, task.zone)
            yield Next(
                "tasks" if number in numbers else "materials",
                "open" if state == "open" else "late",
                task.id,
                None if task.department is None else problem.departments[task.department].id,
                None if day is None else day.date().isoformat(),
                1,
            )


def _worst(states: Sequence[str]) -> Light:
    if not states:
        return "none"
    return "red" if "open" in states else "yellow" if "late" in states else "green"


def _material_tasks(problem: Problem, wave: Wave, its: tuple[int, ...]) -> list[int]:
    found = {problem.courses[course].materials for _, course in _courses(problem, wave, its)}
    return sorted(it for it in found if it is not None)


def _materials(problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...]) -> Check:
    states = [_state(problem, plan, it) for it in _material_tasks(problem, wave, its)]
    return Check("materials", _worst(states), states.count("done"), len(states))


def _needs(
    problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...]
) -> Iterator[tuple[int, int, int, int, int]]:
    """Each shift of the go-live that is to come: support, department, day, booked, needed."""
    number = problem.waves.index(wave)
    for need in problem.shifts:
        if problem.supports[need.support].wave == number and need.department in its:
            booked = sum(
                len(it.people)
                for it in plan.shifts
                if (it.support, it.department, it.start, it.end)
                == (need.support, need.department, need.start, need.end)
            )
            yield need.support, need.department, need.day, min(booked, need.people), need.people


def _support(problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...]) -> Check:
    needs = list(_needs(problem, plan, wave, its))
    booked, needed = sum(it[3] for it in needs), sum(it[4] for it in needs)
    return Check("support", _light(booked, needed, SUPPORT_YELLOW), booked, needed)


def _missing_support(
    problem: Problem, plan: Plan, wave: Wave, its: tuple[int, ...]
) -> Iterator[Next]:
    for support, department, day, booked, needed in _needs(problem, plan, wave, its):
        if booked < needed:
            yield Next(
                "support",
                "nobody",
                problem.supports[support].id,
                problem.departments[department].id,
                problem.axis.date(day).isoformat(),
                needed - booked,
            )


def _green_lights(problem: Problem, words: Words, its: tuple[int, ...], left: int) -> Check:
    said = [words[id_] for it in its if (id_ := problem.departments[it].id) in words]
    missing = [it for it in said if it != "granted"]
    is_red = "refused" in missing or (missing and left <= GREEN_LIGHT_DAYS)
    light: Light = "red" if is_red else "yellow" if missing else "green" if said else "none"
    return Check("green_lights", light, len(said) - len(missing), len(said))


def _missing_lights(
    problem: Problem, words: Words, wave: Wave, its: tuple[int, ...]
) -> Iterator[Next]:
    for it in its:
        id_ = problem.departments[it].id
        word = words.get(id_, "granted")
        if word != "granted":
            why: Literal["refused", "pending"] = "refused" if word == "refused" else "pending"
            by = problem.axis.date(wave.go_live).isoformat()
            yield Next("green_lights", why, id_, id_, by, 1)


def _budget(problem: Problem, plan: Plan, wave: Wave) -> Check:
    budget = problem.projects[wave.project].budget
    cost = costs_by_project(problem, plan)[wave.project]
    forecast = round(cost.spent + cost.planned)
    if budget is None:
        return Check("budget", "none", forecast, 0)
    light: Light = (
        "green" if forecast <= budget else "yellow" if forecast <= BUDGET_YELLOW * budget else "red"
    )
    return Check("budget", light, forecast, budget)
