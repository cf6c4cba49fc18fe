"""Insertion of a task: the start and the crew with the least price that the ledger allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allocator.plan import TaskBooking
from solver.candidates import bits
from solver.insertion.crews import Crew, Crews, Option
from solver.insertion.delay_cost import DelayCost
from solver.insertion.offers import Offer, Offers
from solver.insertion.policy import InsertionPolicy
from solver.ledger.diary import ANYWHERE
from solver.ledger.ledger import Ledger
from solver.ledger.precedence import Window

EARLY = 1e-3
"""Price of a slot of delay that costs nothing else: among equals the earlier start."""


class TaskPlacer:
    """Finds places for tasks in a ledger."""

    def __init__(self, ledger: Ledger, offers: Offers, delay_cost: DelayCost) -> None:
        self.ledger = ledger
        self.offers = offers
        self.delay_cost = delay_cost
        self.problem = ledger.problem
        self.pinned = {
            index: tuple(
                dict.fromkeys(
                    [person for _, person, _ in ledger.candidates.frozen_seats.get(index, ())]
                    + list(task.pin_people)
                )
            )
            for index, task in enumerate(self.problem.tasks)
        }
        """By task, the people who must be in its crew."""

    def place(self, task: int, policy: InsertionPolicy, ahead: bool = False) -> bool:
        """Book a task where its price is least; False if no place is left.

        A task `ahead` of what comes before it is booked although that is still open.
        """
        booking = self.find(task, policy, ahead)
        if booking is None:
            return False
        self.ledger.add_task(booking)
        return True

    def find(
        self,
        task: int,
        policy: InsertionPolicy,
        ahead: bool = False,
        offers: tuple[tuple[Offer, ...], ...] | None = None,
    ) -> TaskBooking | None:
        """The cheapest booking of a task that the ledger allows, of certain `offers` if given."""
        window = self.ledger.order.window(task, self.ledger.tasks, ahead)
        if window is None or task not in self.ledger.order.possible:
            return None
        window = self._before_classes(task, window)
        if offers is None:
            lines = self._lines(task, self.offers.seats(task), window, policy)
        else:
            # Of a given crew it is enough that one ends as late as the task has to.
            lines = self._lines(task, offers, replace(window, end_from=0), policy)
        if lines is None:
            return None
        starts, events = -1, 0
        for line, options in zip(self.problem.tasks[task].crew, lines, strict=True):
            starts &= bits.at_least([option.starts for option in options], line.people)
            if not starts:
                return None
        for options in lines:
            for option in options:
                runs = bits.run_starts(option.starts & starts)
                if self.ledger.diaries[option.person].minimum:
                    for shift in range(1, self.ledger.diaries[option.person].minimum + 1):
                        runs |= (runs << shift) & starts
                events |= runs
        for _, start in self.ledger.running.published_seats.get(task, {}):
            if start >= 0 and starts >> start & 1:
                events |= 1 << start
        return self._best(task, window, lines, events, policy)

    def _before_classes(self, task: int, window: Window) -> Window:
        """Materials must be ready before the classes that are planned already."""
        end_to = window.end_to
        classes = self.ledger.classes
        for course in self.ledger.order.courses.get(task, ()):
            for number in classes.of_course[course]:
                end_to = min(end_to, classes.sessions[number].start)
        return Window(window.start_from, window.start_to, window.end_from, end_to)

    def _lines(
        self,
        task: int,
        seats: tuple[tuple[Offer, ...], ...],
        window: Window,
        policy: InsertionPolicy,
    ) -> list[list[Option]] | None:
        ledger, what = self.ledger, self.problem.tasks[task]
        among, never = ledger.order.paired(task, ledger.tasks)
        site = ANYWHERE if what.site is None else what.site
        longest = max((line.work for line in what.crew), default=0)
        if window.start_from > window.start_to or window.end_from > window.end_to:
            return None
        lines = []
        for index, (offers, line) in enumerate(zip(seats, what.crew, strict=True)):
            options = []
            for offer in offers:
                person = offer.person
                if person in never or (among is not None and person not in among):
                    continue
                diary = ledger.diaries[person]
                low, high = window.start_from, window.start_to
                if window.end_to < self.problem.horizon or window.end_from > 0:
                    if what.splittable:
                        high = min(high, diary.duty.latest_start(window.end_to, line.work))
                        if line.work == longest:
                            low = max(low, diary.duty.earliest_start(window.end_from, line.work))
                    else:
                        high = min(high, window.end_to - line.work)
                        if line.work == longest:
                            low = max(low, window.end_from - line.work)
                if low > high:
                    continue
                starts = offer.starts & ~diary.blocked(line.work, site, what.splittable)
                starts &= bits.span(low, high + 1)
                if not starts or (policy.blink and policy.rng.random() < policy.blink):
                    continue
                price = self._price(person, line.work, policy)
                options.append(Option(person, index, starts, price, offer.earns))
            if len(options) < line.people:
                return None
            options.sort(key=lambda option: option.price)
            lines.append(options)
        return lines

    def _price(self, person: int, work: int, policy: InsertionPolicy) -> float:
        """Cost and unfairness of a person's hours, dearer for those others need."""
        running = self.ledger.running
        price = work * self.problem.people[person].cents_per_hour * running.prices.cost
        price += running.unfair_price(person, work)
        if policy.scarce:
            price += policy.scarce * work * policy.scarcity[person]
        if policy.noise:
            price *= 1.0 + policy.noise * policy.rng.random()
        return price

    def _best(
        self,
        task: int,
        window: Window,
        lines: list[list[Option]],
        events: int,
        policy: InsertionPolicy,
    ) -> TaskBooking | None:
        delay = self._delay(task, policy)
        crews = Crews(self.ledger, task, lines, self.pinned[task], delay)
        first_ends = self.offers.first_ends(task)
        floor = crews.floor()
        best: TaskBooking | None = None
        least = float("inf")
        seen = 0
        for start in bits.each(events):
            soonest = int(first_ends[start])
            if least <= floor + delay(soonest) + EARLY * start:
                break
            crew = crews.at(start, soonest)
            if crew is None or crew.end < window.end_from:
                continue
            price = crew.price + delay(crew.end) + EARLY * start - self._kept(task, crew)
            if price < least:
                best, least = TaskBooking(task, start, crew.end, crew.seats), price
            seen += 1
            if seen >= policy.events:
                break
        return best if best is None or self._in_budget(best) else None

    def _delay(self, task: int, policy: InsertionPolicy) -> Callable[[int], float]:
        """Price of an end of a task: its lateness, and that of what still has to come after it."""
        delay_cost, order, ledger = self.delay_cost, self.ledger.order, self.ledger
        own_only = all(
            ledger.tasks[later] is not None for later, _ in order.successors[task]
        ) and all(ledger.classes.of_course[course] for course in order.courses.get(task, ()))
        length = self.delay_cost.length.get(task, 0)
        known: dict[int, float] = {}

        def price(end: int) -> float:
            found = known.get(end)
            if found is None:
                found = delay_cost.own(task, end)
                if policy.finish:
                    found += policy.finish * (end + length)
                if not own_only:
                    found += delay_cost.after(task, end)
                known[end] = found
            return found

        return price

    def _kept(self, task: int, crew: Crew) -> float:
        published = self.ledger.running.published_seats.get(task)
        if not published:
            return 0.0
        weight = sum(published.get((seat.person, seat.start), 0) for seat in crew.seats)
        return weight * self.ledger.running.prices.change

    def _in_budget(self, booking: TaskBooking) -> bool:
        if booking.end <= self.problem.as_of:
            return True  # what has passed breaks no budget
        task = self.problem.tasks[booking.task]
        slot_cents = sum(
            task.crew[seat.seat].work * self.problem.people[seat.person].cents_per_hour
            for seat in booking.crew
        )
        return self.ledger.running.affordable(task.project, slot_cents)
