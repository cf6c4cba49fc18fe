"""Classes in counts: all classes of courses that belong together decided anew, then filled in.

One trainer's classes of several courses, weeks and sites hang together, which no few sessions show.
Here it is only counted how many heads of each audience take a course at a site and a time, and who
trains then; sessions, rooms and names are filled in by insertion, which keeps every rule.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from allocator.plan import Group, Plan, Session
from solver.candidates import bits
from solver.incumbent import Incumbent
from solver.insertion.inserter import ClassKey, Inserter, Work, usual_policy
from solver.insertion.offers import Offer
from solver.insertion.repair import drop_session, repair_and_reinsert
from solver.insertion.seating import named
from solver.ledger.diary import ANYWHERE
from solver.model.run import ending, solver_of
from solver.settings import Stop
from solver.stopping import GrowingModel, never

MOST_SEATS = 25_000
"""Up to so many (course, site, start, trainer) are decided at once."""

SHARES = (1.0, 0.5, 0.25)
"""Of all of them so many are decided at once; fewer are decided sooner, and better."""

LEAST_SCALE, GROWTH = 0.02, 1.5
"""Of all of that so much where more is not decided in the time, and how fast that is learned."""

STEP_SECONDS = 4.0
"""The counting is given up after so long; what it found by then counts."""

BUILD_WORK = 2e-5
"""Deterministic units that building one constraint counts as, about its seconds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The classes of a course at a site that begin at a slot."""

    course: int
    site: int
    start: int
    end: int
    number: cp_model.IntVar
    sizes: dict[int, cp_model.IntVar]
    """Classes by seats of their room; empty if they need none."""
    trainers: dict[tuple[int, int], cp_model.IntVar]
    """By (line, person)."""
    heads: dict[int, cp_model.IntVar]
    """By audience."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Heads who have ended one course and not begun the one after it, at a moment."""

    number: cp_model.IntVar
    before: Balance | None
    changes: tuple[tuple[int, cp_model.IntVar], ...]
    """What has come since the moment before: (sign, heads)."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What waits for classes of an audience by name: when it begins, and what a head is worth."""

    begins: int
    worth: float


