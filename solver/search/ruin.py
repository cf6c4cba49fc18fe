"""Neighbourhoods: related work that is taken out together, to be placed anew."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from solver.search.bench import Bench, Work
from solver.search.settle import drop_session, drop_supporter, drop_task

Ruin = Callable[[Bench, random.Random], Work]

TASKS = (1, 12)
SESSIONS = (2, 16)
SHIFTS = (2, 14)


def late_chain(bench: Bench, rng: random.Random) -> Work:
    """A late task, what it comes after and what keeps its people busy before it."""
    ledger = bench.ledger
    late = [
        (task, price)
        for task in movable(bench)
        if (booking := ledger.tasks[task]) is not None
        and (price := bench.tails.own(task, booking.end)) > 0
    ]
    if not late:
        return random_tasks(bench, rng)
    seed = rng.choices([task for task, _ in late], [price for _, price in late])[0]
    return _take_tasks(bench, _blockers(bench, rng, seed, rng.randint(2, TASKS[1] + 4)))


def open_task(bench: Bench, rng: random.Random) -> Work:
    """A task left open, with what keeps the people who could do it busy."""
    ledger = bench.ledger
    possible = [task for task in sorted(ledger.order.possible) if ledger.tasks[task] is None]
    if not possible:
        return late_chain(bench, rng)
    seed = rng.choice(possible)
    work = _take_tasks(bench, _blockers(bench, rng, seed, rng.randint(3, TASKS[1] + 8)))
    work.tasks.update(possible)
    return work


def window_tasks(bench: Bench, rng: random.Random) -> Work:
    """Tasks that run in the same weeks."""
    planned = _planned(bench)
    if not planned:
        return Work()
    seed = bench.ledger.tasks[rng.choice(planned)]
    length = rng.choice((2, 5, 10, 15)) * 24 * bench.problem.axis.slots_per_hour
    if seed is None:
        return Work()
    low = seed.start - rng.randint(0, length)
    near = [
        task
        for task in planned
        if (b := bench.ledger.tasks[task]) is not None and b.start < low + length and b.end > low
    ]
    return _take_tasks(bench, _some(rng, near, TASKS[1] + 4))


def same_people(bench: Bench, rng: random.Random) -> Work:
    """What one or two people with a skill in common do around the same time."""
    planned = _planned(bench)
    if not planned:
        return Work()
    seed = bench.ledger.tasks[rng.choice(planned)]
    if seed is None:
        return Work()
    offers = bench.offers.seats(seed.task)
    able = sorted({offer.person for line in offers for offer in line})
    people = {rng.choice(seed.crew).person, rng.choice(able)}
    tasks = {
        entry.key
        for person in sorted(people)
        for entry in bench.ledger.diaries[person].entries
        if entry.kind == "task"
    }
    near = sorted(
        tasks & set(planned),
        key=lambda task: (abs(_start(bench, task) - seed.start), task),
    )
    return _take_tasks(bench, near[: rng.randint(2, TASKS[1])])


def random_tasks(bench: Bench, rng: random.Random) -> Work:
    """A few tasks, often each with what comes right after it."""
    planned = _planned(bench)
    chosen = _some(rng, planned, rng.choice((1, 2, 3, 5)))
    if rng.random() < 0.5:
        for task in list(chosen):
            chosen += [later for later, _ in bench.ledger.order.successors[task]]
    return _take_tasks(bench, chosen)


def open_class(bench: Bench, rng: random.Random) -> Work:
    """Heads without a seat, with other classes that they could have sat in or that took a room."""
    missing = [key for key in sorted(bench.classes.sites) if bench.classes.missing(*key)]
    if not missing:
        return few_sessions(bench, rng)
    course, site = rng.choice(missing)
    work = Work()
    classes = bench.ledger.classes
    around = list(classes.at_site[course, site])
    starts = bench.offers.group(bench.classes.sites[course, site][0], course)
    others = [
        number
        for number, session in sorted(classes.sessions.items())
        if starts >> session.start & 1 and session.course != course
    ]
    same = [number for number in others if classes.site(classes.sessions[number]) == site]
    around += _some(rng, same if rng.random() < 0.7 else others, rng.randint(*SESSIONS))
    _drop_sessions(bench, around, work)
    work.classes.update(missing)
    work.urgent.update(rng.choice(([], [(course, site)], missing)))
    return work


def one_course(bench: Bench, rng: random.Random) -> Work:
    """All classes of a course at a site, and at times of those that come after it."""
    keys = sorted(bench.classes.sites)
    if not keys:
        return Work()
    course, site = rng.choice(keys)
    courses = {course}
    if rng.random() < 0.5:
        courses.update(
            later for later, what in enumerate(bench.problem.courses) if course in what.after
        )
    work = Work()
    numbers = [n for each in sorted(courses) for n in bench.ledger.classes.at_site[each, site]]
    _drop_sessions(bench, numbers, work)
    return work


def window_classes(bench: Bench, rng: random.Random) -> Work:
    """Classes at one site in the same days."""
    sessions = bench.ledger.classes.sessions
    if not sessions:
        return Work()
    classes = bench.ledger.classes
    seed = sessions[rng.choice(sorted(sessions))]
    length = rng.choice((1, 2, 4)) * 24 * bench.problem.axis.slots_per_hour
    near = [
        number
        for number, session in sorted(sessions.items())
        if abs(session.start - seed.start) <= length and classes.site(session) == classes.site(seed)
    ]
    work = Work()
    _drop_sessions(bench, _some(rng, near, SESSIONS[1]), work)
    return work


def few_sessions(bench: Bench, rng: random.Random) -> Work:
    """Some classes of one trainer, or the smallest ones, or any."""
    sessions = bench.ledger.classes.sessions
    if not sessions:
        return Work()
    numbers = sorted(sessions)
    seed = sessions[rng.choice(numbers)]
    pick = rng.random()
    if pick < 0.4 and seed.trainers:
        numbers = [n for n in numbers if set(sessions[n].trainers) & set(seed.trainers)]
    elif pick < 0.7:
        numbers = [
            n
            for n in numbers
            if sessions[n].course == seed.course
            and bench.ledger.classes.site(sessions[n]) == bench.ledger.classes.site(seed)
        ]
        numbers.sort(key=lambda n: (sessions[n].heads, n))
        numbers = numbers[: rng.randint(2, 4)]
    work = Work()
    _drop_sessions(bench, _some(rng, numbers, rng.randint(1, 6)), work)
    return work


def few_shifts(bench: Bench, rng: random.Random) -> Work:
    """Supporters of a few shifts of one department, or everything a few people stand."""
    ledger = bench.ledger
    held = [shift for shift, people in enumerate(ledger.shifts) if people]
    short = [
        shift
        for shift, people in enumerate(ledger.shifts)
        if len(people) < bench.problem.shifts[shift].people
    ]
    work = Work(shifts=set(short))
    if not held:
        return work
    seed = bench.problem.shifts[rng.choice(short or held)]
    if rng.random() < 0.5:
        near = [it for it in held if bench.problem.shifts[it].department == seed.department]
        for shift in _some(rng, near, rng.randint(*SHIFTS)):
            for person in list(ledger.shifts[shift]):
                drop_supporter(bench, shift, person, work)
    else:
        people = sorted({person for shift in held for person in ledger.shifts[shift]})
        for person in _some(rng, people, rng.randint(1, 4)):
            for shift in held:
                drop_supporter(bench, shift, person, work)
    return work


RUINS: tuple[Ruin, ...] = (
    late_chain,
    open_task,
    window_tasks,
    same_people,
    random_tasks,
    open_class,
    one_course,
    window_classes,
    few_sessions,
    few_shifts,
)
"""All neighbourhoods."""

OPEN_RUINS: tuple[Ruin, ...] = (open_task, open_class, few_shifts)
"""Those that begin with open work, where there is some."""


def movable(bench: Bench) -> list[int]:
    """Tasks whose start nobody has fixed."""
    return [
        task
        for task in sorted(bench.ledger.order.possible)
        if bench.problem.tasks[task].pin_start is None and task not in bench.candidates.frozen_seats
    ]


def _planned(bench: Bench) -> list[int]:
    return [task for task in movable(bench) if bench.ledger.tasks[task] is not None]


def _start(bench: Bench, task: int) -> int:
    booking = bench.ledger.tasks[task]
    return 0 if booking is None else booking.start


def _some(rng: random.Random, items: Sequence[int], most: int) -> list[int]:
    return rng.sample(list(items), min(most, len(items)))


def _take_tasks(bench: Bench, tasks: Sequence[int]) -> Work:
    work = Work()
    allowed = set(movable(bench))
    for task in tasks:
        if task in allowed:
            drop_task(bench, task, work)
    return work


def _drop_sessions(bench: Bench, numbers: Sequence[int], work: Work) -> None:
    for number in numbers:
        drop_session(bench, number, work)


def _blockers(bench: Bench, rng: random.Random, seed: int, most: int) -> list[int]:
    """A task and what stands before it: predecessors, and other work of people it could have."""
    ledger = bench.ledger
    found = [seed]
    known = {seed}
    for _ in range(4 * most):
        if len(found) >= most:
            break
        task = rng.choice(found)
        booking = ledger.tasks[task]
        end = bench.problem.horizon if booking is None else booking.end
        if rng.random() < 0.35:
            near = [link.task for link in ledger.order.predecessors[task]]
        elif rng.random() < 0.35:
            near = [later for later, _ in ledger.order.successors[task]]
        else:
            lines = bench.offers.seats(task)
            offers = [offer for line in lines for offer in line]
            if not offers:
                continue
            begin = bench.tails.earliest[task][0]
            near = [
                entry.key
                for entry in ledger.diaries[rng.choice(offers).person].entries
                if entry.kind == "task" and entry.end > begin and entry.start < end
            ]
        near = [each for each in near if each not in known and each in bench.tails.earliest]
        if near:
            chosen = rng.choice(near)
            known.add(chosen)
            found.append(chosen)
    return found


__all__ = ["OPEN_RUINS", "RUINS", "Ruin", "movable"]
