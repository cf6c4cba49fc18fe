"""The variables of a model: every task seat, class and supporter that the candidates allow."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from allocator.frozen import FrozenSession
from allocator.plan import Session
from allocator.timeline import BoolArray
from solver.model.grid import Grid
from solver.model.model import (
    ClassVar,
    Literal,
    Model,
    Piece,
    SeatVar,
    TaskVar,
    free_at,
    seat_starts,
)
from solver.stopping import until


def add_tasks(model: Model) -> None:
    """Variables of the free tasks."""
    for task in until(model.stop, sorted(model.part.tasks)):
        if model.problem.tasks[task].finished is None:
            model.tasks[task] = _task(model, task, model.grid)


def _task(model: Model, index: int, grid: Grid) -> TaskVar:
    cp, task = model.cp, model.problem.tasks[index]
    allowed = index in model.candidates.plannable
    seats: list[SeatVar] = []
    for line in range(len(task.crew)):
        for person in model.candidates.seat_people(index, line) if allowed else ():
            slots, ends = seat_starts(model, index, line, person)
            if len(slots):
                taken = cp.new_bool_var("")
                starts = grid.starts(slots)
                lengths = grid.ends(ends) - starts
                seats.append(SeatVar(line, person, taken, pieces_of(model, taken, starts, lengths)))
    present = cp.new_bool_var(f"present {task.id}")
    pieces = [piece for seat in seats for piece in seat.pieces]
    positions = sorted({int(g) for piece in pieces for g in piece.starts}) or [0]
    start = cp.new_int_var_from_domain(model.domain(positions), f"start {task.id}")
    reached = {int(g) + piece.length for piece in pieces for g in piece.starts} or {0}
    end = cp.new_int_var(min(reached), max(reached), f"end {task.id}")
    different = {piece.length for piece in pieces}
    for seat in seats:
        for piece in seat.pieces:
            model.within(start, piece.starts, [piece.chosen])
            if len(different) > 1:
                cp.add(end >= start + piece.length).only_enforce_if(piece.chosen)
    if len(different) == 1:
        cp.add(end == start + different.pop())
    return TaskVar(index, present, start, end, tuple(seats))


def pieces_of(
    model: Model, taken: Literal, starts: np.ndarray, lengths: np.ndarray
) -> tuple[Piece, ...]:
    """Starts of one length each, of which one is chosen where the booking is `taken`."""
    values = np.unique(lengths)
    if len(values) == 1:
        return (Piece(int(values[0]), taken, starts),)
    pieces = tuple(
        Piece(int(length), model.cp.new_bool_var(""), starts[lengths == length])
        for length in values
    )
    model.cp.add(sum(piece.chosen for piece in pieces) == taken)
    return pieces


def add_classes(model: Model, starts_of: dict[tuple[int, int], BoolArray] | None = None) -> None:
    """Variables of the classes that the free needs may be met by.

    `starts_of` narrows the starts tried for a (course, site); without it every start counts. A
    relaxed part has no frozen classes: they are for the bound of classes to count.
    """
    takers: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for audience, course in sorted(model.part.needs):
        if remaining(model, audience, course) > 0:
            takers[course, model.candidates.site_of(audience)].append(audience)
    if not model.relaxed:
        _add_published(model)
    for (course, site), audiences in until(model.stop, takers.items()):
        _add_classes_of(model, course, site, audiences, (starts_of or {}).get((course, site)))


def _add_published(model: Model) -> None:
    """Published classes that stay, and those of before now that may."""
    for kept in model.candidates.frozen_sessions:
        if not any(model.candidates.same_place(kept.session, s) for s in model.held.sessions):
            model.classes.append(_published_class(model, kept.session, kept))
    for session in model.candidates.published_sessions:
        needs = {(group.audience, session.course) for group in session.groups}
        end = session.start + model.problem.courses[session.course].length
        if (
            session.start < model.problem.as_of
            and any(need in model.part.needs for need in needs)
            and session not in model.held.sessions
            and (session.room is None or _room_free(model, session.room, session.start, end))
        ):
            model.classes.append(_published_class(model, session, None))


def remaining(model: Model, audience: int, course: int) -> int:
    """Heads of a need that the held sessions do not seat."""
    seated = sum(
        group.heads
        for session in model.held.sessions
        if session.course == course
        for group in session.groups
        if group.audience == audience
    )
    return model.problem.untrained(audience, course) - seated


def _add_classes_of(
    model: Model, course: int, site: int, audiences: list[int], narrowed: BoolArray | None
) -> None:
    problem, candidates = model.problem, model.candidates
    what = problem.courses[course]
    possible = np.zeros(problem.horizon, dtype=np.bool_)
    for audience in audiences:
        possible |= candidates.group_starts(audience, course)
    if narrowed is not None:
        possible &= narrowed
    for start in (int(slot) for slot in np.flatnonzero(possible)):
        attending = [a for a in audiences if candidates.group_starts(a, course)[start]]
        if what.virtual:
            people = {
                person
                for line in range(len(what.trainers))
                for person in candidates.trainers(course, line, None, start)
            }
            heads = sum(remaining(model, audience, course) for audience in attending)
            copies = min(len(people) if what.trainers else heads, heads)
            for number in range(copies):
                _add_class(model, course, site, None, start, attending)
                if number > 0:
                    # Alike but for their number: the first ones are held first.
                    model.cp.add_implication(model.classes[-1].held, model.classes[-2].held)
        else:
            for room in candidates.rooms(course, site):
                if _room_free(model, room, start, start + what.length):
                    _add_class(model, course, site, room, start, attending)


def _room_free(model: Model, room: int, start: int, end: int) -> bool:
    if not model.candidates.sitting(model.problem.rooms[room].working, end - start)[start]:
        return False
    gap, now = model.problem.rooms[room].changeover, model.problem.as_of
    before = gap if start >= now else 0
    return all(
        session.room != room
        or session.end + before <= start
        or session.start >= end + (gap if session.start >= now else 0)
        for session in model.held.sessions
    )


def _add_class(
    model: Model, course: int, site: int, room: int | None, start: int, audiences: list[int]
) -> None:
    cp, candidates, what = model.cp, model.candidates, model.problem.courses[course]
    end = start + what.length
    trainers = {
        (line, person): cp.new_bool_var("")
        for line in range(len(what.trainers))
        for person in candidates.trainers(course, line, room, start)
        if free_at(model, person, start, end)
    }
    members = {
        (audience, person): cp.new_bool_var("")
        for audience in audiences
        for person in candidates.untrained_members(audience, course)
        if not _seated(model, person, course)
        and candidates.sitting(model.problem.people[person].working, what.length)[start]
        and free_at(model, person, start, end)
    }
    room_seats = what.largest if room is None else model.problem.rooms[room].seats
    largest = min(what.largest, room_seats)
    heads = {}
    for audience in audiences:
        most = min(largest, remaining(model, audience, course))
        heads[audience] = cp.new_int_var(0, most, "")
        if model.problem.audiences[audience].members:
            own = [literal for (a, _), literal in members.items() if a == audience]
            cp.add(heads[audience] == sum(own))
    held = cp.new_bool_var("")
    model.classes.append(ClassVar(course, site, room, start, end, held, heads, members, trainers))


def _seated(model: Model, person: int, course: int) -> bool:
    return any(
        person in group.members
        for session in model.held.sessions
        if session.course == course
        for group in session.groups
    )


def _published_class(model: Model, session: Session, kept: FrozenSession | None) -> ClassVar:
    """A published class with its trainers; frozen, its groups stay too if all can come.

    Nobody new comes to a class of before now. Who may no longer be in it gets no seat there: where
    a frozen class cannot stay so, there is no plan.
    """
    cp, candidates = model.cp, model.candidates
    course, what = session.course, model.problem.courses[session.course]
    span = (session.start, session.start + what.length)
    published = {group.audience: group for group in session.groups if group.audience >= 0}
    site = candidates.site_of(next(iter(published)))
    fits = session.room is None or session.room in candidates.rooms(course, site)
    widens = kept is not None and not kept.keep_groups and session.start >= model.problem.as_of
    joining = {a for a, other in model.part.needs if other == course} if widens else set()
    heads, members = {}, {}
    for audience in sorted(joining | set(published)):
        may_come = (
            fits
            and course in model.problem.audiences[audience].courses
            and (kept is not None or (audience, course) in model.part.needs)
            and candidates.site_of(audience) == site
            and candidates.meeting_starts(audience, course)[session.start]
        )
        most = what.largest if widens else published[audience].heads
        most = min(most, remaining(model, audience, course)) if may_come else 0
        heads[audience] = cp.new_int_var(0, max(0, most), "")
        if model.problem.audiences[audience].members:
            for person in candidates.untrained_members(audience, course):
                working = model.problem.people[person].working
                asked = widens or person in published[audience].members
                there = candidates.sitting(working, what.length)[session.start]
                free = not _seated(model, person, course) and free_at(model, person, *span)
                if asked and there and free:
                    members[audience, person] = cp.new_bool_var("")
            own = [literal for (group, _), literal in members.items() if group == audience]
            cp.add(heads[audience] == sum(own))
    trainers = {
        (line, person): cp.new_bool_var("")
        for line in range(len(what.trainers))
        for person in session.trainers
        if candidates.sitting(model.problem.people[person].working, what.length)[session.start]
        and free_at(model, person, *span)
    }
    held = cp.new_bool_var("")
    frozen = None if kept is None else session
    return ClassVar(
        course, site, session.room, *span, held, heads, members, trainers, frozen=frozen
    )


def add_shifts(model: Model) -> None:
    """Variables of the free support shifts: who stands on them."""
    for index in until(model.stop, sorted(model.part.shifts)):
        need = model.problem.shifts[index]
        model.shifts[index] = {
            person: model.cp.new_bool_var("")
            for person in model.candidates.supporters(index)
            if free_at(model, person, need.start, need.end)
        }
