"""Booked hours per local day, week and seven days, and class hours per day, are limited."""

from __future__ import annotations

from collections import defaultdict

from allocator.views.workload import adding, last_slot
from solver.model.hours import Hours
from solver.model.model import Expression, Item, Model
from solver.model.passed import at_most


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
        if who.hours_per_7_days is not None:
            for day in range(days.day(0) - 6, last + 1):
                span = days.midnight(day), days.midnight(day + 7)
                _limit(model, hours, person, span, who.hours_per_7_days)
        if who.class_hours_per_day is not None:
            _limit_classes(model, person, who.class_hours_per_day)


def _limit(model: Model, hours: Hours, person: int, span: tuple[int, int], limit: int) -> None:
    """What has passed may be above the limit; then nothing comes on top."""
    working = model.problem.people[person].working
    past = any(it.start < span[1] and last_slot(it) >= span[0] for it in model.history(person))
    if working.on_duty(*span) <= limit and not past:
        return
    free = hours.free(person, *span, learning=True)
    if not free:
        return
    before = hours.held(person, *span, learning=True)
    if span[0] >= model.problem.as_of:
        model.cp.add(sum(free) + before <= limit)
        return
    added = sum(hours.free(person, *span, learning=True, added=True))
    added = added + hours.held(person, *span, learning=True, added=True)
    at_most(model, free, before, limit, added)


def _limit_classes(model: Model, person: int, limit: int) -> None:
    problem = model.problem
    days = problem.days[problem.people[person].zone]
    given: defaultdict[int, list[tuple[int, Item]]] = defaultdict(list)
    for item in model.items(person):
        if item.trainer:
            for day in range(days.day(item.start), days.day(item.end - 1) + 1):
                low, high = days.bounds(day)
                given[day].append((min(high, item.end) - max(low, item.start), item))
    for day, classes in given.items():
        low, high = days.bounds(day)
        known = [*model.history(person), *model.held_bookings(person)]
        before, certain = (
            sum(max(0, min(high, it.end) - max(low, it.start)) for it in bookings if it.trainer)
            for bookings in (known, adding(problem, known))
        )
        booked: list[Expression] = [slots * item.literal for slots, item in classes]
        if low >= problem.as_of:
            model.cp.add(sum(booked) + before <= limit)
        else:
            later = [slots * item.literal for slots, item in classes if item.end > problem.as_of]
            at_most(model, booked, before, limit, sum(later) + certain)
