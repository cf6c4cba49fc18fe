"""First plan: list scheduling with insertion, by several priority rules, the best one kept.

What is published and what is pinned comes first. Then tasks, in an order that learns
from try to try: what ended late or stayed open goes earlier next time, and so does what it comes
after (squeaky wheel optimisation: Joslin and Clements, JAIR 10, 1999). Then classes, wave by
wave, and support last, when it is known who has earned what.
"""

from __future__ import annotations

import random
from dataclasses import replace

from allocator.plan import Group, Plan, Session, TaskBooking
from solver.candidates.candidates import Candidates
from solver.insertion.inserter import ClassKey, Inserter, usual_policy
from solver.insertion.policy import InsertionPolicy
from solver.insertion.repair import repair, repair_and_reinsert
from solver.insertion.replay import published_plan, replay, replay_task
from solver.ruin_recreate.search import RuinAndRecreate
from solver.settings import Stop
from solver.stopping import never

PLACEMENTS = 4000
"""About so many insertions of tasks are tried in all."""

TRIES = (4, 120)
"""Fewest and most orders of tasks that are tried."""

CLASS_TRIES = 8
"""Most ways of gathering classes that are tried while heads stay without a seat."""

CLASS_PLACEMENTS = 1000
"""About so many (course, site) are gathered in all."""

MOST_DISPATCHED = CLASS_PLACEMENTS // CLASS_TRIES
"""Up to so many (course, site) every other try goes moment by moment."""

TASK_NOISE = (0.05, 0.2, 0.5)
"""Noise on prices in every other try after the first rules."""

CLASS_NOISE = 0.15
"""Noise on prices in every other try."""

DELAY_DAYS = 5
"""The delay by whose price tasks are ranked."""

BLAME_DAYS = 8
"""The task to blame most goes up to so much earlier in the next order."""

LEAST_BLAME = 0.05
"""What every task to blame goes earlier at least, as a share of that."""

RETURN = 0.1
"""How often the next order comes from the best so far, not from the last."""

SPARING = 10
"""So much dearer than usual are scarce skills for tasks whose start is fixed."""

REPAIRS = 150
"""Steps of ruin and recreate where what must stay leaves the rest no room at first."""


def first_plan(
    candidates: Candidates, seed: int, stop: Stop = never, overdue: Stop = never
) -> Plan:
    """A plan that the check has nothing against, within about a second.

    When the `stop` says so, no further order of work is tried; when it is `overdue`, what has no
    place yet stays open.
    """
    inserter = Inserter(candidates)
    build(inserter, random.Random(seed), stop, overdue)
    if inserter.ledger.faults():
        search = RuinAndRecreate(inserter, seed)
        for _ in range(REPAIRS):
            search.step()
            if overdue() or not inserter.ledger.faults():
                break
        return search.best
    return inserter.ledger.plan()


def beyond_repair(candidates: Candidates, plan: Plan) -> bool:
    """Whether what is published stands against a rule in a plan, whatever gives way."""
    if candidates.problem.published is None:
        return False
    inserter = Inserter(candidates)
    inserter.ledger.load(plan)
    return inserter.ledger.faults() > 0


def build(
    inserter: Inserter, rng: random.Random, stop: Stop = never, overdue: Stop = never
) -> None:
    """Fill an empty ledger."""
    policy = usual_policy(inserter, rng)
    place_fixed(inserter, policy)
    replay(inserter, published_plan(inserter), policy)
    repair(inserter)
    _place_tasks(inserter, policy, stop, overdue)
    place_classes(inserter, policy, stop, overdue)
    inserter.place_shifts(range(len(inserter.ledger.shifts)), policy, overdue)
    # published Classes were kept before it was known when materials are ready.
    tasks = inserter.problem.tasks
    inserter.ledger.touched.tasks.update(
        task for task in inserter.ledger.order.courses if tasks[task].finished is None
    )
    repair_and_reinsert(inserter, inserter.slack, policy)


