"""Who: people for tasks whose times are given, by counting how many of each kind go where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ortools.sat.python import cp_model

from allocator.plan import TaskBooking
from allocator.timeline import NEVER
from solver.candidates.candidates import Candidates
from solver.incumbent import Incumbent
from solver.model.run import solver_of
from solver.relaxation.interchangeable import InterchangeablePeople, named

SECONDS = 2.0
"""The count is given up after so long."""


def assigned(
    candidates: Candidates,
    alike: Sequence[InterchangeablePeople],
    incumbent: Incumbent,
    times: Sequence[TaskBooking],
) -> tuple[TaskBooking, ...] | None:
    """The tasks at these very times, with people who are free then; None if none were found.

    Rules beyond skill, working time and one booking at a time are left to the caller.
    """
    starts = {booking.task: booking.start for booking in times}
    tasks = candidates.problem.tasks
    cp = cp_model.CpModel()
    counts: dict[tuple[int, int, int], cp_model.IntVar] = {}
    by_line: defaultdict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    cost = []
    for number, kind in enumerate(alike):
        running: dict[tuple[int, int], cp_model.IntVar] = {}
        ends: dict[tuple[int, int], int] = {}
        for task, line in kind.seats:
            if task not in starts:
                continue
            end = int(candidates.ends(task, line, kind.people[0])[starts[task]])
            if end != NEVER:
                need = tasks[task].crew[line]
                count = cp.new_int_var(0, min(need.people, len(kind.people)), "")
                counts[task, line, number] = running[task, line] = count
                ends[task, line] = end
                by_line[task, line].append(count)
                cost.append(need.work * kind.cents_per_hour * count)
        for moment in sorted({starts[task] for task, _ in running}):
            now = [c for seat, c in running.items() if starts[seat[0]] <= moment < ends[seat]]
            cp.add(sum(now) <= len(kind.people))
    for task in starts:
        for line, need in enumerate(tasks[task].crew):
            cp.add(sum(by_line[task, line]) == need.people)
    cp.minimize(sum(cost))
    solver = solver_of(incumbent, SECONDS)
    status = solver.solve(cp)
    incumbent.spend(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    found = {key: solver.value(count) for key, count in counts.items()}
    return named(candidates, alike, starts, {key: n for key, n in found.items() if n})
