"""Plans drawn at random: by the meaning of the rules alone, or by changing a plan a little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from allocator.check import check
from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import Problem
from allocator.timeline import NEVER
from tests.support.strategies import RANDOM

Work = TaskBooking | Session | Shift
T = TypeVar("T")

EMPTY = Plan()


class PlanDrawing:
    """Draws bookings of one problem from people's working time; no mask of the solver is asked."""

    def __init__(self, random: Random, problem: Problem) -> None:
        self._random = random
        self.problem = problem

    def one_of(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def people(self, count: int) -> tuple[int, ...]:
        """Some different people, fewer where there are not so many."""
        everyone = range(len(self.problem.people))
        return tuple(self._random.sample(everyone, min(count, len(everyone))))

    def start(self, *people: int) -> int:
        """A slot at which one of the people is on duty."""
        duty = sorted({int(s) for p in people for s in self.problem.people[p].working.positions})
        return self.one_of(duty) if duty else 0

    def task(self) -> TaskBooking:
        number = self.number(0, len(self.problem.tasks) - 1)
        task = self.problem.tasks[number]
        seats = [line for line, need in enumerate(task.crew) for _ in range(need.people)]
        people = self.people(len(seats))
        return crew_at(
            self.problem, number, self.start(*people), tuple(zip(seats, people, strict=False))
        )

    def session(self) -> Session:
        problem = self.problem
        audience = self.number(0, len(problem.audiences) - 1)
        course = self.one_of(problem.audiences[audience].courses)
        what = problem.courses[course]
        rooms = [None] if what.virtual else list(range(len(problem.rooms)))
        starts = [int(slot) for slot in problem.audiences[audience].working.positions] or [0]
        start = self.one_of(starts)
        return Session(
            course,
            self.one_of(rooms),
            start,
            start + what.length,
            self.people(sum(line.people for line in what.trainers)),
            tuple(self.group(each, course) for each in self.joining(audience, course)),
        )

    def joining(self, audience: int, course: int) -> list[int]:
        """The audience, and now and then another one."""
        others = [
            number
            for number, group in enumerate(self.problem.audiences)
            if number != audience and course in group.courses
        ]
        return [audience, *(others[:1] if self.number(0, 3) == 3 else [])]

    def group(self, audience: int, course: int) -> Group:
        members = self.problem.audiences[audience].members
        if members:
            chosen = self._random.sample(members, self.number(1, len(members)))
            return Group(audience, len(chosen), tuple(chosen))
        return Group(audience, self.number(1, max(1, self.problem.untrained(audience, course))))

    def shift(self) -> Shift:
        need = self.one_of(self.problem.shifts)
        people = self.people(self.number(1, need.people))
        return Shift(need.support, need.department, need.day, need.start, need.end, people)

    def work(self) -> Work:
        kinds = []
        if self.problem.tasks:
            kinds.append(self.task)
        if any(audience.courses for audience in self.problem.audiences):
            kinds.append(self.session)
        if self.problem.shifts:
            kinds.append(self.shift)
        return self.one_of(kinds)()


def crew_at(
    problem: Problem, number: int, start: int, crew: tuple[tuple[int, int], ...]
) -> TaskBooking:
    """A task from a start, each (line, person) of its crew for as long as the work takes."""
    task = problem.tasks[number]
    seats = []
    for line, person in crew:
        work = task.crew[line].work
        end = problem.people[person].working.split_end(start, work) if task.splittable else NEVER
        seats.append(Seat(line, person, start, start + work if end == NEVER else end))
    return TaskBooking(number, start, max(seat.end for seat in seats), tuple(seats))


def has_work(problem: Problem) -> bool:
    """Whether anything can be booked at all."""
    return bool(problem.tasks or problem.shifts or any(a.courses for a in problem.audiences))


def with_work(plan: Plan, work: Work) -> Plan:
    """A plan with a booking more; of a task or a shift it takes the place of the one there is."""
    match work:
        case TaskBooking():
            others = tuple(booking for booking in plan.tasks if booking.task != work.task)
            return replace(plan, tasks=(*others, work))
        case Session():
            return replace(plan, sessions=(*plan.sessions, work))
        case Shift():
            key = (work.support, work.department, work.day)
            rest = tuple(s for s in plan.shifts if (s.support, s.department, s.day) != key)
            return replace(plan, shifts=(*rest, work))


@st.composite
def plans(draw: st.DrawFn, problem: Problem, base: Plan = EMPTY) -> Plan:
    """A base with a few bookings more; mostly those that break nothing more are taken."""
    if not has_work(problem):
        return base
    it = PlanDrawing(draw(RANDOM), problem)
    plan, careful = base, it.number(0, 4) > 0
    faults = len(check(problem, plan).violations)
    for _ in range(it.number(1, 6)):
        further = with_work(plan, it.work())
        found = len(check(problem, further).violations)
        if not careful or found <= faults:
            plan, faults = further, found
    return plan


@st.composite
def mutants(draw: st.DrawFn, problem: Problem, plan: Plan) -> Plan:
    """A plan with one thing changed: moved, dropped, added, given to somebody else."""
    it = PlanDrawing(draw(RANDOM), problem)
    works: list[Work] = [*plan.tasks, *plan.sessions, *plan.shifts]
    if not works:
        return draw(plans(problem, plan))
    chosen = it.one_of(works)
    rest = Plan(
        tuple(booking for booking in plan.tasks if booking is not chosen),
        tuple(session for session in plan.sessions if session is not chosen),
        tuple(shift for shift in plan.shifts if shift is not chosen),
    )
    kind = it.one_of(("move", "people", "drop", "add", "heads", "room"))
    if kind == "drop":
        return rest
    if kind == "add":
        return with_work(plan, it.work())
    changed = _changed(it, chosen, kind)
    return with_work(rest, changed)


def _changed(it: PlanDrawing, work: Work, kind: str) -> Work:
    match work:
        case TaskBooking():
            seats = [seat.seat for seat in work.crew]
            if kind == "people":
                people = it.people(len(seats))
                return crew_at(
                    it.problem, work.task, work.start, tuple(zip(seats, people, strict=False))
                )
            people = tuple(seat.person for seat in work.crew)
            start = max(0, work.start + it.one_of((-24, -2, -1, 1, 2, 24)))
            return crew_at(it.problem, work.task, start, tuple(zip(seats, people, strict=False)))
        case Session():
            return _changed_session(it, work, kind)
        case Shift():
            return replace(work, people=it.people(max(1, len(work.people) + it.number(-1, 1))))


def _changed_session(it: PlanDrawing, work: Session, kind: str) -> Session:
    if kind == "people":
        return replace(work, trainers=it.people(len(work.trainers)))
    if kind == "room" and work.room is not None:
        return replace(work, room=it.number(0, len(it.problem.rooms) - 1))
    if kind == "heads":
        audiences = it.joining(work.groups[0].audience, work.course)
        return replace(work, groups=tuple(it.group(each, work.course) for each in audiences))
    move = it.one_of((-24, -2, -1, 1, 2, 24))
    return replace(work, start=work.start + move, end=work.end + move)
