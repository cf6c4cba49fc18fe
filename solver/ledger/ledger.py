"""The book of all bookings: added and taken out one by one, with an account per coupling rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from allocator.plan import Plan, Session, Shift, TaskBooking
from allocator.views.bookings import past_bookings
from allocator.views.mastery import masters
from solver.candidates.candidates import Candidates
from solver.ledger.attendance import Attendance
from solver.ledger.days import Days
from solver.ledger.diary import ANYWHERE, Diary, Entry
from solver.ledger.frozen_violations import Faults, Touched
from solver.ledger.precedence import Order
from solver.ledger.rooms import RoomBook
from solver.ledger.score import FORBIDDEN, Running


class Ledger:
    """A plan under construction. Adding does not ask whether the rules allow it; queries do."""

    def __init__(self, candidates: Candidates) -> None:
        problem = self.problem = candidates.problem
        self.candidates = candidates
        self.zones = [Days(days, problem.horizon) for days in problem.days]
        past = past_bookings(problem)
        self.diaries = [
            Diary(
                problem,
                person,
                candidates.duty(index),
                self.zones[person.zone],
                past.get(index, ()),
                candidates.spells(index),
                candidates.caps(index),
            )
            for index, person in enumerate(problem.people)
        ]
        self.order = Order(candidates)
        self.classes = Attendance(candidates)
        self.rooms = [RoomBook(room.changeover, problem.as_of) for room in problem.rooms]
        self.running = Running(problem, self.diaries)
        self.tasks: list[TaskBooking | None] = [None] * len(problem.tasks)
        self.shifts: list[list[int]] = [[] for _ in problem.shifts]
        self.fixed_sessions: set[int] = set()
        self.fixed_supporters: set[tuple[int, int]] = set()
        self.touched = Touched()
        self._faults = self._no_faults()
        self._next = 0
        self._undo: list[Callable[[], object]] = []

    @cached_property
    def supporters(self) -> tuple[tuple[int, ...], ...]:
        """Shift -> who could stand it at all."""
        return tuple(self.candidates.supporters(shift) for shift in range(len(self.shifts)))

    # Tasks ----------------------------------------------------------------------------------

    def add_task(self, booking: TaskBooking) -> None:
        """Book a task's whole crew."""
        self._count_task(booking, 1)
        self.tasks[booking.task] = booking
        self._undo.append(lambda: self.remove_task(booking.task))

    def remove_task(self, index: int) -> TaskBooking:
        """Leave a planned task open."""
        booking = self.tasks[index]
        if booking is None:
            raise KeyError(index)
        self._count_task(booking, -1)
        self.tasks[index] = None
        self._undo.append(lambda: self.add_task(booking))
        return booking

    def _count_task(self, booking: TaskBooking, sign: int) -> None:
        task = self.problem.tasks[booking.task]
        running = self.running
        self.touched.tasks.add(booking.task)
        self._faults.changed.tasks.add(booking.task)
        site = ANYWHERE if task.site is None else task.site
        for seat in booking.crew:
            entry = Entry(seat.start, seat.end, site, "task", booking.task, "worker")
            self._book(seat.person, entry, sign)
            rate = self.problem.people[seat.person].cents_per_hour
            running.slot_cents[task.project] += sign * task.crew[seat.seat].work * rate
            running.count_seat(booking.task, seat, sign)
        running.open -= sign * running.task_open[booking.task]
        if task.due is not None and booking.end > task.due:
            running.late += sign * (booking.end - task.due) * task.priority
        running.count_end(booking.end, sign)

    # Sessions -------------------------------------------------------------------------------

    def add_session(self, session: Session, number: int | None = None) -> int:
        """Plan a class; returns the number by which the ledger knows it."""
        if number is None:
            number = self._next
            self._next += 1
        if len(session.groups) > 1:
            groups = sorted(session.groups, key=lambda group: group.audience)
            session = replace(session, groups=tuple(groups))
        known = number
        self.classes.add(known, session)
        self._count_session(known, session, 1)
        self._undo.append(lambda: self.remove_session(known))
        return known

    def remove_session(self, number: int) -> Session:
        """Take a class out."""
        session = self.classes.remove(number)
        self._count_session(number, session, -1)
        self._undo.append(lambda: self.add_session(session, number))
        return session

    def _count_session(self, number: int, session: Session, sign: int) -> None:
        course = self.problem.courses[session.course]
        running = self.running
        rate = 0
        site = ANYWHERE
        if session.room is not None:
            room = self.problem.rooms[session.room]
            site, rate = room.site, room.cents_per_hour
            book = self.rooms[session.room]
            if sign > 0:
                book.add(number, session.start, session.end)
            else:
                book.remove(number)
        span = (session.start, session.end)
        for person in session.trainers:
            self._book(person, Entry(*span, site, "session", number, "trainer"), sign)
            rate += self.problem.people[person].cents_per_hour
        for group in session.groups:
            self.touched.cells.add((group.audience, session.course))
            self._faults.changed.cells.add((group.audience, session.course))
            for person in group.members:
                self._book(person, Entry(*span, site, "session", number, "learner"), sign)
        running.slot_cents[course.project] += sign * course.length * rate
        running.open -= sign * session.heads * running.head_open(session.course)
        running.count_end(session.end, sign)
        running.count_session(session, sign)

    # Support --------------------------------------------------------------------------------

    def add_supporter(self, shift: int, person: int) -> None:
        """Put a person on a support shift."""
        self._count_supporter(shift, person, 1)
        self.shifts[shift].append(person)
        self._undo.append(lambda: self.remove_supporter(shift, person))

    def remove_supporter(self, shift: int, person: int) -> None:
        """Take a person off a support shift."""
        self._count_supporter(shift, person, -1)
        self.shifts[shift].remove(person)
        self._undo.append(lambda: self.add_supporter(shift, person))

    def _count_supporter(self, shift: int, person: int, sign: int) -> None:
        need = self.problem.shifts[shift]
        running = self.running
        site = self.problem.departments[need.department].site
        self._book(person, Entry(need.start, need.end, site, "shift", shift, "worker"), sign)
        project = self.problem.supports[need.support].project
        rate = self.problem.people[person].cents_per_hour
        running.slot_cents[project] += sign * (need.end - need.start) * rate
        running.open -= sign * running.supporter_open(shift)
        running.count_end(need.end, sign)
        running.change -= sign * running.published_supporter(shift, person)

    def _book(self, person: int, entry: Entry, sign: int) -> None:
        diary = self.diaries[person]
        if sign > 0:
            diary.add(entry)
        else:
            diary.remove(entry)
        self.touched.people.add(person)
        self._faults.changed.people.add(person)
        self.running.person_changed(person)

    # Questions ------------------------------------------------------------------------------

    def masters(self, person: int, skill: int, level: int, start: int, end: int) -> bool:
        """Whether a person has a skill throughout, classes planned so far counting."""
        return masters(self.problem, self.classes.earned, person, skill, level, start, end)

    @property
    def total(self) -> float:
        """All terms at their prices, forbidden ones and faults far above the others."""
        return self.running.total() + FORBIDDEN * self.faults()

    def faults(self) -> int:
        """Breaches at frozen bookings, so that other work must go."""
        return self._faults.count(self.fixed_sessions, self.fixed_supporters)

    def _no_faults(self) -> Faults:
        return Faults(self.problem, self.classes, self.tasks, self.diaries)

    # Whole plans ----------------------------------------------------------------------------

    def mark(self) -> int:
        """A point to which `rollback` can return."""
        return len(self._undo)

    def rollback(self, mark: int) -> None:
        """Take back everything since a mark, last first."""
        steps = self._undo[mark:]
        del self._undo[mark:]
        for step in reversed(steps):
            step()
        del self._undo[mark:]

    def commit(self) -> None:
        """Forget how to go back."""
        self._undo.clear()

    def plan(self) -> Plan:
        """The bookings as a plan, in a fixed order."""
        sessions = sorted(
            self.classes.sessions.values(),
            key=_place_in_plan,
        )
        shifts = [
            Shift(need.support, need.department, need.day, need.start, need.end, tuple(sorted(who)))
            for need, who in zip(self.problem.shifts, self.shifts, strict=True)
            if who
        ]
        tasks = tuple(booking for booking in self.tasks if booking is not None)
        return Plan(tasks, tuple(sessions), tuple(shifts))

    def load(self, plan: Plan) -> None:
        """Replace everything by the bookings of a plan."""
        self.clear()
        for booking in plan.tasks:
            self.add_task(booking)
        for session in plan.sessions:
            number = self.add_session(session)
            if self.candidates.is_frozen(session):
                self.fixed_sessions.add(number)
        numbers = {(s.support, s.department, s.day): i for i, s in enumerate(self.problem.shifts)}
        for shift in plan.shifts:
            number = numbers[shift.support, shift.department, shift.day]
            for person in shift.people:
                self.add_supporter(number, person)
        for number, people in self.candidates.frozen_supporters.items():
            self.fixed_supporters.update((number, person) for person in people)
        self.commit()

    def clear(self) -> None:
        """Take everything out."""
        for index, booking in enumerate(self.tasks):
            if booking is not None:
                self.remove_task(index)
        for number in list(self.classes.sessions):
            self.remove_session(number)
        for shift, people in enumerate(self.shifts):
            for person in list(people):
                self.remove_supporter(shift, person)
        self.fixed_sessions.clear()
        self.fixed_supporters.clear()
        self._faults = self._no_faults()
        self.commit()


def _place_in_plan(session: Session) -> tuple[int, int, int, tuple[int, ...], tuple[int, ...]]:
    room = -1 if session.room is None else session.room
    audiences = tuple(group.audience for group in session.groups)
    return session.course, session.start, room, session.trainers, audiences