def place_fixed(inserter: Inserter, policy: InsertionPolicy) -> None:
    """Book what is frozen, and tasks with a pinned or a frozen start."""
    ledger, candidates = inserter.ledger, inserter.candidates
    for kept in candidates.frozen_sessions:
        session = kept.session
        if not kept.keep_groups:
            session = replace(session, groups=_who_can_come(inserter, session))
        if session.groups:
            ledger.fixed_sessions.add(ledger.add_session(session))
    for shift, people in candidates.frozen_supporters.items():
        for person in people:
            ledger.add_supporter(shift, person)
            ledger.fixed_supporters.add((shift, person))
    # Who could do most else waits longest: a task that cannot move may need them later.
    sparing = replace(policy, scarce=SPARING * policy.scarce)
    for task in _fixed_tasks(inserter):
        published = candidates.published_seats.get(task, ())
        if not replay_task(inserter, task, published, sparing, ahead=True):
            inserter.tasks.place(task, sparing, ahead=True)


def _fixed_tasks(inserter: Inserter) -> list[int]:
    """Tasks with a pinned or a frozen start, first the earliest and those that others come after.

    In order of start a task meets only people who have been booked before it.
    """
    starts: dict[int, int] = {}
    for task in inserter.candidates.task_order:
        start = inserter.problem.tasks[task].pin_start
        if task in inserter.candidates.frozen_seats:
            start = inserter.candidates.frozen_seats[task][0][2]
        if start is not None and task in inserter.ledger.order.possible:
            starts[task] = start
    return sorted(starts, key=starts.__getitem__)


def _who_can_come(inserter: Inserter, session: Session) -> tuple[Group, ...]:
    """The groups of a published session, less those who no longer need it or are away."""
    problem, groups = inserter.problem, []
    span = (session.start, session.end, problem.axis.slots_per_hour)
    for group in session.groups:
        cell = (group.audience, session.course)
        need = inserter.ledger.classes.need.get(cell, 0)
        if not need or not problem.audiences[group.audience].working.can_sit(*span):
            continue
        able = inserter.candidates.untrained_members(*cell)
        members = tuple(
            person
            for person in group.members
            if person in able and problem.people[person].working.can_sit(*span)
        )
        heads = len(members) if group.members else min(group.heads, need)
        if heads:
            groups.append(Group(group.audience, heads, members))
    return tuple(groups)


