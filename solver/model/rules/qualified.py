"""Whoever fills a seat has the skill throughout, and trainers speak their groups' languages."""

from __future__ import annotations

from collections.abc import Iterator

from solver.model.model import Literal, Model, SeatVar, TaskVar


def post(model: Model) -> None:
    """Skills that people have are in the masks; this posts those that a class must grant first."""
    for task in model.tasks.values():
        for seat in task.seats:
            _seat(model, task, seat)
    for group in model.classes:
        course = model.problem.courses[group.course]
        for (line, person), literal in group.trainers.items():
            need = course.trainers[line]
            _booking(model, person, need.skill, need.level, group.start, group.end, literal)
            for audience, heads in group.heads.items():
                if not model.candidates.speaks(person, audience):
                    model.cp.add(heads == 0).only_enforce_if(literal)
    for index, takers in model.shifts.items():
        shift = model.problem.shifts[index]
        support = model.problem.supports[shift.support]
        for person, literal in takers.items():
            _booking(model, person, support.skill, support.level, shift.start, shift.end, literal)


def granted(model: Model, person: int, skill: int, level: int) -> Iterator[tuple[int, Literal]]:
    """(slot, literal): from this slot on the person has the skill, if the literal holds."""
    cells = set(model.candidates.granting_cells(person, skill, level))
    for session in model.held.sessions:
        for group in session.groups:
            if (group.audience, session.course) in cells and person in group.members:
                yield session.end, model.true()
    for free in model.classes:
        for (audience, member), literal in free.members.items():
            if member == person and (audience, free.course) in cells:
                yield free.end, literal


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
    model: Model, person: int, skill: int, level: int, start: int, end: int, literal: Literal
) -> None:
    spans = _covered(model, person, skill, level, start, end)
    if spans is not None:
        latest = _latest_grant(spans, start)
        ways = [lit for slot, lit in granted(model, person, skill, level) if slot <= latest]
        model.cp.add_bool_or([*ways, ~literal])


def _seat(model: Model, task: TaskVar, seat: SeatVar) -> None:
    """Starts are grouped by the latest slot at which a class must have granted the skill."""
    need = model.problem.tasks[task.task].crew[seat.line]
    if not model.candidates.may_earn(seat.person, need.skill, need.level):
        return
    ways = list(granted(model, seat.person, need.skill, need.level))
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
