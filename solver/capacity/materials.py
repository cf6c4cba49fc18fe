"""What the end of materials costs: the classes that no longer fit in after it, priced.

For the courses that wait for one task a linear programme of classes says what they cost at least,
heads without a seat among it, if no class may begin before the task's end. It is solved again for
later and later ends, so that it becomes a table of steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from fractions import Fraction
from itertools import pairwise
from math import floor, inf

from solver.candidates.candidates import Candidates
from solver.candidates.earliest import earliest_spans
from solver.candidates.steps import Steps
from solver.capacity.class_days import ClassDays
from solver.capacity.programme import Solving
from solver.settings import Stop
from solver.stopping import never, until

FINEST = 1e-3
"""Between two ends whose prices differ by less, as a share of what nobody seated costs, none is
looked at."""

MOST_COLUMNS = 40_000
"""Columns x ends that are looked at in all; with more columns there are fewer ends."""

LEAST_ENDS = 4
"""Ends that are looked at for each task in any case."""

ITERATIONS = 20_000
"""Simplex iterations for one end; what is proved by then counts."""


def class_steps(candidates: Candidates, stop: Stop = never) -> dict[int | None, Steps]:
    """By the task that classes wait for (None: for none) what they cost at least, by its end.

    It is worked out once for some candidates.
    """
    if candidates.class_steps or not candidates.needs():
        return candidates.class_steps
    problem = candidates.problem
    spans = earliest_spans(candidates, stop)
    groups: defaultdict[int | None, set[int]] = defaultdict(set)
    for _, course in candidates.needs():
        task = problem.courses[course].materials
        if task is not None and problem.tasks[task].finished is not None:
            task = None
        groups[task].add(course)
    programmes = {
        task: ClassDays(candidates, sorted(courses), 0 if task is None else spans[task][1], stop)
        for task, courses in until(stop, sorted(groups.items(), key=lambda it: it[0] or -1))
        if task is None or task in spans
    }
    columns = sum(len(each.programme.costs) for each in programmes.values())
    most = max(LEAST_ENDS, MOST_COLUMNS // max(1, columns))
    found = {task: _steps(candidates, each, task, most, stop) for task, each in programmes.items()}
    for task, courses in groups.items():
        if task not in found:
            found[task] = Steps((), (_nobody(candidates, courses),))
    candidates.class_steps.update(found)
    return candidates.class_steps


def together(candidates: Candidates, seconds: float = inf, stop: Stop = never) -> Fraction:
    """What all classes cost at least with trainers, rooms and heads shared, materials in time.

    Courses that wait for different tasks take hours and rooms from each other, which the tables of
    `class_steps` do not see.
    """
    courses = sorted({course for _, course in candidates.needs()})
    if not courses:
        return Fraction(0)
    classes = ClassDays(candidates, courses, 0, stop)
    if not classes.programme.costs:
        return Fraction(0)
    classes.programme.close(too_early(candidates, classes, stop))
    solving = Solving(classes.programme, ITERATIONS, interior=True, seconds=seconds)
    return _rounded(solving.bound())


def too_early(candidates: Candidates, classes: ClassDays, stop: Stop = never) -> list[int]:
    """Columns of classes before the earliest end of their materials."""
    problem, spans = candidates.problem, earliest_spans(candidates, stop)
    found: list[int] = []
    for course in sorted({some.course for some in classes.days}):
        task = problem.courses[course].materials
        if task is not None and problem.tasks[task].finished is None:
            ready = spans[task][1] if task in spans else problem.horizon
            found += classes.before(ready, course)
    return found


def _steps(
    candidates: Candidates, classes: ClassDays, task: int | None, most: int, stop: Stop
) -> Steps:
    """The table of one programme, looked at for at most so many ends beside the earliest."""
    programme = classes.programme
    if not programme.costs:
        return Steps((), (Fraction(0),))
    solving = Solving(programme, ITERATIONS)
    found = {-1: _rounded(solving.bound())}
    if task is None:
        return Steps((), (found[-1],))
    closes = candidates.latest_end(candidates.problem.tasks[task])
    ends = [end for end in _day_ends(classes) if end < closes]
    finest = FINEST * classes.open_price
    stack = [len(ends) - 1] if ends else []
    for _ in until(stop, range(most)):
        if not stack:
            break
        at = stack.pop()
        solving.close(classes.before(ends[at] + 1))
        found[at] = _rounded(solving.bound())
        wide = [
            (float(found[right] - found[left]), left, right)
            for left, right in pairwise(sorted(found))
            if right - left > 1
        ]
        if wide and max(wide)[0] > finest:
            _, left, right = max(wide)
            stack.append((left + right) // 2)
    return _table([*ends, closes], found | {len(ends): _rounded(Fraction(classes.open_price))})


def _day_ends(classes: ClassDays) -> list[int]:
    """The last start of each day."""
    last: dict[int, int] = {}
    for some in classes.days:
        last[some.day] = max(last.get(some.day, 0), some.last_start)
    return [last[day] for day in sorted(last)]


def _table(ends: list[int], found: dict[int, Fraction]) -> Steps:
    """Prices of the ends that were looked at; each counts until the next higher one is proved."""
    slots, prices = [], [found[-1]]
    for at in sorted(set(found) - {-1}):
        if found[at] > prices[-1]:
            slots.append(ends[at])
            prices.append(found[at])
    return Steps(tuple(slots), tuple(prices))


def _rounded(bound: Fraction) -> Fraction:
    """A bound in whole units of money, which keeps the numbers of models that use it small."""
    return Fraction(max(0, floor(bound - bound / 1_000_000_000)))


def _nobody(candidates: Candidates, courses: Collection[int]) -> Fraction:
    """What it costs to leave all heads of some courses without a seat."""
    problem, total = candidates.problem, Fraction(0)
    for audience, course in candidates.needs():
        if course in courses:
            what = problem.courses[course]
            slots = what.length * problem.projects[what.project].priority
            total += candidates.unseated(audience, course) * Fraction(
                slots, problem.axis.slots_per_hour
            )
    return _rounded(total * (problem.goals.price("open_work") or 0))
