"""The whole exact model of a problem, with all its variables fixed to one plan."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import numpy as np
from ortools.sat.python import cp_model

from allocator.plan import Plan, Session, TaskBooking
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.model.compile import Compiled, compile_part
from solver.model.decode import decode
from solver.model.grid import grid_of
from solver.model.model import ClassVar, Model, TaskVar
from solver.model.part import Part, held, whole


def compiled(problem: Problem) -> Compiled:
    """The whole exact model."""
    candidates = Candidates(problem)
    return compile_part(candidates, grid_of(candidates), whole(candidates), Plan())


def compiled_part(problem: Problem, plan: Plan, part: Part) -> Compiled:
    """The exact model of a part, with the rest of a plan held."""
    candidates = Candidates(problem)
    kept = held(candidates, plan, part)
    return compile_part(candidates, grid_of(candidates), part, kept)


def part_total(part: Compiled, plan: Plan) -> Fraction | None:
    """What the model of a part says that a whole plan costs; None if it refuses the plan."""
    kept = part.model.held
    free = Plan(
        tuple(booking for booking in plan.tasks if booking not in kept.tasks),
        tuple(session for session in plan.sessions if session not in kept.sessions),
        tuple(shift for shift in plan.shifts if shift not in kept.shifts),
    )
    if not fix(part.model, free):
        return None
    solver = solved(part.model.cp)
    return None if solver is None else part.total(solver.objective_value)


def solved(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """The solver after an optimal solution, None where there is no solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return solver if status == cp_model.OPTIMAL else None


def met(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """The solver after any solution that it meets soon, None where it meets none."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 1.0
    return solver if solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None


def model_total(problem: Problem, plan: Plan) -> Fraction | None:
    """What the model says that a plan costs; None if the model refuses the plan."""
    whole_model = compiled(problem)
    if not fix(whole_model.model, plan):
        return None
    solver = solved(whole_model.model.cp)
    return None if solver is None else whole_model.total(solver.objective_value)


def fix(model: Model, plan: Plan) -> bool:
    """Fix the variables to a plan; False where something of it has no variable at all."""
    return _fix_tasks(model, plan) and _fix_classes(model, plan) and _fix_shifts(model, plan)


def _fix_tasks(model: Model, plan: Plan) -> bool:
    booked = {booking.task: booking for booking in plan.tasks}
    if len(booked) < len(plan.tasks) or not set(booked) <= set(model.tasks):
        return False
    for index, task in model.tasks.items():
        if index not in booked:
            model.cp.add(task.present == 0)
        elif not _fix_task(model, task, booked[index]):
            return False
    return True


def _fix_task(model: Model, task: TaskVar, booking: TaskBooking) -> bool:
    position = model.grid.start_at_or_after(booking.start)
    if position >= len(model.grid) or model.grid.start_slot(position) != booking.start:
        return False
    model.cp.add(task.present == 1)
    model.cp.add(task.start == position)
    crew = {(seat.seat, seat.person): seat for seat in booking.crew}
    ends = [seat.end for seat in booking.crew]
    if len(crew) < len(booking.crew) or booking.end != max(ends, default=booking.end):
        return False
    for seat in task.seats:
        published = crew.pop((seat.line, seat.person), None)
        model.cp.add(seat.taken == (published is not None))
        if published is not None:
            ends_of = {
                int(start): model.grid.end_slot(int(start) + piece.length)
                for piece in seat.pieces
                for start in piece.starts
            }
            if published.start != booking.start or ends_of.get(position) != published.end:
                return False
    return not crew


def _fix_classes(model: Model, plan: Plan) -> bool:
    variables: defaultdict[tuple[int, int | None, int], list[ClassVar]] = defaultdict(list)
    for group in model.classes:
        variables[group.course, group.room, group.start].append(group)
    matches: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
    for session in plan.sessions:
        options = []
        for group in variables[session.course, session.room, session.start]:
            if _fits(group, session):
                literal = model.cp.new_bool_var("")
                _same(model, group, session, literal)
                matches[id(group)].append(literal)
                options.append(literal)
        if not options:
            return False
        model.cp.add_exactly_one(options)
    for group in model.classes:
        model.cp.add(group.held == sum(matches[id(group)]))
        for literals in (group.trainers, group.members, group.heads):
            for variable in literals.values():
                model.cp.add(variable == 0).only_enforce_if(~group.held)
    return True


def _fits(group: ClassVar, session: Session) -> bool:
    audiences = [published.audience for published in session.groups]
    members = {
        (published.audience, person) for published in session.groups for person in published.members
    }
    return (
        group.end == session.end
        and len(set(audiences)) == len(audiences)
        and len(set(session.trainers)) == len(session.trainers)
        and set(audiences) <= set(group.heads)
        and members <= set(group.members)
        and set(session.trainers) <= {person for _, person in group.trainers}
    )


def _same(model: Model, group: ClassVar, session: Session, literal: cp_model.IntVar) -> None:
    heads = {published.audience: published.heads for published in session.groups}
    members = {
        (published.audience, person) for published in session.groups for person in published.members
    }
    trainers: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (_, person), trains in group.trainers.items():
        trainers[person].append(trains)
    for audience, variable in group.heads.items():
        model.cp.add(variable == heads.get(audience, 0)).only_enforce_if(literal)
    for key, attends in group.members.items():
        model.cp.add(attends == (key in members)).only_enforce_if(literal)
    for person, seats in trainers.items():
        model.cp.add(sum(seats) == (person in session.trainers)).only_enforce_if(literal)


def _fix_shifts(model: Model, plan: Plan) -> bool:
    needs = model.problem.shifts
    numbers = {(need.support, need.department, need.day): n for n, need in enumerate(needs)}
    standing: dict[int, set[int]] = {}
    for shift in plan.shifts:
        number = numbers.get((shift.support, shift.department, shift.day))
        if number is None or number in standing:
            return False
        if (shift.start, shift.end) != (needs[number].start, needs[number].end):
            return False
        standing[number] = set(shift.people)
        if len(standing[number]) < len(shift.people):
            return False
        if not standing[number] <= set(model.shifts[number]):
            return False
    for number, takers in model.shifts.items():
        for person, literal in takers.items():
            model.cp.add(literal == (person in standing.get(number, ())))
    return True


def any_plan(problem: Problem, seed: int) -> Plan | None:
    """A plan that the model accepts, by weights on its decisions drawn at random."""
    return any_of(compiled(problem), seed)


def any_of(compiled: Compiled, seed: int) -> Plan | None:
    """`any_plan` of a model that has been made."""
    model, random = compiled.model, np.random.default_rng(seed)
    decisions = [task.present for task in model.tasks.values()]
    decisions += [seat.taken for task in model.tasks.values() for seat in task.seats]
    decisions += [group.held for group in model.classes]
    decisions += [taker for takers in model.shifts.values() for taker in takers.values()]
    terms = [int(random.integers(-9, seed % 2 * 4)) * literal for literal in decisions]
    terms += [int(random.integers(-2, 3)) * task.start for task in model.tasks.values()]
    terms += [
        int(random.integers(-4, seed % 2 * 3)) * heads
        for group in model.classes
        for heads in group.heads.values()
    ]
    model.cp.clear_objective()
    model.cp.minimize(sum(terms))
    solver = met(model.cp)
    return None if solver is None else decode(model, solver.value)
