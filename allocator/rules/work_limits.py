"""Rule work_limits: nobody is booked beyond their hours per day, week, 7 days and in class."""

from __future__ import annotations

from collections import Counter

from allocator.plan import Kind, Plan, Violation
from allocator.problem import Person, Problem
from allocator.rule import Rule
from allocator.timeline import LocalDays
from allocator.views.bookings import Booking, all_bookings, in_plan
from allocator.views.workload import adding, class_slots_by_day, duty_by_day
from allocator.wording import day, hours, named

NAME = "work_limits"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """On-duty hours per local day, per week (Monday to Sunday) and in any seven days that follow
    each other, class hours per day as trainer.

    Days are those of the person's site. Classes attended by name count as hours; a pause does
    not. Class hours are hours on the clock. Hours that have passed count, but only bookings that
    end after now can break a limit.
    """
    found: list[Violation] = []
    for index, bookings in sorted(all_bookings(problem, plan).items()):
        person = problem.people[index]
        if person.hours_per_day is not None or person.hours_per_week is not None:
            found += _duty(problem, person, bookings)
        if person.hours_per_7_days is not None:
            found += _seven_days(problem, person, bookings, person.hours_per_7_days)
        if person.class_hours_per_day is not None:
            found += _classes(problem, person, bookings, person.class_hours_per_day)
    return found


RULE = Rule(NAME, violations)


def _duty(problem: Problem, person: Person, bookings: list[Booking]) -> list[Violation]:
    days = problem.days[person.zone]
    booked = duty_by_day(problem, person, bookings)
    added = duty_by_day(problem, person, adding(problem, bookings))
    found: list[Violation] = []
    for number in sorted(added):
        slots = booked[number]
        if person.hours_per_day is not None and slots > person.hours_per_day:
            message = (
                f"{named(person)} is booked for {hours(problem, slots)} on {day(problem, number)}, "
                f"at most {hours(problem, person.hours_per_day)} a day are allowed."
            )
            found.append(Violation(NAME, message, _within(bookings, days.bounds(number))))
    weeks = _by_week(days, booked)
    for week in sorted(_by_week(days, added)):
        slots = weeks[week]
        if person.hours_per_week is not None and slots > person.hours_per_week:
            bounds = days.week_bounds(week)
            message = (
                f"{named(person)} is booked for {hours(problem, slots)} in the week from "
                f"{day(problem, days.day(bounds[0]))}, at most "
                f"{hours(problem, person.hours_per_week)} a week are allowed."
            )
            found.append(Violation(NAME, message, _within(bookings, bounds)))
    return found


def _seven_days(
    problem: Problem, person: Person, bookings: list[Booking], limit: int
) -> list[Violation]:
    days = problem.days[person.zone]
    booked = duty_by_day(problem, person, bookings)
    added = duty_by_day(problem, person, adding(problem, bookings))
    found: list[Violation] = []
    for first in range(min(added, default=0) - 6, max(added, default=-7) + 1):
        window = range(first, first + 7)
        slots = sum(booked[number] for number in window)
        if slots > limit and any(added[number] for number in window):
            message = (
                f"{named(person)} is booked for {hours(problem, slots)} in the seven days from "
                f"{day(problem, first)}, at most {hours(problem, limit)} are allowed."
            )
            bounds = days.midnight(first), days.midnight(first + 7)
            found.append(Violation(NAME, message, _within(bookings, bounds)))
    return found


def _by_week(days: LocalDays, booked: Counter[int]) -> Counter[int]:
    weeks: Counter[int] = Counter()
    for number, slots in booked.items():
        weeks[days.week(days.midnight(number))] += slots
    return weeks


def _classes(
    problem: Problem, person: Person, bookings: list[Booking], limit: int
) -> list[Violation]:
    days = problem.days[person.zone]
    given = class_slots_by_day(problem, person, bookings)
    found: list[Violation] = []
    for number in sorted(class_slots_by_day(problem, person, adding(problem, bookings))):
        if given[number] > limit:
            message = (
                f"{named(person)} gives classes for {hours(problem, given[number])} on "
                f"{day(problem, number)}, at most {hours(problem, limit)} a day are allowed."
            )
            classes = [booking for booking in bookings if booking.trainer]
            found.append(Violation(NAME, message, _within(classes, days.bounds(number))))
    return found


def _within(bookings: list[Booking], bounds: tuple[int, int]) -> tuple[tuple[Kind, int], ...]:
    return in_plan(
        booking for booking in bookings if booking.start < bounds[1] and booking.end > bounds[0]
    )
