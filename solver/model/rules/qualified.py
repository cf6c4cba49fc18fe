"""Whoever fills a seat has the skill throughout, and trainers speak their groups' languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from allocator.plan import Session
from solver.model.model import Literal, Model, SeatVar, TaskVar


def post(model: Model) -> None:
    """Skills that people have are in the masks; this posts those that a class must grant first.

    That holds of free bookings, and of held ones whose people may attend a free class instead of
    the one in which they have earned the skill so far.
    """
    grants = _Grants(model)
    for task in model.tasks.values():
        for seat in task.seats:
            _seat(model, grants, task, seat)
    for group in model.classes:
        course = model.problem.courses[group.course]
        for (line, person), literal in group.trainers.items():
            need = course.trainers[line]
            asked = (person, need.skill, need.level)
            _booking(model, grants, asked, group.start, group.end, literal)
            for audience, heads in group.heads.items():
                if not model.candidates.speaks(person, audience):
                    model.cp.add(heads == 0).only_enforce_if(literal)
    for index, takers in model.shifts.items():
        shift = model.problem.shifts[index]
        support = model.problem.supports[shift.support]
        for person, literal in takers.items():
            asked = (person, support.skill, support.level)
            _booking(model, grants, asked, shift.start, shift.end, literal)
    _held(model, grants)


Asked = tuple[int, int, int]
"""(person, skill, level)."""


class _Grants:
    """When which class grants a person a skill: held ones for sure, free ones if attended."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._classes: defaultdict[int, list[tuple[tuple[int, int], int, Literal]]]
        self._classes = defaultdict(list)
        courses = model.problem.courses
        for session in model.held.sessions:
            for group in session.groups if courses[session.course].grants else ():
                for person in group.members:
                    cell = (group.audience, session.course)
                    self._classes[person].append((cell, session.end, model.true()))
        for free in model.classes:
            for (audience, person), literal in free.members.items():
                if courses[free.course].grants is not None:
                    self._classes[person].append(((audience, free.course), free.end, literal))

    def of(self, asked: Asked) -> Iterator[tuple[int, Literal]]:
        """(slot, literal): from this slot on the person has the skill, if the literal holds."""
        cells = set(self._model.candidates.granting_cells(*asked))
        for cell, slot, literal in self._classes.get(asked[0], ()):
            if cell in cells:
                yield slot, literal

    def by(self, asked: Asked, start: int, end: int) -> list[Literal] | None:
        """Literals of which one holds where the skill is had in [start, end); None: it is had."""
        spans = _covered(self._model, *asked, start, end)
        if spans is None:
            return None
        latest = _latest_grant(spans, start)
        return [literal for slot, literal in self.of(asked) if slot <= latest]


def _held(model: Model, grants: _Grants) -> None:
    """Held work of those who have earned a skill in a class that is free now."""
    problem = model.problem
    free = {
        person
        for audience, course in model.part.needs
        if problem.courses[course].grants is not None
        for person in model.candidates.untrained_members(audience, course)
    }
    if not free:
        return
    for booking in model.held.tasks:
        for seat in booking.crew:
            if seat.person in free:
                need = problem.tasks[booking.task].crew[seat.seat]
                asked = (seat.person, need.skill, need.level)
                _booking(model, grants, asked, seat.start, seat.end, model.true())
    for session in model.held.sessions:
        if free & set(session.trainers):
            _held_trainers(model, grants, session)
    for shift in model.held.shifts:
        support = problem.supports[shift.support]
        for person in free & set(shift.people):
            asked = (person, support.skill, support.level)
            _booking(model, grants, asked, shift.start, shift.end, model.true())


def _held_trainers(model: Model, grants: _Grants, session: Session) -> None:
    """The trainers of a held class can still fill its seats, each a seat."""
    lines = model.problem.courses[session.course].trainers
    seated: list[list[Literal]] = [[] for _ in lines]
    for person in session.trainers:
        own = []
        for number, line in enumerate(lines):
            asked = (person, line.skill, line.level)
            ways = grants.by(asked, session.start, session.end)
            if ways is None or ways:
                fills = model.cp.new_bool_var("")
                model.cp.add_bool_or([model.true()] if ways is None else [*ways, ~fills])
                own.append(fills)
                seated[number].append(fills)
        model.cp.add_exactly_one(own)
    for line, seats in zip(lines, seated, strict=True):
        model.cp.add(sum(seats) <= line.people)


def _covered(
    model: Model, person: int, skill: int, level: int, start: int, end: int
) -> list[tuple[int, int]] | None:
    """None if the person has the skill throughout; else the spans that are covered already."""
    if model.candidates.has_throughout(person, skill, level, start, end):
        return None
    return sorted(model.candidates.mastery(person, skill, level))


def _latest_grant(spans: list[tuple[int, int]], start: int) -> int:
    """A grant by this slot closes the gap: the masteries reach from the start up to here."""
    reached = start
    for opens, closes in spans:
        if opens <= reached:
            reached = max(reached, closes)
    return reached


def _booking(
    model: Model, grants: _Grants, asked: Asked, start: int, end: int, literal: Literal
) -> None:
    ways = grants.by(asked, start, end)
    if ways is not None:
        model.cp.add_bool_or([*ways, ~literal])


def _seat(model: Model, grants: _Grants, task: TaskVar, seat: SeatVar) -> None:
    """Starts are grouped by the latest slot at which a class must have granted the skill."""
    need = model.problem.tasks[task.task].crew[seat.line]
    if not model.candidates.may_earn(seat.person, need.skill, need.level):
        return
    ways = list(grants.of((seat.person, need.skill, need.level)))
    for piece in seat.pieces:
        open_starts = []
        for position in piece.starts:
            start = model.grid.start_slot(int(position))
            end = model.grid.end_slot(int(position) + piece.length)
            spans = _covered(model, seat.person, need.skill, need.level, start, end)
            if spans is None:
                open_starts.append((int(position), model.problem.horizon * 2))
            else:
                open_starts.append((int(position), _latest_grant(spans, start)))
        for slot in sorted({latest for _, latest in open_starts}):
            if slot >= model.problem.horizon * 2:
                continue
            before = [lit for at, lit in ways if at <= slot]
            others = [position for position, latest in open_starts if latest != slot]
            elsewhere = model.cp.new_bool_var("")
            model.within(task.start, others, [elsewhere])
            model.cp.add_bool_or([*before, elsewhere, ~piece.chosen])
