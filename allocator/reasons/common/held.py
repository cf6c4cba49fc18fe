"""Which booking stands in the way: the start with the least in it, and the work that holds whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from allocator.problem import Line
from allocator.reasons.common.crew import Options
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import met
from allocator.timeline import NEVER
from allocator.views.bookings import Booking
from allocator.views.spells import longest_spell, spells
from allocator.views.workload import by_day
from allocator.wording import day, hours, until

FAR = 10**6


def clash(situation: Situation, options: Options, lines: Sequence[Line], zone: int) -> str:
    """An example of what holds people: `from .. to .., for example, ana is on t-config until ..`.

    Of all starts with enough people on each line it takes the one at which the least booked time
    is in the way, counting for each line the people who are held least.
    """
    horizon = situation.problem.horizon
    total = np.zeros(horizon, dtype=np.int64)
    held: list[tuple[list[int], np.ndarray]] = []
    for line, people in zip(lines, options, strict=True):
        who = list(people)
        slots = np.array(
            [
                np.where(ends == NEVER, FAR, met(ends, situation.held(person)))
                for person, ends in people.items()
            ]
        )
        total += np.sort(slots, axis=0)[: line.people].sum(axis=0)
        held.append((who, slots))
    start = int(total.argmin())
    for line, people, (who, slots) in zip(lines, options, held, strict=True):
        nearest = np.argsort(slots[:, start], kind="stable")[: line.people]
        for index in nearest:
            person = who[int(index)]
            if slots[int(index), start]:
                return _example(situation, person, start, int(people[person][start]), zone)
    moment = situation.problem.axis.moment(start, zone)
    return f"at {moment}, for example, those who are free are too few for all seats together"


def holders(situation: Situation, person: int, start: int, end: int) -> str:
    """The work that a person has in [start, end), with its end."""
    problem, plan = situation.problem, situation.plan
    return " and ".join(
        until(problem, plan, booking.kind, booking.index, booking.end)
        for booking in situation.bookings(person)
        if booking.start < end and booking.end > start
    )


def _example(situation: Situation, person: int, start: int, end: int, zone: int) -> str:
    moment = situation.problem.axis.moment
    who = situation.problem.people[person].id
    return (
        f"from {moment(start, zone)} to {moment(end, zone)}, for example, {who} is on "
        f"{holders(situation, person, start, end)}"
    )


def full(
    situation: Situation, people: Sequence[int], start: int, end: int, *, trainer: bool
) -> str:
    """An example of a limit: `; ana, for example, would have 9 h on 2027-01-20, at most 8 h`."""
    for index in people:
        said = _beyond(situation, index, start, end, trainer=trainer)
        if said:
            return f"; {situation.problem.people[index].id}, for example, would have {said}"
    return ""


def _beyond(situation: Situation, index: int, start: int, end: int, *, trainer: bool) -> str:
    """The first limit of a person that [start, end) beside what is booked would break."""
    problem, who = situation.problem, situation.problem.people[index]
    days = problem.days[who.zone]
    booked = situation.duty_by_day(index)
    given = situation.class_slots_by_day(index)
    weeks: Counter[int] = Counter()
    for number, low, high in by_day(problem, who, start, end):
        duty = who.working.on_duty(low, high)
        booked[number] += duty
        given[number] += high - low
        weeks[days.week(days.midnight(number))] += duty
        if who.hours_per_day is not None and booked[number] > who.hours_per_day:
            most = hours(problem, who.hours_per_day)
            return f"{hours(problem, booked[number])} on {day(problem, number)}, at most {most}"
        most_class = who.class_hours_per_day
        if trainer and most_class is not None and given[number] > most_class:
            return (
                f"{hours(problem, given[number])} in class on {day(problem, number)}, at most "
                f"{hours(problem, most_class)}"
            )
    if who.rest is not None:
        most_spell = longest_spell(who.rest, problem.axis.slots_per_hour)
        new = Booking("task", -1, start, end, None, -1, False)
        for spell in spells(who, [*situation.bookings(index), new], who.rest):
            if new in spell.bookings and spell.end - spell.start > most_spell:
                return f"less than {hours(problem, who.rest)} of rest beside what is booked"
    for week in weeks:
        total = sum(slots for at, slots in booked.items() if days.week(days.midnight(at)) == week)
        if who.hours_per_week is not None and total > who.hours_per_week:
            monday = day(problem, days.day(days.week_bounds(week)[0]))
            most = hours(problem, who.hours_per_week)
            return f"{hours(problem, total)} in the week from {monday}, at most {most}"
    return ""
