"""Take out what the rules object to once other work has gone or moved, until nothing is left.

Insertion never breaks a rule. Removal can: what comes after an open task, classes without their
materials or taken out of order, people who have not earned a skill, vendors' short days.
"""

from __future__ import annotations

from collections.abc import Set

from solver.insertion.inserter import Inserter, Work
from solver.insertion.matching import fill
from solver.insertion.policy import InsertionPolicy
from solver.ledger.diary import Entry
from solver.ledger.frozen_violations import Touched


def repair_and_reinsert(
    inserter: Inserter, keys: dict[int, float], policy: InsertionPolicy, waiting: Work | None = None
) -> None:
    """Find new places for work that is `waiting` and for what has lost its ground, and commit.

    What then stands against a rule still is left open.
    """
    dropped = repair(inserter)
    if waiting is not None:
        dropped.add(waiting)
    if dropped:
        inserter.place(dropped, keys, policy)
        repair(inserter)
    inserter.ledger.commit()


def repair(inserter: Inserter, waiting: Set[int] = frozenset()) -> Work:
    """Remove what has lost its ground; returns what then waits for a new place.

    What comes after open tasks that are `waiting` for a place stays for now.
    """
    dropped = Work()
    ledger = inserter.ledger
    while ledger.touched:
        touched, ledger.touched = ledger.touched, Touched()
        _tasks(inserter, touched, dropped, waiting)
        _materials(inserter, touched, dropped, waiting)
        _course_order(inserter, touched, dropped)
        _class_sizes(inserter, touched, dropped)
        for person in sorted(touched.people):
            _person(inserter, person, dropped)
    return dropped


def _tasks(inserter: Inserter, touched: Touched, dropped: Work, waiting: Set[int]) -> None:
    ledger = inserter.ledger
    concerned = set(touched.tasks)
    for task in touched.tasks:
        concerned.update(later for later, _ in ledger.order.successors[task])
    for task in sorted(concerned):
        if not ledger.order.keeps(task, ledger.tasks, waiting):
            drop_task(inserter, task, dropped)


def _materials(inserter: Inserter, touched: Touched, dropped: Work, waiting: Set[int]) -> None:
    ledger = inserter.ledger
    for task in sorted(touched.tasks - waiting):
        booking = ledger.tasks[task]
        for course in ledger.order.courses.get(task, ()):
            for number in sorted(ledger.classes.of_course[course]):
                session = ledger.classes.sessions[number]
                if booking is None or booking.end > session.start:
                    drop_session(inserter, number, dropped)


def _course_order(inserter: Inserter, touched: Touched, dropped: Work) -> None:
    classes = inserter.ledger.classes
    for audience, course in sorted(touched.cells):
        for later in (course, *classes.after[audience, course]):
            while True:
                # The latest first: what remains may then be in order.
                early = [
                    number
                    for number in classes.out_of_order(audience, later)
                    if number not in inserter.ledger.fixed_sessions
                ]
                if not early:
                    break
                drop_session(inserter, early[0], dropped)


def _class_sizes(inserter: Inserter, touched: Touched, dropped: Work) -> None:
    classes = inserter.ledger.classes
    for audience, course in sorted(touched.cells):
        present = classes.at_site[course, inserter.candidates.site_of(audience)]
        if len(present) > 1:
            for number in sorted(present):
                if classes.sessions[number].heads < inserter.problem.courses[course].smallest:
                    drop_session(inserter, number, dropped)


def _person(inserter: Inserter, person: int, dropped: Work) -> None:
    diary = inserter.ledger.diaries[person]
    for day in sorted(diary.short_days()):
        for entry in diary.on_day(day):
            _drop(inserter, entry, person, dropped)
    for entry in diary.rushed() if inserter.candidates.has_detours else ():
        _drop(inserter, entry, person, dropped)
    if person not in inserter.candidates.learners:
        return
    for entry in list(diary.entries):
        if entry.role != "learner" and not _able(inserter, entry, person):
            _drop(inserter, entry, person, dropped)


def _able(inserter: Inserter, entry: Entry, person: int) -> bool:
    """Whether a person still has the skill for a booking; of a class, whether it has trainers."""
    ledger, problem, span = inserter.ledger, inserter.problem, (entry.start, entry.end)
    if entry.kind == "task":
        booking = ledger.tasks[entry.key]
        if booking is None:
            return True  # it has been dropped meanwhile
        seat = next(seat for seat in booking.crew if seat.person == person)
        line = problem.tasks[entry.key].crew[seat.seat]
        return ledger.masters(person, line.skill, line.level, *span)
    if entry.kind == "shift":
        support = problem.supports[problem.shifts[entry.key].support]
        return ledger.masters(person, support.skill, support.level, *span)
    session = ledger.classes.sessions.get(entry.key)
    if session is None:
        return True
    seats = [
        [who for who in session.trainers if ledger.masters(who, line.skill, line.level, *span)]
        for line in problem.courses[session.course].trainers
        for _ in range(line.people)
    ]
    return fill(seats) is not None


def _drop(inserter: Inserter, entry: Entry, person: int, dropped: Work) -> None:
    """Take out the work of which a person's booking is a part; of a shift, only the person."""
    if entry.kind == "task":
        drop_task(inserter, entry.key, dropped)
    elif entry.kind == "session":
        drop_session(inserter, entry.key, dropped)
    else:
        drop_supporter(inserter, entry.key, person, dropped)


def drop_task(inserter: Inserter, task: int, dropped: Work) -> None:
    """Leave a task open."""
    if inserter.ledger.tasks[task] is not None:
        inserter.ledger.remove_task(task)
        dropped.tasks.add(task)


def drop_session(inserter: Inserter, number: int, dropped: Work) -> None:
    """Take a class out, unless it is frozen."""
    ledger = inserter.ledger
    if number in ledger.classes.sessions and number not in ledger.fixed_sessions:
        session = ledger.remove_session(number)
        dropped.classes.add((session.course, ledger.classes.site(session)))


def drop_supporter(inserter: Inserter, shift: int, person: int, dropped: Work) -> None:
    """Take a person off a shift, unless that is frozen."""
    ledger = inserter.ledger
    if person in ledger.shifts[shift] and (shift, person) not in ledger.fixed_supporters:
        ledger.remove_supporter(shift, person)
        dropped.shifts.add(shift)
