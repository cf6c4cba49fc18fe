"""Classes in the order of time: at each moment those that are worth most of what could begin then.

Course by course (`classes`) everybody is through a course before the next one begins, which leaves
rooms idle where departments spare few heads at once. Here heads go on as soon as they can: the
parallel scheme of list scheduling, where the other is the serial one (Kolisch, 1996).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from allocator.plan import Session
from solver.candidates import bits
from solver.insertion.classes import ClassPlacer
from solver.insertion.policy import InsertionPolicy
from solver.insertion.rooms_and_trainers import Setting
from solver.insertion.seating import named

Key = tuple[int, int]
"""(course, site)."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """What makes one class go before another."""

    fullness: float
    """Share of the seats that it could have which must be taken, or it waits."""
    behind: float
    """What courses that come after it are worth, as a share of their own price."""


class Dispatcher:
    """Seats heads of some courses at some sites, moment by moment."""

    def __init__(
        self,
        placer: ClassPlacer,
        support: dict[int, float],
        policy: InsertionPolicy,
        urgency: Urgency,
    ) -> None:
        self._placer = placer
        self._support = support
        self._ledger = placer.ledger
        self._policy = policy
        self._urgency = urgency
        self._settings: dict[Key, Setting] = {}
        self._allowed: dict[Key, dict[int, int]] = {}
        """By key and audience: starts from when on materials are ready."""

    def place(self, keys: Iterable[Key]) -> None:
        """Seat heads from the first moment to the last."""
        for key in sorted(keys):
            self._prepare(key)
        moments = self._moments()
        done = -1
        while moments:
            moment = heappop(moments)
            if moment == done:
                continue
            done = moment
            while (session := self._next(moment)) is not None:
                self._book(session)
                heappush(moments, session.end)

    def _prepare(self, key: Key) -> None:
        course, site = key
        opens = self._placer.opens(course)
        if opens is None or not self._placer.missing(course, site):
            return
        offers, need = self._placer.offers, self._ledger.classes.need
        self._settings[key] = self._placer.setting(course, site, self._policy)
        self._allowed[key] = {
            audience: offers.group(audience, course) >> opens << opens
            for audience in self._placer.sites[key]
            if need[audience, course] > 0
        }

    def _moments(self) -> list[int]:
        """When something may become possible that was not: as rooms and people open, or end."""
        events = 0
        for key, setting in self._settings.items():
            for audience, allowed in self._allowed[key].items():
                events |= setting.starts(audience, allowed)[1]
        ends = {session.end for session in self._ledger.classes.sessions.values()}
        found = list(ends | set(bits.each(events)))
        heapify(found)
        return found

    def _next(self, moment: int) -> Session | None:
        """The class worth most of those that can begin at a moment."""
        best: Session | None = None
        most = 0.0
        for key in self._settings:
            found = self._at(key, moment)
            if found is not None:
                worth = self._worth(found)
                if worth > most:
                    best, most = found, worth
        return best

    def _at(self, key: Key, moment: int) -> Session | None:
        need, course = self._ledger.classes.need, key[0]
        leads = [
            audience
            for audience, allowed in self._allowed[key].items()
            if allowed >> moment & 1 and need[audience, course] > 0
        ]
        if not leads or self._placer.only_one(*key):
            return None
        leads.sort(key=lambda it: -need[it, course])
        for at, lead in enumerate(leads):
            others = leads[:at] + leads[at + 1 :]
            found = self._placer.gathered(self._settings[key], lead, others, moment)
            if found is not None:
                session, _, seats = found
                return session if session.heads >= self._urgency.fullness * seats else None
        return None

    def _worth(self, session: Session) -> float:
        """Price of its heads, and of what they can go on to, for each slot of it."""
        classes, worth = self._ledger.classes, 0.0
        for group in session.groups:
            later = classes.after[group.audience, session.course]
            behind = sum(self._head(each) for each in later)
            worth += group.heads * (self._head(session.course) + self._urgency.behind * behind)
        worth /= session.end - session.start
        return worth * (1.0 + self._policy.noise * self._policy.rng.random())

    def _head(self, course: int) -> float:
        """What a head in a course is worth, with the support that hangs on it."""
        running = self._ledger.running
        return running.head_open(course) * running.prices.open + self._support.get(course, 0.0)

    def _book(self, session: Session) -> None:
        self._ledger.add_session(session)
        rooms = () if session.room is None else (session.room,)
        people = {*session.trainers, *named(session.groups)}
        for setting in self._settings.values():
            if setting.concerns(people, rooms):
                setting.refresh(people, rooms)
