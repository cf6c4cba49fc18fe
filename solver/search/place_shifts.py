"""Insertion of supporters: the cheapest who are free, fair among equals."""

from __future__ import annotations

from solver.search.ledger import Ledger
from solver.search.taste import Taste


class ShiftPlacer:
    """Finds supporters for the shifts after go-live."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.problem = ledger.problem

    def place(self, shift: int, taste: Taste) -> None:
        """Fill a shift as far as people are free for it."""
        need = self.problem.shifts[shift]
        while len(self.ledger.shifts[shift]) < need.people:
            person = self._cheapest(shift, taste)
            if person is None:
                return
            self.ledger.add_supporter(shift, person)

    def _cheapest(self, shift: int, taste: Taste) -> int | None:
        ledger, running = self.ledger, self.ledger.running
        need = self.problem.shifts[shift]
        project = self.problem.supports[need.support].project
        length = need.end - need.start
        best: int | None = None
        least = float("inf")
        for person in ledger.supporters[shift]:
            rate = self.problem.people[person].cents_per_hour
            price = length * rate * running.prices.cost + running.unfair_price(person, length)
            if taste.scarce:
                price += taste.scarce * length * taste.scarcity[person]
            if taste.noise:
                price *= 1.0 + taste.noise * taste.rng.random()
            price -= running.told_supporter(shift, person) * running.prices.change
            if (
                price < least
                and person not in ledger.shifts[shift]
                and running.affordable(project, length * rate)
                and self._may(person, shift)
            ):
                best, least = person, price
        return best

    def _may(self, person: int, shift: int) -> bool:
        need = self.problem.shifts[shift]
        support = self.problem.supports[need.support]
        diary = self.ledger.diaries[person]
        site = self.problem.departments[need.department].site
        return (
            diary.is_free(need.start, need.end, site)
            and diary.fits(need.start, need.end, "worker")
            and self.ledger.masters(person, support.skill, support.level, need.start, need.end)
        )
