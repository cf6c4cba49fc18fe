"""Neighbourhoods of tasks: late chains, open tasks, weeks, people, or any few."""

from __future__ import annotations

import random
from collections.abc import Sequence

from solver.insertion.inserter import Inserter, Work
from solver.insertion.repair import drop_task

TASKS = (1, 12)


def late_chain(inserter: Inserter, rng: random.Random) -> Work:
    """A late task, what it comes after and what keeps its people busy before it."""
    ledger = inserter.ledger
    late = [
        (task, price)
        for task in movable(inserter)
        if (booking := ledger.tasks[task]) is not None
        and (price := inserter.delay_cost.own(task, booking.end)) > 0
    ]
    if not late:
        return random_tasks(inserter, rng)
    seed = rng.choices([task for task, _ in late], [price for _, price in late])[0]
    return _take_tasks(inserter, _blockers(inserter, rng, seed, rng.randint(2, TASKS[1] + 4)))


def open_task(inserter: Inserter, rng: random.Random) -> Work:
    """A task left open, with what keeps the people who could do it busy."""
    ledger = inserter.ledger
    possible = [task for task in sorted(ledger.order.possible) if ledger.tasks[task] is None]
    if not possible:
        return late_chain(inserter, rng)
    seed = rng.choice(possible)
    work = _take_tasks(inserter, _blockers(inserter, rng, seed, rng.randint(3, TASKS[1] + 8)))
    work.tasks.update(possible)
    return _first(inserter, rng, seed, work)


def late_materials(inserter: Inserter, rng: random.Random) -> Work:
    """Materials that heads without a seat wait for, with what keeps their writers busy before."""
    ledger, courses = inserter.ledger, inserter.problem.courses
    allowed = set(movable(inserter))
    waiting: dict[int, float] = {}
    missing = [key for key in sorted(inserter.classes.sites) if inserter.classes.missing(*key)]
    for course, site in missing:
        task = courses[course].materials
        if task is not None and task in allowed:
            lost = inserter.classes.missing(course, site) * ledger.running.head_open(course)
            waiting[task] = waiting.get(task, 0.0) + lost
    if not waiting:
        return open_task(inserter, rng)
    task = rng.choices(list(waiting), list(waiting.values()))[0]
    booking = ledger.tasks[task]
    end = inserter.problem.horizon if booking is None else booking.end
    begin = inserter.delay_cost.earliest[task][0]
    busy = {
        entry.key
        for line in inserter.offers.seats(task)
        for offer in line
        for entry in ledger.diaries[offer.person].entries
        if entry.kind == "task" and entry.end > begin and entry.start < end
    }
    chosen = [task, *some(rng, sorted(busy - {task}), rng.randint(2, TASKS[1]))]
    if rng.random() < 0.5:
        chosen += [link.task for link in ledger.order.predecessors[task]]
        chosen += _blockers(inserter, rng, task, rng.randint(2, TASKS[1]))
    work = _take_tasks(inserter, list(dict.fromkeys(chosen)))
    work.tasks.update(each for each in ledger.order.possible if ledger.tasks[each] is None)
    work.classes.update(missing)
    return work if booking is not None else _first(inserter, rng, task, work)


def window_tasks(inserter: Inserter, rng: random.Random) -> Work:
    """Tasks that run in the same weeks."""
    planned = _planned(inserter)
    if not planned:
        return Work()
    seed = inserter.ledger.tasks[rng.choice(planned)]
    length = rng.choice((2, 5, 10, 15)) * 24 * inserter.problem.axis.slots_per_hour
    if seed is None:
        return Work()
    low = seed.start - rng.randint(0, length)
    near = [
        task
        for task in planned
        if (b := inserter.ledger.tasks[task]) is not None and b.start < low + length and b.end > low
    ]
    return _take_tasks(inserter, some(rng, near, TASKS[1] + 4))


