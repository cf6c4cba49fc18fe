"""What has passed uses limits up, and breaks none: literals and constraints that tell it apart."""

from __future__ import annotations

from solver.model.model import Expression, Literal, Model, SeatVar, TaskVar


def at_most(
    model: Model, booked: list[Expression], before: int, most: int, added: Expression
) -> None:
    """Post that what is booked and what was before are at most so much, or nothing is `added`."""
    if isinstance(added, int):
        if added > 0:
            model.cp.add(sum(booked) + before <= most)
        return
    nothing = model.cp.new_bool_var("")
    model.cp.add(sum(booked) + before <= most).only_enforce_if(~nothing)
    model.cp.add(added <= 0).only_enforce_if(nothing)


def passed(model: Model, task: TaskVar, seat: SeatVar) -> Literal | None:
    """The literal that a seat's booking ends by now; None if it cannot."""
    key = (task.task, seat.line, seat.person)
    if key not in model.passed:
        model.passed[key] = _made(model, task, seat)
    return model.passed[key]


def _made(model: Model, task: TaskVar, seat: SeatVar) -> Literal | None:
    over: list[int] = []
    others: list[int] = []
    for piece in seat.pieces:
        ends = model.grid.slots[piece.starts + piece.length - 1] + 1
        over += piece.starts[ends <= model.problem.as_of].tolist()
        others += piece.starts[ends > model.problem.as_of].tolist()
    if not over or not others:
        return seat.taken if over else None
    literal = model.cp.new_bool_var("")
    model.cp.add_implication(literal, seat.taken)
    model.within(task.start, over, [literal])
    model.within(task.start, others, [seat.taken, ~literal])
    return literal
