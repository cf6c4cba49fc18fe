"""People notified x weight about published bookings that the plan no longer has."""

from __future__ import annotations

from allocator.frozen import session_finished
from allocator.objectives.change import measure, weight
from allocator.plan import Plan, Session
from solver.model.linear import Linear
from solver.model.model import ClassVar, Literal, Model


def expression(model: Model) -> Linear:
    """All that the held bookings lose, less what free bookings keep as published."""
    total = Linear()
    if model.problem.published is None:
        return total
    published = model.problem.published.plan
    total.constant += measure(model.problem, model.held)
    _seats(model, published, total)
    _sessions(model, published, total)
    _shifts(model, published, total)
    return total


def _seats(model: Model, as_published: Plan, total: Linear) -> None:
    for booking in as_published.tasks:
        if booking.task not in model.tasks:
            continue
        task = model.tasks[booking.task]
        for published in booking.crew:
            ways = []
            position = model.grid.start_at_or_after(published.start)
            for seat in task.seats:
                starts = {int(g) for piece in seat.pieces for g in piece.starts}
                exact = position in starts and model.grid.start_slot(position) == published.start
                if seat.person == published.person and exact:
                    kept = model.cp.new_bool_var("")
                    model.cp.add_implication(kept, seat.taken)
                    model.cp.add(task.start == position).only_enforce_if(kept)
                    ways.append(kept)
            for kept in ways:
                total.add(kept, -weight(model.problem, published.start))


def _sessions(model: Model, published: Plan, total: Linear) -> None:
    for session in published.sessions:
        if session_finished(model.problem, session):
            continue
        ways = [
            _same(model, group, session)
            for group in model.classes
            if (group.course, group.room, group.start)
            == (session.course, session.room, session.start)
            and {g.audience for g in session.groups} <= set(group.heads)
        ]
        if ways:
            model.cp.add_at_most_one(ways)
        people = session.heads + len(session.trainers)
        for kept in ways:
            total.add(kept, -people * weight(model.problem, session.start))


def _same(model: Model, group: ClassVar, session: Session) -> Literal:
    """A literal that can hold only if the class is held with just these trainers and groups."""
    kept = model.cp.new_bool_var("")
    model.cp.add_implication(kept, group.held)
    heads = {published.audience: published.heads for published in session.groups}
    members = {(published.audience, p) for published in session.groups for p in published.members}
    for audience, variable in group.heads.items():
        model.cp.add(variable == heads.get(audience, 0)).only_enforce_if(kept)
    for key, attends in group.members.items():
        model.cp.add_implication(kept, attends if key in members else ~attends)
    for (_, person), literal in group.trainers.items():
        if person not in session.trainers:
            model.cp.add_implication(kept, ~literal)
    for person in session.trainers:
        seats = [literal for (_, who), literal in group.trainers.items() if who == person]
        model.cp.add_bool_or([*seats, ~kept])
    if not members <= set(group.members):
        model.cp.add(kept == 0)
    return kept


def _shifts(model: Model, published: Plan, total: Linear) -> None:
    for number, takers in model.shifts.items():
        need = model.problem.shifts[number]
        key = (need.support, need.department, need.day, need.start)
        for shift in published.shifts:
            if (shift.support, shift.department, shift.day, shift.start) == key:
                for person in set(shift.people) & set(takers):
                    total.add(takers[person], -weight(model.problem, shift.start))
