"""Energy bound: all work shared out among people's weekly hours, as one linear programme.

Every booking of a task or a shift may be cut into shares of people and weeks; what is left of the
rules is who could do what in which weeks, how many hours each person has in a week, and how many
people are needed. Classes are counted by the day (`solver/capacity/class_days.py`), and take their
hours from the trainers' weeks. The optimum of open work, earliest lateness, cost and unfairness
together bounds every plan's from below (after the energetic reasoning of cumulative scheduling, by
skill and week).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from allocator.timeline import NEVER
from allocator.views.bookings import past_bookings
from solver.bounds.energy_shares import Amount, Shares, on_duty, weeks_of
from solver.bounds.energy_ties import Tied, tie
from solver.candidates.candidates import Candidates
from solver.candidates.earliest import earliest_spans
from solver.capacity.class_days import ClassDays
from solver.capacity.materials import too_early
from solver.capacity.programme import Solving
from solver.settings import Stop
from solver.stopping import never, until

ITERATIONS = 1_000_000
"""Far beyond what the interior point method takes: the time ends it."""

LEAST_PRICE = 1e-6

BY_WEEK = 20_000
"""Beyond so many pairs of shift and supporter, the shifts of a department's week count as one."""


def energy_bound(
    candidates: Candidates, seconds: float, *, tasks: bool, stop: Stop = never
) -> Fraction:
    """What the programme proves within the time, with or without the tasks.

    Raises `Stopped` when the `stop` says so before the programme is built.
    """
    shares, _ = _programme(candidates, tasks=tasks, stop=stop)
    if not shares.programme.costs:
        return Fraction(shares.constant)
    solving = Solving(shares.programme, ITERATIONS, interior=True, seconds=max(0.1, seconds))
    return Fraction(shares.constant) + solving.bound()


def hour_prices(candidates: Candidates, seconds: float) -> dict[tuple[int, int], float]:
    """By (person, week): what one hour more of that person then would save in the programme.

    It is a price at the margin of a relaxation: it ranks, and promises nothing.
    """
    shares, first = _programme(candidates, tasks=True, stop=never)
    if not shares.programme.costs:
        return {}
    solving = Solving(shares.programme, ITERATIONS, seconds=max(0.1, seconds))
    solving.bound()
    prices = solving.prices()[first : first + len(shares.hours)]
    per_hour = candidates.problem.axis.slots_per_hour
    weeks = zip(shares.hours, prices, strict=True)
    return {week: float(it) * per_hour for week, it in weeks if it > LEAST_PRICE}


def _programme(candidates: Candidates, *, tasks: bool, stop: Stop) -> tuple[Shares, int]:
    """The programme, and the number of the first row of people's weeks."""
    shares = Shares(candidates.problem, stop)
    elsewhere = _trainers_published(candidates)
    tied = Tied()
    if tasks:
        _tasks(shares, candidates, tied)
        tie(shares.programme, candidates, tied)
    else:
        elsewhere |= _people_of_tasks(candidates)
    elsewhere |= _classes(shares, candidates, tied)
    _support(shares, candidates)
    first = len(shares.programme.lows)
    shares.close_weeks()
    _unfairness(shares, elsewhere)
    return shares, first


def _tasks(shares: Shares, candidates: Candidates, tied: Tied) -> None:
    problem, lp = shares.problem, shares.programme
    per_hour = problem.axis.slots_per_hour
    spans = earliest_spans(candidates, shares.stop)
    for index, task in until(shares.stop, enumerate(problem.tasks)):
        late = 0.0
        if task.due is not None:
            end = task.finished if task.finished is not None else spans.get(index, (0, 0))[1]
            late = shares.price("lateness") * max(0, end - task.due) * task.priority / per_hour
        if task.finished is not None:
            shares.constant += late
            continue
        work = sum(line.people * line.work for line in task.crew)
        price = shares.price("open_work") * work * task.priority / per_hour
        left = tied.left[index] = shares.left_open(1.0, price)
        if index not in spans:
            if problem.goals.price("open_work") is not None:
                lp.row([(left, 1.0)], low=1.0)
            continue
        shares.constant += late
        lp.costs[left] -= late
        for number, line in enumerate(task.crew):
            seats: list[Amount] = []
            for person, own in _line(shares, candidates, index, number, spans[index]):
                lp.row(own, high=1.0)
                tied.people[index][person] += own
                seats += own
            people = float(line.people)
            lp.row([*seats, (left, people)], low=people, high=people)


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
        for week, low, high in weeks_of(problem, person):
            able = who.working.on_duty(max(low, first), min(high, last))
            if able:
                most = min(1.0, able / slots[0])
                cents = who.cents_per_hour * line.work
                own.append((shares.share(person, week, slots, cents, most), 1.0))
        yield person, own


