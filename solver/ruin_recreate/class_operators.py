"""Neighbourhoods of classes and support: open heads, courses, days, trainers, supporters."""

from __future__ import annotations

import random
from collections.abc import Sequence

from solver.insertion.inserter import Inserter, Work
from solver.insertion.repair import drop_session, drop_supporter
from solver.ruin_recreate.task_operators import some

SESSIONS = (2, 16)
SHIFTS = (2, 14)

IN_TIME = (8, 15, 30, 60)
"""Classes at a site that are placed anew moment by moment."""


def open_class(inserter: Inserter, rng: random.Random) -> Work:
    """Heads without a seat, with other classes that they could have sat in or that took a room."""
    missing = [key for key in sorted(inserter.classes.sites) if inserter.classes.missing(*key)]
    if not missing:
        return few_sessions(inserter, rng)
    course, site = rng.choice(missing)
    work = Work()
    classes = inserter.ledger.classes
    around = list(classes.at_site[course, site])
    starts = inserter.offers.group(inserter.classes.sites[course, site][0], course)
    others = [
        number
        for number, session in sorted(classes.sessions.items())
        if starts >> session.start & 1 and session.course != course
    ]
    same = [number for number in others if classes.site(classes.sessions[number]) == site]
    around += some(rng, same if rng.random() < 0.7 else others, rng.randint(*SESSIONS))
    _drop_sessions(inserter, around, work)
    work.classes.update(missing)
    work.urgent.update(rng.choice(([], [(course, site)], missing)))
    return work


def one_course(inserter: Inserter, rng: random.Random) -> Work:
    """All classes of a course at a site, and at times of those that come after it."""
    keys = sorted(inserter.classes.sites)
    if not keys:
        return Work()
    course, site = rng.choice(keys)
    courses = {course}
    if rng.random() < 0.5:
        courses.update(
            later for later, what in enumerate(inserter.problem.courses) if course in what.after
        )
    work = Work()
    numbers = [n for each in sorted(courses) for n in inserter.ledger.classes.at_site[each, site]]
    _drop_sessions(inserter, numbers, work)
    return work


def window_classes(inserter: Inserter, rng: random.Random) -> Work:
    """Classes at one site in the same days."""
    sessions = inserter.ledger.classes.sessions
    if not sessions:
        return Work()
    classes = inserter.ledger.classes
    seed = sessions[rng.choice(sorted(sessions))]
    length = rng.choice((1, 2, 4)) * 24 * inserter.problem.axis.slots_per_hour
    near = [
        number
        for number, session in sorted(sessions.items())
        if abs(session.start - seed.start) <= length and classes.site(session) == classes.site(seed)
    ]
    work = Work()
    _drop_sessions(inserter, some(rng, near, SESSIONS[1]), work)
    return work


def few_sessions(inserter: Inserter, rng: random.Random) -> Work:
    """Some classes of one trainer, or the smallest ones, or any."""
    sessions = inserter.ledger.classes.sessions
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
            and inserter.ledger.classes.site(sessions[n]) == inserter.ledger.classes.site(seed)
        ]
        numbers.sort(key=lambda n: (sessions[n].heads, n))
        numbers = numbers[: rng.randint(2, 4)]
    work = Work()
    _drop_sessions(inserter, some(rng, numbers, rng.randint(1, 6)), work)
    return work


def few_shifts(inserter: Inserter, rng: random.Random) -> Work:
    """Supporters of a few shifts of one department, or everything a few people stand."""
    ledger = inserter.ledger
    held = [shift for shift, people in enumerate(ledger.shifts) if people]
    short = [
        shift
        for shift, people in enumerate(ledger.shifts)
        if len(people) < inserter.problem.shifts[shift].people
    ]
    work = Work(shifts=set(short))
    if not held:
        return work
    seed = inserter.problem.shifts[rng.choice(short or held)]
    if rng.random() < 0.5:
        near = [it for it in held if inserter.problem.shifts[it].department == seed.department]
        for shift in some(rng, near, rng.randint(*SHIFTS)):
            for person in list(ledger.shifts[shift]):
                drop_supporter(inserter, shift, person, work)
    else:
        people = sorted({person for shift in held for person in ledger.shifts[shift]})
        for person in some(rng, people, rng.randint(1, 4)):
            for shift in held:
                drop_supporter(inserter, shift, person, work)
    return work


def classes_from_a_day_on(inserter: Inserter, rng: random.Random) -> Work:
    """Classes of some days at a site where heads have no seat, to be placed moment by moment."""
    classes = inserter.ledger.classes
    missing = [key[1] for key in sorted(inserter.classes.sites) if inserter.classes.missing(*key)]
    if not missing:
        return few_sessions(inserter, rng)
    site = rng.choice(missing)
    there = sorted(
        (session.start, number)
        for number, session in classes.sessions.items()
        if classes.site(session) == site
    )
    work = Work()
    if there:
        first = rng.randrange(len(there))
        numbers = [number for _, number in there[first : first + rng.choice(IN_TIME)]]
        _drop_sessions(inserter, numbers, work)
    work.classes.update(key for key in inserter.classes.sites if key[1] == site)
    work.in_time.update(work.classes)
    return work


def _drop_sessions(inserter: Inserter, numbers: Sequence[int], work: Work) -> None:
    for number in numbers:
        drop_session(inserter, number, work)
