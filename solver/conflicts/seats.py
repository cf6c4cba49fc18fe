"""Groups that find no seat because there cannot be enough of them: one finding for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from allocator.facts.removable import fact
from allocator.facts.wording import ruled_out
from allocator.facts.work import Tree
from allocator.plan import Conflict, OpenWork, Plan
from allocator.problem import Problem
from solver.candidates.candidates import Candidates
from solver.capacity.seats import Seats, short_of_seats


def prove_seats(
    tree: Tree,
    problem: Problem,
    plan: Plan,
    entries: Sequence[OpenWork],
    over: Callable[[], bool],
) -> list[OpenWork]:
    """The entries; those that do not fit beside the seats that a plan gives have the arithmetic.

    It is proved of an entry if what it lacks and what is planned are more than there can be.
    """
    if not any(it.kind == "course" for it in entries):
        return list(entries)
    candidates = Candidates(problem, over)
    planned: defaultdict[tuple[str, int], int] = defaultdict(int)
    for session in plan.sessions:
        for group in session.groups:
            site = candidates.site_of(group.audience)
            planned[problem.courses[session.course].id, site] += group.heads
    audiences = {it.id: number for number, it in enumerate(problem.audiences)}
    short = {(problem.courses[it.course].id, it.site): it for it in short_of_seats(candidates)}
    found = []
    for entry in entries:
        seats = None
        if entry.kind == "course" and not entry.conflicts:
            key = entry.id, candidates.site_of(audiences[str(entry.audience)])
            seats = short.get(key)
            if seats is not None and planned[key] + (entry.heads or 0) > seats.seats:
                conflict = _conflict(tree, problem, seats, planned[key])
                said = ruled_out((conflict,))
                entry = replace(entry, reason=said, explained=True, conflicts=(conflict,))
        found.append(entry)
    return found


def _conflict(tree: Tree, problem: Problem, it: Seats, planned: int) -> Conflict:
    course = problem.courses[it.course].id
    at = next(n for n, entry in enumerate(tree["courses"]) if entry["id"] == course)
    values = {
        "course": course,
        "site": problem.sites[it.site].id,
        "asked": it.asked,
        "number": it.number,
        "classes": it.classes,
        "heads": it.size,
        "seats": it.seats,
        "planned": planned,
        "needed": it.needed,
        "weeks": it.weeks,
    }
    path = "rooms" if it.by == "rooms" else f"courses[{at}].trainers"
    said = fact(path, f"seats_{it.by}", **values)
    return Conflict((said,), minimal=False)