def same_people(inserter: Inserter, rng: random.Random) -> Work:
    """What one or two people with a skill in common do around the same time."""
    planned = _planned(inserter)
    if not planned:
        return Work()
    seed = inserter.ledger.tasks[rng.choice(planned)]
    if seed is None:
        return Work()
    offers = inserter.offers.seats(seed.task)
    able = sorted({offer.person for line in offers for offer in line})
    people = {rng.choice(seed.crew).person, rng.choice(able)}
    tasks = {
        entry.key
        for person in sorted(people)
        for entry in inserter.ledger.diaries[person].entries
        if entry.kind == "task"
    }
    near = sorted(
        tasks & set(planned),
        key=lambda task: (abs(_start(inserter, task) - seed.start), task),
    )
    return _take_tasks(inserter, near[: rng.randint(2, TASKS[1])])


def random_tasks(inserter: Inserter, rng: random.Random) -> Work:
    """A few tasks, often each with what comes right after it."""
    planned = _planned(inserter)
    chosen = some(rng, planned, rng.choice((1, 2, 3, 5)))
    if rng.random() < 0.5:
        for task in list(chosen):
            chosen += [later for later, _ in inserter.ledger.order.successors[task]]
    return _take_tasks(inserter, chosen)


def some(rng: random.Random, items: Sequence[int], most: int) -> list[int]:
    """At most so many of some items."""
    return rng.sample(list(items), min(most, len(items)))


def movable(inserter: Inserter) -> list[int]:
    """Tasks whose start nobody has fixed."""
    return [
        task
        for task in sorted(inserter.ledger.order.possible)
        if inserter.problem.tasks[task].pin_start is None
        and task not in inserter.candidates.frozen_seats
    ]


def _first(inserter: Inserter, rng: random.Random, seed: int, work: Work) -> Work:
    """Often let a task, with what it comes after, go before all else that could take its people."""
    if rng.random() < 0.5:
        stack = [seed] if seed in work.tasks else []
        while stack:
            task = stack.pop()
            work.first.add(task)
            stack += [
                link.task
                for link in inserter.ledger.order.predecessors[task]
                if link.task in work.tasks and link.task not in work.first
            ]
    return work


def _planned(inserter: Inserter) -> list[int]:
    return [task for task in movable(inserter) if inserter.ledger.tasks[task] is not None]


def _start(inserter: Inserter, task: int) -> int:
    booking = inserter.ledger.tasks[task]
    return 0 if booking is None else booking.start


def _take_tasks(inserter: Inserter, tasks: Sequence[int]) -> Work:
    work = Work()
    allowed = set(movable(inserter))
    for task in tasks:
        # Those who must be the same people can only be others together.
        for each in (task, *inserter.ledger.order.same[task]):
            if each in allowed:
                drop_task(inserter, each, work)
    return work


def _blockers(inserter: Inserter, rng: random.Random, seed: int, most: int) -> list[int]:
    """A task and what stands before it: predecessors, and other work of people it could have."""
    ledger = inserter.ledger
    found = [seed]
    known = {seed}
    for _ in range(4 * most):
        if len(found) >= most:
            break
        task = rng.choice(found)
        booking = ledger.tasks[task]
        end = inserter.problem.horizon if booking is None else booking.end
        if rng.random() < 0.35:
            near = [link.task for link in ledger.order.predecessors[task]]
        elif rng.random() < 0.35:
            near = [later for later, _ in ledger.order.successors[task]]
        else:
            lines = inserter.offers.seats(task)
            offers = [offer for line in lines for offer in line]
            if not offers:
                continue
            begin = inserter.delay_cost.earliest[task][0]
            near = [
                entry.key
                for entry in ledger.diaries[rng.choice(offers).person].entries
                if entry.kind == "task" and entry.end > begin and entry.start < end
            ]
        near = [each for each in near if each not in known and each in inserter.delay_cost.earliest]
        if near:
            chosen = rng.choice(near)
            known.add(chosen)
            found.append(chosen)
    return found