@dataclass(eq=False)
class Counting:
    """A model that counts the classes of some courses at some sites, beside what a ledger holds.

    Audiences that are `needed` have their classes before what waits for them.
    """

    inserter: Inserter
    needed: dict[int, Needed] = field(default_factory=dict)
    stop: Stop = never
    """Building looks at it; see `stopping`."""
    cp: cp_model.CpModel = field(init=False)
    cells: list[Cell] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cp = GrowingModel(self.stop)

    def build(self, keys: Iterable[ClassKey], used: dict[ClassKey, set[int]]) -> None:
        """Variables and rows; `used` are starts beside the tidy ones."""
        for key in sorted(keys):
            for start in bits.each(tidy_starts(self.inserter, key, used.get(key, set()))):
                self._cell(*key, start)
        self._trainers()
        self._rooms()
        self._heads_at_once()
        self._order()
        self._objective()

    def _cell(self, course: int, site: int, start: int) -> None:
        inserter, cp = self.inserter, self.cp
        what, need = inserter.problem.courses[course], inserter.ledger.classes.need
        end = start + what.length
        opens = [
            audience
            for audience in inserter.classes.sites[course, site]
            if need[audience, course] > 0 and inserter.offers.group(audience, course) >> start & 1
        ]
        end = start + what.length
        trainers = {
            (line, offer.person): cp.new_bool_var("")
            for line, offers in enumerate(inserter.offers.teachers(course))
            for offer in offers
            if self._free(offer, course, site, line, start)
        }
        rooms = self._free_rooms(course, site, start)
        if not opens or not (rooms or what.virtual):
            return
        lines = [sum(row == line for row, _ in trainers) for line in range(len(what.trainers))]
        most = min(
            (found // line.people for found, line in zip(lines, what.trainers, strict=True)),
            default=sum(need[audience, course] for audience in opens),
        )
        if not most:
            return
        if not what.virtual:
            most = min(most, len(rooms))
        number = cp.new_int_var(0, most, "")
        heads = {
            audience: cp.new_int_var(0, self._most_heads(audience, course, start, end), "")
            for audience in opens
        }
        sizes: dict[int, cp_model.IntVar] = {}
        if not what.virtual:
            for seats in sorted({self._fits(course, room) for room in rooms}):
                alike = sum(self._fits(course, room) == seats for room in rooms)
                sizes[seats] = cp.new_int_var(0, alike, "")
            cp.add(sum(sizes.values()) == number)
        cell = Cell(course, site, start, end, number, sizes, trainers, heads)
        self.cells.append(cell)
        self._fill(cell)

    def _fits(self, course: int, room: int) -> int:
        problem = self.inserter.problem
        return min(problem.courses[course].largest, problem.rooms[room].seats)

    def _free(self, offer: Offer, course: int, site: int, line: int, start: int) -> bool:
        """Whether a trainer could give a class then, as the ledger stands."""
        ledger, what = self.inserter.ledger, self.inserter.problem.courses[course]
        at = ANYWHERE if what.virtual else site
        taken = ledger.diaries[offer.person].blocked(what.length, at, False, "trainer")
        if not (offer.starts & ~taken) >> start & 1:
            return False
        need = what.trainers[line]
        return not offer.earns or ledger.masters(
            offer.person, need.skill, need.level, start, start + what.length
        )

    def _free_rooms(self, course: int, site: int, start: int) -> list[int]:
        inserter, length = self.inserter, self.inserter.problem.courses[course].length
        return [
            room
            for room in inserter.candidates.rooms(course, site)
            if inserter.offers.room(room, length) >> start & 1
            and not inserter.ledger.rooms[room].blocked(length) >> start & 1
        ]

    def _most_heads(self, audience: int, course: int, start: int, end: int) -> int:
        """Heads of an audience who can come at a time, the order of courses aside."""
        inserter, ledger = self.inserter, self.inserter.ledger
        most = ledger.classes.need[audience, course]
        what, group = inserter.problem.courses[course], inserter.problem.audiences[audience]
        if group.members:
            site = ANYWHERE if what.virtual else inserter.candidates.site_of(audience)
            able = [
                person
                for person in inserter.candidates.untrained_members(audience, course)
                if person not in ledger.classes.attended[audience, course]
                and inserter.offers.learner(person, what.length) >> start & 1
                and not ledger.diaries[person].blocked(what.length, site, False, "learner") >> start
                & 1
            ]
            most = min(most, len(able))
        return max(0, min(most, ledger.classes.room_in_department(group.department, start, end)))

    def _fill(self, cell: Cell) -> None:
        """Heads by seats and by language; trainers of each line for each class."""
        cp, problem = self.cp, self.inserter.problem
        what, all_heads = problem.courses[cell.course], sum(cell.heads.values())
        for row, line in enumerate(what.trainers):
            given = [var for (each, _), var in cell.trainers.items() if each == row]
            cp.add(sum(given) == line.people * cell.number)
        seats = sum(size * var for size, var in cell.sizes.items())
        cp.add(all_heads <= (what.largest * cell.number if what.virtual else seats))
        cp.add(all_heads >= max(1, what.smallest) * cell.number)
        largest = max(cell.sizes, default=what.largest)
        for language in sorted({problem.audiences[a].language or "" for a in cell.heads} - {""}):
            alike = [v for a, v in cell.heads.items() if problem.audiences[a].language == language]
            for row, line in enumerate(what.trainers):
                of_row = {person: v for (each, person), v in cell.trainers.items() if each == row}
                speaking = [v for p, v in of_row.items() if language in problem.people[p].languages]
                if len(speaking) < len(of_row):
                    cp.add(line.people * sum(alike) <= largest * sum(speaking))

    # Rows over several cells --------------------------------------------------------------------

    def _trainers(self) -> None:
        """One class at a time with the way between, and class hours a day."""
        problem = self.inserter.problem
        given: defaultdict[int, list[tuple[Cell, cp_model.IntVar]]] = defaultdict(list)
        for cell in self.cells:
            for (_, person), literal in cell.trainers.items():
                given[person].append((cell, literal))
        for person, classes in given.items():
            classes.sort(key=lambda each: each[0].start)
            for group in _together([(c.start, c.end, v) for c, v in classes]):
                self.cp.add_at_most_one(group)
            self._ways(classes)
            who, diary = problem.people[person], self.inserter.ledger.diaries[person]
            if who.class_hours_per_day is None:
                continue
            days = problem.days[who.zone]
            of_day: defaultdict[int, list[cp_model.LinearExpr]] = defaultdict(list)
            for cell, literal in classes:
                for day in range(days.day(cell.start), days.day(cell.end - 1) + 1):
                    low, high = days.bounds(day)
                    slots = min(high, cell.end) - max(low, cell.start)
                    of_day[day].append(slots * literal)
            for day, parts in of_day.items():
                left = who.class_hours_per_day - diary.class_slots.get(day, 0)
                self.cp.add(sum(parts) <= max(0, left))

    def _ways(self, classes: list[tuple[Cell, cp_model.IntVar]]) -> None:
        """Classes at two sites leave time for the way."""
        travel, courses = self.inserter.problem.travel, self.inserter.problem.courses
        there = [each for each in classes if not courses[each[0].course].virtual]
        if len({cell.site for cell, _ in there}) < 2:
            return
        longest = max(max(row) for row in travel)
        for at, (cell, literal) in enumerate(there):
            for other, second in there[at + 1 :]:
                if other.start >= cell.end + longest:
                    break
                if cell.end <= other.start < cell.end + travel[cell.site][other.site]:
                    self.cp.add_implication(literal, ~second)

    def _rooms(self) -> None:
        """At each moment no more classes than rooms that are large enough."""
        inserter = self.inserter
        by_site: defaultdict[int, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            if cell.sizes:
                by_site[cell.site].append(cell)
        for site, cells in by_site.items():
            for moment in sorted({cell.start for cell in cells}):
                running = [
                    cell
                    for cell in cells
                    if cell.start
                    <= moment
                    < cell.start + inserter.candidates.pace(cell.course, site)
                ]
                able = {c.course: inserter.candidates.rooms(c.course, site) for c in running}
                free = {
                    room
                    for rooms in able.values()
                    for room in rooms
                    if not inserter.ledger.rooms[room].blocked(1) >> moment & 1
                }
                for least in sorted({size for cell in running for size in cell.sizes}):
                    uses = [v for c in running for size, v in c.sizes.items() if size >= least]
                    large = {
                        room
                        for course, rooms in able.items()
                        for room in rooms
                        if room in free and self._fits(course, room) >= least
                    }
                    self.cp.add(sum(uses) <= len(large))

    def _heads_at_once(self) -> None:
        """An audience is in class once at a time; a department spares only so many heads."""
        inserter, classes = self.inserter, self.inserter.ledger.classes
        audiences: defaultdict[int, list[tuple[int, int, cp_model.IntVar]]] = defaultdict(list)
        homes: defaultdict[int, list[tuple[int, int, cp_model.IntVar]]] = defaultdict(list)
        for cell in self.cells:
            for audience, heads in cell.heads.items():
                group = inserter.problem.audiences[audience]
                audiences[audience].append((cell.start, cell.end, heads))
                homes[group.department].append((cell.start, cell.end, heads))
        for audience, uses in audiences.items():
            group = inserter.problem.audiences[audience]
            for moment, running in _running(uses):
                present = sum(
                    heads
                    for course in group.courses
                    for start, end, heads in classes.of_cell[audience, course].values()
                    if start <= moment < end
                )
                self.cp.add(sum(running) <= max(0, group.headcount - present))
        for department, uses in homes.items():
            if inserter.problem.departments[department].release_heads is not None:
                for moment, running in _running(uses):
                    spare = classes.room_in_department(department, moment, moment + 1)
                    self.cp.add(sum(running) <= max(0, spare))

    def _order(self) -> None:
        """No more heads begin a course than have ended those before it."""
        classes, need = self.inserter.ledger.classes, self.inserter.ledger.classes.need
        begins: defaultdict[tuple[int, int], list[tuple[int, int, cp_model.IntVar]]]
        begins = defaultdict(list)
        for cell in self.cells:
            for audience, heads in cell.heads.items():
                begins[audience, cell.course].append((cell.start, cell.end, heads))
        for (audience, course), later in begins.items():
            self.cp.add(sum(heads for _, _, heads in later) <= need[audience, course])
            for before in classes.before[audience, course]:
                earlier = begins.get((audience, before), [])
                changes = [(end, 1, heads) for _, end, heads in earlier]
                changes += [(start, -1, heads) for start, _, heads in later]
                last: Balance | None = None
                for moment in sorted({start for start, _, _ in later}):
                    now = [(sign, heads) for at, sign, heads in changes if at <= moment]
                    changes = [each for each in changes if each[0] > moment]
                    held = classes.ended(audience, before, moment)
                    held -= classes.begun(audience, course, moment)
                    most = sum(heads.domain.max() for _, _, heads in earlier)
                    running = self.cp.new_int_var(-max(0, held), most, "")
                    held_before = 0 if last is None else last.number
                    self.cp.add(running == held_before + sum(sign * heads for sign, heads in now))
                    last = Balance(running, last, tuple(now))
                    self.balances.append(last)

    def _objective(self) -> None:
        """Seats are worth their open work; trainers and rooms cost; earlier is a little better."""
        inserter, problem = self.inserter, self.inserter.problem
        prices, parts = inserter.ledger.running.prices, []
        for cell in self.cells:
            what = problem.courses[cell.course]
            worth = inserter.ledger.running.head_open(cell.course) * prices.open
            for audience, heads in cell.heads.items():
                more = self.needed[audience].worth if audience in self.needed else 0.0
                parts.append(-round(100 * (worth + more)) * heads)
            for (_, person), literal in cell.trainers.items():
                rate = problem.people[person].cents_per_hour
                parts.append(round(100 * what.length * rate * prices.cost) * literal)
            for seats, number in cell.sizes.items():
                rate = min(
                    problem.rooms[room].cents_per_hour
                    for room in inserter.candidates.rooms(cell.course, cell.site)
                    if self._fits(cell.course, room) == seats
                )
                parts.append(round(100 * what.length * rate * prices.cost) * number)
            day = cell.start // (24 * problem.axis.slots_per_hour)
            parts.append(day * cell.number)
        self.cp.minimize(sum(parts))

    def hint(self, sessions: Iterable[Session]) -> None:
        """Begin with the classes of a plan: every variable has its value there."""
        site_of = self.inserter.candidates.site_of
        there: defaultdict[tuple[int, int, int], list[Session]] = defaultdict(list)
        for session in sessions:
            there[session.course, site_of(session.groups[0].audience), session.start].append(
                session
            )
        values: dict[int, int] = {}
        for cell in self.cells:
            held = there[cell.course, cell.site, cell.start]
            values[cell.number.index] = len(held)
            for seats, number in cell.sizes.items():
                values[number.index] = sum(
                    session.room is not None and self._fits(cell.course, session.room) == seats
                    for session in held
                )
            values |= self._trainers_of(cell, held)
            for audience, heads in cell.heads.items():
                values[heads.index] = sum(
                    g.heads for session in held for g in session.groups if g.audience == audience
                )
        for balance in self.balances:
            before = 0 if balance.before is None else values[balance.before.number.index]
            values[balance.number.index] = before + sum(
                sign * values[heads.index] for sign, heads in balance.changes
            )
        for index, value in values.items():
            self.cp.add_hint(self.cp.get_int_var_from_proto_index(index), value)

    def _trainers_of(self, cell: Cell, held: list[Session]) -> dict[int, int]:
        """Values of the trainers of a cell: each on one line, as many there as it asks for."""
        lines = self.inserter.problem.courses[cell.course].trainers
        values = dict.fromkeys((literal.index for literal in cell.trainers.values()), 0)
        waiting = {person for session in held for person in session.trainers}
        for row, line in enumerate(lines):
            able = sorted(p for each, p in cell.trainers if each == row and p in waiting)
            for person in able[: line.people * len(held)]:
                values[cell.trainers[row, person].index] = 1
                waiting.discard(person)
        return values


def tidy_starts(inserter: Inserter, key: ClassKey, used: set[int]) -> int:
    """Starts tried for classes, as bits: back to back from the first hour on, and those `used`."""
    what, possible = inserter.problem.courses[key[0]], 0
    for audience in inserter.classes.sites[key]:
        possible |= inserter.offers.group(audience, key[0])
    materials = what.materials
    opens = 0
    if materials is not None and inserter.problem.tasks[materials].finished is None:
        booking = inserter.ledger.tasks[materials]
        if booking is None:
            return 0
        opens = booking.end
    possible = possible >> opens << opens
    found, left = 0, possible
    while left:
        start = (left & -left).bit_length() - 1
        found |= 1 << start
        left = left >> (start + 1) << (start + 1)
        if possible >> (start + 1) & 1:
            beyond = start + inserter.candidates.pace(*key)
            run = possible >> start
            ends = (~run & (run + 1)).bit_length() - 1  # length of the run of starts from here
            left = left >> min(beyond, start + ends) << min(beyond, start + ends)
    for start in used:
        found |= possible & (1 << start)
    return found


def _together(
    uses: list[tuple[int, int, cp_model.IntVar]],
) -> Iterator[list[cp_model.IntVar]]:
    """Groups of literals that run at one moment, where there are several."""
    for _, running in _running(uses):
        if len(running) > 1:
            yield running


def _running(
    uses: list[tuple[int, int, cp_model.IntVar]],
) -> Iterator[tuple[int, list[cp_model.IntVar]]]:
    """What runs at each moment at which something begins."""
    for moment in sorted({start for start, _, _ in uses}):
        yield moment, [use for start, end, use in uses if start <= moment < end]


class ClassCounts:
    """A way to improve: courses that belong together are counted anew, open heads first."""

    def __init__(self, inserter: Inserter, incumbent: Incumbent, seed: int) -> None:
        self._inserter = inserter
        self._incumbent = incumbent
        self._rng = random.Random(seed)
        self._policy = usual_policy(inserter, self._rng)
        self._scale = 1.0

    def step(self, plan: Plan) -> bool:
        """Decide the classes of some courses anew; True if that made a better plan."""
        inserter, ledger = self._inserter, self._inserter.ledger
        ledger.load(plan)
        keys = self._choose()
        if not keys:
            return False
        dropped, needed = Work(), self._needed()
        gone = [
            session
            for number, session in sorted(ledger.classes.sessions.items())
            if (session.course, ledger.classes.site(session)) in keys
            and number not in ledger.fixed_sessions
        ]
        used: defaultdict[ClassKey, set[int]] = defaultdict(set)
        for number, session in sorted(ledger.classes.sessions.items()):
            key = (session.course, ledger.classes.site(session))
            if key in keys and number not in ledger.fixed_sessions:
                used[key].add(session.start)
                drop_session(inserter, number, dropped)
        counting = Counting(inserter, needed, self._incumbent.ended)
        counting.build(keys, used)
        counting.hint(gone)
        incumbent = self._incumbent
        incumbent.spend(BUILD_WORK * len(counting.cp.proto.constraints))
        solver = solver_of(incumbent, STEP_SECONDS)
        with ending(solver, incumbent):
            status = solver.solve(counting.cp)
        incumbent.spend(solver.response_proto.deterministic_time)
        growth = GROWTH if status == cp_model.OPTIMAL else 1 / GROWTH
        self._scale = min(1.0, max(LEAST_SCALE, self._scale * growth))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            for cell in sorted(counting.cells, key=lambda each: (each.start, each.course)):
                if solver.value(cell.number):
                    self._hold(cell, solver)
        repair_and_reinsert(inserter, inserter.slack, self._policy, Work(classes=set(keys)))
        return incumbent.try_out(ledger.plan())

    def _choose(self) -> set[ClassKey]:
        """Courses and sites around open heads, or any: with those that wait for them or share."""
        inserter, rng = self._inserter, self._rng
        keys = sorted(inserter.classes.sites)
        if not keys:
            return set()
        missing = [key for key in keys if inserter.classes.missing(*key)]
        seed = rng.choice(missing or keys)
        teachers = {
            key: {offer.person for line in inserter.offers.teachers(key[0]) for offer in line}
            for key in keys
        }
        courses, rank = inserter.problem.courses, {}
        for key in keys:
            near = courses[key[0]].materials == courses[seed[0]].materials
            shared = len(teachers[key] & teachers[seed])
            rank[key] = (key != seed, not near, key[1] != seed[1], -shared, rng.random())
        sizes = {
            key: tidy_starts(inserter, key, set()).bit_count() * max(1, len(teachers[key]))
            for key in keys
        }
        most = min(MOST_SEATS, sum(sizes.values()) * rng.choice(SHARES)) * self._scale
        chosen: set[ClassKey] = set()
        for key in sorted(keys, key=rank.__getitem__):
            if chosen and sum(sizes[each] for each in chosen) + sizes[key] > most:
                break
            chosen.add(key)
        return self._with_later(chosen)

    def _needed(self) -> dict[int, Needed]:
        """Audiences whose members stand on shifts only because of what they learn in class."""
        inserter, ledger, problem = self._inserter, self._inserter.ledger, self._inserter.problem
        found: dict[int, Needed] = {}
        for audience, group in enumerate(problem.audiences):
            begins, lost = problem.horizon, 0.0
            for number, people in enumerate(ledger.shifts):
                need = problem.shifts[number]
                support = problem.supports[need.support]
                earning = [
                    person
                    for person in people
                    if person in group.members
                    and inserter.candidates.may_earn(person, support.skill, support.level)
                ]
                if earning:
                    begins = min(begins, need.start)
                    worth = ledger.running.supporter_open(number) * ledger.running.prices.open
                    lost += worth * len(earning)
            if lost:
                found[audience] = Needed(begins, lost / len(group.members))
        return found

    def _with_later(self, chosen: set[ClassKey]) -> set[ClassKey]:
        """Also courses that come after one of these for somebody at the site."""
        inserter, found = self._inserter, set(chosen)
        stack = sorted(chosen)
        while stack:
            course, site = stack.pop()
            for audience in inserter.classes.sites[course, site]:
                for later in inserter.ledger.classes.after[audience, course]:
                    key = (later, site)
                    if key in inserter.classes.sites and key not in found:
                        found.add(key)
                        stack.append(key)
        return found

    def _hold(self, cell: Cell, solver: cp_model.CpSolver) -> None:
        """Plan the classes of a cell as far as the ledger allows."""
        inserter, ledger = self._inserter, self._inserter.ledger
        problem, what = inserter.problem, inserter.problem.courses[cell.course]
        crews = _crews(cell, solver, [line.people for line in what.trainers])
        heads = {audience: solver.value(var) for audience, var in cell.heads.items()}
        rooms = sorted(
            (
                room
                for room in inserter.candidates.rooms(cell.course, cell.site)
                if inserter.offers.room(room, what.length) >> cell.start & 1
                and not ledger.rooms[room].blocked(what.length) >> cell.start & 1
            ),
            key=lambda room: (-problem.rooms[room].seats, problem.rooms[room].cents_per_hour),
        )
        crews.sort(key=lambda crew: (self._spoken(crew, heads), crew))
        for at, crew in enumerate(crews):
            left = len(crews) - at
            room = None
            if not what.virtual:
                if not rooms:
                    return
                room = rooms[0]
            seats = what.largest if room is None else min(what.largest, problem.rooms[room].seats)
            waiting = sum(heads.values())
            even = max(-(-waiting // left), what.smallest)
            groups = self._groups(
                cell, crew, heads, min(seats, max(even, waiting - seats * (left - 1)))
            )
            if sum(group.heads for group in groups) < max(1, what.smallest):
                continue
            session = Session(cell.course, room, cell.start, cell.end, crew, tuple(groups))
            if not self._allowed(session):
                continue
            ledger.add_session(session)
            if room is not None:
                rooms.remove(room)
            for group in groups:
                heads[group.audience] -= group.heads

    def _spoken(self, crew: tuple[int, ...], heads: dict[int, int]) -> int:
        """Heads to whom a crew can speak."""
        speaks = self._inserter.candidates.speaks
        return sum(n for a, n in heads.items() if all(speaks(person, a) for person in crew))

    def _groups(
        self, cell: Cell, crew: tuple[int, ...], heads: dict[int, int], seats: int
    ) -> list[Group]:
        inserter = self._inserter
        groups: list[Group] = []
        spare: dict[int, int] = {}
        speaks = inserter.candidates.speaks
        able = [a for a, n in heads.items() if n and all(speaks(person, a) for person in crew)]
        asked = {a: inserter.problem.audiences[a].language for a in able}
        rare = {a: sum(lang == asked[a] for lang in asked.values()) for a in able}
        for audience in sorted(able, key=lambda a: (rare[a], -heads[a], a)):
            seated = {*crew, *named(groups)}
            most = min(seats, heads[audience])
            group = inserter.classes.seating.group(
                cell.course, audience, cell.start, most, spare, seated
            )
            if group is not None:
                groups.append(group)
                seats -= group.heads
                spare[inserter.problem.audiences[audience].department] -= group.heads
            if not seats:
                break
        return groups

    def _allowed(self, session: Session) -> bool:
        ledger = self._inserter.ledger
        learners = named(session.groups)
        return (
            self._inserter.classes.affordable(session)
            and not learners & set(session.trainers)
            and all(
                ledger.diaries[person].fits(session.start, session.end, "trainer")
                for person in session.trainers
            )
        )


def _crews(cell: Cell, solver: cp_model.CpSolver, people: list[int]) -> list[tuple[int, ...]]:
    """The trainers of each class of a cell."""
    lines = [
        [
            person
            for (each, person), var in cell.trainers.items()
            if each == row and solver.value(var)
        ]
        for row in range(len(people))
    ]
    return [
        tuple(
            sorted(
                person
                for line, size in zip(lines, people, strict=True)
                for person in line[at * size : (at + 1) * size]
            )
        )
        for at in range(solver.value(cell.number))
    ]
