"""Pins are kept, and so is what is published until the frozen date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.model.model import ClassVar, Model, TaskVar


def post(model: Model) -> None:
    """Pinned starts are in the candidate masks; this puts the pinned people and classes in."""
    for task in model.tasks.values():
        for person in model.problem.tasks[task.task].pin_people:
            taken = [seat.taken for seat in task.seats if seat.person == person]
            model.cp.add(sum(taken) >= task.present)
        for line, person, _ in model.candidates.frozen_seats.get(task.task, ()):
            _keep_seat(model, task, line, person)
    for group in model.classes:
        if group.frozen is not None:
            _keep_class(model, group)
    for shift, people in model.candidates.frozen_supporters.items():
        for person in people if shift in model.shifts else ():
            stands = model.shifts[shift].get(person)
            model.cp.add_bool_or([] if stands is None else [stands])


def _keep_seat(model: Model, task: TaskVar, line: int, person: int) -> None:
    taken = [s.taken for s in task.seats if (s.line, s.person) == (line, person)]
    model.cp.add(sum(taken) == task.present)


def _keep_class(model: Model, group: ClassVar) -> None:
    assert group.frozen is not None
    model.cp.add(group.held == 1)
    kept = any(
        frozen.session == group.frozen and frozen.keep_groups
        for frozen in model.candidates.frozen_sessions
    )
    for published in group.frozen.groups if kept else ():
        model.cp.add(group.heads[published.audience] == published.heads)
