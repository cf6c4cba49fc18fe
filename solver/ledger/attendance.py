"""Who is in class when: seats taken, course order, release limits, rooms, and earned skills."""

from __future__ import annotations

from collections import defaultdict

from allocator.plan import Session
from solver.candidates.candidates import Candidates

Cell = tuple[int, int]
"""(audience, course)."""


class Attendance:
    """All sessions by course and site, and what audiences and departments have in class."""

    def __init__(self, candidates: Candidates) -> None:
        problem = self.problem = candidates.problem
        self.candidates = candidates
        self.sessions: dict[int, Session] = {}
        self.at_site: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        """(course, site) -> its sessions."""
        self.of_course: defaultdict[int, set[int]] = defaultdict(set)
        self.of_cell: defaultdict[Cell, dict[int, tuple[int, int, int]]] = defaultdict(dict)
        """(audience, course) -> session -> (start, end, heads)."""
        self.attended: defaultdict[Cell, dict[int, int]] = defaultdict(dict)
        """(audience, course) -> named learner -> session."""
        self.need: dict[Cell, int] = {
            (audience, course): problem.untrained(audience, course)
            for audience, group in enumerate(problem.audiences)
            for course in group.courses
        }
        """Heads without a seat."""
        self._department = [[0] * problem.horizon for _ in problem.departments]
        self._audience = {
            index: [0] * problem.horizon
            for index, group in enumerate(problem.audiences)
            if len(group.courses) > 1 and not group.members
        }
        self._held: defaultdict[Cell, list[tuple[int, int]]] = defaultdict(list)
        self._held_by: dict[tuple[int, int, int], int] = {}
        for index, group in enumerate(problem.audiences):
            for record in group.trained:
                self._held[index, record.course].append((record.at, record.heads))
                for person in record.members:
                    key = (index, record.course, person)
                    self._held_by[key] = min(record.at, self._held_by.get(key, record.at))
        self.before: dict[Cell, tuple[int, ...]] = {}
        self.after: dict[Cell, tuple[int, ...]] = {}
        for index, group in enumerate(problem.audiences):
            for course in group.courses:
                wanted = problem.courses[course].after
                self.before[index, course] = tuple(c for c in wanted if c in group.courses)
                self.after[index, course] = tuple(
                    later for later in group.courses if course in problem.courses[later].after
                )
        self.earned: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        """(person, skill) -> the (level, slot from which on) earned in classes."""
        for group in problem.audiences:
            for record in group.trained:
                granted = problem.courses[record.course].grants
                if granted is not None:
                    for person in record.members:
                        self.earned[person, granted[0]].append((granted[1], record.at))

    def site(self, session: Session) -> int:
        """The site that a session's audiences share."""
        return self.candidates.site_of(session.groups[0].audience)

    def add(self, number: int, session: Session) -> None:
        """Count a session in."""
        self.sessions[number] = session
        self.at_site[session.course, self.site(session)].add(number)
        self.of_course[session.course].add(number)
        self._count(number, session, 1)

    def remove(self, number: int) -> Session:
        """Count a session out again."""
        session = self.sessions.pop(number)
        self.at_site[session.course, self.site(session)].discard(number)
        self.of_course[session.course].discard(number)
        self._count(number, session, -1)
        return session

    def _count(self, number: int, session: Session, sign: int) -> None:
        start, end, course = session.start, session.end, session.course
        grants = self.problem.courses[course].grants
        for group in session.groups:
            cell = (group.audience, course)
            heads = sign * group.heads
            self.need[cell] -= heads
            present = [self._department[self.problem.audiences[group.audience].department]]
            if group.audience in self._audience:
                present.append(self._audience[group.audience])
            for counts in present:
                for slot in range(start, end):
                    counts[slot] += heads
            if sign > 0:
                self.of_cell[cell][number] = (start, end, group.heads)
            else:
                del self.of_cell[cell][number]
            for person in group.members:
                if sign > 0:
                    self.attended[cell][person] = number
                else:
                    del self.attended[cell][person]
                if grants is not None:
                    skills = self.earned[person, grants[0]]
                    if sign > 0:
                        skills.append((grants[1], end))
                    else:
                        skills.remove((grants[1], end))

    # Questions ------------------------------------------------------------------------------

    def room_in_department(self, department: int, start: int, end: int) -> int:
        """Heads that a department can still spare in [start, end)."""
        limit = self.problem.departments[department].release_heads
        if limit is None:
            return 1 << 30
        return limit - max(self._department[department][start:end])

    def admissible(self, audience: int, course: int, start: int, end: int) -> int:
        """Heads of an audience without names that a class of a course in [start, end) may take.

        The release limit is not counted: audiences of a class share it.
        """
        cell = (audience, course)
        heads = self.need[cell]
        if audience in self._audience:
            spare = self.problem.audiences[audience].headcount
            heads = min(heads, spare - max(self._audience[audience][start:end]))
        if heads <= 0 or not self.before[cell]:
            return heads
        moments = [start]
        moments += [begins for begins, _, _ in self.of_cell[cell].values() if begins > start]
        for earlier in self.before[cell]:
            for moment in moments:
                ended = self.ended(audience, earlier, moment)
                heads = min(heads, ended - self.begun(audience, course, moment))
                if heads <= 0:
                    return 0
        return heads

    def begun(self, audience: int, course: int, moment: int) -> int:
        """Heads that have begun a course by a moment."""
        cell = (audience, course)
        count = sum(h for start, _, h in self.of_cell[cell].values() if start <= moment)
        return count + sum(heads for at, heads in self._held[cell] if at <= moment)

    def ended(self, audience: int, course: int, moment: int) -> int:
        """Heads that have ended a course by a moment."""
        cell = (audience, course)
        count = sum(h for _, end, h in self.of_cell[cell].values() if end <= moment)
        return count + sum(heads for at, heads in self._held[cell] if at <= moment)

    def first_ended(self, audience: int, course: int) -> int:
        """When the first heads of an audience have ended a course; the horizon if none do."""
        cell = (audience, course)
        ends = [end for _, end, _ in self.of_cell[cell].values()]
        ends += [at for at, _ in self._held[cell]]
        return max(0, min(ends, default=self.problem.horizon))

    def ended_by(self, audience: int, course: int, person: int) -> int | None:
        """When a named learner has ended a course; None if it is not planned."""
        number = self.attended[audience, course].get(person)
        held = self._held_by.get((audience, course, person))
        if number is None:
            return held
        end = self.sessions[number].end
        return end if held is None else min(end, held)

    def may_attend(self, audience: int, course: int, person: int, start: int, end: int) -> bool:
        """Whether a named learner without a seat keeps the order of courses in [start, end)."""
        cell = (audience, course)
        if person in self.attended[cell]:
            return False
        for earlier in self.before[cell]:
            ended = self.ended_by(audience, earlier, person)
            if ended is None or ended > start:
                return False
        for later in self.after[cell]:
            number = self.attended[audience, later].get(person)
            if number is not None and self.sessions[number].start < end:
                return False
        return True

    def out_of_order(self, audience: int, course: int) -> list[int]:
        """Sessions of a course in which heads of an audience sit too early, latest first."""
        cell = (audience, course)
        found: list[int] = []
        if self.problem.audiences[audience].members:
            for person, number in self.attended[cell].items():
                start = self.sessions[number].start
                for earlier in self.before[cell] if start >= self.problem.as_of else ():
                    ended = self.ended_by(audience, earlier, person)
                    if ended is None or ended > start:
                        found.append(number)
            return sorted(set(found))
        for number, (start, _, _) in sorted(self.of_cell[cell].items(), key=lambda it: -it[1][0]):
            begun = self.begun(audience, course, start)
            if start >= self.problem.as_of and any(
                begun > self.ended(audience, c, start) for c in self.before[cell]
            ):
                found.append(number)
        return found
