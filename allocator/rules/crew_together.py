"""Rule crew_together: a task has its whole crew from one start, a class all its trainers."""

from __future__ import annotations

from collections import Counter

from allocator.plan import Plan, TaskBooking, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import named

NAME = "crew_together"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """A task is planned once with its whole crew of different people, or left open as a whole.

    All its bookings start at the task's start; the task ends when the last of them ends. A
    finished task has no booking. A session has exactly its course's number of trainers, all
    different people.
    """
    found: list[Violation] = []
    times = Counter(booking.task for booking in plan.tasks)
    for index, booking in enumerate(plan.tasks):
        task = problem.tasks[booking.task]
        faults = _crew_faults(problem, booking)
        if times[booking.task] > 1:
            faults.append(f"{task.id} is planned {times[booking.task]} times.")
        if task.finished is not None:
            faults.append(f"{task.id} is finished and needs no booking.")
        found += [Violation(NAME, fault, (("task", index),)) for fault in faults]
    for index, session in enumerate(plan.sessions):
        course = problem.courses[session.course]
        wanted = sum(line.people for line in course.trainers)
        given = len(session.trainers)
        faults = _repeated(problem, course.id, session.trainers)
        if given != wanted:
            faults.append(f"{course.id} needs {wanted} trainers in a session, but {given} give it.")
        found += [Violation(NAME, fault, (("session", index),)) for fault in faults]
    return found


RULE = Rule(NAME, violations, alone=True, of_parts=False)


def _crew_faults(problem: Problem, booking: TaskBooking) -> list[str]:
    task = problem.tasks[booking.task]
    faults = _repeated(problem, task.id, tuple(seat.person for seat in booking.crew))
    filled = Counter(seat.seat for seat in booking.crew)
    for number, line in enumerate(task.crew):
        if filled[number] != line.people:
            faults.append(
                f"{task.id} needs {line.people} people in seat {number}, but has {filled[number]}."
            )
    faults += [
        f"{task.id} has no seat {number}."
        for number in sorted(filled)
        if not 0 <= number < len(task.crew)
    ]
    for seat in booking.crew:
        if seat.start != booking.start:
            faults.append(
                f"{task.id} starts at {problem.axis.moment(booking.start, task.zone)}, but "
                f"{named(problem.people[seat.person])} starts on it at "
                f"{problem.axis.moment(seat.start, task.zone)}."
            )
    last = max((seat.end for seat in booking.crew), default=booking.start)
    if booking.end != last:
        faults.append(
            f"{task.id} ends at {problem.axis.moment(booking.end, task.zone)}, but the last of its "
            f"crew ends at {problem.axis.moment(last, task.zone)}."
        )
    return faults


def _repeated(problem: Problem, work: str, people: tuple[int, ...]) -> list[str]:
    return [
        f"{named(problem.people[person])} fills {times} seats of {work}."
        for person, times in Counter(people).items()
        if times > 1
    ]
