"""No bound is above the optimum: not the quick ones, nor relaxed parts, nor shares of hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given
from hypothesis.strategies import booleans, sampled_from

from allocator.plan import Plan
from allocator.problem import Problem, Wish
from allocator.terms import TERMS
from solver.bounds.class_prices import class_prices
from solver.bounds.energy import energy_bound
from solver.bounds.quick import PRICED, quick_bounds
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.makespan.feasible_sets.column_generation import Packing
from solver.model.compile import compile_part
from solver.model.decode import decode
from solver.model.grid import grid_of
from solver.model.linear import Linear
from solver.model.model import Model
from solver.model.part import Part, whole
from solver.relaxation.interchangeable import interchangeable_people
from solver.relaxation.shapes import Shapes
from solver.relaxation.staffing import Staffing
from solver.relaxation.start_times import compile_start_times
from solver.settings import Settings
from tests.agreement.fixing import compiled, solved
from tests.agreement.settings import EXAMPLES
from tests.agreement.test_agreement import rollouts


def optimum(problem: Problem) -> Fraction | None:
    """The optimum of the whole exact model, which brute force bears out; None if there is none."""
    model = compiled(problem)
    solver = solved(model.model.cp)
    return None if solver is None else model.total(solver.objective_value)


def relaxed(
    problem: Problem, part: Part, more: Callable[[Model], Linear] | None = None
) -> Fraction:
    """The bound that a relaxed part adds to those of the other parts."""
    candidates, grid = Candidates(problem), grid_of(Candidates(problem))
    model = compile_part(candidates, grid, part, Plan(), terms=PRICED, relaxed=True, more=more)
    solver = solved(model.model.cp)
    assert solver is not None
    return model.total(solver.objective_value)


def where_nobody_wants_to_be(problem: Problem) -> Problem:
    """The same with tasks pinned to the times of an optimal plan, and wishes against all days."""
    model = compiled(problem)
    solver = solved(model.model.cp)
    assume(solver is not None)
    starts = {b.task: b.start for b in decode(model.model, solver.value).tasks}
    return replace(
        problem,
        tasks=tuple(
            replace(task, pin_start=starts.get(index, task.pin_start))
            for index, task in enumerate(problem.tasks)
        ),
        people=tuple(
            replace(person, wishes=(Wish(0, problem.horizon, index + 1),))
            for index, person in enumerate(problem.people)
        ),
    )


@EXAMPLES
@given(rollouts())
def test_the_quick_bounds_are_not_above_the_optimum(problem: Problem) -> None:
    best = optimum(problem)
    assume(best is not None)
    assert quick_bounds(Candidates(problem)).total <= best


def in_a_hurry(problem: Problem, open_work: int | None) -> Problem:
    """The same where only the finish counts, and open work at a price or not at all."""
    prices = {
        "open_work": None if open_work is None else Fraction(open_work),
        "finish": Fraction(1),
    }
    goals = replace(problem.goals, prices=tuple(prices.get(t, Fraction(0)) for t in TERMS))
    return replace(problem, goals=goals)


@EXAMPLES
@given(rollouts(), sampled_from([None, 0, 2, 50]))
def test_the_earliest_finish_is_not_above_the_optimum(
    problem: Problem, open_work: int | None
) -> None:
    problem = in_a_hurry(problem, open_work)
    best = optimum(problem)
    assume(best is not None)
    assert quick_bounds(Candidates(problem)).total <= best


@EXAMPLES
@given(rollouts())
def test_the_finish_by_packs_is_not_above_the_optimum(problem: Problem) -> None:
    problem = in_a_hurry(problem, None)
    best = optimum(problem)
    assume(best is not None)
    candidates = Candidates(problem)
    shapes = Shapes(candidates, grid_of(candidates))
    incumbent = Incumbent(problem, Settings(seconds=60), None, None)
    slot = Packing(shapes, incumbent).earliest_finish(5.0)
    assert Fraction(slot, problem.axis.slots_per_hour) <= best


@EXAMPLES
@given(rollouts(), sampled_from([None, 0, 2, 50]), booleans())
def test_times_against_pools_are_not_above_the_optimum(
    problem: Problem, open_work: int | None, counted: bool
) -> None:
    problem = in_a_hurry(problem, open_work)
    best = optimum(problem)
    assume(best is not None)
    candidates = Candidates(problem)
    staffing = Staffing(interchangeable_people(candidates)) if counted else None
    when = compile_start_times(Shapes(candidates, grid_of(candidates)), staffing)
    solver = solved(when.compiled.model.cp)
    assert solver is not None
    assert when.compiled.total(solver.objective_value) <= best


@EXAMPLES
@given(rollouts())
def test_the_bound_of_wishes_is_not_above_the_optimum(problem: Problem) -> None:
    problem = where_nobody_wants_to_be(problem)
    best = optimum(problem)
    assume(best is not None)
    assert quick_bounds(Candidates(problem)).total <= best


@EXAMPLES
@given(rollouts())
def test_relaxed_tasks_and_support_with_the_fewest_classes_are_not_above_the_optimum(
    problem: Problem,
) -> None:
    best = optimum(problem)
    assume(best is not None)
    parts = whole(Candidates(problem))
    tasks, shifts = Part(tasks=parts.tasks), Part(shifts=parts.shifts)
    classes = quick_bounds(Candidates(problem)).classes
    assert relaxed(problem, tasks) + relaxed(problem, shifts) + classes <= best


@EXAMPLES
@given(rollouts())
def test_relaxed_tasks_with_the_classes_behind_them_are_not_above_the_optimum(
    problem: Problem,
) -> None:
    best = optimum(problem)
    assume(best is not None)
    tasks = [index for index, task in enumerate(problem.tasks) if task.finished is None]
    placed = relaxed(problem, Part(tasks=frozenset(tasks)), class_prices)
    shifts = relaxed(problem, Part(shifts=whole(Candidates(problem)).shifts))
    assert placed + shifts <= best


@EXAMPLES
@given(rollouts())
def test_shares_of_weekly_hours_are_not_above_the_optimum(problem: Problem) -> None:
    best = optimum(problem)
    assume(best is not None)
    assert (energy_bound(Candidates(problem), 5, tasks=True) or 0) <= best
    without = energy_bound(Candidates(problem), 5, tasks=False) or Fraction(0)
    assert quick_bounds(Candidates(problem)).tasks + without <= best
