"""Rule working_time: bookings lie in the working time of people, rooms and audiences."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.plan import Kind, Plan, Seat, Session, TaskBooking, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.timeline import NEVER, WorkingTime
from allocator.wording import hours, named, span, work_id, work_zone

NAME = "working_time"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Everyone is on duty for what they are booked for, rooms and audiences too.

    Splittable work runs from its start until the person has been on duty for the booked hours; it
    starts and ends on duty. A sitting takes exactly its hours on the clock with everyone on duty
    throughout, but for a pause of at most 60 minutes in a sitting of more than 4 hours.
    """
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        for seat in booking.crew:
            found += _seat(problem, plan, index, booking, seat)
    for index, session in enumerate(plan.sessions):
        length = problem.courses[session.course].length
        if session.end - session.start != length:
            message = (
                f"{_when(problem, plan, 'session', index, session.start, session.end)} takes "
                f"{hours(problem, session.end - session.start)}, not the course's "
                f"{hours(problem, length)}."
            )
            found.append(Violation(NAME, message, (("session", index),)))
        everyone = _session_working(problem, session)
        found += _absent(problem, plan, "session", index, session.start, session.end, everyone)
    for index, shift in enumerate(plan.shifts):
        people = (problem.people[person] for person in shift.people)
        supporters = ((named(person), person.working) for person in people)
        found += _absent(problem, plan, "shift", index, shift.start, shift.end, supporters)
    return found


RULE = Rule(NAME, violations, alone=True)


def _seat(
    problem: Problem, plan: Plan, index: int, booking: TaskBooking, seat: Seat
) -> list[Violation]:
    task = problem.tasks[booking.task]
    if not 0 <= seat.seat < len(task.crew):
        return []
    person = problem.people[seat.person]
    work = task.crew[seat.seat].work
    if task.splittable:
        end = person.working.split_end(seat.start, work)
        if end == NEVER:
            moment = problem.axis.moment(seat.start, task.zone)
            message = (
                f"{named(person)} cannot begin {hours(problem, work)} of {task.id} at {moment}: "
                f"not on duty then, or not for long enough before the rollout ends."
            )
            return [Violation(NAME, message, (("task", index),))]
        if end != seat.end:
            message = (
                f"{named(person)} is booked on {task.id} from "
                f"{span(problem, seat.start, seat.end, task.zone)}, but {hours(problem, work)} "
                f"on duty end at {problem.axis.moment(end, task.zone)}."
            )
            return [Violation(NAME, message, (("task", index),))]
        return []
    found: list[Violation] = []
    if seat.end - seat.start != work:
        message = (
            f"{named(person)} is booked on {task.id} for {hours(problem, seat.end - seat.start)}, "
            f"not for its {hours(problem, work)}."
        )
        found.append(Violation(NAME, message, (("task", index),)))
    who = ((named(person), person.working),)
    return found + _absent(problem, plan, "task", index, seat.start, seat.end, iter(who))


def _session_working(problem: Problem, session: Session) -> Iterator[tuple[str, WorkingTime]]:
    if session.room is not None:
        yield named(problem.rooms[session.room]), problem.rooms[session.room].working
    for person in session.trainers:
        yield named(problem.people[person]), problem.people[person].working
    for group in session.groups:
        audience = problem.audiences[group.audience]
        yield named(audience), audience.working
        for person in group.members:
            yield named(problem.people[person]), problem.people[person].working


def _absent(
    problem: Problem,
    plan: Plan,
    kind: Kind,
    index: int,
    start: int,
    end: int,
    everyone: Iterator[tuple[str, WorkingTime]],
) -> list[Violation]:
    return [
        Violation(
            NAME,
            f"{who} is not on duty throughout {_when(problem, plan, kind, index, start, end)}.",
            ((kind, index),),
        )
        for who, working in everyone
        if not working.can_sit(start, end, problem.axis.slots_per_hour)
    ]


def _when(problem: Problem, plan: Plan, kind: Kind, index: int, start: int, end: int) -> str:
    zone = work_zone(problem, plan, kind, index)
    return f"{work_id(problem, plan, kind, index)} from {span(problem, start, end, zone)}"
