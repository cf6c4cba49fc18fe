"""Shares of bookings as columns of the energy programme, and the hours of people as its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from allocator.problem import Problem
from allocator.timeline import IntArray, WorkingTime
from solver.capacity.programme import Programme
from solver.settings import Stop
from solver.stopping import never, until

Amount: TypeAlias = tuple[int, float]
"""So much of a column."""


@dataclass(eq=False)
class Shares:
    """A programme that grows by shares of bookings; what is the same in every plan is apart."""

    problem: Problem
    stop: Stop = never
    programme: Programme = field(default_factory=Programme)
    hours: defaultdict[tuple[int, int], list[Amount]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """(person, week) -> booked on-duty slots."""
    constant: float = 0.0

    def price(self, term: str) -> float:
        """Price of one unit of a term; 0 where it is forbidden, for it adds nothing then."""
        return float(self.problem.goals.price(term) or 0)

    def share(
        self, person: int, week: int, slots: tuple[int, int], cents: float, most: float
    ) -> int:
        """A share of one person's booking in one week, up to `most` of it.

        `slots` are the fewest and the most on-duty slots that the whole booking may have.
        """
        lp, (fewest, longest) = self.programme, slots
        per_hour = self.problem.axis.slots_per_hour
        column = lp.column(most, self.price("cost") * cents / (100 * per_hour))
        self.hours[person, week].append((column, float(fewest)))
        if longest > fewest:
            more = lp.column((longest - fewest) * most)
            lp.row([(more, 1.0), (column, float(fewest - longest))], high=0.0)
            self.hours[person, week].append((more, 1.0))
        return column

    def left_open(self, most: float, price: float) -> int:
        """Units left open; none where open work is forbidden."""
        forbidden = self.problem.goals.price("open_work") is None
        return self.programme.column(0.0 if forbidden else most, price)

    def able(self, person: int, week: int) -> int:
        """On-duty slots of a week that a person may be booked for."""
        problem, who = self.problem, self.problem.people[person]
        days = problem.days[who.zone]
        low, high = days.week_bounds(week)
        if max(0, low) < problem.as_of:
            return who.working.on_duty(low, high)  # what has passed may be beyond the limits
        able = 0
        for day in range(days.day(max(0, low)), days.day(min(problem.horizon, high) - 1) + 1):
            duty = who.working.on_duty(*days.bounds(day))
            able += duty if who.hours_per_day is None else min(duty, who.hours_per_day)
        return able if who.hours_per_week is None else min(able, who.hours_per_week)

    def close_weeks(self) -> None:
        """Nobody is booked for more than the duty, and the limits, of a week."""
        for (person, week), booked in until(self.stop, self.hours.items()):
            self.programme.row(booked, high=float(self.able(person, week)))


def on_duty(working: WorkingTime, starts: IntArray, ends: IntArray) -> tuple[int, int]:
    """Fewest and most on-duty slots of bookings with these starts and ends."""
    slots = working.worked[ends] - working.worked[starts]
    return int(slots.min()), int(slots.max())


def weeks_of(problem: Problem, person: int) -> Iterator[tuple[int, int, int]]:
    """(week, first slot, end) of the weeks of a person inside the rollout."""
    days = problem.days[problem.people[person].zone]
    for week in range(days.week(0), days.week(problem.horizon - 1) + 1):
        low, high = days.week_bounds(week)
        yield week, max(0, low), min(problem.horizon, high)
