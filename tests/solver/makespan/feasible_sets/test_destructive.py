"""Destructive bounds: what fits in parts alone takes longer once windows are shaved."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from allocator.problem import Problem
from allocator.terms import TERMS
from solver.bounds.proof import Proof
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.makespan.feasible_sets.column_generation import Packing
from solver.model.grid import grid_of
from solver.relaxation.shapes import Shapes
from solver.settings import Settings
from tests.solver.makespan.feasible_sets.test_column_generation import crew_of
from tests.solver.relaxation.test_makespan_bound import after, around_the_clock, taught
from tests.support.small import booked, plan_of

FINISH = {"open_work": None, "finish": Fraction(1)}


def in_one_piece() -> Problem:
    """Cene opens for 1 h, then come b and c of 3 h, then 2 h of his; a of 3 h is free to run.

    By 6 h b and c need Ana and Bor from 1 to 4. In parts a has the hour before and two
    after. In one piece it runs from 4 to 7, or makes b or c wait, so that all takes 7 h.
    """
    problem = around_the_clock(
        {"ana": "sap", "bor": "sap", "cene": "teach"},
        taught("open", 1),
        crew_of("a", 1, 3),
        crew_of("b", 1, 3, after=after("open")),
        crew_of("c", 1, 3, after=after("open")),
        taught("close", 2, after=after("b", "c")),
    )
    prices = tuple(FINISH.get(term, Fraction(0)) for term in TERMS)
    return replace(problem, goals=replace(problem.goals, prices=prices))


def with_plan(problem: Problem) -> Incumbent:
    """The search with the plan of 7 h."""
    incumbent = Incumbent(problem, Settings(seconds=60, workers=1), None, None)
    bookings = [
        booked(problem, "open", ("cene", 0, 1)),
        booked(problem, "b", ("ana", 1, 4)),
        booked(problem, "c", ("bor", 1, 4)),
        booked(problem, "close", ("cene", 4, 6)),
        booked(problem, "a", ("ana", 4, 7)),
    ]
    assert incumbent.offer(plan_of(*bookings))
    return incumbent


def test_shaving_proves_what_windows_alone_do_not() -> None:
    problem = in_one_piece()
    candidates = Candidates(problem)
    shapes, incumbent = Shapes(candidates, grid_of(candidates)), with_plan(problem)
    packing, proved = Packing(shapes, incumbent), list[int]()
    assert packing.earliest_finish(10.0) == 6
    assert packing.destructive is not None
    packing.destructive.shave(10.0, proved.append)
    assert proved == [7]


def test_the_proof_shaves_until_the_bound_meets_the_plan() -> None:
    problem = in_one_piece()
    candidates, incumbent = Candidates(problem), with_plan(problem)
    proof = Proof(candidates, grid_of(candidates), incumbent)
    proof._prove_packs(10.0)
    assert (incumbent.bound, incumbent.proved) == (6, False)
    proof.prove_shaved(10.0)
    assert (incumbent.bound, incumbent.proved) == (7, True)
