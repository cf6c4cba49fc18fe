"""Rule work_limits: nobody is booked beyond their hours per day, per week and in class."""

from __future__ import annotations

from collections import Counter

from allocator.plan import Kind, Plan, Violation
from allocator.problem import Person, Problem
from allocator.views.bookings import Booking, person_bookings
from allocator.views.workload import class_slots_by_day, duty_by_day
from allocator.wording import day, hours, named

NAME = "work_limits"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """On-duty hours per local day and per week (Monday to Sunday), class hours per day as trainer.

    Days are those of the person's site. Classes attended by name count as hours; a pause does
    not. Class hours are hours on the clock.
    """
    found: list[Violation] = []
    for index, bookings in sorted(person_bookings(problem, plan).items()):
        person = problem.people[index]
        if person.hours_per_day is not None or person.hours_per_week is not None:
            found += _duty(problem, person, bookings)
        if person.class_hours_per_day is not None:
            found += _classes(problem, person, bookings, person.class_hours_per_day)
    return found


def _duty(problem: Problem, person: Person, bookings: list[Booking]) -> list[Violation]:
    days = problem.days[person.zone]
    booked = duty_by_day(problem, person, bookings)
    weeks: Counter[int] = Counter()
    for number, slots in booked.items():
        weeks[days.week(days.midnight(number))] += slots
    found: list[Violation] = []
    for number, slots in sorted(booked.items()):
        if person.hours_per_day is not None and slots > person.hours_per_day:
            message = (
                f"{named(person)} is booked for {hours(problem, slots)} on {day(problem, number)}, "
                f"at most {hours(problem, person.hours_per_day)} a day are allowed."
            )
            found.append(Violation(NAME, message, _within(bookings, days.bounds(number))))
    for week, slots in sorted(weeks.items()):
        if person.hours_per_week is not None and slots > person.hours_per_week:
            bounds = days.week_bounds(week)
            message = (
                f"{named(person)} is booked for {hours(problem, slots)} in the week from "
                f"{day(problem, days.day(bounds[0]))}, at most "
                f"{hours(problem, person.hours_per_week)} a week are allowed."
            )
            found.append(Violation(NAME, message, _within(bookings, bounds)))
    return found


def _classes(
    problem: Problem, person: Person, bookings: list[Booking], limit: int
) -> list[Violation]:
    days = problem.days[person.zone]
    found: list[Violation] = []
    for number, slots in sorted(class_slots_by_day(problem, person, bookings).items()):
        if slots > limit:
            message = (
                f"{named(person)} gives classes for {hours(problem, slots)} on "
                f"{day(problem, number)}, at most {hours(problem, limit)} a day are allowed."
            )
            given = [booking for booking in bookings if booking.trainer]
            found.append(Violation(NAME, message, _within(given, days.bounds(number))))
    return found


def _within(bookings: list[Booking], bounds: tuple[int, int]) -> tuple[tuple[Kind, int], ...]:
    return tuple(
        (booking.kind, booking.index)
        for booking in bookings
        if booking.start < bounds[1] and booking.end > bounds[0]
    )
