"""Breaches at frozen bookings, counted as bookings come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from allocator.plan import TaskBooking
from allocator.problem import Problem
from solver.ledger.attendance import Attendance, Cell
from solver.ledger.diary import Diary


@dataclass
class Touched:
    """What has changed since somebody last looked: for rules that removal can break."""

    tasks: set[int] = field(default_factory=set)
    cells: set[Cell] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.cells or self.people)


class Faults:
    """Where what must stay stands against a rule, so that other work has to go.

    Classes out of order or before their materials, and vendors' short days; counted anew only
    where something has changed since the last count.
    """

    def __init__(
        self,
        problem: Problem,
        classes: Attendance,
        tasks: Sequence[TaskBooking | None],
        diaries: Sequence[Diary],
    ) -> None:
        self.changed = Touched()
        self._problem = problem
        self._classes = classes
        self._tasks = tasks
        self._diaries = diaries
        self._watched = (0, 0)
        self._cells: set[Cell] = set()
        self._people: set[int] = set()
        self._waiting: defaultdict[int, list[int]] = defaultdict(list)
        """Task -> starts of the classes that wait for its materials."""
        self._counts: dict[tuple[str, int, int], int] = {}
        self._total = 0

    def count(self, sessions: Set[int], supporters: Set[tuple[int, int]]) -> int:
        """How many there are at sessions, and at people on shifts, that must stay."""
        if not sessions and not supporters:
            return 0
        if (len(sessions), len(supporters)) != self._watched:
            self._watch(sessions, supporters)
        changed, self.changed = self.changed, Touched()
        for audience, course in changed.cells:
            for each in (course, *self._classes.after.get((audience, course), ())):
                if (audience, each) in self._cells:
                    early = self._classes.out_of_order(audience, each)
                    self._set("cell", audience, each, len(early))
        for person in changed.people & self._people:
            self._set("person", person, 0, len(self._diaries[person].short_days()))
        for task in changed.tasks & self._waiting.keys():
            booking = self._tasks[task]
            late = [s for s in self._waiting[task] if booking is None or booking.end > s]
            self._set("task", task, 0, len(late))
        return self._total

    def _set(self, kind: str, first: int, second: int, count: int) -> None:
        key = (kind, first, second)
        self._total += count - self._counts.get(key, 0)
        self._counts[key] = count

    def _watch(self, sessions: Set[int], supporters: Set[tuple[int, int]]) -> None:
        """Begin anew with what must stay."""
        self._watched = (len(sessions), len(supporters))
        self._counts.clear()
        self._total = 0
        self._cells.clear()
        self._waiting.clear()
        self._people = {person for _, person in supporters}
        for number in sessions:
            session = self._classes.sessions[number]
            self._people.update(session.trainers)
            self._cells.update((group.audience, session.course) for group in session.groups)
            materials = self._problem.courses[session.course].materials
            if materials is not None and self._problem.tasks[materials].finished is None:
                self._waiting[materials].append(session.start)
        self.changed = Touched(set(self._waiting), set(self._cells), set(self._people))
