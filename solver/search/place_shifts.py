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
        standing = self.ledger.shifts[shift]
        if len(standing) >= need.people:
            return
        running = self.ledger.running
        project = self.problem.supports[need.support].project
        length = need.end - need.start
        options = []
        for person in self.ledger.supporters[shift]:
            if person in standing or (taste.blink and taste.rng.random() < taste.blink):
                continue
            rate = self.problem.people[person].cents_per_hour
            price = length * rate * running.prices.cost + running.unfair_price(person, length)
            if taste.scarce:
                price += taste.scarce * length * taste.scarcity[person]
            if taste.noise:
                price *= 1.0 + taste.noise * taste.rng.random()
            price -= running.told_supporter(shift, person) * running.prices.change
            options.append((price, person, length * rate))
        options.sort()
        for _, person, cost in options:
            if running.affordable(project, cost) and self._may(person, shift):
                self.ledger.add_supporter(shift, person)
                if len(standing) >= need.people:
                    return

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
