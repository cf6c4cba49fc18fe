"""The running total of the priced terms, kept up to date with every booking.

Amounts are whole numbers (slots x priority, slots x cents); prices turn them into the total. A
forbidden term counts at a price far above all others, so that search leaves it first, and so does
change beyond its budget.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from allocator.frozen import group_set, session_finished
from allocator.objectives.change import weight
from allocator.plan import Plan, Seat, Session
from allocator.problem import Problem
from allocator.terms import TERMS
from allocator.views.money import cost_by_project
from solver.ledger.diary import Diary

FORBIDDEN = 1e7
"""Stands for the price of one unit of a forbidden term, or of change beyond its budget."""

TOLERATED = 1.1
"""Up to 110 % of the mean of the group is fair."""

SessionKey = tuple[int, int | None, int, frozenset[int], frozenset[tuple[int, int, frozenset[int]]]]


class Prices:
    """The price of one integer unit of each term."""

    def __init__(self, problem: Problem) -> None:
        per_hour = problem.axis.slots_per_hour
        price = dict(zip(TERMS, problem.goals.prices, strict=True))
        unit = {term: FORBIDDEN if each is None else float(each) for term, each in price.items()}
        self.open = unit["open_work"] / per_hour
        """Per slot x priority."""
        self.late = unit["lateness"] / per_hour
        """Per slot x priority."""
        self.change = unit["change"]
        self.cost = unit["cost"] / 100 / per_hour
        """Per slot x cents."""
        self.wish = unit["wishes"]
        self.unfair = unit["unfairness"] / per_hour
        """Per slot."""
        self.finish = unit["finish"] / per_hour
        """Per slot."""


class Running:
    """What the bookings so far amount to."""

    def __init__(self, problem: Problem, diaries: list[Diary]) -> None:
        self.problem = problem
        self.prices = Prices(problem)
        self._diaries = diaries
        self.late = sum(
            max(0, task.finished - task.due) * task.priority
            for task in problem.tasks
            if task.finished is not None and task.due is not None
        )
        self.slot_cents = [
            int(cents * problem.axis.slots_per_hour) for cents in cost_by_project(problem, Plan())
        ]
        """By project, what has been spent already and what is booked."""
        self._spent = tuple(self.slot_cents)
        self.limits = [
            None if project.budget is None else project.budget * problem.axis.slots_per_hour
            for project in problem.projects
        ]
        self._wish_days = [diary.wish_days() for diary in diaries]
        self.wishes = sum(self._wish_days)
        self.ends: Counter[int] = Counter(
            task.finished for task in problem.tasks if task.finished is not None
        )
        self.task_open = [
            0
            if task.finished is not None
            else sum(line.people * line.work for line in task.crew) * task.priority
            for task in problem.tasks
        ]
        """Slots x priority that each task counts while it is left open."""
        self.open = sum(self.task_open)
        for index, group in enumerate(problem.audiences):
            for course in group.courses:
                self.open += problem.untrained(index, course) * self.head_open(course)
        for shift in range(len(problem.shifts)):
            self.open += problem.shifts[shift].people * self.supporter_open(shift)
        self._groups: list[list[int]] = []
        self.group_of = self._group_people()
        self._above = [0.0] * len(self._groups)
        self._loads = [diary.load for diary in diaries]
        self._sums = [sum(self._loads[it] for it in group) for group in self._groups]
        self._stale = set(range(len(self._groups)))
        self.published_seats: dict[int, dict[tuple[int, int], int]] = defaultdict(dict)
        """Task -> (person, start) -> weight of what was published."""
        self.published_sessions: Counter[SessionKey] = Counter()
        self._present: Counter[SessionKey] = Counter()
        self.published_shifts: dict[tuple[int, int], int] = {}
        self.change = self._published()
        self._most_people = problem.goals.most_people

    def head_open(self, course: int) -> int:
        """Slots x priority that one head without a seat in a course counts."""
        what = self.problem.courses[course]
        return what.length * self.problem.projects[what.project].priority

    def supporter_open(self, shift: int) -> int:
        """Slots x priority that one missing supporter counts."""
        need = self.problem.shifts[shift]
        project = self.problem.supports[need.support].project
        return (need.end - need.start) * self.problem.projects[project].priority

    def _group_people(self) -> list[int]:
        """Own staff by their set of skills as written; -1 for vendors' people."""
        numbers: dict[frozenset[int], int] = {}
        found = []
        for index, person in enumerate(self.problem.people):
            if person.vendor is not None:
                found.append(-1)
                continue
            skills = frozenset(mastery.skill for mastery in person.skills)
            group = numbers.setdefault(skills, len(numbers))
            if group == len(self._groups):
                self._groups.append([])
            self._groups[group].append(index)
            found.append(group)
        return found

    def _published(self) -> int:
        """Weight of everything that is published, none of it planned yet."""
        if self.problem.published is None:
            return 0
        total = 0
        published = self.problem.published.plan
        numbers = {(s.support, s.department, s.day): i for i, s in enumerate(self.problem.shifts)}
        for booking in published.tasks:
            if booking.task >= 0 and self.problem.tasks[booking.task].finished is not None:
                continue
            for seat in booking.crew:
                heavy = weight(self.problem, seat.start)
                total += heavy
                if booking.task >= 0:
                    self.published_seats[booking.task][seat.person, seat.start] = heavy
        for session in published.sessions:
            if not session_finished(self.problem, session):
                people = session.heads + len(session.trainers)
                heavy = people * weight(self.problem, session.start)
                total += heavy
                self.published_sessions[session_key(session)] += heavy
        for shift in published.shifts:
            number = numbers.get((shift.support, shift.department, shift.day))
            heavy = weight(self.problem, shift.start)
            for person in shift.people:
                total += heavy
                if number is not None and self.problem.shifts[number].start == shift.start:
                    self.published_shifts[number, person] = heavy
        return total

    # Bookings -------------------------------------------------------------------------------

    def person_changed(self, person: int) -> None:
        """A person's diary has another load than before."""
        group, diary = self.group_of[person], self._diaries[person]
        if group >= 0 and diary.load != self._loads[person]:
            self._sums[group] += diary.load - self._loads[person]
            self._loads[person] = diary.load
            self._stale.add(group)
        if diary.person.wishes:
            days = diary.wish_days()
            self.wishes += days - self._wish_days[person]
            self._wish_days[person] = days

    def count_end(self, end: int, sign: int) -> None:
        """Some work ends here (or no longer does)."""
        self.ends[end] += sign
        if not self.ends[end]:
            del self.ends[end]

    def count_seat(self, task: int, seat: Seat, sign: int) -> None:
        """A seat of a task is booked (or no longer is): is it what was published?"""
        self.change -= sign * self.published_seats.get(task, {}).get((seat.person, seat.start), 0)

    def count_session(self, session: Session, sign: int) -> None:
        """A session is planned (or no longer is): is it what was published?"""
        if not self.published_sessions:
            return
        key = session_key(session)
        heavy = self.published_sessions.get(key, 0)
        if heavy:
            there = self._present[key]
            self._present[key] = there + sign
            self.change -= heavy * ((there + sign > 0) - (there > 0))

    def published_session(self, session: Session) -> bool:
        """Whether a session is just as it was published."""
        return bool(self.published_sessions) and session_key(session) in self.published_sessions

    def published_supporter(self, shift: int, person: int) -> int:
        """Weight of a person's published stand on a shift, 0 if there is none."""
        return self.published_shifts.get((shift, person), 0)

    # Prices ---------------------------------------------------------------------------------

    def affordable(self, project: int, slot_cents: int) -> bool:
        """Whether a project's budget has room for more cost."""
        limit = self.limits[project]
        if limit is None or self.slot_cents[project] + slot_cents <= limit:
            return True
        return not slot_cents and self.slot_cents[project] == self._spent[project]

    def _unfairness(self) -> float:
        """Slots above what is fair, over all groups."""
        for group in self._stale:
            fair = self._fair(group)
            people = self._groups[group]
            self._above[group] = sum(
                load - fair for person in people if (load := self._loads[person]) > fair
            )
        self._stale.clear()
        return sum(self._above)

    def _fair(self, group: int) -> float:
        return TOLERATED * self._sums[group] / len(self._groups[group])

    def unfair_price(self, person: int, slots: int) -> float:
        """About what more hours of a person add to unfairness, with the mean as it is."""
        group = self.group_of[person]
        if group < 0 or not self.prices.unfair:
            return 0.0
        above = self._loads[person] + slots - self._fair(group)
        return self.prices.unfair * min(above, slots) if above > 0 else 0.0

    @property
    def last_end(self) -> int:
        """End of the last work."""
        return max(0, *self.ends) if self.ends else 0

    def total(self) -> float:
        """All terms at their prices."""
        prices = self.prices
        total = self.open * prices.open + self.late * prices.late + self.change * prices.change
        total += sum(self.slot_cents) * prices.cost + self.wishes * prices.wish
        total += self._unfairness() * prices.unfair
        if self._most_people is not None:
            total += max(0, self.change - self._most_people) * FORBIDDEN
        if prices.finish:
            total += self.last_end * prices.finish
        return total


def session_key(session: Session) -> SessionKey:
    """What makes two sessions the same."""
    trainers = frozenset(session.trainers)
    return session.course, session.room, session.start, trainers, group_set(session.groups)
