"""Bookings of tasks put elsewhere by hand: who could from when, what it costs, what it breaks.

Nothing is solved. Whatever else is booked stays as it is, but for moves that were made before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from allocator.check import Checked, check
from allocator.errors import Fault, InvalidDocument
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_from_tree
from allocator.frozen import FrozenSeat, frozen
from allocator.plan import Seat, TaskBooking, Violation
from allocator.problem import Problem
from allocator.reasons.common.crew import Options
from allocator.reasons.common.people import those_with
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import working_ends
from allocator.reasons.tasks.bookings import bookings
from allocator.reasons.tasks.facts import facts
from allocator.reasons.tasks.view import TaskView
from allocator.reasons.tasks.why import in_the_way
from allocator.timeline import NEVER, BoolArray, IntArray
from service.edits.base import Tree
from service.plans.timeline.clock import WallClock
from service.store.errors import NotFound

Obstacle = Literal["skill", "time", "work", "frozen"]
"""Why somebody could not: without the skill; not there for it, or out of its days; other work;
Another start or person is published, and that is frozen."""


@dataclass(frozen=True, slots=True)
class Move:
    """A task of a plan put to another start, to other people, or both."""

    task: str
    start: str | None
    """Local, of the task's site; None: as in the plan."""
    crew: tuple[str, ...]
    """Who does it, in the order of the plan's crew; nobody: as in the plan."""


@dataclass(frozen=True, slots=True)
class Possible:
    """From when somebody could take a place on a task, as far as can be known without trying.

    Outside of `starts` a rule is broken for certain; inside, trying says what it costs.
    """

    person: str
    obstacle: Obstacle | None
    """What leaves no start at all."""
    starts: tuple[tuple[int, int], ...]
    """First and last start of each stretch, in minutes on the wall clock since the first day."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the last of some moves would mean: the difference in the total, and rules it breaks."""

    difference: float | None
    """None if prices cannot tell: a forbidden term is not zero."""
    terms: dict[str, float]
    """The difference of each term's priced total, where there is one."""
    breaks: tuple[Violation, ...]
    starts: str
    ends: str


def possible(
    rollout: Tree, plan: Mapping[str, Any], moves: Sequence[Move], task: str, seat: int
) -> list[Possible]:
    """Who could take a place on a planned task, from when; `seat` counts the places of its crew."""
    moved = _Moved(rollout, plan)
    moved.put([*moves, Move(task, None, ())])
    number, booking = moved.booking(task)
    if not 0 <= seat < len(booking.crew):
        raise NotFound(f"place on task {task!r}", str(seat))
    others = tuple(it for it in booking.crew if it is not booking.crew[seat])
    rest = replace(
        moved.plan, tasks=tuple(it for it in moved.plan.tasks if it.task != booking.task)
    )
    situation = Situation(moved.problem, rest)
    published, zone = WallClock(str(rollout["start"])), moved.problem.tasks[number].zone
    stretches = _Stretches(moved.problem, published, zone)
    line = booking.crew[seat].seat
    need = moved.problem.tasks[number].crew[line]
    have = set(those_with(situation, need.skill, need.level))
    taken = {it.person for it in others}
    ends, obstacles = _ends(situation, number, line, sorted(have - taken), others)
    _keep_frozen(moved.problem, number, booking.crew[seat], ends, obstacles)
    found = []
    for index, person in enumerate(moved.problem.people):
        if index in taken:
            found.append(Possible(person.id, "work", ()))
        elif index not in have:
            found.append(Possible(person.id, "skill", ()))
        else:
            found.append(Possible(person.id, obstacles.get(index), stretches.of(ends[index])))
    return found


def tried(rollout: Tree, plan: Mapping[str, Any], moves: Sequence[Move]) -> Tried:
    """The last of some moves against the plan with all before it."""
    if not moves:
        raise InvalidDocument([Fault("moves", "missing", "A move is needed.")])
    moved = _Moved(rollout, plan)
    moved.put(moves[:-1])
    before = moved.plan
    moved.put(moves[-1:], len(moves) - 1)
    # By the same problem: a pin that the move replaces does not speak against it.
    present, checked = check(moved.problem, before), check(moved.problem, moved.plan)
    known = Counter((it.rule, it.message) for it in present.violations)
    breaks = tuple(it for it in checked.violations if (it.rule, it.message) not in known)
    number, booking = moved.booking(moves[-1].task)
    zone = moved.problem.tasks[number].zone
    starts, ends = (moved.problem.axis.moment(it, zone) for it in (booking.start, booking.end))
    return Tried(_difference(present, checked), _terms(present, checked), breaks, starts, ends)


