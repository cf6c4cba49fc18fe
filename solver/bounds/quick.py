"""What no plan can go below: bounds of tasks, classes and support, added up.

The terms of tasks, of classes and of support are bounded apart. Each bound leaves out the other
work, which could only take people, time and money away, and the rules that other work could help
to meet; so their sum bounds the total of every plan, the finish being that of tasks alone. Wishes
that work at fixed times cannot keep come on top, or what it costs to leave some of that work open.
Unfairness and change count as zero.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction

from allocator.views.money import spent_before
from solver.bounds.class_prices import least_class_price
from solver.bounds.unavoidable_wishes import Stint, Unkept, unkept
from solver.candidates.candidates import Candidates
from solver.candidates.earliest import Spans, earliest_spans
from solver.relaxation.cheapest_crew import cheapest_crew
from solver.relaxation.makespan_bound import earliest_finish
from solver.relaxation.pools import pools_of
from solver.settings import Stop
from solver.stopping import never

PRICED = ("open_work", "lateness", "cost")
"""The terms that bounds of a part count."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower bounds on the total that tasks, classes and support each add."""

    tasks: Fraction
    classes: Fraction
    support: Fraction
    people: Fraction = Fraction(0)
    """Of classes and support together."""
    work: Fraction = Fraction(0)
    """Of everything together, but for the finish."""
    finish: Fraction = Fraction(0)
    """Of the finish alone."""
    timed: Fraction = Fraction(0)
    """Of tasks and finish together."""
    placed: Fraction = Fraction(0)
    """Of tasks together with the classes that wait for them."""
    wishes: Fraction = Fraction(0)
    """What wishes add that break unless some work is left open."""
    spent: Fraction = Fraction(0)
    """What has been spent before any plan."""
    otherwise: Fraction | None = None
    """Of everything together where some of that work is left open; None if it must not be."""

    @property
    def total(self) -> Fraction:
        """No plan has a lower total."""
        rest = max(self.people, self.classes + self.support)
        placed = max(self.work, self.tasks + rest, self.placed + self.support)
        total = max(self.timed + rest, self.finish + placed) + self.spent
        kept = total + self.wishes
        return kept if self.otherwise is None else max(total, min(kept, self.otherwise))


def quick_bounds(candidates: Candidates, stop: Stop = never) -> Bounds:
    """Bounds without search: critical path, cheapest crews, fewest classes, cheapest support."""
    spans = earliest_spans(candidates, stop)
    bounds = Bounds(
        finish=least_finish(candidates, stop),
        tasks=tasks_apart(candidates, spans),
        classes=max(fewest_classes(candidates), Fraction(least_class_price(candidates, spans))),
        support=cheapest_support(candidates),
        spent=_price(candidates, "cost") * spent_before(candidates.problem),
    )
    return _with_wishes(candidates, spans, bounds)


def _with_wishes(candidates: Candidates, spans: Spans, bounds: Bounds) -> Bounds:
    """What surely breaks of the wishes, unless work is left open at its extra price."""
    price = _price(candidates, "wishes")
    broken = unkept(candidates) if price else Unkept(0, frozenset())
    if not broken.weight:
        return bounds
    otherwise = None
    if candidates.problem.goals.price("open_work") is not None:
        otherwise = bounds.total + min(
            _dearer_open(candidates, spans, stint) for stint in broken.stints
        )
    return replace(bounds, wishes=price * broken.weight, otherwise=otherwise)


def _dearer_open(candidates: Candidates, spans: Spans, stint: Stint) -> Fraction:
    """What leaving a task, or a place on a shift, open costs more than its bound says."""
    if stint.kind == "task":
        left, planned = task_apart(candidates, spans, stint.index)
        return left - _least(candidates, left, planned)
    missing, places = shift_places(candidates, stint.index)
    return missing - max(_least(candidates, missing, planned) for planned in places)


def _price(candidates: Candidates, term: str) -> Fraction:
    """The price of a term; 0 where it is forbidden, as it then adds nothing to a total."""
    return candidates.problem.goals.price(term) or Fraction(0)


def _least(candidates: Candidates, left_open: Fraction, planned: Fraction | None) -> Fraction:
    """The cheaper of leaving open and planning, where both are allowed."""
    if candidates.problem.goals.price("open_work") is None:
        return Fraction(0) if planned is None else planned
    return left_open if planned is None else min(left_open, planned)


# Tasks --------------------------------------------------------------------------------------


def tasks_apart(candidates: Candidates, spans: Spans) -> Fraction:
    """Each task as if it had all its people to itself, after its predecessors' earliest ends."""
    problem = candidates.problem
    total = Fraction(0)
    for index, task in enumerate(problem.tasks):
        if task.finished is not None:
            late = max(0, task.finished - task.due) if task.due is not None else 0
            hours = Fraction(late * task.priority, problem.axis.slots_per_hour)
            total += _price(candidates, "lateness") * hours
        else:
            total += _least(candidates, *task_apart(candidates, spans, index))
    return total


