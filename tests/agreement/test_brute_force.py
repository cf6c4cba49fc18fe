"""On tiny rollouts all plans are gone through: the model and the solve find the best of them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal
from allocator.problem import Problem
from solver.bounds.quick import quick_bounds
from solver.candidates.candidates import Candidates
from solver.settings import Settings
from solver.solve import solve
from tests.agreement.enumeration import MOST, best_total, number_of_plans
from tests.agreement.settings import EXAMPLES
from tests.agreement.test_agreement import rollouts
from tests.agreement.test_bounds import optimum

SETTINGS = Settings(seconds=20, workers=1)


@st.composite
def tiny(draw: st.DrawFn) -> Problem:
    """A problem with few enough plans to go through all of them, and more than one."""
    problem = draw(rollouts(tiny=True))
    assume(1 < number_of_plans(problem) <= MOST)
    return problem


@EXAMPLES
@given(tiny())
def test_the_model_finds_the_best_of_all_plans_or_that_there_is_none(problem: Problem) -> None:
    assert optimum(problem) == best_total(problem)


@EXAMPLES
@given(tiny())
def test_a_solve_proves_the_best_of_all_plans_or_that_there_is_none(problem: Problem) -> None:
    best = best_total(problem)
    outcome = solve(problem, SETTINGS)
    match outcome:
        case Optimal():
            assert outcome.score.total == outcome.bound == best
        case Infeasible():
            assert best is None
        case NoPlan():
            # What is frozen cannot all stay, which is said without a proof.
            assert best is None
            assert problem.published is not None
        case Feasible():
            pytest.fail(f"{outcome.score.total} is not proved, the best total is {best}")


@EXAMPLES
@given(tiny())
def test_no_quick_bound_is_above_the_best_of_all_plans(problem: Problem) -> None:
    best = best_total(problem)
    assert best is None or quick_bounds(Candidates(problem)).total <= best
