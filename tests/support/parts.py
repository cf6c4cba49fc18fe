"""Parts of generated rollouts, decided anew every which way: what a part accepts is checked.

`python -m tests.support.parts S,M 100 120` tries the seeds 100 to 119 of both sizes, beyond those
that the suite tries, and says what the check objected to.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from random import Random

from ortools.sat.python import cp_model

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.plan import Plan
from allocator.problem import Problem
from benchmarks.generate import SIZES, rollout
from benchmarks.rollouts.tightness import tightened
from solver.candidates.candidates import Candidates
from solver.first_plan.build import first_plan
from solver.improvement.large_neighbourhood import SIZES as KINDS
from solver.improvement.large_neighbourhood import Neighbourhoods
from solver.incumbent import Incumbent
from solver.model.compile import compile_part
from solver.model.decode import decode, hint
from solver.model.grid import grid_of
from solver.model.model import Expression, Model
from solver.model.part import Part, held
from solver.settings import Settings

PARTS = 8
"""Parts that are tried of each rollout, one after another on what became of the plan."""

WORK = 0.3
"""Deterministic units for each of them."""


def generated(size: str, seed: int) -> Problem:
    """A rollout of a size, most of them tighter than the generator makes them."""
    tree = rollout(SIZES[size], seed)
    return problem_from_tree(tightened(tree, (0.0, 0.15, 0.4, 0.7)[seed % 4], seed))


def decided_anew(problem: Problem, seed: int, parts: int = PARTS) -> Iterator[tuple[str, Plan]]:
    """(kind of part, plan) for every plan that parts accept, whatever it is worth."""
    random, candidates = Random(seed), Candidates(problem)
    grid, plan = grid_of(candidates), first_plan(candidates, seed)
    yield "first plan", plan
    incumbent = Incumbent(problem, Settings(seconds=600, workers=1, seed=seed), None, None)
    neighbourhoods = Neighbourhoods(candidates, grid, incumbent)
    for _ in range(parts):
        kind = random.choice([*KINDS, "anything", "anything"])
        if kind == "anything":
            part = _anything(candidates, random)
        else:
            part = neighbourhoods.choose(kind, plan, random.randint(2, KINDS[kind]))
        kept = held(candidates, plan, part)
        compiled = compile_part(candidates, grid, part, kept, terms=())
        for found in _accepted(compiled.model, plan, random):
            yield kind, found
            plan = found


def _anything(candidates: Candidates, random: Random) -> Part:
    """A few pieces of work of every kind, whatever they have to do with each other."""
    shifts = range(len(candidates.problem.shifts))

    def some(pieces: list, most: int) -> frozenset:
        return frozenset(random.sample(pieces, min(len(pieces), random.randint(0, most))))

    return Part(
        some(list(candidates.open_tasks), 8),
        some(candidates.needs(), 5),
        some(list(shifts), 15),
    )


def _accepted(model: Model, plan: Plan, random: Random) -> list[Plan]:
    """Plans that a part accepts by weights drawn at random: of little work, of much, of any."""
    least, most = random.choice(((0, 3), (-3, 0), (-3, 3), (-3, 3)))
    model.cp.minimize(sum(random.randint(least, most) * each for each in _decisions(model)))
    hint(model, plan)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = random.randrange(2**31)
    solver.parameters.max_deterministic_time = WORK
    status = solver.solve(model.cp)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return [decode(model, solver.value)] if found else []


def _decisions(model: Model) -> Iterator[Expression]:
    for task in model.tasks.values():
        yield task.present
        yield from (seat.taken for seat in task.seats)
    for group in model.classes:
        yield group.held
        yield from (*group.members.values(), *group.trainers.values(), *group.heads.values())
    for takers in model.shifts.values():
        yield from takers.values()


def main(sizes: str, first: str, beyond: str) -> None:
    """Try parts of rollouts of some sizes and seeds; say what was found."""
    tried: Counter[str] = Counter()
    broken: Counter[tuple[str, str]] = Counter()
    for seed in range(int(first), int(beyond)):
        for size in sizes.split(","):
            problem = generated(size, seed)
            for kind, plan in decided_anew(problem, seed):
                tried[kind] += 1
                violations = check(problem, plan).violations
                broken.update({(kind, violation.rule) for violation in violations})
                for violation in violations[:1]:
                    print(f"{size} {seed} {kind}: {violation.rule}: {violation.message}")
    print(f"{sum(tried.values())} plans {dict(tried)}, broken {dict(broken)}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
