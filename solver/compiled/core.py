"""The compiled search of one problem: plans go in and come out, steps are made in between."""

from __future__ import annotations

import random
from collections.abc import Iterator

from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking
from solver.compiled import block as b
from solver.compiled.facts import block_of
from solver.compiled.facts_classes import numbers_of
from solver.compiled.plans import save
from solver.compiled.search import begin, search
from solver.insertion.inserter import Inserter, usual_policy


class Core:
    """A block with the ledger of a search; what it knows of the problem comes from an inserter."""

    def __init__(self, inserter: Inserter, seed: int) -> None:
        self._problem = inserter.problem
        self._candidates = inserter.candidates
        self._numbers = numbers_of(inserter)
        self._courses = [course for course, _ in self._numbers.keys]
        self._cells = [audience for audience, _ in self._numbers.cells]
        self._seats = [person for *_, person in self._numbers.seats]
        scarce = usual_policy(inserter, random.Random(seed)).scarce
        self.block = block_of(inserter, self._numbers, scarce)
        self.block.w[b.RNG] = random.Random(seed).getrandbits(64) | 1

    @property
    def least(self) -> float:
        """Total of the best plan so far."""
        return float(self.block.f[b.LEAST])

    @property
    def total(self) -> float:
        """Total of the plan that the search stands at."""
        return float(self.block.f[b.TOTAL])

    @property
    def steps(self) -> int:
        """Steps made so far."""
        return int(self.block.i[b.STEPS])

    @property
    def inserted(self) -> int:
        """Pieces of work that places have been sought for so far."""
        return int(self.block.i[b.INSERTED])

    @property
    def effort(self) -> int:
        """Effort spent so far: see `EFFORT`."""
        return int(self.block.i[b.EFFORT])

    def load(self, plan: Plan) -> None:
        """Go on from a plan, which is then the best one; raises KeyError if it does not fit."""
        written = self._written(plan)
        first, room = self.block.i[b.PLAN], self.block.i[b.PLAN + 1]
        if len(plan.sessions) > self._numbers.sessions or len(written) > room:
            raise KeyError("the plan has more classes than there is room for")
        self.block.i[first : first + len(written)] = written
        begin(self.block)

    def run(self, effort: int) -> bool:
        """Search until so much effort has been spent; True if a better plan was found."""
        return search(self.block, effort) > 0

    def best(self) -> Plan:
        """The best plan so far."""
        first = self.block.i[b.PLAN]
        length = self.block.i[b.PLAN + 1]
        return self._read(self.block.i[first : first + length].tolist())

    def now(self) -> Plan:
        """The bookings as they stand."""
        kept = self.block.i[self.block.i[b.PLAN] :][: self.block.i[b.PLAN + 1]]
        before = kept.copy()
        save(self.block)
        found = self.best()
        kept[:] = before
        return found

    # As numbers -----------------------------------------------------------------------------

    def _written(self, plan: Plan) -> list[int]:
        """A plan as `plans` writes it."""
        found = [len(plan.tasks)]
        for booking in plan.tasks:
            found += (booking.task, booking.start, booking.end)
            for seat in booking.crew:
                found += (seat.seat, seat.person, seat.end)
        found.append(len(plan.sessions))
        for session in plan.sessions:
            found += self._class(session)
        people: list[list[int]] = [[] for _ in self._problem.shifts]
        numbers = {(s.support, s.department, s.day): n for n, s in enumerate(self._problem.shifts)}
        for shift in plan.shifts:
            people[numbers[shift.support, shift.department, shift.day]] += shift.people
        for who in people:
            found += (len(who), *who)
        return found

    def _class(self, session: Session) -> list[int]:
        numbers, course = self._numbers, session.course
        groups = sorted(session.groups, key=lambda group: group.audience)
        key = numbers.keys[course, self._candidates.site_of(groups[0].audience)]
        found = [key, -1 if session.room is None else session.room, session.start]
        found += [int(self._candidates.is_frozen(session)), len(session.trainers)]
        found += [*session.trainers, len(groups)]
        for group in groups:
            found += (numbers.cells[group.audience, course], group.heads, len(group.members))
            found += [numbers.seats[group.audience, course, it] for it in group.members]
        return found

    def _read(self, numbers: list[int]) -> Plan:
        """A plan from what `plans` has written."""
        reader = iter(numbers)
        tasks = sorted(
            (self._read_task(reader) for _ in range(next(reader))), key=lambda it: it.task
        )
        sessions = [self._read_class(reader) for _ in range(next(reader))]
        sessions.sort(key=lambda it: (it.course, it.start, -1 if it.room is None else it.room))
        shifts = []
        for need in self._problem.shifts:
            who = tuple(sorted(next(reader) for _ in range(next(reader))))
            if who:
                shifts.append(
                    Shift(need.support, need.department, need.day, need.start, need.end, who)
                )
        return Plan(tuple(tasks), tuple(sessions), tuple(shifts))

    def _read_task(self, reader: Iterator[int]) -> TaskBooking:
        task, start, end = next(reader), next(reader), next(reader)
        seats = sum(line.people for line in self._problem.tasks[task].crew)
        crew = []
        for _ in range(seats):
            line, person, own_end = next(reader), next(reader), next(reader)
            crew.append(Seat(line, person, start, own_end))
        return TaskBooking(task, start, end, tuple(crew))

    def _read_class(self, reader: Iterator[int]) -> Session:
        key, room, start, _ = (next(reader) for _ in range(4))
        trainers = tuple(next(reader) for _ in range(next(reader)))
        groups = []
        for _ in range(next(reader)):
            cell, heads = next(reader), next(reader)
            members = tuple(self._seats[next(reader)] for _ in range(next(reader)))
            groups.append(Group(self._cells[cell], heads, members))
        course = self._courses[key]
        end = start + self._problem.courses[course].length
        groups.sort(key=lambda group: group.audience)
        return Session(course, room if room >= 0 else None, start, end, trainers, tuple(groups))
