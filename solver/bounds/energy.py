"""Energy bound: all work shared out among people's weekly hours, as one linear programme.

Every booking may be cut into shares of people and weeks; what is left of the rules is who could
do what in which weeks, how many hours each person has in a week, and how many people and classes
are needed. Its optimum of open work, earliest lateness, cost and unfairness together bounds every
plan's from below (after the energetic reasoning of cumulative scheduling, by skill and week).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from ortools.linear_solver.python import model_builder as mb

from allocator.problem import Problem
from allocator.timeline import NEVER, IntArray, WorkingTime
from allocator.views.bookings import past_bookings
from solver.bounds.energy_ties import Amount, Tied, tie
from solver.candidates.candidates import Candidates
from solver.candidates.earliest import earliest_spans
from solver.settings import Stop
from solver.stopping import never, until

TOLERANCE = 1e-6
"""Share of the optimum that the floating-point solver may be off by; taken off the bound."""


@dataclass(eq=False)
class Shares:
    """The programme: shares of bookings as variables, hours of people and weeks as rows."""

    problem: Problem
    stop: Stop = never
    lp: mb.Model = field(default_factory=mb.Model)
    hours: defaultdict[tuple[int, int], list[Amount]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """(person, week) -> booked on-duty slots."""
    total: list[Amount] = field(default_factory=list)

    def price(self, term: str) -> float:
        """Price of one unit of a term; 0 where it is forbidden, for it adds nothing then."""
        return float(self.problem.goals.price(term) or 0)

    def share(
        self, person: int, week: int, slots: tuple[int, int], cents: float, most: float
    ) -> mb.Variable:
        """A share of one person's booking in one week, up to `most` of it.

        `slots` are the fewest and the most on-duty slots that the whole booking may have.
        """
        variable = self.lp.new_num_var(0.0, most, "")
        self.hours[person, week].append(slots[0] * variable)
        if slots[1] > slots[0]:
            more = self.lp.new_num_var(0.0, float("inf"), "")
            self.lp.add(more <= (slots[1] - slots[0]) * variable)
            self.hours[person, week].append(more)
        per_hour = self.problem.axis.slots_per_hour
        self.total.append(self.price("cost") * cents / (100 * per_hour) * variable)
        return variable

    def left_open(self, most: float, price: float) -> mb.Variable:
        """Units left open; none where open work is forbidden."""
        forbidden = self.problem.goals.price("open_work") is None
        variable = self.lp.new_num_var(0.0, 0.0 if forbidden else most, "")
        self.total.append(price * variable)
        return variable


def energy_bound(
    candidates: Candidates, seconds: float, *, tasks: bool, stop: Stop = never
) -> Fraction | None:
    """The optimum of the programme, with or without the tasks; None if it took too long.

    Raises `Stopped` when the `stop` says so before the programme is built.
    """
    shares = Shares(candidates.problem, stop)
    elsewhere = _trainers_told(candidates)
    tied = Tied()
    if tasks:
        _tasks(shares, candidates, tied)
        tie(shares.lp, candidates, tied)
    else:
        elsewhere |= _people_of_tasks(candidates)
    _classes(shares, candidates, tied)
    _support(shares, candidates)
    _weeks(shares)
    _unfairness(shares, elsewhere)
    shares.lp.minimize(sum(shares.total))
    solver = mb.Solver("glop")
    solver.set_time_limit_in_seconds(max(0.1, seconds))
    if solver.solve(shares.lp) != mb.SolveStatus.OPTIMAL:
        return None
    optimum = solver.objective_value
    return Fraction(optimum - TOLERANCE * abs(optimum))


def on_duty(working: WorkingTime, starts: IntArray, ends: IntArray) -> tuple[int, int]:
    """Fewest and most on-duty slots of bookings with these starts and ends."""
    slots = working.worked[ends] - working.worked[starts]
    return int(slots.min()), int(slots.max())


def _weeks_of(problem: Problem, person: int) -> Iterator[tuple[int, int, int]]:
    """(week, first slot, end) of the weeks of a person inside the rollout."""
    days = problem.days[problem.people[person].zone]
    for week in range(days.week(0), days.week(problem.horizon - 1) + 1):
        low, high = days.week_bounds(week)
        yield week, max(0, low), min(problem.horizon, high)


def _tasks(shares: Shares, candidates: Candidates, tied: Tied) -> None:
    problem = shares.problem
    per_hour = problem.axis.slots_per_hour
    spans = earliest_spans(candidates, shares.stop)
    for index, task in until(shares.stop, enumerate(problem.tasks)):
        late = 0.0
        if task.due is not None:
            end = task.finished if task.finished is not None else spans.get(index, (0, 0))[1]
            late = shares.price("lateness") * max(0, end - task.due) * task.priority / per_hour
        if task.finished is not None:
            shares.total.append(late * shares.lp.new_num_var(1.0, 1.0, ""))
            continue
        work = sum(line.people * line.work for line in task.crew)
        price = shares.price("open_work") * work * task.priority / per_hour
        left = tied.left[index] = shares.left_open(1.0, price)
        if index not in spans:
            if problem.goals.price("open_work") is not None:
                shares.lp.add(left == 1)
            continue
        shares.total.append(late - late * left)
        for number, line in enumerate(task.crew):
            seats: list[Amount] = []
            for person, own in _line(shares, candidates, index, number, spans[index]):
                shares.lp.add(sum(own) <= 1)
                tied.people[index][person] += own
                seats += own
            shares.lp.add(sum(seats) + line.people * left == line.people)


def _line(
    shares: Shares, candidates: Candidates, index: int, number: int, span: tuple[int, int]
) -> Iterator[tuple[int, list[Amount]]]:
    """The people who could fill a line, each with the shares of one booking by weeks."""
    problem = shares.problem
    task = problem.tasks[index]
    line = task.crew[number]
    for person in candidates.seat_people(index, number):
        who = problem.people[person]
        ends = candidates.ends(index, number, person)
        starts = np.flatnonzero(ends != NEVER).astype(np.int32)
        starts = starts[starts >= span[0]]
        if not len(starts):
            continue
        first, last = int(starts[0]), int(ends[starts].max())
        slots = on_duty(who.working, starts, ends[starts])
        own: list[Amount] = []
        for week, low, high in _weeks_of(problem, person):
            able = who.working.on_duty(max(low, first), min(high, last))
            if able:
                most = min(1.0, able / slots[0])
                own.append(shares.share(person, week, slots, who.cents_per_hour * line.work, most))
        yield person, own


def _classes(shares: Shares, candidates: Candidates, tied: Tied) -> None:
    problem = shares.problem
    per_hour = problem.axis.slots_per_hour
    heads: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for audience, course in candidates.needs():
        heads[course, candidates.site_of(audience)].append(audience)
    for (course, site), audiences in until(shares.stop, heads.items()):
        what = problem.courses[course]
        able = [a for a in audiences if candidates.group_starts(a, course).any()]
        number = sum(candidates.unseated(a, course) for a in able)
        lost = sum(candidates.unseated(a, course) for a in audiences) - number
        priority = problem.projects[what.project].priority
        price = shares.price("open_work") * what.length * priority / per_hour
        shares.total.append(price * lost * shares.lp.new_num_var(1.0, 1.0, ""))
        rooms = candidates.rooms(course, site)
        seats = what.largest
        if not what.virtual:
            seats = min(seats, max((problem.rooms[room].seats for room in rooms), default=0))
        left = shares.left_open(float(number), price)
        if what.materials in tied.left and what.materials not in candidates.frozen_seats:
            shares.lp.add(left >= number * tied.left[what.materials])
        if seats == 0:
            shares.lp.add(left == number)
            continue
        needed = -(-number // seats)
        classes = shares.lp.new_num_var(0.0, float("inf"), "")
        shares.lp.add(classes + left >= needed)
        shares.lp.add(seats * classes + left >= number)
        if rooms:
            rate = min(problem.rooms[room].cents_per_hour for room in rooms)
            cents = rate * what.length / (100 * per_hour)
            shares.total.append(shares.price("cost") * cents * classes)
        for line, need in enumerate(what.trainers):
            trainers = _trainers(shares, candidates, course, line, able)
            shares.lp.add(sum(trainers) >= need.people * classes)


def _trainers(
    shares: Shares, candidates: Candidates, course: int, line: int, audiences: list[int]
) -> list[Amount]:
    """Numbers of classes that each trainer gives in each week."""
    problem = shares.problem
    length = problem.courses[course].length
    possible = np.zeros(problem.horizon, dtype=np.bool_)
    for audience in audiences:
        possible |= candidates.group_starts(audience, course)
    found: list[Amount] = []
    for person in candidates.teachers(course, line):
        if not any(candidates.speaks(person, audience) for audience in audiences):
            continue
        who = problem.people[person]
        able = candidates.teacher_starts(course, line, person) & possible
        starts = np.flatnonzero(able).astype(np.int32)
        if not len(starts):
            continue
        slots = on_duty(who.working, starts, starts + length)
        for week, low, high in _weeks_of(problem, person):
            if ((starts >= low) & (starts < high)).any():
                cents = who.cents_per_hour * length
                found.append(shares.share(person, week, slots, cents, float("inf")))
    return found


def _support(shares: Shares, candidates: Candidates) -> None:
    problem = shares.problem
    per_hour = problem.axis.slots_per_hour
    daily: defaultdict[tuple[int, int], list[Amount]] = defaultdict(list)
    for index, need in until(shares.stop, enumerate(problem.shifts)):
        clock = need.end - need.start
        priority = problem.projects[problem.supports[need.support].project].priority
        price = shares.price("open_work") * clock * priority / per_hour
        seats: list[Amount] = [shares.left_open(float(need.people), price)]
        for person in candidates.supporters(index):
            who = problem.people[person]
            duty = who.working.on_duty(need.start, need.end)
            week = problem.days[who.zone].week(need.start)
            share = shares.share(person, week, (duty, duty), who.cents_per_hour * clock, 1.0)
            seats.append(share)
            daily[person, need.start].append(share)
        shares.lp.add(sum(seats) == need.people)
    for together in daily.values():
        if len(together) > 1:
            shares.lp.add(sum(together) <= 1)


def _weeks(shares: Shares) -> None:
    """Nobody is booked for more than the duty, and the limits, of a week."""
    problem = shares.problem
    for (person, week), booked in until(shares.stop, shares.hours.items()):
        who = problem.people[person]
        days = problem.days[who.zone]
        low, high = days.week_bounds(week)
        able = 0
        for day in range(days.day(max(0, low)), days.day(min(problem.horizon, high) - 1) + 1):
            duty = who.working.on_duty(*days.bounds(day))
            able += duty if who.hours_per_day is None else min(duty, who.hours_per_day)
        if who.hours_per_week is not None:
            able = min(able, who.hours_per_week)
        if max(0, low) < problem.as_of:
            # What has passed may be beyond the limits.
            able = who.working.on_duty(low, high)
        shares.lp.add(sum(booked) <= able)


def _people_of_tasks(candidates: Candidates) -> set[int]:
    return {
        person
        for task in candidates.open_tasks
        for line in range(len(candidates.problem.tasks[task].crew))
        for person in candidates.seat_people(task, line)
    }


def _trainers_told(candidates: Candidates) -> set[int]:
    """Who gives classes that people have been told of and that are not in the programme."""
    published = candidates.problem.published
    return {
        person
        for session in (() if published is None else published.plan.sessions)
        for person in session.trainers
        if person >= 0
        and (candidates.is_frozen(session) or session.start < candidates.opens(person))
    }


def _unfairness(shares: Shares, elsewhere: set[int]) -> None:
    """Hours above 110 % of the mean, in groups whose work is all in the programme."""
    problem = shares.problem
    price = shares.price("unfairness") / problem.axis.slots_per_hour
    if price == 0:
        return
    groups: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    for person, who in enumerate(problem.people):
        if who.vendor is None:
            groups[frozenset(mastery.skill for mastery in who.skills)].append(person)
    before = {
        person: sum(
            problem.people[person].working.on_duty(it.start, it.end) + it.extra
            for it in bookings
            if not it.learner
        )
        for person, bookings in past_bookings(problem).items()
    }
    booked: defaultdict[int, list[Amount]] = defaultdict(list)
    for (person, _), slots in shares.hours.items():
        booked[person] += slots
    for people in groups.values():
        if not any(person in booked for person in people) or elsewhere & set(people):
            continue
        own = {}
        for person in people:
            own[person] = shares.lp.new_num_var(0.0, float("inf"), "")
            shares.lp.add(own[person] == sum(booked[person]) + before.get(person, 0))
        group = shares.lp.new_num_var(0.0, float("inf"), "")
        shares.lp.add(group == sum(own.values()))
        for person in people:
            excess = shares.lp.new_num_var(0.0, float("inf"), "")
            shares.lp.add(excess >= own[person] - 1.1 / len(people) * group)
            shares.total.append(price * excess)
