"""Why a task is left open: conditions one after the other, until no start has a whole crew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from allocator.plan import Seat, TaskBooking
from allocator.problem import Task
from allocator.reasons.common.crew import Crew, Options, first_crew, possible_starts
from allocator.reasons.common.people import those_with, too_few
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import working_ends
from allocator.reasons.common.trial import verdict
from allocator.reasons.tasks.bookings import bookings
from allocator.reasons.tasks.facts import facts
from allocator.reasons.tasks.view import Condition, Failure, TaskView
from allocator.wording import since


def reasons(situation: Situation, number: int) -> tuple[str, ...]:
    """One sentence for each line of an open task's crew."""
    task = situation.problem.tasks[number]
    said = in_the_way(situation, number)
    if said is not None:
        return (said,) * len(task.crew)
    lacking = [too_few(situation, line) for line in task.crew]
    if any(lacking):
        return _by_line(lacking)
    return _by_line(_no_start(situation, number))


def in_the_way(situation: Situation, number: int) -> str | None:
    """Why an open task has to stay open whoever does it; None if it is for people to do it."""
    return _refusal(situation, situation.problem.tasks[number]) or _open_before(situation, number)


def open_root(situation: Situation, number: int) -> int:
    """Of an open task, the task at which the chain of open work that it comes after begins."""
    seen: set[int] = set()
    while number not in seen:
        seen.add(number)
        before = [
            link.task
            for link in situation.problem.tasks[number].after
            if situation.is_open(link.task) and situation.problem.known(link) is None
        ]
        if not before:
            break
        number = before[0]
    return number


def _refusal(situation: Situation, task: Task) -> str | None:
    if not task.change or task.department is None:
        return None
    department = situation.problem.departments[task.department]
    if department.green_light is None or department.green_light.status != "refused":
        return None
    return f"{department.id} has refused its green light, and this changes its live system"


def _open_before(situation: Situation, number: int) -> str | None:
    tasks = situation.problem.tasks
    direct = next(
        (
            it.task
            for it in tasks[number].after
            if situation.is_open(it.task) and situation.problem.known(it) is None
        ),
        None,
    )
    if direct is None:
        return None
    root = open_root(situation, direct)
    because = "" if root == direct else f", because {tasks[root].id} is"
    return f"it comes after {tasks[direct].id}, which is left open{because}"


def _by_line(said: list[str | None]) -> tuple[str, ...]:
    """Each line's own sentence; lines without one have that of the first that has."""
    first = next(sentence for sentence in said if sentence is not None)
    return tuple(
        sentence or f"the crew is planned as a whole, and for another seat {first}"
        for sentence in said
    )


def _no_start(situation: Situation, number: int) -> list[str | None]:
    task = situation.problem.tasks[number]
    options = people_by_line(situation, task)
    required: frozenset[int] = frozenset()
    for condition in crew_conditions(situation, number):
        before, options = options, condition.narrow(options)
        required |= condition.required
        alone = [
            line
            for line in range(len(task.crew))
            if not possible_starts(options, task.crew, line).any()
        ]
        if alone:
            return [
                condition.says(Failure(line, before, options)) if line in alone else None
                for line in range(len(task.crew))
            ]
        if first_crew(options, task.crew, required) is None:
            said = condition.says(Failure(None, before, options))
            return [said] * len(task.crew)
    crew = first_crew(options, task.crew, required)
    assert crew is not None
    return [_trial(situation, number, crew)] * len(task.crew)


def crew_conditions(situation: Situation, number: int) -> Iterator[Condition]:
    """What narrows who could do an open task from when, in the order in which it is said."""
    view = TaskView(situation, number)
    return chain(facts(view), bookings(view))


def people_by_line(situation: Situation, task: Task) -> Options:
    """Everyone with each line's skill, and their ends by working time alone."""
    return tuple(
        {
            person: working_ends(
                situation.problem,
                situation.problem.people[person].working,
                line.work,
                splittable=task.splittable,
            )
            for person in those_with(situation, line.skill, line.level)
        }
        for line in task.crew
    )


def _trial(situation: Situation, number: int, crew: Crew) -> str:
    seats = tuple(Seat(line, person, crew.start, end) for line, person, end in crew.seats)
    booking = TaskBooking(number, crew.start, max(seat.end for seat in seats), seats)
    plan = situation.plan
    extended = replace(plan, tasks=(*plan.tasks, booking))
    people = ", ".join(_ids(situation, crew))
    moment = since(situation.problem, extended, "task", len(plan.tasks), crew.start)
    return verdict(situation, extended, f"with {people} on {moment}")


def _ids(situation: Situation, crew: Crew) -> Iterator[str]:
    for _, person, _ in crew.seats:
        yield situation.problem.people[person].id
