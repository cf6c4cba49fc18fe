"""Classes behind tasks: what the ends of materials cost, as steps on a model of tasks."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from ortools.sat.python import cp_model

from solver.candidates.candidates import Candidates
from solver.candidates.earliest import Spans
from solver.candidates.steps import Steps
from solver.capacity.materials import class_steps
from solver.model.linear import Linear
from solver.model.model import Model, TaskVar


def class_prices(model: Model, least: Fraction = Fraction(0)) -> Linear:
    """The least price of all classes, by when their materials are ready in a model of all tasks.

    It is never below the `least` that they cost together, which the tables of each may not sum to.
    """
    total = Linear()
    for task, steps in class_steps(model.candidates, model.stop).items():
        if task is None or task not in model.tasks:
            total.constant += steps.prices[0]
        else:
            _rising(model, model.tasks[task], steps, total)
    missing = floor(least - total.constant)
    if missing > 0:
        beyond = model.cp.new_int_var(0, missing, "")
        risen = sum(int(factor) * late for late, factor in total.parts)
        model.cp.add(beyond + risen >= missing)
        total.add(beyond, 1)
    return total


def _rising(model: Model, task: TaskVar, steps: Steps, total: Linear) -> None:
    """Post one literal for each step: the task ends after it, or is left open."""
    total.constant += steps.prices[0]
    last: cp_model.IntVar | None = None
    for slot, before, after in zip(steps.slots, steps.prices, steps.prices[1:], strict=False):
        late = model.cp.new_bool_var("")
        model.cp.add_implication(~late, task.present)
        model.cp.add(task.end <= model.grid.end_at_or_before(slot)).only_enforce_if(~late)
        if last is not None:
            model.cp.add_implication(late, last)
        total.add(late, after - before)
        last = late


def least_class_price(candidates: Candidates, spans: Spans) -> int:
    """The least price of all classes if all materials are ready as soon as they can be."""
    found = 0
    for task, steps in class_steps(candidates).items():
        ready = 0 if task is None else spans.get(task, (0, candidates.problem.horizon))[1]
        found += int(steps.at(ready))
    return found
