"""From the values of a solved model back to a plan, and from a plan to a hint for the model."""

from __future__ import annotations

from collections.abc import Callable

from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking
from solver.model.model import ClassVar, Expression, Model, TaskVar

Value = Callable[[Expression], int]


def decode(model: Model, value: Value) -> Plan:
    """The held bookings and what the solver has decided, in one plan."""
    tasks = [_task(model, task, value) for task in model.tasks.values() if value(task.present)]
    sessions = [_session(group, value) for group in model.classes if value(group.held)]
    shifts = []
    for number, takers in model.shifts.items():
        people = tuple(person for person, literal in takers.items() if value(literal))
        need = model.problem.shifts[number]
        if people:
            key = (need.support, need.department, need.day, need.start, need.end)
            shifts.append(Shift(*key, people))
    return Plan(
        tasks=tuple(sorted((*model.held.tasks, *tasks), key=lambda booking: booking.task)),
        sessions=in_order((*model.held.sessions, *sessions)),
        shifts=tuple(
            sorted(
                (*model.held.shifts, *shifts),
                key=lambda shift: (shift.support, shift.department, shift.day),
            )
        ),
    )


def in_order(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Sessions by course and start, which is how they are numbered."""
    return tuple(
        sorted(
            sessions,
            key=lambda s: (s.course, s.start, -1 if s.room is None else s.room, s.trainers),
        )
    )


def _task(model: Model, task: TaskVar, value: Value) -> TaskBooking:
    start = model.grid.start_slot(value(task.start))
    crew = []
    for seat in task.seats:
        if value(seat.taken):
            end = int(model.candidates.ends(task.task, seat.line, seat.person)[start])
            crew.append(Seat(seat.line, seat.person, start, end))
    crew.sort(key=lambda seat: (seat.seat, seat.person))
    return TaskBooking(task.task, start, max(seat.end for seat in crew), tuple(crew))


def _session(group: ClassVar, value: Value) -> Session:
    groups = []
    for audience, heads in group.heads.items():
        if value(heads):
            people = tuple(
                person
                for (who, person), literal in group.members.items()
                if who == audience and value(literal)
            )
            groups.append(Group(audience, value(heads), people))
    trainers = tuple(p for (_, p), literal in sorted(group.trainers.items()) if value(literal))
    return Session(group.course, group.room, group.start, group.end, trainers, tuple(groups))


def hint(model: Model, plan: Plan) -> None:
    """Tell the solver a plan to start from; what of it the model cannot express is left out."""
    cp = model.cp
    booked = {booking.task: booking for booking in plan.tasks}
    for index, task in model.tasks.items():
        booking = booked.get(index)
        cp.add_hint(task.present, booking is not None)
        if booking is None:
            for seat in task.seats:
                cp.add_hint(seat.taken, False)
            continue
        position = model.grid.start_at_or_after(booking.start)
        cp.add_hint(task.start, position)
        taken = {(seat.seat, seat.person) for seat in booking.crew}
        for seat in task.seats:
            here = (seat.line, seat.person) in taken
            cp.add_hint(seat.taken, here)
            if len(seat.pieces) > 1:
                for piece in seat.pieces:
                    cp.add_hint(piece.chosen, here and position in piece.starts)
    _hint_classes(model, plan)
    for number, takers in model.shifts.items():
        need = model.problem.shifts[number]
        key = (need.support, need.department, need.day)
        standing = {
            person
            for shift in plan.shifts
            if (shift.support, shift.department, shift.day) == key
            for person in shift.people
        }
        for person, literal in takers.items():
            cp.add_hint(literal, person in standing)


def _hint_classes(model: Model, plan: Plan) -> None:
    left = list(plan.sessions)
    for group in model.classes:
        match = next((s for s in left if _matches(group, s)), None)
        if match is not None:
            left.remove(match)
        model.cp.add_hint(group.held, match is not None)
        heads = {g.audience: g.heads for g in match.groups} if match else {}
        members = {p for g in match.groups for p in g.members} if match else set()
        trainers = set(match.trainers) if match else set()
        for audience, variable in group.heads.items():
            model.cp.add_hint(variable, heads.get(audience, 0))
        for (_, person), attends in group.members.items():
            model.cp.add_hint(attends, person in members)
        for (line, person), literal in group.trainers.items():
            first = min(row for row, who in group.trainers if who == person)
            model.cp.add_hint(literal, person in trainers and line == first)


def _matches(group: ClassVar, session: Session) -> bool:
    return (group.course, group.room, group.start) == (
        session.course,
        session.room,
        session.start,
    ) and all(
        published.audience in group.heads
        and set(published.members) <= {p for a, p in group.members if a == published.audience}
        for published in session.groups
    )
