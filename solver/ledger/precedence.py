"""Which tasks come after which: the window that planned neighbours leave a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass

from allocator.plan import TaskBooking
from allocator.problem import Link
from solver.candidates.candidates import Candidates


@dataclass(frozen=True, slots=True)
class Window:
    """Bounds on a task's start and end, all of them inclusive."""

    start_from: int
    start_to: int
    end_from: int
    end_to: int


class Order:
    """The links between tasks, and from tasks to the classes that wait for their materials."""

    def __init__(self, candidates: Candidates) -> None:
        problem = self.problem = candidates.problem
        self.possible = frozenset(candidates.open_tasks)
        self.predecessors: list[tuple[Link, ...]] = [
            tuple(link for link in task.after if problem.known(link) is None)
            for task in problem.tasks
        ]
        """Links to what still has to be planned."""
        self.end_from: list[int] = [
            max(
                (
                    known + link.lag
                    for link in task.after
                    if link.type in ("FF", "SF") and (known := problem.known(link)) is not None
                ),
                default=0,
            )
            for task in problem.tasks
        ]
        """No task may end before this because of what has happened; starts are in the masks."""
        self.successors: list[list[tuple[int, Link]]] = [[] for _ in problem.tasks]
        for index, links in enumerate(self.predecessors):
            for link in links:
                self.successors[link.task].append((index, link))
        self.courses: defaultdict[int, list[int]] = defaultdict(list)
        """Task -> the courses whose materials it makes."""
        for index, course in enumerate(problem.courses):
            if course.materials is not None:
                self.courses[course.materials].append(index)
        self.same: list[list[int]] = [[] for _ in problem.tasks]
        self.different: list[list[int]] = [[] for _ in problem.tasks]
        for index, task in enumerate(problem.tasks):
            for pairs, other in (
                (self.same, task.same_people_as),
                (self.different, task.different_people_from),
            ):
                if other is not None:
                    pairs[index].append(other)
                    pairs[other].append(index)

    def paired(
        self, task: int, planned: list[TaskBooking | None]
    ) -> tuple[frozenset[int] | None, frozenset[int]]:
        """Who alone may be planned on a task (None: anybody), and who must not, for its pairs.

        Where some of these people would have to be on it and others may, nobody may.
        """
        before = self.problem.worked_on
        own, among = before.get(task, frozenset()), None
        seats = sum(line.people for line in self.problem.tasks[task].crew)
        for other in self.same[task]:
            crew = _crew(planned[other])
            everybody = crew | before.get(other, frozenset())
            missing = crew - own
            if not everybody:
                continue
            if missing:
                everybody = missing if len(missing) == seats else frozenset()
            among = everybody if among is None else among & everybody
        never = (_crew(planned[it]) | before.get(it, frozenset()) for it in self.different[task])
        return among, frozenset().union(*never)

    def window(
        self, task: int, planned: list[TaskBooking | None], ahead: bool = False
    ) -> Window | None:
        """What planned neighbours leave a task; None if something before it is open.

        `ahead` of what comes before it: that is then still to be planned, and left out here.
        """
        start_from, end_from = 0, self.end_from[task]
        start_to = end_to = self.problem.horizon
        for link in self.predecessors[task]:
            before = planned[link.task]
            if before is None:
                if ahead:
                    continue
                return None
            if link.type == "FS":
                start_from = max(start_from, before.end + link.lag)
            elif link.type == "SS":
                start_from = max(start_from, before.start + link.lag)
            elif link.type == "FF":
                end_from = max(end_from, before.end + link.lag)
            else:
                end_from = max(end_from, before.start + link.lag)
        for later, link in self.successors[task]:
            after = planned[later]
            if after is None:
                continue
            if link.type == "FS":
                end_to = min(end_to, after.start - link.lag)
            elif link.type == "SS":
                start_to = min(start_to, after.start - link.lag)
            elif link.type == "FF":
                end_to = min(end_to, after.end - link.lag)
            else:
                start_to = min(start_to, after.end - link.lag)
        return Window(start_from, start_to, end_from, end_to)

    def keeps(
        self, task: int, planned: list[TaskBooking | None], waiting: Set[int] = frozenset()
    ) -> bool:
        """Whether a planned task comes after all it must come after.

        Open tasks that are `waiting` for a place do not count against it.
        """
        booking = planned[task]
        if booking is None:
            return True
        for link in self.predecessors[task]:
            before = planned[link.task]
            if before is None:
                if link.task in waiting:
                    continue
                return False
            moment = booking.start if link.type in ("FS", "SS") else booking.end
            earlier = before.end if link.type in ("FS", "FF") else before.start
            if moment < earlier + link.lag:
                return False
        return True


def _crew(booking: TaskBooking | None) -> frozenset[int]:
    return frozenset() if booking is None else frozenset(seat.person for seat in booking.crew)
