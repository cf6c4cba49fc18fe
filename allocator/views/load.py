"""How busy people, and those of each skill, are week by week: booked against hours on duty."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.bookings import all_bookings
from allocator.views.workload import duty_by_day


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One week of all who have a skill, in slots; `monday` is a day number."""

    monday: int
    booked: int
    available: int

    @property
    def share(self) -> Fraction:
        """Booked / available; 0 where nobody is on duty."""
        return Fraction(self.booked, self.available) if self.available else Fraction(0)


@dataclass(frozen=True, slots=True)
class SkillLoad:
    """The weeks of a skill that the rollout asks for, as far as someone is on duty."""

    skill: int
    people: tuple[int, ...]
    weeks: tuple[WeekLoad, ...]

    @property
    def peak(self) -> Fraction:
        """The share of the fullest week."""
        return max((week.share for week in self.weeks), default=Fraction(0))


def person_loads(problem: Problem, plan: Plan) -> tuple[tuple[WeekLoad, ...], ...]:
    """For each person, by position in the problem, the weeks in which they are on duty."""
    booked, available = _by_week(problem, plan)
    return tuple(
        tuple(
            WeekLoad(_monday(problem, week), booked[person][week], slots)
            for week, slots in sorted(available[person].items())
        )
        for person in range(len(problem.people))
    )


def skill_loads(problem: Problem, plan: Plan) -> tuple[SkillLoad, ...]:
    """Every skill that some work asks for, the scarcest (highest peak) first.

    A skill's people have it at any level by the document. Booked are all their on-duty hours in
    the plan, on whatever work; available their hours on duty, less absences.
    """
    booked, available = _by_week(problem, plan)
    found = []
    for skill in sorted(_asked_for(problem)):
        people = tuple(
            index
            for index, person in enumerate(problem.people)
            if any(mine.skill == skill for mine in person.skills)
        )
        weeks = sorted({week for person in people for week in available[person]})
        found.append(
            SkillLoad(
                skill,
                people,
                tuple(
                    WeekLoad(
                        _monday(problem, week),
                        sum(booked[person][week] for person in people),
                        sum(available[person][week] for person in people),
                    )
                    for week in weeks
                ),
            )
        )
    return tuple(sorted(found, key=lambda load: -load.peak))


def _monday(problem: Problem, week: int) -> int:
    return week * 7 - problem.days[0].weekday


def _asked_for(problem: Problem) -> set[int]:
    lines = [line for task in problem.tasks if task.finished is None for line in task.crew]
    lines += [line for course in problem.courses for line in course.trainers]
    return {line.skill for line in lines} | {support.skill for support in problem.supports}


Weeks = defaultdict[int, Counter[int]]
"""Person -> week -> slots."""


def _by_week(problem: Problem, plan: Plan) -> tuple[Weeks, Weeks]:
    booked: Weeks = defaultdict(Counter)
    available: Weeks = defaultdict(Counter)
    bookings = all_bookings(problem, plan)
    for index, person in enumerate(problem.people):
        days = problem.days[person.zone]
        for number, slots in duty_by_day(problem, person, bookings.get(index, ())).items():
            booked[index][days.week(days.midnight(number))] += slots
        for week in range(days.week(0), days.week(problem.horizon - 1) + 1):
            slots = person.working.on_duty(*days.week_bounds(week))
            if slots:
                available[index][week] = slots
    return booked, available