class _Moved:
    """A problem and a plan with some of its tasks moved; the pins of those tasks are given up."""

    def __init__(self, rollout: Tree, plan: Mapping[str, Any]) -> None:
        self.problem = problem_from_tree(rollout)
        self.plan = plan_from_tree(plan, self.problem)
        self._people = {it.id: at for at, it in enumerate(self.problem.people)}

    def put(self, moves: Sequence[Move], first: int = 0) -> None:
        """Put tasks elsewhere; the faults of all moves at once, the first one being `first`."""
        faults: list[Fault] = []
        for at, move in enumerate(moves, first):
            number, booking = self.booking(move.task)
            self._unpin(number)
            try:
                found = self._put(number, booking, move, f"moves[{at}]")
            except InvalidDocument as error:
                faults += error.faults
                continue
            tasks = tuple(found if it is booking else it for it in self.plan.tasks)
            self.plan = replace(self.plan, tasks=tasks)
        if faults:
            raise InvalidDocument(faults)

    def booking(self, task: str) -> tuple[int, TaskBooking]:
        """The position of a task in the problem, and its booking in the plan."""
        for it in self.plan.tasks:
            if self.problem.tasks[it.task].id == task:
                return it.task, it
        raise NotFound("booking of task", task)

    def _unpin(self, number: int) -> None:
        tasks = list(self.problem.tasks)
        tasks[number] = replace(tasks[number], pin_start=None, pin_people=())
        self.problem = replace(self.problem, tasks=tuple(tasks))

    def _put(self, number: int, booking: TaskBooking, move: Move, path: str) -> TaskBooking:
        task = self.problem.tasks[number]
        start = booking.start if move.start is None else self._slot(number, move.start, path)
        people = [it.person for it in booking.crew]
        if move.crew:
            people = self._crew(move.crew, len(people), path)
        crew = []
        for seat, person in zip(booking.crew, people, strict=True):
            work = task.crew[seat.seat].work
            working = self.problem.people[person].working
            end = working.split_end(start, work) if task.splittable else start + work
            # Who is never there for it is named by the check, whatever end is written down.
            crew.append(Seat(seat.seat, person, start, start + work if end == NEVER else end))
        return replace(booking, start=start, end=max(it.end for it in crew), crew=tuple(crew))

    def _slot(self, number: int, moment: str, path: str) -> int:
        axis, zone = self.problem.axis, self.problem.tasks[number].zone
        try:
            local = datetime.fromisoformat(moment)
            slot, exists = axis.exact_slot(local, zone), axis.exists(local, zone)
        except (ValueError, OverflowError):  # no day or no time of the calendar
            slot, exists = Fraction(-1), True
        if not exists:
            message = f"{moment} does not exist there: clocks go forward."
        elif slot.denominator != 1 or not 0 <= slot < axis.horizon:
            message = f"{moment} is no time of the rollout that falls on a slot."
        else:
            return int(slot)
        raise InvalidDocument([Fault(f"{path}.start", "out_of_range", message)])

    def _crew(self, ids: Sequence[str], places: int, path: str) -> list[int]:
        faults = [
            Fault(f"{path}.crew[{at}]", "unknown_id", f'There is no person "{it}".')
            for at, it in enumerate(ids)
            if it not in self._people
        ]
        if len(ids) != places:
            message = f"{len(ids)} people are named for a crew of {places}."
            faults.append(Fault(f"{path}.crew", "headcount_mismatch", message))
        if faults:
            raise InvalidDocument(faults)
        return [self._people[it] for it in ids]


