"""Heads for a class: who of an audience can sit in a session at a time, and empty seats filled."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from allocator.plan import Group, Session
from solver.insertion.offers import Offers
from solver.ledger.diary import ANYWHERE
from solver.ledger.ledger import Ledger


class Seating:
    """Seats heads of the audiences of a site in a course, within what departments can spare."""

    def __init__(self, ledger: Ledger, offers: Offers) -> None:
        self._ledger = ledger
        self._offers = offers
        self._problem = ledger.problem

    def group(
        self,
        course: int,
        audience: int,
        start: int,
        seats: int,
        spare: dict[int, int],
        seated: Set[int],
        among: Set[int] | None = None,
    ) -> Group | None:
        """Heads of an audience that may meet at a start, for a session then: at most `seats`.

        `spare` keeps how many heads each department can still let go then. Of named learners
        none who is `seated` in the class already, with another audience or as a trainer, and only
        those `among` some, if these are given.
        """
        classes = self._ledger.classes
        end = start + self._problem.courses[course].length
        department = self._problem.audiences[audience].department
        if department not in spare:
            spare[department] = classes.room_in_department(department, start, end)
        most = min(seats, spare[department])
        if most <= 0:
            return None
        if self._problem.audiences[audience].members:
            members = self._members(course, audience, start, end)
            members = [it for it in members if it not in seated and (among is None or it in among)][
                :most
            ]
            return Group(audience, len(members), tuple(members)) if members else None
        heads = min(most, classes.admissible(audience, course, start, end))
        return Group(audience, heads) if heads > 0 else None

    def meets(self, course: int, audience: int, start: int) -> bool:
        """Whether an audience may be in a new class of a course at a start."""
        return bool(self._offers.group(audience, course) >> start & 1)

    def _members(self, course: int, audience: int, start: int, end: int) -> list[int]:
        """Named learners who can attend a course in [start, end)."""
        what = self._problem.courses[course]
        site = ANYWHERE if what.virtual else self._ledger.candidates.site_of(audience)
        found = []
        for person in self._ledger.candidates.untrained_members(audience, course):
            diary = self._ledger.diaries[person]
            if (
                self._offers.learner(person, what.length) >> start & 1
                and not diary.blocked(what.length, site, False, "learner") >> start & 1
                and diary.fits(start, end, "learner")
                and self._ledger.classes.may_attend(audience, course, person, start, end)
            ):
                found.append(person)
        return found

    def fuller(self, session: Session, audiences: list[int]) -> Session | None:
        """A session with more heads of some audiences; None if nobody more can come."""
        seats = self._problem.courses[session.course].largest
        if session.room is not None:
            seats = min(seats, self._problem.rooms[session.room].seats)
        left = seats - session.heads
        groups = {group.audience: group for group in session.groups}
        spare: dict[int, int] = {}
        seated = {*session.trainers, *named(session.groups)}
        for audience in audiences:
            if left <= 0:
                break
            if self._ledger.classes.need[audience, session.course] <= 0 or not all(
                self._ledger.candidates.speaks(person, audience) for person in session.trainers
            ):
                continue
            if not self.meets(session.course, audience, session.start):
                continue
            more = self.group(session.course, audience, session.start, left, spare, seated)
            if more is None:
                continue
            known = groups.get(audience, Group(audience, 0))
            groups[audience] = Group(
                audience, known.heads + more.heads, known.members + more.members
            )
            spare[self._problem.audiences[audience].department] -= more.heads
            seated.update(more.members)
            left -= more.heads
        if left == seats - session.heads:
            return None
        return replace(session, groups=tuple(groups.values()))


def named(groups: Iterable[Group]) -> set[int]:
    """The learners by name of some groups."""
    return {person for group in groups for person in group.members}


def without(groups: list[Group], heads: int) -> list[Group]:
    """Groups with so many heads fewer, taken from the last ones."""
    kept = list(groups)
    while heads:
        last = kept.pop()
        fewer = min(heads, last.heads)
        heads -= fewer
        if last.heads > fewer:
            members = last.members[: len(last.members) - fewer] if last.members else ()
            kept.append(Group(last.audience, last.heads - fewer, members))
    return kept
