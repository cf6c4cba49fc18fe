"""Work of a model as somebody wants it: by whom, on which day, in which room, before what."""

from __future__ import annotations

from allocator.facts.work import Work
from solver.model.model import ClassVar, Literal, Model, TaskVar


def as_wanted(model: Model, work: Work) -> None:
    """Post who, when and where the work is; nothing where it may be anyhow."""
    if work.kind == "task" and (work.person or work.on or work.before):
        task = _task(model, work.id)
        if task is None:
            model.cp.add_bool_or([])
            return
        if work.person:
            taken = [it.taken for it in task.seats if _name(model, it.person) == work.person]
            model.cp.add_bool_or(taken)
        if work.on:
            positions = _positions(model, task, work.on)
            if positions:
                model.within(task.start, positions, [task.present])
            else:
                model.cp.add(task.present == 0)
        other = _task(model, work.before) if work.before else None
        if other is not None:
            model.cp.add(task.end <= other.start).only_enforce_if([task.present, other.present])
    if work.kind == "course" and (work.person or work.on or work.room):
        model.cp.add_bool_or(
            [_so(model, it, work) for it in model.classes if _may(model, it, work)]
        )


def _task(model: Model, id_: str) -> TaskVar | None:
    found = (it for it in model.tasks.values() if model.problem.tasks[it.task].id == id_)
    return next(found, None)


def _name(model: Model, person: int) -> str:
    return model.problem.people[person].id


def _positions(model: Model, task: TaskVar, day: str) -> list[int]:
    """The starts of a task that lie on a day, as positions on the grid."""
    zone = model.problem.tasks[task.task].zone
    starts = {int(it) for seat in task.seats for piece in seat.pieces for it in piece.starts}
    moment = model.problem.axis.moment
    return sorted(it for it in starts if moment(model.grid.start_slot(it), zone).startswith(day))


def _may(model: Model, group: ClassVar, work: Work) -> bool:
    """Whether a class could be the one that is wanted."""
    problem = model.problem
    zone = 0 if group.room is None else problem.rooms[group.room].zone
    room = None if group.room is None else problem.rooms[group.room].id
    return (
        problem.courses[group.course].id == work.id
        and any(problem.audiences[it].id == work.audience for it in group.heads)
        and (not work.room or room == work.room)
        and (not work.on or problem.axis.moment(group.start, zone).startswith(work.on))
        and (not work.person or any(_name(model, who) == work.person for _, who in group.trainers))
    )


def _so(model: Model, group: ClassVar, work: Work) -> Literal:
    """The literal that a class is held so, with heads of the audience in it."""
    literal = model.cp.new_bool_var("")
    problem = model.problem
    heads = next(n for it, n in group.heads.items() if problem.audiences[it].id == work.audience)
    model.cp.add_implication(literal, group.held)
    model.cp.add(heads >= 1).only_enforce_if(literal)
    if work.person:
        gives = [it for (_, who), it in group.trainers.items() if _name(model, who) == work.person]
        model.cp.add_bool_or(gives).only_enforce_if(literal)
    return literal
