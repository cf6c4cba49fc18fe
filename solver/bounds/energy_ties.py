"""What ties work together in the energy programme: order, pairs of tasks, one seat for a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from solver.bounds.energy_shares import Amount
from solver.candidates.candidates import Candidates
from solver.capacity.programme import Programme


@dataclass(eq=False)
class Tied:
    """Of each task in the programme the share left open, and the shares of people."""

    left: dict[int, int] = field(default_factory=dict)
    people: defaultdict[int, defaultdict[int, list[Amount]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    """Task -> person -> shares of seats."""


def tie(lp: Programme, candidates: Candidates, tied: Tied) -> None:
    """Add the rows that tie tasks together.

    What is frozen is left out: it stays whatever else is planned.
    """
    problem = candidates.problem
    free = [task for task in tied.left if task not in candidates.frozen_seats]
    for task in free:
        what, own = problem.tasks[task], tied.people[task]
        if len(what.crew) > 1:
            for seats in own.values():
                lp.row(seats, high=1.0)
        before = {link.task for link in what.after if problem.known(link) is None}
        for earlier in sorted(before & tied.left.keys()):
            lp.row([(tied.left[task], 1.0), (tied.left[earlier], -1.0)], low=0.0)
        if what.different_people_from is not None:
            _different(lp, candidates, tied, task, what.different_people_from)
        if what.same_people_as is not None:
            _same(lp, candidates, tied, task, what.same_people_as)


def _different(lp: Programme, candidates: Candidates, tied: Tied, task: int, other: int) -> None:
    """Nobody has a share of both that is more than one booking."""
    worked_on = candidates.problem.worked_on
    for one, two in ((task, other), (other, task)):
        for person in worked_on.get(two, ()):
            if one in tied.left and one not in candidates.frozen_seats:
                lp.close(column for column, _ in tied.people[one].get(person, ()))
    if other in tied.left and other not in candidates.frozen_seats:
        for person in tied.people[task].keys() & tied.people[other].keys():
            lp.row([*tied.people[task][person], *tied.people[other][person]], high=1.0)


def _same(lp: Programme, candidates: Candidates, tied: Tied, task: int, other: int) -> None:
    """Whoever has a share of one has it of the other, as far as that is not left open."""
    worked_on = candidates.problem.worked_on
    if task in worked_on or other in worked_on or other not in tied.left:
        return  # who has worked on it counts too: that is left to the search
    if other in candidates.frozen_seats:
        return
    for one, two in ((task, other), (other, task)):
        for person, seats in tied.people[one].items():
            there = [(column, -1.0) for column, _ in tied.people[two].get(person, ())]
            lp.row([*seats, *there, (tied.left[two], -1.0)], high=0.0)
