"""Classes in counts: how many of a course a trainer gives at a site each day, as shares.

What is left of the rules of classes: seats, languages, rooms and trainers day by day, class hours,
the order of courses, and how many heads may be in class at once. The classes of every plan, and
those of a plan with fewer heads, can be counted so. What the counts cost and the heads they leave
without a seat are therefore never more than any plan's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

import numpy as np

from allocator.problem import Audience
from allocator.timeline import BoolArray, WorkingTime
from solver.candidates.candidates import Candidates
from solver.capacity.programme import Programme
from solver.settings import Stop
from solver.stopping import never, until


@dataclass(frozen=True, slots=True)
class DayClasses:
    """The classes of a course at a site that begin on a day, as columns."""

    course: int
    site: int
    day: int
    low: int
    high: int
    """The day, in slots."""
    last_start: int
    sizes: dict[int, int]
    """By seats of the room (0: none is needed): how many classes."""
    trainers: dict[tuple[int, int], int]
    """By (line, kind of trainer): how many classes they give."""
    heads: dict[int, int]
    """By audience."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a class of a day would take of a person: least slots, on the clock and on duty."""

    starts: BoolArray
    clock: int
    duty: int
    """Both 0 where the person cannot begin it."""


class ClassDays:
    """The programme of some courses: built at once, then ready to be solved.

    No class begins before the slot that `opens` them. It can be part of a larger `programme`.
    """

    def __init__(
        self,
        candidates: Candidates,
        courses: Collection[int],
        opens: int = 0,
        stop: Stop = never,
        programme: Programme | None = None,
    ) -> None:
        self.candidates = candidates
        self.problem = candidates.problem
        self.programme = Programme() if programme is None else programme
        self.days: list[DayClasses] = []
        self.left: dict[tuple[int, int], int] = {}
        """By (audience, course): heads without a seat."""
        self._courses = frozenset(courses)
        self._opens = opens
        self._stop = stop
        self._teaches: dict[int, frozenset[tuple[int, int]]] = {}
        self._duties: dict[tuple[WorkingTime, bytes, int, int], int] = {}
        self.kinds = self._kinds()
        """Trainers who can give the same classes in the same languages: one kind each."""
        self.open_price = 0.0
        """What it costs to seat nobody."""
        needs: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for audience, course in candidates.needs():
            if course in courses and candidates.unseated(audience, course):
                needs[course, candidates.site_of(audience)].append(audience)
        for (course, site), audiences in until(stop, needs.items()):
            self._count(course, site, audiences)
        for (course, site), audiences in until(stop, needs.items()):
            self._seats(course, site, audiences)
        self._order()
        self._audiences()
        self._trainers()
        self._rooms()

    def before(self, slot: int, course: int | None = None) -> list[int]:
        """Columns of the days on which every class, or every one of a course, begins before."""
        return [
            column
            for some in self.days
            if some.last_start < slot and course in (None, some.course)
            for column in (*some.sizes.values(), *some.heads.values(), *some.trainers.values())
        ]

    def duty(self, some: DayClasses, line: int, kind: int) -> tuple[int, int]:
        """Fewest and most on-duty slots that a class of a day takes of a trainer of a kind.

        Fewest of that day alone.
        """
        fewest, most, length = [], 0, self.problem.courses[some.course].length
        for person in self.kinds[kind]:
            use = self._use(some, line, person)
            if use.duty or use.clock:
                worked = self.problem.people[person].working.worked
                at = some.low + np.flatnonzero(use.starts)
                most = max(most, int((worked[at + length] - worked[at]).max()))
                fewest.append(use.duty)
        return min(fewest, default=0), most

    def _kinds(self) -> list[tuple[int, ...]]:
        problem, teaches = self.problem, defaultdict(set)
        for course in self._courses:
            for line in range(len(problem.courses[course].trainers)):
                for person in self.candidates.teachers(course, line):
                    teaches[person].add((course, line))
        asked = {group.language for group in problem.audiences}
        alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for person in sorted(teaches):
            self._teaches[person] = frozenset(teaches[person])
            who = problem.people[person]
            key = (self._teaches[person], who.languages & asked, who.zone)
            alike[key].append(person)
        return [tuple(people) for people in alike.values()]

    # Columns ----------------------------------------------------------------------------------

    def _count(self, course: int, site: int, audiences: list[int]) -> None:
        """Counts for each day on which some audience may take a course at a site."""
        candidates, what = self.candidates, self.problem.courses[course]
        rooms = candidates.rooms(course, site)
        starts = {a: candidates.group_starts(a, course) for a in audiences}
        teachers = {
            (line, kind): [candidates.teacher_starts(course, line, person) for person in people]
            for kind, people in enumerate(self.kinds)
            for line in range(len(what.trainers))
            if (course, line) in self._teaches[people[0]]
            and any(candidates.speaks(people[0], audience) for audience in audiences)
        }
        anybody = np.logical_or.reduce([starts[a] for a in audiences])
        for day, low, high in self._days_of(site):
            if high <= self._opens or not anybody[low:high].any():
                continue
            able = [a for a in audiences if starts[a][low:high].any()]
            possible = np.logical_or.reduce([starts[a][low:high] for a in able])
            if not what.virtual:
                possible &= self._room_free(rooms, what.length, low, high)
            manned = [0] * len(what.trainers)
            most: dict[tuple[int, int], int] = {}
            for key, times in teachers.items():
                apart = [most_apart(each[low:high] & possible, what.length) for each in times]
                if any(apart):
                    most[key] = sum(apart)
                    manned[key[0]] += sum(each > 0 for each in apart)
            possible[: max(0, self._opens - low)] = False
            lines = zip(manned, what.trainers, strict=True)
            if possible.any() and all(found >= line.people for found, line in lines):
                last = low + int(np.flatnonzero(possible)[-1])
                self._day(course, site, (day, low, high, last), able, most)

    def _days_of(self, site: int) -> Iterator[tuple[int, int, int]]:
        """(day, first slot, end) of a site's days inside the rollout."""
        days, horizon = self.problem.days[self.problem.sites[site].zone], self.problem.horizon
        for day in range(days.day(0), days.day(horizon - 1) + 1):
            low, high = days.bounds(day)
            yield day, max(0, low), min(horizon, high)

    def _room_free(self, rooms: Collection[int], length: int, low: int, high: int) -> BoolArray:
        found = np.zeros(high - low, dtype=np.bool_)
        for room in rooms:
            working = self.problem.rooms[room].working
            found |= self.candidates.sitting(working, length)[low:high]
        return found

    def _day(
        self,
        course: int,
        site: int,
        when: tuple[int, int, int, int],
        able: list[int],
        most: dict[tuple[int, int], int],
    ) -> None:
        """The columns of a day, and the rows that only they are in."""
        problem, lp, what = self.problem, self.programme, self.problem.courses[course]
        unit = self._price("cost") * what.length / (100 * problem.axis.slots_per_hour)
        whole = sum(self.candidates.unseated(audience, course) for audience in able)
        rates: dict[int, int] = {0: 0} if what.virtual else {}
        for room in self.candidates.rooms(course, site):
            seats, rate = problem.rooms[room].seats, problem.rooms[room].cents_per_hour
            rates[seats] = min(rate, rates.get(seats, rate))
        sizes = {seats: lp.column(whole, unit * rate) for seats, rate in rates.items()}
        trainers = {
            (line, kind): lp.column(
                apart,
                unit * min(problem.people[person].cents_per_hour for person in self.kinds[kind]),
            )
            for (line, kind), apart in most.items()
        }
        heads = {a: lp.column(self.candidates.unseated(a, course)) for a in able}
        some = DayClasses(course, site, *when, sizes, trainers, heads)
        self.days.append(some)
        for row, line in enumerate(what.trainers):
            given = [(column, 1.0) for (each, _), column in trainers.items() if each == row]
            taken = [(column, -float(line.people)) for column in sizes.values()]
            lp.row(given + taken, low=0.0, high=0.0)
        places = [(column, -float(self._fits(some, size))) for size, column in sizes.items()]
        lp.row([*((column, 1.0) for column in heads.values()), *places], high=0.0)
        self._languages(some)

    def _fits(self, some: DayClasses, size: int) -> int:
        """Heads that fit into a class with a room of a size, by seats and by who can be spared."""
        problem, what = self.problem, self.problem.courses[some.course]
        spared: defaultdict[int, int] = defaultdict(int)
        for audience in some.heads:
            department = problem.audiences[audience].department
            spared[department] += self.candidates.unseated(audience, some.course)
        come = 0
        for department, heads in spared.items():
            limit = problem.departments[department].release_heads
            come += heads if limit is None else min(heads, limit)
        return min(what.largest, come) if what.virtual else min(what.largest, come, size)

    def _languages(self, some: DayClasses) -> None:
        """Heads of a language sit with trainers who speak it."""
        problem, what = self.problem, self.problem.courses[some.course]
        seats = max(self._fits(some, size) for size in some.sizes)
        for language in sorted({problem.audiences[a].language or "" for a in some.heads} - {""}):
            alike = [
                (column, 1.0)
                for audience, column in some.heads.items()
                if problem.audiences[audience].language == language
            ]
            for row, line in enumerate(what.trainers):
                of_row = {k: column for (each, k), column in some.trainers.items() if each == row}
                speaking = [
                    (column, -seats / line.people)
                    for kind, column in of_row.items()
                    if language in problem.people[self.kinds[kind][0]].languages
                ]
                if len(speaking) < len(of_row):
                    self.programme.row(alike + speaking, high=0.0)

    def _price(self, term: str) -> float:
        """The price of a term; 0 where it is forbidden, for it adds nothing then."""
        return float(self.problem.goals.price(term) or 0)

    # Rows over several days ---------------------------------------------------------------------

    def _seats(self, course: int, site: int, audiences: list[int]) -> None:
        """Each head one seat, or none at the price of open work; and classes are whole."""
        problem, lp, what = self.problem, self.programme, self.problem.courses[course]
        days = [some for some in self.days if (some.course, some.site) == (course, site)]
        hours = what.length / problem.axis.slots_per_hour
        price = self._price("open_work") * hours * problem.projects[what.project].priority
        forbidden = problem.goals.price("open_work") is None
        whole, left = 0, []
        for audience in audiences:
            number = self.candidates.unseated(audience, course)
            whole += number
            self.left[audience, course] = lp.column(0 if forbidden else number, price)
            left.append((self.left[audience, course], 1.0))
            seated = [(some.heads[audience], 1.0) for some in days if audience in some.heads]
            lp.row([left[-1], *seated], low=number, high=number)
        self.open_price += whole * price
        if days:
            # Rounded as classes are whole (Gomory's mixed-integer cut): where the last class of the
            # fewest is left out, all of its heads stay without a seat.
            fits = max(1, *(self._fits(some, size) for some in days for size in some.sizes))
            classes = -(-whole // fits)
            last = whole - fits * (classes - 1)
            held = [(column, float(last)) for some in days for column in some.sizes.values()]
            lp.row(left + held, low=float(last * classes))

    def _order(self) -> None:
        """By the end of a day no more have begun a course than have begun each before it."""
        begun: defaultdict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for some in self.days:
            for audience, column in some.heads.items():
                begun[audience, some.course][some.day] = column
        for (audience, course), later in begun.items():
            group = self.problem.audiences[audience]
            for before in self.problem.courses[course].after:
                if before in group.courses and before in self._courses:
                    free = group.headcount - self.candidates.unseated(audience, before)
                    self._never_ahead(begun.get((audience, before), {}), later, free, group)

    def _never_ahead(
        self, earlier: dict[int, int], later: dict[int, int], free: int, group: Audience
    ) -> None:
        """Heads who have taken the earlier course and not the later one are never below zero."""
        lp = self.programme
        balance: list[tuple[int, float]] = []
        for day in sorted({*earlier, *later}):
            parts = [(each, -1.0) for each, _ in balance]
            balance = [(lp.column(group.headcount), 1.0)]
            parts += balance
            if day in earlier:
                parts.append((earlier[day], -1.0))
            if day in later:
                parts.append((later[day], 1.0))
            lp.row(parts, low=free, high=free)
            free = 0

    def _audiences(self) -> None:
        """An audience is in class once at a time, of a department only so many heads."""
        problem = self.problem
        one: defaultdict[tuple[int, int], list[DayClasses]] = defaultdict(list)
        home: defaultdict[tuple[int, int], list[tuple[DayClasses, int]]] = defaultdict(list)
        for some in self.days:
            for audience in some.heads:
                one[audience, some.day].append(some)
                home[problem.audiences[audience].department, some.day].append((some, audience))
        for (audience, _), days in until(self._stop, one.items()):
            headcount = problem.audiences[audience].headcount
            self._in_class([(some, audience) for some in days], headcount)
        for (department, _), cells in until(self._stop, home.items()):
            limit = problem.departments[department].release_heads
            if limit is not None:
                self._in_class(cells, limit)

    def _in_class(self, cells: list[tuple[DayClasses, int]], at_once: int) -> None:
        """Of some heads of a day at most so many at once, so that each seat has one at a time.

        A seat takes, of classes with at least some length, no more than fit one after the other.
        """
        lp = self.programme
        low, high = cells[0][0].low, cells[0][0].high
        starts, lengths, least = [], [], []
        inside = np.zeros(high - low, dtype=np.bool_)
        for some, audience in cells:
            starts.append(self.candidates.group_starts(audience, some.course)[low:high])
            lengths.append(self.problem.courses[some.course].length)
            least.append(_least(starts[-1], lengths[-1], high - low))
            inside |= _covered(starts[-1], lengths[-1])
        columns = [some.heads[audience] for some, audience in cells]
        for length in sorted(set(lengths)):
            longer = [at for at, each in enumerate(lengths) if each >= length]
            union = np.logical_or.reduce([starts[at] for at in longer])
            most = at_once * most_apart(union, length)
            if most < sum(lp.uppers[columns[at]] for at in longer):
                lp.row([(columns[at], 1.0) for at in longer], high=most)
        able = at_once * float(inside.sum())
        parts = [(c, float(slots)) for c, slots in zip(columns, least, strict=True)]
        if able < sum(lp.uppers[column] * slots for column, slots in parts):
            lp.row(parts, high=able)

    def _trainers(self) -> None:
        """Trainers give one class at a time, within their duty and their class hours."""
        problem = self.problem
        given: defaultdict[tuple[int, int], list[tuple[DayClasses, int, int]]] = defaultdict(list)
        for some in self.days:
            for (line, kind), column in some.trainers.items():
                who = problem.people[self.kinds[kind][0]]
                if who.zone == problem.sites[some.site].zone:
                    given[kind, some.day].append((some, line, column))
        for (kind, _), classes in until(self._stop, given.items()):
            self._kind_day(self.kinds[kind], classes)

    def _kind_day(
        self, people: tuple[int, ...], classes: list[tuple[DayClasses, int, int]]
    ) -> None:
        """What trainers of a kind can give on a day: the sum of what each of them can."""
        lp, courses = self.programme, self.problem.courses
        low, high = classes[0][0].low, classes[0][0].high
        uses = [[self._use(some, line, person) for some, line, _ in classes] for person in people]
        lengths = [courses[some.course].length for some, _, _ in classes]
        for length in sorted(set(lengths)):
            longer = [at for at, each in enumerate(lengths) if each >= length]
            most = sum(
                self._most_classes(person, [own[at] for at in longer], length)
                for person, own in zip(people, uses, strict=True)
            )
            lp.row([(classes[at][2], 1.0) for at in longer], high=most)
        able, hours = 0, 0.0
        for person in people:
            who = self.problem.people[person]
            duty = who.working.on_duty(low, high)
            able += duty if who.hours_per_day is None else min(duty, who.hours_per_day)
            hours += inf if who.class_hours_per_day is None else who.class_hours_per_day
        columns = [column for _, _, column in classes]
        duties = [
            min((own[at].duty for own in uses if own[at].duty), default=0)
            for at in range(len(classes))
        ]
        lp.row([(c, float(d)) for c, d in zip(columns, duties, strict=True)], high=able)
        if hours < inf:
            clocks = [
                min((own[at].clock for own in uses if own[at].clock), default=0)
                for at in range(len(classes))
            ]
            lp.row([(c, float(d)) for c, d in zip(columns, clocks, strict=True)], high=hours)

    def _use(self, some: DayClasses, line: int, person: int) -> Use:
        """When a person may begin the classes of a day, and what each takes of that day."""
        working = self.problem.people[person].working
        starts = self.candidates.teacher_starts(some.course, line, person)[some.low : some.high]
        length = self.problem.courses[some.course].length
        # Many have one calendar between them.
        key = (working, starts.tobytes(), length, some.low)
        if key not in self._duties:
            self._duties[key] = _least_duty(working, starts, length, some.low, some.high)
        return Use(starts, _least(starts, length, some.high - some.low), self._duties[key])

    def _most_classes(self, person: int, uses: list[Use], length: int) -> int:
        """Classes of at least some length that a person can give on a day."""
        most = most_apart(np.logical_or.reduce([use.starts for use in uses]), length)
        limit = self.problem.people[person].class_hours_per_day
        if limit is not None and most:
            most = min(most, limit // min(use.clock for use in uses if use.clock))
        return most

    def _rooms(self) -> None:
        """Rooms that some classes share have one class at a time."""
        problem = self.problem
        by_day: defaultdict[tuple[int, int], list[DayClasses]] = defaultdict(list)
        for some in self.days:
            if not problem.courses[some.course].virtual:
                by_day[some.site, some.day].append(some)
        for (site, _), of_day in by_day.items():
            rooms_of = {
                (some.course, size): frozenset(
                    room
                    for room in self.candidates.rooms(some.course, site)
                    if problem.rooms[room].seats == size
                )
                for some in of_day
                for size in some.sizes
            }
            for rooms in sorted(_shared(of_day, rooms_of), key=sorted):
                classes = [
                    (some, size)
                    for some in of_day
                    for size in some.sizes
                    if rooms_of[some.course, size] <= rooms
                ]
                self._room_day(sorted(rooms), classes)

    def _room_day(self, rooms: list[int], classes: list[tuple[DayClasses, int]]) -> None:
        low, high = classes[0][0].low, classes[0][0].high
        lp, courses = self.programme, self.problem.courses
        lengths = sorted({courses[some.course].length for some, _ in classes})
        working = [self.problem.rooms[room].working for room in rooms]
        starts = {
            length: [self.candidates.sitting(each, length)[low:high] for each in working]
            for length in lengths
        }
        for length in lengths:
            longer = [each for each in lengths if each >= length]
            most = sum(
                most_apart(np.logical_or.reduce([starts[each][at] for each in longer]), length)
                for at in range(len(rooms))
            )
            columns = [
                some.sizes[size] for some, size in classes if courses[some.course].length >= length
            ]
            lp.row([(column, 1.0) for column in columns], high=most)
        least = {
            length: min(
                (
                    _least_duty(each, times, length, low, high)
                    for each, times in zip(working, starts[length], strict=True)
                    if times.any()
                ),
                default=0,
            )
            for length in lengths
        }
        able = sum(each.on_duty(low, high) for each in working)
        parts = [
            (some.sizes[size], float(least[courses[some.course].length])) for some, size in classes
        ]
        lp.row(parts, high=able)


def _shared(
    of_day: list[DayClasses], rooms_of: dict[tuple[int, int], frozenset[int]]
) -> set[frozenset[int]]:
    """Sets of rooms worth a row: those of each course from each size on."""
    found: set[frozenset[int]] = set()
    for some in of_day:
        larger: frozenset[int] = frozenset()
        for size in sorted(some.sizes, reverse=True):
            larger |= rooms_of[some.course, size]
            found.add(larger)
    return found


def most_apart(starts: BoolArray, length: int) -> int:
    """How many sittings of a length fit one after the other, with these starts."""
    return _most_apart(starts.tobytes(), length)


@lru_cache(maxsize=100_000)
def _most_apart(starts: bytes, length: int) -> int:
    """`most_apart`, a byte for each slot: days are alike, so that few of them are looked at."""
    count, at = 0, starts.find(1)
    while at >= 0:
        count += 1
        at = starts.find(1, at + length)
    return count


def _covered(starts: BoolArray, length: int) -> BoolArray:
    """Slots of a day in which a sitting with one of these starts may run."""
    inside = np.zeros(len(starts), dtype=np.bool_)
    for start in np.flatnonzero(starts):
        inside[start : start + length] = True
    return inside


def _least(starts: BoolArray, length: int, slots: int) -> int:
    """Fewest slots of its day that a sitting with one of these starts takes; 0 without any."""
    last = starts.tobytes().rfind(1)
    return min(length, slots - last) if last >= 0 else 0


def _least_duty(working: WorkingTime, starts: BoolArray, length: int, low: int, high: int) -> int:
    """Fewest on-duty slots of a day that a sitting with one of these starts takes of someone."""
    at = low + np.flatnonzero(starts)
    if not len(at):
        return 0
    ends = np.minimum(at + length, high)
    return int((working.worked[ends] - working.worked[at]).min())