def task_apart(
    candidates: Candidates, spans: Spans, index: int
) -> tuple[Fraction, Fraction | None]:
    """What a task costs left open, and what it costs at least if planned (None: it cannot be)."""
    task, per_hour = candidates.problem.tasks[index], candidates.problem.axis.slots_per_hour
    work = sum(line.people * line.work for line in task.crew)
    left = _price(candidates, "open_work") * Fraction(work * task.priority, per_hour)
    if index not in spans:
        return left, None
    late = max(0, spans[index][1] - task.due) if task.due is not None else 0
    planned = _price(candidates, "lateness") * Fraction(late * task.priority, per_hour)
    planned += _price(candidates, "cost") * cheapest_crew(candidates, index)
    return left, planned


def least_finish(candidates: Candidates, stop: Stop) -> Fraction:
    """The price of the earliest finish, where nothing may stay open; else 0."""
    price = _price(candidates, "finish")
    if not price or candidates.problem.goals.price("open_work") is not None:
        return Fraction(0)
    per_hour = candidates.problem.axis.slots_per_hour
    return price * Fraction(earliest_finish(candidates, pools_of(candidates), stop), per_hour)


# Classes ------------------------------------------------------------------------------------


def fewest_classes(candidates: Candidates) -> Fraction:
    """Heads in as few classes as the largest room allows, with the cheapest trainers."""
    problem = candidates.problem
    heads: defaultdict[tuple[int, int], int] = defaultdict(int)
    total = Fraction(0)
    for audience, course in candidates.needs():
        number = candidates.unseated(audience, course)
        if candidates.group_starts(audience, course).any():
            heads[course, candidates.site_of(audience)] += number
        else:
            total += _untrained(candidates, course, number)
    for (course, site), number in heads.items():
        what = problem.courses[course]
        seats = what.largest
        rooms = candidates.rooms(course, site)
        if not what.virtual:
            seats = min(seats, max((problem.rooms[r].seats for r in rooms), default=0))
        cheapest = _cheapest_class(candidates, course, rooms)
        if cheapest is None or seats == 0:
            total += _untrained(candidates, course, number)
            continue
        classes = -(-number // seats)
        full = min(
            _untrained(candidates, course, number),
            _untrained(candidates, course, number - (classes - 1) * seats)
            + (classes - 1) * cheapest,
        )
        total += _least(candidates, full, classes * cheapest)
    return total


def _untrained(candidates: Candidates, course: int, heads: int) -> Fraction:
    what = candidates.problem.courses[course]
    priority = candidates.problem.projects[what.project].priority
    hours = Fraction(what.length * priority, candidates.problem.axis.slots_per_hour)
    return heads * hours * _price(candidates, "open_work")


def _cheapest_class(candidates: Candidates, course: int, rooms: tuple[int, ...]) -> Fraction | None:
    """Cost of one class with the cheapest trainers and room; None if there are none."""
    problem, what = candidates.problem, candidates.problem.courses[course]
    if not what.virtual and not rooms:
        return None
    cents = 0 if what.virtual else min(problem.rooms[room].cents_per_hour for room in rooms)
    for number, line in enumerate(what.trainers):
        people = candidates.teachers(course, number)
        if len(people) < line.people:
            return None
        cents += sum(sorted(problem.people[p].cents_per_hour for p in people)[: line.people])
    hours = Fraction(cents * what.length, 100 * problem.axis.slots_per_hour)
    return hours * _price(candidates, "cost")


# Support ------------------------------------------------------------------------------------


def cheapest_support(candidates: Candidates) -> Fraction:
    """Each shift with the cheapest people who could stand on it; the others stay missing."""
    total = Fraction(0)
    for index in range(len(candidates.problem.shifts)):
        missing, places = shift_places(candidates, index)
        total += sum((_least(candidates, missing, planned) for planned in places), Fraction(0))
    return total


def shift_places(candidates: Candidates, index: int) -> tuple[Fraction, list[Fraction | None]]:
    """What a missing supporter costs, and each place filled as cheaply as can be (None: empty)."""
    problem, need = candidates.problem, candidates.problem.shifts[index]
    slots, per_hour = need.end - need.start, problem.axis.slots_per_hour
    priority = problem.projects[problem.supports[need.support].project].priority
    missing = _price(candidates, "open_work") * Fraction(slots * priority, per_hour)
    rates = sorted(problem.people[p].cents_per_hour for p in candidates.supporters(index))
    places: list[Fraction | None] = [
        _price(candidates, "cost") * Fraction(rate * slots, 100 * per_hour)
        for rate in rates[: need.people]
    ]
    return missing, places + [None] * (need.people - len(places))
