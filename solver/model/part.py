"""Which part of a problem a model decides, and what of a plan is held meanwhile."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.plan import Plan
from solver.candidates.candidates import Candidates


@dataclass(frozen=True, slots=True)
class Part:
    """The free work: tasks, (audience, course) needs and support shifts, each by index."""

    tasks: frozenset[int] = frozenset()
    needs: frozenset[tuple[int, int]] = frozenset()
    shifts: frozenset[int] = frozenset()


def whole(candidates: Candidates) -> Part:
    """Everything that can be planned at all."""
    return Part(
        tasks=frozenset(candidates.open_tasks),
        needs=frozenset(candidates.needs()),
        shifts=frozenset(range(len(candidates.problem.shifts))),
    )


def held(candidates: Candidates, plan: Plan, part: Part) -> Plan:
    """What a plan keeps while the part is decided anew.

    A session is free only if all its groups are, and never if it is frozen.
    """
    shifts = candidates.problem.shifts
    free_shifts = {(shifts[i].support, shifts[i].department, shifts[i].start) for i in part.shifts}
    return Plan(
        tasks=tuple(booking for booking in plan.tasks if booking.task not in part.tasks),
        sessions=tuple(
            session
            for session in plan.sessions
            if candidates.is_frozen(session)
            or any((g.audience, session.course) not in part.needs for g in session.groups)
        ),
        shifts=tuple(
            shift
            for shift in plan.shifts
            if (shift.support, shift.department, shift.start) not in free_shifts
        ),
    )
