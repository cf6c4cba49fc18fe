"""What sessions of one course at one site are made of: rooms and trainers, as the ledger stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass

from solver.candidates import bits
from solver.insertion.matching import fill
from solver.insertion.offers import Offer, Offers
from solver.insertion.policy import InsertionPolicy
from solver.ledger.diary import ANYWHERE
from solver.ledger.ledger import Ledger


@dataclass(slots=True)
class Teacher:
    """One person for one line of a course's trainers, at some starts."""

    offer: Offer
    starts: int
    price: float


@dataclass(slots=True)
class Place:
    """A room for a course, with the seats that the course and the room allow, at some starts."""

    room: int
    seats: int
    starts: int


class Setting:
    """Rooms and trainers of a course at a site, cheapest first; refreshed after each session."""

    def __init__(
        self,
        ledger: Ledger,
        offers: Offers,
        key: tuple[int, int],
        rooms: list[int],
        policy: InsertionPolicy,
    ) -> None:
        self.course, self.site = key
        self._ledger = ledger
        self._offers = offers
        self._policy = policy
        self._what = ledger.problem.courses[self.course]
        self._at = ANYWHERE if self._what.virtual else self.site
        self.places = [
            Place(room, min(self._what.largest, ledger.problem.rooms[room].seats), 0)
            for room in rooms
        ]
        self.lines: list[list[Teacher]] = []
        for offered in offers.teachers(self.course):
            able = [
                Teacher(offer, 0, 0.0)
                for offer in offered
                if not (policy.blink and policy.rng.random() < policy.blink)
            ]
            self.lines.append(able)
        self._people = {teacher.offer.person for line in self.lines for teacher in line}
        self.refresh(None, range(len(ledger.rooms)))

    def concerns(self, people: Set[int], rooms: Collection[int]) -> bool:
        """Whether somebody could train here, or classes could be in one of the rooms."""
        return not self._people.isdisjoint(people) or any(it.room in rooms for it in self.places)

    def refresh(self, people: Iterable[int] | None, rooms: Iterable[int]) -> None:
        """See anew when people (None = all trainers) and rooms are free."""
        length = self._what.length
        for place in self.places:
            if place.room in rooms:
                taken = self._ledger.rooms[place.room].blocked(length)
                place.starts = self._offers.room(place.room, length) & ~taken
        among = None if people is None else set(people)
        for line in self.lines:
            for teacher in line:
                person = teacher.offer.person
                if among is None or person in among:
                    diary = self._ledger.diaries[person]
                    taken = diary.blocked(length, self._at, False, "trainer")
                    teacher.starts = teacher.offer.starts & ~taken
                    teacher.price = self._price(person)
            line.sort(key=lambda teacher: teacher.price)

    def _price(self, person: int) -> float:
        running, length, policy = self._ledger.running, self._what.length, self._policy
        rate = self._ledger.problem.people[person].cents_per_hour
        price = length * rate * running.prices.cost + running.unfair_price(person, length)
        if policy.scarce:
            price += policy.scarce * length * policy.scarcity[person]
        if policy.noise:
            price *= 1.0 + policy.noise * policy.rng.random()
        return price

    def starts(self, audience: int, allowed: int) -> tuple[int, int]:
        """Starts with a room and trainers who speak an audience's language, among those allowed.

        And those of them at which a room or a trainer has just become free.
        """
        speaks = self._ledger.candidates.speaks
        starts, parts = allowed, [allowed]
        if not self._what.virtual:
            parts += [place.starts for place in self.places]
            starts &= bits.at_least(parts[1:], 1)
        for line, need in zip(self.lines, self._what.trainers, strict=True):
            able = [t.starts for t in line if t.starts and speaks(t.offer.person, audience)]
            if len(able) < need.people:
                return 0, 0
            starts &= bits.at_least(able, need.people)
            parts += able
        events = 0
        if starts:
            for part in parts:
                events |= bits.run_starts(part & starts)
        return starts, events

    def speaking(self, audience: int) -> int:
        """How many trainers speak an audience's language."""
        speaks = self._ledger.candidates.speaks
        return min(
            (
                sum(speaks(teacher.offer.person, audience) for teacher in line)
                for line in self.lines
            ),
            default=0,
        )

    def at(self, start: int) -> list[Place]:
        """Rooms that are free at a start."""
        return [place for place in self.places if place.starts >> start & 1]

    def speakers(self, start: int, audience: int) -> list[list[Teacher]] | None:
        """Trainers free at a start who speak an audience's language, line by line."""
        free = [[teacher for teacher in line if teacher.starts >> start & 1] for line in self.lines]
        return self.narrowed(free, audience)

    def narrowed(self, lines: list[list[Teacher]], audience: int) -> list[list[Teacher]] | None:
        """Those of some trainers who speak an audience's language too; None if too few."""
        speaks = self._ledger.candidates.speaks
        found = []
        for line, need in zip(lines, self._what.trainers, strict=True):
            able = [teacher for teacher in line if speaks(teacher.offer.person, audience)]
            if len(able) < need.people:
                return None
            found.append(able)
        return found

    def crew(
        self, lines: list[list[Teacher]], start: int, learners: set[int]
    ) -> list[Teacher] | None:
        """The cheapest trainers, all different and none of them a learner of the class."""
        end = start + self._what.length
        needs = self._what.trainers
        if len(lines) == 1 and needs[0].people == 1:
            first = next(self._fitting(0, lines[0], start, end, learners), None)
            return None if first is None else [first]
        able = [
            list(self._fitting(index, line, start, end, learners))
            for index, line in enumerate(lines)
        ]
        seats = [index for index, need in enumerate(needs) for _ in range(need.people)]
        people = fill([[teacher.offer.person for teacher in able[index]] for index in seats])
        if people is None:
            return None
        return [
            next(teacher for teacher in able[index] if teacher.offer.person == person)
            for index, person in zip(seats, people, strict=True)
        ]

    def _fitting(
        self, index: int, line: list[Teacher], start: int, end: int, learners: set[int]
    ) -> Iterator[Teacher]:
        """Those whose limits, and skills still to be earned, allow the class."""
        need = self._what.trainers[index]
        for teacher in line:
            offer = teacher.offer
            if (
                offer.person not in learners
                and self._ledger.diaries[offer.person].fits(start, end, "trainer")
                and (
                    not offer.earns
                    or self._ledger.masters(offer.person, need.skill, need.level, start, end)
                )
            ):
                yield teacher
