"""Tasks come `after` others: FS, SS, FF or SF, with a lag on the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from allocator.problem import Link

if TYPE_CHECKING:
    from solver.model.model import Model, TaskVar


def post(model: Model) -> None:
    """What comes after something open is open; what is planned keeps its distance."""
    for index, task in enumerate(model.problem.tasks):
        for link in task.after:
            before, then = model.tasks.get(link.task), model.tasks.get(index)
            known = model.problem.known(link)
            if known is not None:
                if then is not None and link.type in ("FF", "SF"):
                    _not_before(model, link, known, then)
            elif before is not None and then is not None:
                _both_free(model, before, link, then)
            elif then is not None:
                _after_held(model, link, then)
            elif before is not None:
                _before_held(model, before, link, index)


def _both_free(model: Model, before: TaskVar, link: Link, then: TaskVar) -> None:
    model.cp.add_implication(then.present, before.present)
    if not (before.seats and then.seats):
        return  # one of them stays open: its start and end mean nothing
    if link.type == "FS" and link.lag == 0:
        # The first worked slot after an end has the end's own position.
        model.cp.add(then.start >= before.end).only_enforce_if(then.present)
        return
    from_end, to_end = link.type in ("FS", "FF"), link.type in ("FF", "SF")
    first = before.end if from_end else before.start
    last = then.end if to_end else then.start
    table = {
        position: _reach(model, _clock(model, position, from_end) + link.lag, to_end)
        for position in _values(first)
    }
    model.follow(first, table, last, [then.present])


def _after_held(model: Model, link: Link, then: TaskVar) -> None:
    from_end = link.type in ("FS", "FF")
    moment = model.held_end(link.task) if from_end else model.held_start(link.task)
    if moment is None:
        model.cp.add(then.present == 0)
        return
    _not_before(model, link, moment, then)


def _not_before(model: Model, link: Link, moment: int, then: TaskVar) -> None:
    to_end = link.type in ("FF", "SF")
    position = _reach(model, moment + link.lag, to_end)
    model.cp.add((then.end if to_end else then.start) >= position).only_enforce_if(then.present)


def _before_held(model: Model, before: TaskVar, link: Link, index: int) -> None:
    from_end, to_end = link.type in ("FS", "FF"), link.type in ("FF", "SF")
    moment = model.held_end(index) if to_end else model.held_start(index)
    if moment is None or model.problem.tasks[index].finished is not None:
        return
    first = before.end if from_end else before.start
    latest = moment - link.lag
    if from_end:
        position = model.grid.end_at_or_before(latest)
    else:
        position = model.grid.start_at_or_after(latest + 1) - 1
    model.cp.add(before.present == 1)
    model.cp.add(first <= position)


def _values(variable: cp_model.IntVar) -> list[int]:
    bounds = variable.domain.flattened_intervals()
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return [value for low, high in pairs for value in range(low, high + 1)]


def _clock(model: Model, position: int, is_end: bool) -> int:
    """The slot on the clock of a grid position; positions of tasks left open may mean nothing."""
    if is_end:
        return model.grid.end_slot(min(max(position, 1), len(model.grid)))
    return model.grid.start_slot(min(position, len(model.grid) - 1))


def _reach(model: Model, moment: int, is_end: bool) -> int:
    if is_end:
        return model.grid.end_at_or_after(moment)
    return model.grid.start_at_or_after(moment)