def _ends(
    situation: Situation, number: int, line: int, people: list[int], others: tuple[Seat, ...]
) -> tuple[dict[int, IntArray], dict[int, Obstacle]]:
    """Ends by start of each of some people on a line, beside the others of the crew.

    Who has no start left is named with what has taken the last one.
    """
    task = situation.problem.tasks[number]
    nobody = np.full(situation.problem.horizon, NEVER, dtype=np.int32)
    obstacles: dict[int, Obstacle] = {}
    if in_the_way(situation, number) is not None:
        return dict.fromkeys(people, nobody), dict.fromkeys(people, "work")
    crew: tuple[dict[int, IntArray], ...] = tuple({} for _ in task.crew)
    places = [(line, it) for it in people] + [(it.seat, it.person) for it in others]
    for at, person in places:
        crew[at][person] = working_ends(
            situation.problem,
            situation.problem.people[person].working,
            task.crew[at].work,
            splittable=task.splittable,
        )
    options: Options = crew
    view = TaskView(situation, number)

    def left(obstacle: Obstacle) -> dict[int, IntArray]:
        together = _together(situation, options, others)
        found = {it: np.where(together, options[line][it], NEVER) for it in people}
        for person, ends in found.items():
            if person not in obstacles and not (ends != NEVER).any():
                obstacles[person] = obstacle
        return found

    for condition in facts(view):
        options = condition.narrow(options)
    left("time")
    for condition in bookings(view):
        options = condition.narrow(options)
    found = left("work")
    followed = _before_followers(situation, number, found, options, others)
    for person, ends in followed.items():
        if person not in obstacles and not (ends != NEVER).any():
            obstacles[person] = "work"
    return followed, obstacles


def _keep_frozen(
    problem: Problem,
    number: int,
    place: Seat,
    ends: dict[int, IntArray],
    obstacles: dict[int, Obstacle],
) -> None:
    """What is published of a task for the next days leaves it no other start or person."""
    published = [it for it in frozen(problem) if isinstance(it, FrozenSeat) and it.task == number]
    own = any((it.seat, it.person) == (place.seat, place.person) for it in published)
    for person, by_start in ends.items():
        for it in published:
            by_start = np.where(np.arange(len(by_start)) == it.start, by_start, NEVER)
        if own and person != place.person:
            by_start = np.full_like(by_start, NEVER)
        ends[person] = by_start
        if person not in obstacles and not (by_start != NEVER).any():
            obstacles[person] = "frozen"


def _together(situation: Situation, options: Options, others: tuple[Seat, ...]) -> BoolArray:
    """Starts at which the rest of the crew can begin."""
    found = np.ones(situation.problem.horizon, dtype=np.bool_)
    for it in others:
        found &= options[it.seat][it.person] != NEVER
    return found


def _before_followers(
    situation: Situation,
    number: int,
    found: Mapping[int, IntArray],
    options: Options,
    others: tuple[Seat, ...],
) -> dict[int, IntArray]:
    """Only starts from which it is done in time for what comes after it in the plan."""
    starts = np.arange(situation.problem.horizon)
    crew_ends = [options[it.seat][it.person] for it in others]
    kept = {}
    for person, ends in found.items():
        last = np.maximum.reduce([ends, *crew_ends])
        allowed = ends != NEVER
        for after, booking in situation.planned.items():
            for link in situation.problem.tasks[after].after:
                if link.task != number:
                    continue
                mine = last if link.type in ("FS", "FF") else starts
                theirs = booking.start if link.type in ("FS", "SS") else booking.end
                allowed &= mine + link.lag <= theirs
        for session in situation.plan.sessions:
            if situation.problem.courses[session.course].materials == number:
                allowed &= last <= session.start
        kept[person] = np.where(allowed, ends, NEVER)
    return kept


class _Stretches:
    """Slots of starts as stretches on the wall clock."""

    def __init__(self, problem: Problem, clock: WallClock, zone: int) -> None:
        self._problem, self._clock, self._zone = problem, clock, zone

    def of(self, ends: IntArray) -> tuple[tuple[int, int], ...]:
        """The stretches in which work can begin."""
        slots = np.flatnonzero(ends != NEVER)
        if not len(slots):
            return ()
        breaks = np.flatnonzero(np.diff(slots) > 1)
        firsts = [slots[0], *slots[breaks + 1]]
        lasts = [*slots[breaks], slots[-1]]
        return tuple(
            (self._minute(int(first)), self._minute(int(last)))
            for first, last in zip(firsts, lasts, strict=True)
        )

    def _minute(self, slot: int) -> int:
        return self._clock.minute(self._problem.axis.moment(slot, self._zone))


def _difference(before: Checked, after: Checked) -> float | None:
    if before.score.forbidden or after.score.forbidden:
        return None
    return round(float(after.score.total - before.score.total), 6)


def _terms(before: Checked, after: Checked) -> dict[str, float]:
    pairs = zip(before.score.terms, after.score.terms, strict=True)
    return {new.term: float(new.total - old.total) for old, new in pairs if new.total != old.total}
