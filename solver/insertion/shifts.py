"""Insertion of supporters: the cheapest who are free, fair among equals."""

from __future__ import annotations

from bisect import insort

from solver.insertion.policy import InsertionPolicy
from solver.ledger.ledger import Ledger


class ShiftPlacer:
    """Finds supporters for the shifts after go-live."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.problem = ledger.problem
        self._ranked: dict[int, list[tuple[bool, float, int]]] = {}

    def place(self, shift: int, policy: InsertionPolicy) -> None:
        """Fill a shift as far as people are free for it."""
        need = self.problem.shifts[shift]
        standing = self.ledger.shifts[shift]
        missing = need.people - len(standing)
        if missing <= 0:
            return
        running = self.ledger.running
        project = self.problem.supports[need.support].project
        length = need.end - need.start
        chosen: list[tuple[float, int, int]] = []
        for published, floor, person in self.by_rate(shift):
            if not published and len(chosen) >= missing and floor >= chosen[-1][0]:
                break
            if person in standing or (policy.blink and policy.rng.random() < policy.blink):
                continue
            price = floor + running.unfair_price(person, length)
            if policy.scarce:
                price += policy.scarce * length * policy.scarcity[person]
            if policy.noise:
                price *= 1.0 + policy.noise * policy.rng.random()
            price -= running.published_supporter(shift, person) * running.prices.change
            if (len(chosen) < missing or price < chosen[-1][0]) and self._may(person, shift):
                cost = length * self.problem.people[person].cents_per_hour
                insort(chosen, (price, person, cost))
                del chosen[missing:]
        for _, person, cost in chosen:
            if running.affordable(project, cost):
                self.ledger.add_supporter(shift, person)

    def keep(self, shift: int, person: int) -> None:
        """Put a person on a shift if nothing speaks against it."""
        need = self.problem.shifts[shift]
        standing = self.ledger.shifts[shift]
        project = self.problem.supports[need.support].project
        cost = (need.end - need.start) * self.problem.people[person].cents_per_hour
        if (
            len(standing) < need.people
            and person not in standing
            and person in self.ledger.supporters[shift]
            and self._may(person, shift)
            and self.ledger.running.affordable(project, cost)
        ):
            self.ledger.add_supporter(shift, person)

    def by_rate(self, shift: int) -> list[tuple[bool, float, int]]:
        """(published, price of the hours, person): who is published first, then the cheapest."""
        if shift not in self._ranked:
            need, running = self.problem.shifts[shift], self.ledger.running
            length = need.end - need.start
            ranked = [
                (
                    not running.published_supporter(shift, person),
                    length * self.problem.people[person].cents_per_hour * running.prices.cost,
                    person,
                )
                for person in self.ledger.supporters[shift]
            ]
            self._ranked[shift] = [(not new, floor, who) for new, floor, who in sorted(ranked)]
        return self._ranked[shift]

    def _may(self, person: int, shift: int) -> bool:
        need = self.problem.shifts[shift]
        support = self.problem.supports[need.support]
        diary = self.ledger.diaries[person]
        site = self.problem.departments[need.department].site
        return (
            not diary.blocked(need.end - need.start, site, False) >> need.start & 1
            and diary.fits(need.start, need.end, "worker")
            and self.ledger.masters(person, support.skill, support.level, need.start, need.end)
        )
