"""The same set of people as another task has, or nobody in common with it."""

from __future__ import annotations

from collections import defaultdict

from solver.model.model import Expression, Literal, Model

Crew = dict[int, list[Literal]] | set[int]
"""Who is on a task: literals by person where it is free, people where it is held."""


def post(model: Model) -> None:
    """Pairing binds two planned tasks; an open or a finished one binds nothing."""
    for index, task in enumerate(model.problem.tasks):
        if task.same_people_as is not None:
            _pair(model, index, task.same_people_as, same=True)
        if task.different_people_from is not None:
            _pair(model, index, task.different_people_from, same=False)


def _pair(model: Model, one: int, other: int, *, same: bool) -> None:
    first, second = _crew(model, one), _crew(model, other)
    if first is None or second is None or (isinstance(first, set) and isinstance(second, set)):
        return
    both = [model.tasks[task].present for task in (one, other) if task in model.tasks]
    for person in set(first) | set(second):
        here, there = _count(first, person), _count(second, person)
        if same:
            model.cp.add(here == there).only_enforce_if(both)
        else:
            model.cp.add(here + there <= 1).only_enforce_if(both)


def _crew(model: Model, task: int) -> Crew | None:
    if task in model.tasks:
        people: defaultdict[int, list[Literal]] = defaultdict(list)
        for seat in model.tasks[task].seats:
            people[seat.person].append(seat.taken)
        return dict(people)
    booked = next((booking for booking in model.held.tasks if booking.task == task), None)
    return None if booked is None else {seat.person for seat in booked.crew}


def _count(crew: Crew, person: int) -> Expression:
    if isinstance(crew, set):
        return int(person in crew)
    total: Expression = sum(crew.get(person, []))
    return total
