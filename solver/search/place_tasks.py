"""Insertion of a task: the start and the crew with the least price that the ledger allows."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.plan import Seat, TaskBooking
from solver.search import bits
from solver.search.diary import ANYWHERE
from solver.search.ledger import Ledger
from solver.search.matching import fill
from solver.search.offers import Offers
from solver.search.order import Window
from solver.search.tails import Tails
from solver.search.taste import Taste

EVENTS = 12
"""Starts looked at before the cheapest so far is taken."""

EARLY = 1e-3
"""Price of a slot of delay that costs nothing else: among equals the earlier start."""


@dataclass(slots=True)
class _Option:
    """One person for one line at some starts."""

    person: int
    starts: int
    work: int
    price: float
    earns: bool
    splittable: bool
    skill: int
    level: int


class TaskPlacer:
    """Finds places for tasks in a ledger."""

    def __init__(self, ledger: Ledger, offers: Offers, tails: Tails) -> None:
        self.ledger = ledger
        self.offers = offers
        self.tails = tails
        self.problem = ledger.problem
        self._pinned = {
            index: tuple(
                dict.fromkeys(
                    [person for _, person, _ in ledger.candidates.frozen_seats.get(index, ())]
                    + list(task.pin_people)
                )
            )
            for index, task in enumerate(self.problem.tasks)
        }

    def place(self, task: int, taste: Taste, ahead: bool = False) -> bool:
        """Book a task where its price is least; False if no place is left.

        A task `ahead` of what comes before it is booked although that is still open.
        """
        booking = self.find(task, taste, ahead)
        if booking is None:
            return False
        self.ledger.add_task(booking)
        return True

    def find(self, task: int, taste: Taste, ahead: bool = False) -> TaskBooking | None:
        """The cheapest booking of a task that the ledger allows."""
        window = self.ledger.order.window(task, self.ledger.tasks, ahead)
        if window is None or task not in self.ledger.order.possible:
            return None
        window = self._before_classes(task, window)
        lines = self._lines(task, window, taste)
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
        for _, start in self.ledger.running.told_seats.get(task, {}):
            if start >= 0 and starts >> start & 1:
                events |= 1 << start
        return self._best(task, window, lines, events, taste)

    def _before_classes(self, task: int, window: Window) -> Window:
        """Materials must be ready before the classes that are planned already."""
        end_to = window.end_to
        classes = self.ledger.classes
        for course in self.ledger.order.courses.get(task, ()):
            for number in classes.of_course[course]:
                end_to = min(end_to, classes.sessions[number].start)
        return Window(window.start_from, window.start_to, window.end_from, end_to)

    def _lines(self, task: int, window: Window, taste: Taste) -> list[list[_Option]] | None:
        ledger, what = self.ledger, self.problem.tasks[task]
        among: set[int] | None = None
        for other in ledger.order.same[task]:
            booking = ledger.tasks[other]
            if booking is not None:
                crew = {seat.person for seat in booking.crew}
                among = crew if among is None else among & crew
                if len(crew) != sum(line.people for line in what.crew) or len(among) < len(crew):
                    return None
        never: set[int] = set()
        for other in ledger.order.different[task]:
            booking = ledger.tasks[other]
            if booking is not None:
                never.update(seat.person for seat in booking.crew)
        site = ANYWHERE if what.site is None else what.site
        longest = max((line.work for line in what.crew), default=0)
        if window.start_from > window.start_to or window.end_from > window.end_to:
            return None
        lines = []
        for offers, line in zip(self.offers.seats(task), what.crew, strict=True):
            options = []
            for offer in offers:
                person = offer.person
                if person in never or (among is not None and person not in among):
                    continue
                diary = ledger.diaries[person]
                low, high = window.start_from, window.start_to
                if window.end_to < self.problem.horizon or window.end_from > 0:
                    if what.splittable:
                        high = min(high, diary.hours.latest_start(window.end_to, line.work))
                        if line.work == longest:
                            low = max(low, diary.hours.earliest_start(window.end_from, line.work))
                    else:
                        high = min(high, window.end_to - line.work)
                        if line.work == longest:
                            low = max(low, window.end_from - line.work)
                if low > high:
                    continue
                starts = offer.starts & ~diary.blocked(line.work, site, what.splittable)
                starts &= bits.span(low, high + 1)
                if not starts or (taste.blink and taste.rng.random() < taste.blink):
                    continue
                options.append(
                    _Option(
                        person,
                        starts,
                        line.work,
                        self._price(person, line.work, taste),
                        offer.earns,
                        what.splittable,
                        line.skill,
                        line.level,
                    )
                )
            if len(options) < line.people:
                return None
            options.sort(key=lambda option: option.price)
            lines.append(options)
        return lines

    def _price(self, person: int, work: int, taste: Taste) -> float:
        """Cost and unfairness of a person's hours, dearer for those others need."""
        running = self.ledger.running
        price = work * self.problem.people[person].cents_per_hour * running.prices.cost
        price += running.unfair_price(person, work)
        if taste.scarce:
            price += taste.scarce * work * taste.scarcity[person]
        if taste.noise:
            price *= 1.0 + taste.noise * taste.rng.random()
        return price

    def _best(
        self, task: int, window: Window, lines: list[list[_Option]], events: int, taste: Taste
    ) -> TaskBooking | None:
        best: TaskBooking | None = None
        least = float("inf")
        own_only = (
            all(
                self.ledger.tasks[later] is not None
                for later, _ in self.ledger.order.successors[task]
            )
            and task not in self.ledger.order.courses
        )
        floor = sum(
            sum(sorted(option.price for option in options)[: line.people])
            for line, options in zip(self.problem.tasks[task].crew, lines, strict=True)
        )
        longest = max((line.work for line in self.problem.tasks[task].crew), default=0)
        seen = 0
        for start in bits.each(events):
            if best is not None and least <= floor + self._delay(
                task, start, start + longest, own_only, taste
            ):
                break
            crew = self._crew(task, start, lines, own_only, taste)
            if crew is None:
                continue
            end = max(seat.end for seat in crew)
            if end < window.end_from:
                continue
            price = self._crew_price(crew, lines) + self._delay(task, start, end, own_only, taste)
            price -= self._kept(task, crew)
            if price < least:
                best, least = TaskBooking(task, start, end, tuple(crew)), price
            seen += 1
            if seen >= EVENTS:
                break
        if best is not None and not self._in_budget(best):
            return None
        return best

    def _delay(self, task: int, start: int, end: int, own_only: bool, taste: Taste) -> float:
        price = self.tails.own(task, end) + EARLY * start
        if taste.finish:
            price += taste.finish * (end + self.tails.length[task])
        return price if own_only else price + self.tails.after(task, end)

    def _kept(self, task: int, crew: list[Seat]) -> float:
        told = self.ledger.running.told_seats.get(task)
        if not told:
            return 0.0
        weight = sum(told.get((seat.person, seat.start), 0) for seat in crew)
        return weight * self.ledger.running.prices.change

    def _crew_price(self, crew: list[Seat], lines: list[list[_Option]]) -> float:
        prices = [{option.person: option.price for option in options} for options in lines]
        return sum(prices[seat.seat][seat.person] for seat in crew)

    def _in_budget(self, booking: TaskBooking) -> bool:
        task = self.problem.tasks[booking.task]
        slot_cents = sum(
            task.crew[seat.seat].work * self.problem.people[seat.person].cents_per_hour
            for seat in booking.crew
        )
        return self.ledger.running.affordable(task.project, slot_cents)

    # Crews ----------------------------------------------------------------------------------

    def _crew(
        self,
        task: int,
        start: int,
        lines: list[list[_Option]],
        own_only: bool,
        taste: Taste,
    ) -> list[Seat] | None:
        """A cheap crew of different people for a start, pinned people among them."""
        crew_lines = self.problem.tasks[task].crew
        fitting: list[list[tuple[_Option, int]]] = []
        for options, line in zip(lines, crew_lines, strict=True):
            able = [
                (option, end)
                for option in options
                if option.starts >> start & 1 and (end := self._end(option, start)) >= 0
            ]
            if len(able) < line.people:
                return None
            fitting.append(able)
        chosen: dict[int, tuple[int, int]] = {}
        free = [line.people for line in crew_lines]
        for person in self._pinned[task]:
            frozen = [
                line
                for line, who, _ in self.ledger.candidates.frozen_seats.get(task, ())
                if who == person
            ]
            for index in frozen or range(len(fitting)):
                ends = [end for option, end in fitting[index] if option.person == person]
                if ends and free[index]:
                    chosen[person] = (index, ends[0])
                    free[index] -= 1
                    break
            else:
                return None
        latest = max((end for _, end in chosen.values()), default=0)
        by_need = sorted(range(len(fitting)), key=lambda index: len(fitting[index]) - free[index])
        for index in by_need:
            for _ in range(free[index]):
                best: tuple[float, int, int] | None = None
                for option, end in fitting[index]:
                    if option.person in chosen:
                        continue
                    price = option.price
                    if best is not None and price >= best[0]:
                        break
                    if end > latest:
                        price += self._delay(task, start, end, own_only, taste)
                        price -= self._delay(task, start, max(latest, start), own_only, taste)
                    if best is None or price < best[0]:
                        best = (price, option.person, end)
                if best is None:
                    return self._matched(task, start, fitting)
                chosen[best[1]] = (index, best[2])
                latest = max(latest, best[2])
        return [Seat(line, person, start, end) for person, (line, end) in chosen.items()]

    def _matched(
        self, task: int, start: int, fitting: list[list[tuple[_Option, int]]]
    ) -> list[Seat] | None:
        """A crew by augmenting paths, where taking the cheapest line by line got stuck."""
        if self._pinned[task]:
            return None
        crew = self.problem.tasks[task].crew
        seats = [index for index, line in enumerate(crew) for _ in range(line.people)]
        people = fill([[option.person for option, _ in fitting[seat]] for seat in seats])
        if people is None:
            return None
        ends = [{option.person: end for option, end in able} for able in fitting]
        return [
            Seat(seat, person, start, ends[seat][person])
            for seat, person in zip(seats, people, strict=True)
        ]

    def _end(self, option: _Option, start: int) -> int:
        """End of a person's booking; -1 if limits or a skill to be earned forbid it."""
        diary = self.ledger.diaries[option.person]
        end = diary.hours.end(start, option.work) if option.splittable else start + option.work
        if not diary.fits(start, end, "worker"):
            return -1
        if option.earns and not self.ledger.masters(
            option.person, option.skill, option.level, start, end
        ):
            return -1
        return end