def _classes(shares: Shares, candidates: Candidates, tied: Tied) -> set[int]:
    """Add the classes of each day; returns whose hours in class are not counted.

    Of trainers who can give the same classes it is only known how many they give together: the
    hours of a week are shared out among them.
    """
    problem, lp = shares.problem, shares.programme
    courses = sorted({course for _, course in candidates.needs()})
    classes = ClassDays(candidates, courses, 0, shares.stop, lp)
    lp.close(too_early(candidates, classes, shares.stop))
    for (audience, course), column in classes.left.items():
        materials = problem.courses[course].materials
        if materials in tied.left and materials not in candidates.frozen_seats:
            number = float(candidates.unseated(audience, course))
            lp.row([(column, 1.0), (tied.left[materials], -number)], low=0.0)
    least: defaultdict[tuple[int, int], list[Amount]] = defaultdict(list)
    most: defaultdict[tuple[int, int], list[Amount]] = defaultdict(list)
    uncounted: set[int] = set()
    for some in until(shares.stop, classes.days):
        for (line, kind), column in some.trainers.items():
            people = classes.kinds[kind]
            if any(problem.people[each].zone != problem.sites[some.site].zone for each in people):
                uncounted |= set(people)
                continue
            week = problem.days[problem.people[people[0]].zone].week(some.low)
            fewest, longest = classes.duty(some, line, kind)
            least[kind, week].append((column, -float(fewest)))
            most[kind, week].append((column, -float(longest)))
    for (kind, week), parts in least.items():
        people = classes.kinds[kind]
        cheapest = min(problem.people[each].cents_per_hour for each in people)
        own: list[Amount] = []
        for person in people:
            cents = problem.people[person].cents_per_hour - cheapest
            able = float(shares.able(person, week))
            # What dearer people cost more; those who are cheapest are in the price of a class.
            unit = shares.price("cost") * cents / (100 * problem.axis.slots_per_hour)
            own.append((lp.column(able, unit), 1.0))
            shares.hours[person, week].append(own[-1])
        lp.row([*own, *parts], low=0.0)
        lp.row([*own, *most[kind, week]], high=0.0)
    return uncounted


def _support(shares: Shares, candidates: Candidates) -> None:
    """Add shifts, each for itself or by the week of their department where there are many."""
    problem, lp = shares.problem, shares.programme
    per_hour = problem.axis.slots_per_hour
    pairs = sum(len(candidates.supporters(shift)) for shift in range(len(problem.shifts)))
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for shift, need in enumerate(problem.shifts):
        when = need.start
        if pairs > BY_WEEK:
            site = problem.sites[problem.departments[need.department].site]
            when = problem.days[site.zone].week(need.start)
        alike[need.support, need.department, when, need.end - need.start].append(shift)
    standing: defaultdict[tuple[int, int], list[Amount]] = defaultdict(list)
    moments: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for (support, _, _, clock), shifts in until(shares.stop, alike.items()):
        priority = problem.projects[problem.supports[support].project].priority
        price = shares.price("open_work") * clock * priority / per_hour
        wanted = float(sum(problem.shifts[shift].people for shift in shifts))
        seats: list[Amount] = [(shares.left_open(wanted, price), 1.0)]
        able: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for shift in shifts:
            start = problem.shifts[shift].start
            for person in candidates.supporters(shift):
                days = problem.days[problem.people[person].zone]
                able[person, days.week(start)].append(shift)
        for (person, week), own in able.items():
            who = problem.people[person]
            duty = [
                who.working.on_duty(problem.shifts[it].start, problem.shifts[it].end) for it in own
            ]
            slots, most = (min(duty), max(duty)), float(len(own))
            share = (shares.share(person, week, slots, who.cents_per_hour * clock, most), 1.0)
            seats.append(share)
            key = (person, week if pairs > BY_WEEK else problem.shifts[own[0]].start)
            standing[key].append(share)
            moments[key] |= {problem.shifts[it].start for it in own}
        lp.row(seats, low=wanted, high=wanted)
    for key, together in standing.items():
        if len(together) > 1:
            lp.row(together, high=float(len(moments[key])))


def _people_of_tasks(candidates: Candidates) -> set[int]:
    return {
        person
        for task in candidates.open_tasks
        for line in range(len(candidates.problem.tasks[task].crew))
        for person in candidates.seat_people(task, line)
    }


def _trainers_published(candidates: Candidates) -> set[int]:
    """Who gives published classes and that are not in the programme."""
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
    problem, lp = shares.problem, shares.programme
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
    most: dict[int, float] = {}
    for (person, week), slots in shares.hours.items():
        booked[person] += slots
        most[person] = most.get(person, float(before.get(person, 0))) + shares.able(person, week)
    for people in groups.values():
        if not any(person in booked for person in people) or elsewhere & set(people):
            continue
        own = {}
        for person in people:
            past = float(before.get(person, 0))
            own[person] = lp.column(most.get(person, past))
            parts = [(column, -factor) for column, factor in booked[person]]
            lp.row([(own[person], 1.0), *parts], low=past, high=past)
        group = lp.column(sum(most.get(each, float(before.get(each, 0))) for each in people))
        lp.row([(group, 1.0), *((each, -1.0) for each in own.values())], low=0.0, high=0.0)
        for person in people:
            excess = lp.column(most.get(person, float(before.get(person, 0))), price)
            share = 1.1 / len(people)
            lp.row([(excess, 1.0), (own[person], -1.0), (group, share)], low=0.0)
