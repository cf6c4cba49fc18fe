"""A task gets its whole crew of different people, or is left open as a whole."""

from __future__ import annotations

from collections import defaultdict

from solver.model.model import Literal, Model, TaskVar


def post(model: Model) -> None:
    """Every line has its number of people where the task is planned, nobody sits twice."""
    for task in model.tasks.values():
        lines: defaultdict[int, list[Literal]] = defaultdict(list)
        people: defaultdict[int, list[Literal]] = defaultdict(list)
        for seat in task.seats:
            lines[seat.line].append(seat.taken)
            people[seat.person].append(seat.taken)
        for number, line in enumerate(model.problem.tasks[task.task].crew):
            model.cp.add(sum(lines[number]) == line.people * task.present)
        for taken in people.values():
            if len(taken) > 1:
                model.cp.add_at_most_one(taken)
        _last_end_is_the_end(model, task)


def _last_end_is_the_end(model: Model, task: TaskVar) -> None:
    """The task's end is at least each seat's by construction; somebody must also reach it."""
    lengths = {piece.length for seat in task.seats for piece in seat.pieces}
    if len(lengths) < 2:
        return
    reached = []
    for seat in task.seats:
        for piece in seat.pieces:
            last = model.cp.new_bool_var("")
            model.cp.add_implication(last, piece.chosen)
            model.cp.add(task.end <= task.start + piece.length).only_enforce_if(last)
            reached.append(last)
    model.cp.add_bool_or([*reached, ~task.present])
