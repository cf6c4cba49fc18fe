"""Heads between the smallest and the largest size, a fitting room, all trainers, one seat each."""

from __future__ import annotations

from collections import defaultdict

from solver.model.build import remaining
from solver.model.model import ClassVar, Expression, Literal, Model


def post(model: Model) -> None:
    """Rooms that do not fit were never candidates; the largest size is in the heads."""
    by_place: defaultdict[tuple[int, int], list[ClassVar]] = defaultdict(list)
    for group in model.classes:
        by_place[group.course, group.site].append(group)
        _size(model, group)
        _trainers(model, group)
    for (course, site), groups in by_place.items():
        _smallest(model, course, site, groups)
    _one_seat_each(model)


def _size(model: Model, group: ClassVar) -> None:
    largest = model.problem.courses[group.course].largest
    if group.room is not None:
        largest = min(largest, model.problem.rooms[group.room].seats)
    heads = sum(group.heads.values())
    model.cp.add(heads <= largest * group.held)
    model.cp.add(heads >= group.held)
    for variable in group.heads.values():
        model.cp.add(variable <= largest * group.held)


def _trainers(model: Model, group: ClassVar) -> None:
    for number, line in enumerate(model.problem.courses[group.course].trainers):
        seats = [literal for (row, _), literal in group.trainers.items() if row == number]
        model.cp.add(sum(seats) == line.people * group.held)
    people: defaultdict[int, list[Literal]] = defaultdict(list)
    for (_, person), literal in group.trainers.items():
        people[person].append(literal)
    for literals in people.values():
        if len(literals) > 1:
            model.cp.add_at_most_one(literals)


def _smallest(model: Model, course: int, site: int, groups: list[ClassVar]) -> None:
    """Below the smallest size only as the one class of the course at the site."""
    smallest = model.problem.courses[course].smallest
    if smallest <= 1:
        return
    staying = [
        session.heads
        for session in model.held.sessions
        if session.course == course and model.candidates.site_of(session.groups[0].audience) == site
    ]
    held = [group.held for group in groups]
    if any(heads < smallest for heads in staying):
        model.cp.add(sum(held) == 0)
        return
    alone = model.cp.new_bool_var("") if not staying else None
    if alone is not None:
        model.cp.add(sum(held) <= 1).only_enforce_if(alone)
    for group in groups:
        enforce = [group.held] if alone is None else [group.held, ~alone]
        model.cp.add(sum(group.heads.values()) >= smallest).only_enforce_if(enforce)


def _one_seat_each(model: Model) -> None:
    heads: defaultdict[tuple[int, int], list[Expression]] = defaultdict(list)
    members: defaultdict[tuple[int, int, int], list[Literal]] = defaultdict(list)
    for group in model.classes:
        for audience, variable in group.heads.items():
            heads[audience, group.course].append(variable)
        for (audience, person), literal in group.members.items():
            members[audience, group.course, person].append(literal)
    for (audience, course), variables in heads.items():
        model.cp.add(sum(variables) <= remaining(model, audience, course))
    for literals in members.values():
        if len(literals) > 1:
            model.cp.add_at_most_one(literals)
