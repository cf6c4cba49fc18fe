"""Rule pinned: what a coordinator fixed, and what is published for the next days, stays."""

from __future__ import annotations

from allocator.frozen import FrozenSeat, FrozenSession, FrozenShift, frozen, group_set
from allocator.plan import Plan, Session, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import day, named

NAME = "pinned"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """A planned task keeps its `pin`, and the plan keeps the frozen part of what was published.

    Pinned people are in the crew, others may be too; a pinned or frozen task may be left open as
    a whole.
    """
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        task = problem.tasks[booking.task]
        if task.pin_start is not None and booking.start != task.pin_start:
            message = (
                f"{task.id} starts at {problem.axis.moment(booking.start, task.zone)}, but is "
                f"pinned to {problem.axis.moment(task.pin_start, task.zone)}."
            )
            found.append(Violation(NAME, message, (("task", index),)))
        crew = {seat.person for seat in booking.crew}
        for person in task.pin_people:
            if person not in crew:
                message = (
                    f"{named(problem.people[person])} is pinned to {task.id}, but not in its crew."
                )
                found.append(Violation(NAME, message, (("task", index),)))
    return found + _frozen_part(problem, plan)


RULE = Rule(NAME, violations, of_parts=False)


def _frozen_part(problem: Problem, plan: Plan) -> list[Violation]:
    planned = {booking.task: index for index, booking in enumerate(plan.tasks)}
    seats = {
        FrozenSeat(booking.task, seat.seat, seat.person, seat.start)
        for booking in plan.tasks
        for seat in booking.crew
    }
    sessions: dict[tuple[int, int | None, int], list[Session]] = {}
    for session in plan.sessions:
        key = (session.course, session.room, session.start)
        sessions.setdefault(key, []).append(session)
    supporters = {
        FrozenShift(shift.support, shift.department, shift.day, person)
        for shift in plan.shifts
        for person in shift.people
    }
    found: list[Violation] = []
    for item in frozen(problem):
        match item:
            case FrozenSeat():
                if item.task in planned and item not in seats:
                    message = _seat_message(problem, item)
                    found.append(Violation(NAME, message, (("task", planned[item.task]),)))
            case FrozenSession():
                published = item.session
                same = sessions.get((published.course, published.room, published.start), ())
                if not any(_keeps(session, item) for session in same):
                    found.append(Violation(NAME, _session_message(problem, item)))
            case FrozenShift():
                if item not in supporters:
                    found.append(Violation(NAME, _shift_message(problem, item)))
    return found


def _keeps(session: Session, item: FrozenSession) -> bool:
    published = item.session
    return set(published.trainers) <= set(session.trainers) and (
        not item.keep_groups or group_set(published.groups) == group_set(session.groups)
    )


def _seat_message(problem: Problem, item: FrozenSeat) -> str:
    task = problem.tasks[item.task]
    return (
        f"{named(problem.people[item.person])} was to start on {task.id} at "
        f"{problem.axis.moment(item.start, task.zone)}, which is frozen, but seat {item.seat} of "
        f"{task.id} is planned otherwise."
    )


def _session_message(problem: Problem, item: FrozenSession) -> str:
    published = item.session
    zone = 0 if published.room is None else problem.rooms[published.room].zone
    where = "" if published.room is None else f" in {problem.rooms[published.room].id}"
    trainers = ", ".join(named(problem.people[person]) for person in published.trainers)
    groups = " and the same learners" if item.keep_groups else ""
    moment = problem.axis.moment(published.start, zone)
    return (
        f"{problem.courses[published.course].id}{where} at {moment} with "
        f"{trainers}{groups} was published and is frozen, but is not in the plan."
    )


def _shift_message(problem: Problem, item: FrozenShift) -> str:
    return (
        f"{named(problem.people[item.person])} was to stand on "
        f"{problem.supports[item.support].id} in {problem.departments[item.department].id} on "
        f"{day(problem, item.day)}, which is frozen, but does not."
    )
