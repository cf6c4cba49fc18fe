"""The same set of people as another task has, or nobody in common with it."""

from __future__ import annotations

from collections import defaultdict

from solver.model.model import Expression, Literal, Model

Crew = dict[int, list[Literal]] | set[int]
"""Who is on a task: literals by person where it is free, people where it is held."""


def post(model: Model) -> None:
    """Whoever is planned on one of two paired tasks is, or is not, among the other's people."""
    for index, task in enumerate(model.problem.tasks):
        for other, same in ((task.same_people_as, True), (task.different_people_from, False)):
            if other is not None and {index, other} & model.tasks.keys():
                _among(model, index, other, same=same)
                _among(model, other, index, same=same)


def _among(model: Model, one: int, other: int, *, same: bool) -> None:
    """Those planned on the one are people of the other, or none of them, if it has any."""
    crew, others = _crew(model, one), _crew(model, other)
    before = model.problem.worked_on.get(other, frozenset())
    enforce = [model.tasks[one].present] if one in model.tasks else []
    if not before and other in model.tasks:
        enforce.append(model.tasks[other].present)
    if not before and not others:
        return
    for person in crew:
        here, there = _count(crew, person), _count(others, person) + (person in before)
        if same:
            model.cp.add(here <= there).only_enforce_if(enforce)
        else:
            model.cp.add(here + there <= 1).only_enforce_if(enforce)


def _crew(model: Model, task: int) -> Crew:
    if task in model.tasks:
        people: defaultdict[int, list[Literal]] = defaultdict(list)
        for seat in model.tasks[task].seats:
            people[seat.person].append(seat.taken)
        return dict(people)
    booked = next((booking for booking in model.held.tasks if booking.task == task), None)
    return set() if booked is None else {seat.person for seat in booked.crew}


def _count(crew: Crew, person: int) -> Expression:
    if isinstance(crew, set):
        return int(person in crew)
    total: Expression = sum(crew.get(person, []))
    return total
