"""How much in a row a person may work: days, nights and weekends of which only so many are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from allocator.problem import Person, Problem
from allocator.timeline import LocalDays
from allocator.views.bookings import Booking

NIGHT_HOURS = 5
"""The first hours of a local day are a night."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cap:
    """Of these spans a person may be booked in `most` at most."""

    kind: Literal["days_in_row", "nights_in_row", "weekends_off"]
    spans: tuple[Span, ...]
    """Those in which the person is on duty at all."""
    most: int


def caps(problem: Problem, person: Person) -> tuple[Cap, ...]:
    """The caps of a person; those that the calendar keeps anyway are left out."""
    days, horizon = problem.days[person.zone], problem.horizon
    numbers = range(days.day(0), days.day(horizon - 1) + 1)
    found = []
    if person.days_in_row is not None:
        found += list(_runs("days_in_row", [days.bounds(it) for it in numbers], person.days_in_row))
    if person.nights_in_row is not None:
        length = NIGHT_HOURS * problem.axis.slots_per_hour
        nights = [(days.midnight(it), days.midnight(it) + length) for it in numbers]
        found += list(_runs("nights_in_row", nights, person.nights_in_row))
    if person.weekends_off is not None:
        found += list(_weekends(problem, days, numbers, person.weekends_off))
    on_duty = [
        Cap(cap.kind, tuple(it for it in cap.spans if person.working.on_duty(*it)), cap.most)
        for cap in found
    ]
    return tuple(cap for cap in on_duty if len(cap.spans) > cap.most)


def _runs(
    kind: Literal["days_in_row", "nights_in_row"], spans: list[Span], most: int
) -> Iterator[Cap]:
    """Of each `most` + 1 spans that follow each other, one is free."""
    for at in range(len(spans) - most):
        yield Cap(kind, tuple(spans[at : at + most + 1]), most)


def _weekends(problem: Problem, days: LocalDays, numbers: range, off: int) -> Iterator[Cap]:
    """Of the weekends whose Saturday is in a month, those outside the rollout are free."""
    months: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    for day in range(numbers[0] - 1, numbers[-1] + 1):
        if (day + days.weekday) % 7 == 5:
            months[problem.axis.month(day)].append((days.midnight(day), days.midnight(day + 2)))
    for (year, month), spans in sorted(months.items()):
        there = problem.axis.saturdays(year, month)
        yield Cap("weekends_off", tuple(spans), max(0, there - off))


def used(person: Person, bookings: Iterable[Booking], span: Span) -> bool:
    """Whether any of some bookings is on duty in a span."""
    return any(
        person.working.on_duty(max(span[0], it.start), min(span[1], it.end)) for it in bookings
    )
