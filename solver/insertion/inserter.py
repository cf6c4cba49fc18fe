"""The inserter: one ledger with everything that finds places in it, for all heuristics."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from solver.candidates.candidates import Candidates
from solver.insertion.classes import ClassPlacer
from solver.insertion.delay_cost import DelayCost
from solver.insertion.dispatch import Dispatcher, Urgency
from solver.insertion.earning import support_worth
from solver.insertion.offers import Offers
from solver.insertion.policy import InsertionPolicy
from solver.insertion.shifts import ShiftPlacer
from solver.insertion.tasks import TaskPlacer
from solver.ledger.ledger import Ledger
from solver.settings import Stop
from solver.stopping import never

ClassKey = tuple[int, int]
"""(course, site)."""

ClassRank = tuple[int, int, bool, float]
"""(go-live, courses before it, grants nothing, - slots asked for / slots trainers have)."""

SCARCE_SHARE = 0.3
"""Price of an hour of the scarcest people beyond their rate, as a share of the mean rate."""

FULLNESS = (0.2, 0.3, 0.4, 0.5, 0.7)
"""Shares of their seats that classes wait for when they are placed moment by moment."""

BEHIND = (0.0, 0.3, 1.0, 2.0)
"""What the courses that come after them count then."""


@dataclass
class Work:
    """Work that waits for a place."""

    tasks: set[int] = field(default_factory=set)
    classes: set[ClassKey] = field(default_factory=set)
    shifts: set[int] = field(default_factory=set)
    urgent: set[ClassKey] = field(default_factory=set)
    """Classes that may go before those that usually come first."""
    in_time: set[ClassKey] = field(default_factory=set)
    """Classes that are placed moment by moment first; see `dispatch`."""
    first: set[int] = field(default_factory=set)
    """Tasks that may go before those that usually come first."""

    def add(self, other: Work) -> None:
        """Wait for a place too."""
        self.tasks |= other.tasks
        self.classes |= other.classes
        self.shifts |= other.shifts

    @property
    def size(self) -> int:
        """How many places have to be found."""
        return len(self.tasks) + len(self.classes) + len(self.shifts)

    def __bool__(self) -> bool:
        return bool(self.tasks or self.classes or self.shifts)


class Inserter:
    """A ledger, what may be booked in it, and the order in which work is usually placed."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self.problem = candidates.problem
        self.ledger = Ledger(candidates)
        self.offers = Offers(candidates)
        self.delay_cost = DelayCost(candidates, self.offers, self.ledger.order, self.ledger.running)
        self.tasks = TaskPlacer(self.ledger, self.offers, self.delay_cost)
        self.classes = ClassPlacer(self.ledger, self.offers)
        self.shifts = ShiftPlacer(self.ledger)
        self.support_worth = support_worth(candidates, self.ledger.running)
        """By course, what a head in it is worth to support."""
        self.scarcity = self._scarcity()
        self.slack: dict[int, float] = self._slack()
        """Latest start of each task with which nothing gets later than it must."""
        self.class_rank = self._class_rank()
        """Classes by wave, then in the order in which courses are taken, the tightest first."""

    def _scarcity(self) -> list[float]:
        """Per person, the load of the busiest skill: slots asked for / people who have it."""
        problem = self.problem
        demand: defaultdict[tuple[int, int], int] = defaultdict(int)
        for task in problem.tasks:
            if task.finished is None:
                for line in task.crew:
                    demand[line.skill, line.level] += line.people * line.work
        for course, site in self.classes.sites:
            what = problem.courses[course]
            sessions = -(-self.classes.missing(course, site) // what.largest)
            for line in what.trainers:
                demand[line.skill, line.level] += line.people * what.length * sessions
        loads = [0.0] * len(problem.people)
        for (skill, level), slots in demand.items():
            able = self.candidates.people_with(skill, level)
            for person in able:
                loads[person] = max(loads[person], slots / len(able))
        most = max(loads, default=0.0)
        return [load / most if most else 0.0 for load in loads]

    def _slack(self) -> dict[int, float]:
        found: dict[int, float] = {}
        delay_cost, horizon = self.delay_cost, self.problem.horizon
        for task, (start, end) in delay_cost.earliest.items():
            if end > horizon:
                found[task] = start
                continue
            least = delay_cost.own(task, end) + delay_cost.after(task, end)
            low, high = end, self.candidates.latest_end(self.problem.tasks[task])
            while low < high:
                middle = (low + high + 1) // 2
                if delay_cost.own(task, middle) + delay_cost.after(task, middle) <= least + 1e-6:
                    low = middle
                else:
                    high = middle - 1
            found[task] = start + low - end
        return found

    def _class_rank(self) -> dict[ClassKey, ClassRank]:
        depth = _depths([course.after for course in self.problem.courses])
        found: dict[ClassKey, ClassRank] = {}
        never = 10**6
        for (course, site), audiences in self.classes.sites.items():
            what = self.problem.courses[course]
            live = min(
                self.problem.go_live.get(
                    (self.problem.audiences[it].department, what.project), never
                )
                for it in audiences
            )
            slots = what.length * -(-self.classes.missing(course, site) // what.largest)
            open_slots = 0
            for audience in audiences:
                open_slots |= self.offers.group(audience, course)
            free = min(
                (
                    sum((offer.starts & open_slots).bit_count() for offer in offers)
                    for offers in self.offers.teachers(course)
                ),
                default=0,
            )
            tight = slots / free if free else 0.0
            found[course, site] = (live, depth[course], what.grants is None, -tight)
        return found

    # Building -------------------------------------------------------------------------------

    def place(self, work: Work, keys: dict[int, float], policy: InsertionPolicy) -> None:
        """Find places for tasks, then for classes, then for support."""
        self.place_tasks(work.tasks, keys, policy)
        self.place_classes(work.classes, policy)
        self.place_shifts(work.shifts, policy)

    def place_tasks(
        self,
        tasks: Iterable[int],
        keys: dict[int, float],
        policy: InsertionPolicy,
        stop: Stop = never,
    ) -> None:
        """Place tasks, those with small keys first, each after those it comes after.

        When the `stop` says so, those that are left stay open; so do classes and shifts.
        """
        waiting = set(tasks)
        order = self.ledger.order
        missing = {
            task: sum(link.task in waiting for link in order.predecessors[task]) for task in waiting
        }
        ready = [(keys[task], task) for task in waiting if not missing[task]]
        heapify(ready)
        while ready and not stop():
            _, task = heappop(ready)
            self.tasks.place(task, policy)
            for later, _ in order.successors[task]:
                if later in waiting:
                    missing[later] -= 1
                    if not missing[later]:
                        heappush(ready, (keys[later], later))

    def place_classes(
        self,
        classes: Iterable[ClassKey],
        policy: InsertionPolicy,
        urgent: Collection[ClassKey] = (),
        stop: Stop = never,
    ) -> None:
        """Seat heads, urgent ones first, then wave by wave, earlier courses first."""
        order = sorted(classes, key=lambda key: (key not in urgent, self.class_rank[key], key))
        for course, site in order:
            if stop():
                return
            self.classes.place(course, site, policy)

    def dispatch_classes(self, classes: Collection[ClassKey], policy: InsertionPolicy) -> None:
        """Seat heads moment by moment, classes that are worth most first; not all find a seat."""
        rng = policy.rng
        urgency = Urgency(rng.choice(FULLNESS), rng.choice(BEHIND))
        Dispatcher(self.classes, self.support_worth, policy, urgency).place(classes)

    def place_shifts(
        self, shifts: Iterable[int], policy: InsertionPolicy, stop: Stop = never
    ) -> None:
        """Fill shifts day by day."""
        for shift in sorted(shifts, key=lambda it: (self.problem.shifts[it].start, it)):
            if stop():
                return
            self.shifts.place(shift, policy)


def _depths(after: Sequence[Sequence[int]]) -> list[int]:
    """How many there are in the longest chain of what each comes after, itself included."""
    depth = [0] * len(after)
    for root in range(len(after)):
        stack = [root]
        while stack:
            waiting = [each for each in after[stack[-1]] if not depth[each]]
            if waiting:
                stack += waiting
            else:
                last = stack.pop()
                depth[last] = 1 + max((depth[each] for each in after[last]), default=0)
    return depth


def usual_policy(inserter: Inserter, rng: random.Random) -> InsertionPolicy:
    """Least price, with people of scarce skills kept for what only they can do."""
    prices, problem = inserter.ledger.running.prices, inserter.problem
    rates = [person.cents_per_hour for person in problem.people]
    mean = sum(rates) / len(rates) if rates else 0.0
    return InsertionPolicy(
        rng,
        scarce=SCARCE_SHARE * max(mean * prices.cost, prices.finish),
        scarcity=inserter.scarcity,
        finish=prices.finish,
    )
