"""All plans of a tiny rollout, one after the other: what nothing but the check decides.

Bookings that break, all by themselves, a rule which no other booking can mend are left out first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product

from allocator.check import check, score
from allocator.plan import Group, Plan, Session, Shift, TaskBooking
from allocator.problem import Problem
from allocator.rules import RULES
from tests.agreement.plans import crew_at

ALONE = [rule for rule in RULES.values() if rule.alone]
"""Rules about one booking alone; whether it keeps them does not depend on the rest of the plan."""

MOST = 2_500
"""Rollouts with more plans than this are too large to go through."""


def number_of_plans(problem: Problem) -> int:
    """How many plans `all_plans` has, at most."""
    count = 1
    for options in _tasks(problem):
        count *= len(options)
    for options in _shifts(problem):
        count *= len(options)
    sessions, most = _sessions(problem), _most_sessions(problem)
    if _twins(problem):
        sessions *= most
    count *= sum(_choose(len(sessions), size) for size in range(most + 1))
    return count


def all_plans(problem: Problem) -> Iterator[Plan]:
    """Every plan but for those with a booking that breaks a rule all by itself."""
    sessions = _sessions(problem)
    some = combinations_with_replacement if _twins(problem) else combinations
    for tasks in product(*_tasks(problem)):
        for shifts in product(*_shifts(problem)):
            for size in range(_most_sessions(problem) + 1):
                for classes in some(sessions, size):
                    yield Plan(
                        tuple(booking for booking in tasks if booking is not None),
                        classes,
                        tuple(shift for shift in shifts if shift is not None),
                    )


def best_total(problem: Problem) -> Fraction | None:
    """The least total of a plan that breaks no rule; None if no plan keeps forbidden terms at zero.

    Plans are looked at in the order of their totals, so that the first good one is the best.
    """
    scored = []
    for number, plan in enumerate(all_plans(problem)):
        terms = score(problem, plan)
        if all(term.price is not None or term.amount == 0 for term in terms.terms):
            scored.append((terms.total, number, plan))
    for total, _, plan in sorted(scored, key=lambda entry: entry[:2]):
        if not check(problem, plan).violations:
            return total
    return None


def _choose(number: int, size: int) -> int:
    result = 1
    for step in range(size):
        result = result * (number - step) // (step + 1)
    return result


def _alone(problem: Problem, plan: Plan) -> bool:
    return not any(rule.violations(problem, plan) for rule in ALONE)


def _tasks(problem: Problem) -> list[list[TaskBooking | None]]:
    return [[None, *_of_task(problem, number)] for number in range(len(problem.tasks))]


def _of_task(problem: Problem, number: int) -> Iterator[TaskBooking]:
    everyone = range(len(problem.people))
    lines = problem.tasks[number].crew
    for start in range(problem.horizon):
        for crew in product(*(combinations(everyone, line.people) for line in lines)):
            seats = [(line, person) for line, people in enumerate(crew) for person in people]
            booking = crew_at(problem, number, start, tuple(seats))
            if _alone(problem, Plan(tasks=(booking,))):
                yield booking


def _sessions(problem: Problem) -> list[Session]:
    found = []
    everyone = range(len(problem.people))
    for course, what in enumerate(problem.courses):
        rooms = [None] if what.virtual else range(len(problem.rooms))
        trainers = combinations(everyone, sum(line.people for line in what.trainers))
        places = list(
            product(range(problem.horizon), rooms, trainers, _all_groups(problem, course))
        )
        for start, room, people, groups in places:
            session = Session(course, room, start, start + what.length, people, groups)
            if _alone(problem, Plan(sessions=(session,))):
                found.append(session)
    return found


def _all_groups(problem: Problem, course: int) -> list[tuple[Group, ...]]:
    choices: list[list[Group | None]] = []
    for number, audience in enumerate(problem.audiences):
        groups: list[Group | None] = [None]
        if course in audience.courses and audience.members:
            for size in range(1, len(audience.members) + 1):
                chosen = combinations(audience.members, size)
                groups += [Group(number, size, members) for members in chosen]
        elif course in audience.courses:
            most = min(problem.untrained(number, course), problem.courses[course].largest)
            groups += [Group(number, heads) for heads in range(1, most + 1)]
        choices.append(groups)
    every = (tuple(group for group in groups if group) for groups in product(*choices))
    return [groups for groups in every if groups]


def _twins(problem: Problem) -> bool:
    """Whether two classes may be alike in everything: nothing is needed for them but learners."""
    return any(what.virtual and not what.trainers for what in problem.courses)


def _most_sessions(problem: Problem) -> int:
    """Every session seats somebody, and nobody twice in a course."""
    return sum(
        problem.untrained(number, course)
        for number, audience in enumerate(problem.audiences)
        for course in audience.courses
    )


def _shifts(problem: Problem) -> list[list[Shift | None]]:
    found: list[list[Shift | None]] = []
    for need in problem.shifts:
        options: list[Shift | None] = [None]
        key = (need.support, need.department, need.day, need.start, need.end)
        for size in range(1, need.people + 1):
            for people in combinations(range(len(problem.people)), size):
                shift = Shift(*key, people)
                if _alone(problem, Plan(shifts=(shift,))):
                    options.append(shift)
        found.append(options)
    return found
