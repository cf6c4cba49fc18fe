"""Crews for one task: different people for its lines, the cheapest together at a start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from allocator.plan import Seat
from solver.insertion.matching import fill
from solver.ledger.ledger import Ledger


@dataclass(slots=True)
class Option:
    """One person for one line of a crew at some starts."""

    person: int
    line: int
    starts: int
    price: float
    earns: bool
    """Whether the skill may have to be earned in a class first."""


@dataclass(frozen=True, slots=True)
class Crew:
    """People for a task from a start on, and their price together, lateness not included."""

    seats: tuple[Seat, ...]
    end: int
    price: float


class _Able:
    """Who of a line can begin at a start, cheapest first, found out as far as somebody asks."""

    def __init__(self, rest: Iterator[tuple[Option, int]]) -> None:
        self._found: list[tuple[Option, int]] = []
        self._rest = rest

    def __iter__(self) -> Iterator[tuple[Option, int]]:
        yield from self._found
        for each in self._rest:
            self._found.append(each)
            yield each


class Crews:
    """What a task could be staffed with, line by line, cheapest first."""

    def __init__(
        self,
        ledger: Ledger,
        task: int,
        options: list[list[Option]],
        pinned: tuple[int, ...],
        delay: Callable[[int], float],
    ) -> None:
        self._ledger = ledger
        self._task = task
        self._what = ledger.problem.tasks[task]
        self._options = options
        self._pinned = pinned
        self._delay = delay
        """Price of an end of the task."""

    def floor(self) -> float:
        """No crew is cheaper than this, lateness not included."""
        return sum(
            sum(option.price for option in options[: line.people])
            for options, line in zip(self._options, self._what.crew, strict=True)
        )

    def at(self, start: int, soonest: int) -> Crew | None:
        """A cheap crew for a start, pinned people among them; None if there is none.

        As no crew ends before the `soonest`, nobody is asked to.
        """
        able = [
            _Able(self._able(options, start, line.work))
            for options, line in zip(self._options, self._what.crew, strict=True)
        ]
        chosen = self._choose(soonest, able)
        if chosen is None:
            return None
        seats = tuple(Seat(option.line, option.person, start, end) for option, end in chosen)
        return Crew(seats, max(end for _, end in chosen), sum(option.price for option, _ in chosen))

    def _able(self, options: list[Option], start: int, work: int) -> Iterator[tuple[Option, int]]:
        """Who of a line can begin at a start, and the ends, cheapest first."""
        for option in options:
            if option.starts >> start & 1:
                end = self._end(option, start, work)
                if end >= 0:
                    yield option, end

    def _choose(self, soonest: int, able: list[_Able]) -> list[tuple[Option, int]] | None:
        chosen: list[tuple[Option, int]] = []
        taken: set[int] = set()
        free = [line.people for line in self._what.crew]
        for person in self._pinned:
            found = self._pin(person, able, free)
            if found is None:
                return None
            chosen.append(found)
            taken.add(person)
        latest = max([soonest, *(end for _, end in chosen)])
        for index in sorted(range(len(able)), key=lambda it: len(self._options[it]) - free[it]):
            for _ in range(free[index]):
                best: tuple[Option, int] | None = None
                least = float("inf")
                for option, end in able[index]:
                    if option.price >= least:
                        break
                    if option.person in taken:
                        continue
                    price = option.price
                    if end > latest:
                        price += self._delay(end) - self._delay(latest)
                    if price < least:
                        best, least = (option, end), price
                if best is None:
                    return self._matched(able)
                chosen.append(best)
                taken.add(best[0].person)
                latest = max(latest, best[1])
        return chosen

    def _pin(self, person: int, able: list[_Able], free: list[int]) -> tuple[Option, int] | None:
        """A seat for someone who must be in the crew."""
        frozen = [
            line
            for line, who, _ in self._ledger.candidates.frozen_seats.get(self._task, ())
            if who == person
        ]
        for index in frozen or range(len(able)):
            for option, end in able[index]:
                if option.person == person and free[index]:
                    free[index] -= 1
                    return option, end
        return None

    def _matched(self, able: list[_Able]) -> list[tuple[Option, int]] | None:
        """A crew by augmenting paths, where taking the cheapest line by line got stuck."""
        if self._pinned:
            return None
        lines = [index for index, line in enumerate(self._what.crew) for _ in range(line.people)]
        people = fill([[option.person for option, _ in able[index]] for index in lines])
        if people is None:
            return None
        return [
            next(it for it in able[index] if it[0].person == person)
            for index, person in zip(lines, people, strict=True)
        ]

    def _end(self, option: Option, start: int, work: int) -> int:
        """End of a person's booking; -1 if limits or a skill to be earned forbid it."""
        diary = self._ledger.diaries[option.person]
        end = diary.duty.end(start, work) if self._what.splittable else start + work
        if not diary.fits(start, end, "worker"):
            return -1
        if option.earns:
            line = self._what.crew[option.line]
            if not self._ledger.masters(option.person, line.skill, line.level, start, end):
                return -1
        return end
