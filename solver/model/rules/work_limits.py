"""Booked on-duty hours per local day and week, and class hours per day as trainer, are limited."""

from __future__ import annotations

from collections import defaultdict

from solver.model.hours import Hours
from solver.model.model import Expression, Model


def post(model: Model, hours: Hours) -> None:
    """Days and weeks whose duty is within the limit anyway are left out."""
    for person in model.people():
        who = model.problem.people[person]
        days = model.problem.days[who.zone]
        last = days.day(model.problem.horizon - 1)
        if who.hours_per_day is not None:
            for day in range(days.day(0), last + 1):
                _limit(model, hours, person, days.bounds(day), who.hours_per_day)
        if who.hours_per_week is not None:
            for week in range(days.week(0), days.week(model.problem.horizon - 1) + 1):
                _limit(model, hours, person, days.week_bounds(week), who.hours_per_week)
        if who.class_hours_per_day is not None:
            _limit_classes(model, person, who.class_hours_per_day)


def _limit(model: Model, hours: Hours, person: int, span: tuple[int, int], limit: int) -> None:
    working = model.problem.people[person].working
    if working.on_duty(*span) <= limit:
        return
    free = hours.free(person, *span, learning=True)
    if free:
        held = hours.held(person, *span, learning=True)
        model.cp.add(sum(free) + held <= limit)


def _limit_classes(model: Model, person: int, limit: int) -> None:
    days = model.problem.days[model.problem.people[person].zone]
    booked: defaultdict[int, list[Expression]] = defaultdict(list)
    for item in model.items(person):
        if item.trainer:
            for day in range(days.day(item.start), days.day(item.end - 1) + 1):
                low, high = days.bounds(day)
                booked[day].append((min(high, item.end) - max(low, item.start)) * item.literal)
    for day, classes in booked.items():
        low, high = days.bounds(day)
        held = sum(
            max(0, min(high, b.end) - max(low, b.start))
            for b in model.held_bookings(person)
            if b.trainer
        )
        model.cp.add(sum(classes) + held <= limit)