def _place_tasks(inserter: Inserter, policy: InsertionPolicy, stop: Stop, overdue: Stop) -> None:
    """Try several orders of tasks and keep the bookings of the best."""
    ledger = inserter.ledger
    tasks = [task for task in sorted(ledger.order.possible) if ledger.tasks[task] is None]
    if not tasks:
        return
    best: list[TaskBooking] = []
    least = float("inf")
    start = ledger.mark()
    tries = min(max(PLACEMENTS // len(tasks), TRIES[0]), TRIES[1])
    rules = _rules(inserter)
    keys = leading = rules[0]
    for attempt in range(tries):
        if attempt and stop():
            break
        if attempt < len(rules):
            keys = rules[attempt]
        elif attempt == len(rules):
            keys = inserter.slack
        tried = policy
        if attempt >= len(rules) and attempt % 2:
            share = policy.scarce * policy.rng.choice((0.0, 0.5, 1.0, 2.0))
            tried = replace(policy, noise=policy.rng.choice(TASK_NOISE), scarce=share)
        inserter.place_tasks(tasks, keys, tried, overdue)
        total = ledger.total + _classes_lost(inserter)
        if total < least:
            booked = (ledger.tasks[task] for task in tasks)
            best, least = [booking for booking in booked if booking is not None], total
            leading = keys
        if policy.rng.random() < RETURN:
            keys = leading
        keys = _blame(inserter, tasks, keys, policy.rng)
        ledger.rollback(start)
    for booking in best:
        ledger.add_task(booking)


def _classes_lost(inserter: Inserter) -> float:
    """Price of the classes that the materials, as they are planned, come too late for."""
    ends = {
        task: None if (booking := inserter.ledger.tasks[task]) is None else booking.end
        for task in inserter.ledger.order.courses
    }
    return sum(inserter.delay_cost.classes(task, end) for task, end in ends.items())


def _rules(inserter: Inserter) -> list[dict[int, float]]:
    """Orders to begin with: by slack, by earliest start, by what a delay costs, by due day."""
    delay_cost, problem = inserter.delay_cost, inserter.problem
    delay = DELAY_DAYS * 24 * problem.axis.slots_per_hour
    by_start: dict[int, float] = {}
    by_price: dict[int, float] = {}
    by_due: dict[int, float] = {}
    for task, (start, end) in delay_cost.earliest.items():
        late = min(end + delay, problem.horizon)
        now = min(end, problem.horizon)
        price = delay_cost.own(task, late) + delay_cost.after(task, late)
        price -= delay_cost.own(task, now) + delay_cost.after(task, now)
        due = problem.tasks[task].due
        by_start[task] = start
        by_price[task] = -price
        by_due[task] = problem.horizon if due is None else due
    by_length: dict[int, float] = {task: -length for task, length in delay_cost.length.items()}
    return [inserter.slack, by_start, by_price, by_due, by_length]


def _blame(
    inserter: Inserter, tasks: list[int], keys: dict[int, float], rng: random.Random
) -> dict[int, float]:
    """Keys for the next try: what costs most goes up most, with all that it comes after.

    A task answers for its own lateness, or for being open, and for that of all after it.
    """
    ledger, running = inserter.ledger, inserter.ledger.running
    price: dict[int, float] = dict.fromkeys(tasks, 0.0)
    for task in reversed(inserter.candidates.task_order):
        if task not in price:
            continue
        booking = ledger.tasks[task]
        if booking is None:
            price[task] += running.task_open[task] * running.prices.open
            price[task] += inserter.delay_cost.classes(task, None)
        else:
            price[task] += inserter.delay_cost.own(task, booking.end)
            price[task] += inserter.delay_cost.classes(task, booking.end)
        for link in ledger.order.predecessors[task]:
            if link.task in price:
                price[link.task] += price[task]
    most = max(price.values())
    push = BLAME_DAYS * 24 * inserter.problem.axis.slots_per_hour
    found = dict(keys)
    for task in tasks:
        if price[task]:
            share = min(1.0, LEAST_BLAME + price[task] / most)
            found[task] = keys.get(task, 0.0) - push * share * rng.random()
    return found


def place_classes(
    inserter: Inserter, policy: InsertionPolicy, stop: Stop = never, overdue: Stop = never
) -> None:
    """Gather classes in a few ways, as long as heads stay without a seat, and keep the best."""
    ledger, classes = inserter.ledger, inserter.ledger.classes
    start = ledger.mark()
    gone: list[int] = []
    best: list[Session] = []
    least = float("inf")
    tries = min(max(CLASS_PLACEMENTS // max(len(inserter.classes.sites), 1), 1), CLASS_TRIES)
    urgent: set[ClassKey] = set()
    small = len(inserter.classes.sites) <= MOST_DISPATCHED
    for attempt in range(tries):
        if attempt and stop():
            break
        known = set(classes.sessions)
        tried = replace(policy, noise=CLASS_NOISE * (attempt % 2))
        if attempt % 2 and small:
            inserter.dispatch_classes(inserter.classes.sites, tried)
        inserter.place_classes(inserter.classes.sites, tried, urgent, overdue)
        seated = ledger.mark()
        if small:  # those who learn here may stand on shifts
            inserter.place_shifts(range(len(ledger.shifts)), tried, overdue)
        total = ledger.total
        ledger.rollback(seated)
        if total < least:
            least = total
            gone = sorted(known - set(classes.sessions))
            best = [each for number, each in classes.sessions.items() if number not in known]
        missing = {key for key in inserter.classes.sites if inserter.classes.missing(*key)}
        if not missing:
            return
        urgent |= _with_earlier(inserter, missing)
        ledger.rollback(start)
    for number in gone:
        ledger.remove_session(number)
    for session in best:
        ledger.add_session(session)


def _with_earlier(inserter: Inserter, keys: set[ClassKey]) -> set[ClassKey]:
    """Courses at sites, with those that they come after there."""
    found = set(keys)
    stack = sorted(keys)
    while stack:
        course, site = stack.pop()
        for earlier in inserter.problem.courses[course].after:
            key = (earlier, site)
            if key in inserter.classes.sites and key not in found:
                found.add(key)
                stack.append(key)
    return found
