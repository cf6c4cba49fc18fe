"""The conditions on a task's start, from facts of the rollout to what the plan has booked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from allocator.problem import Task
from allocator.reasons.crew import Options, able
from allocator.reasons.held import clash
from allocator.reasons.people import counted, duty_list, listed_people, skill_at
from allocator.reasons.situation import Situation
from allocator.reasons.starts import (
    between,
    clear_of,
    keep,
    mastered,
    vendor_minimum_met,
    within_limits,
)
from allocator.timeline import BoolArray, IntArray
from allocator.wording import hours, money


@dataclass(frozen=True)
class Failure:
    """Where a condition leaves no crew: one line alone, or (None) all lines at one start."""

    line: int | None
    before: Options
    after: Options


@dataclass(frozen=True)
class Condition:
    """What narrows the starts, the people it puts on the crew, and its sentence if it fails."""

    narrow: Callable[[Options], Options]
    says: Callable[[Failure], str]
    required: frozenset[int] = frozenset()


Allows = Callable[[int, int, IntArray], BoolArray]
"""(line, person, ends) -> starts that are allowed."""


def conditions(situation: Situation, number: int) -> Iterator[Condition]:
    """All conditions on a task, in the order in which they are blamed."""
    view = _TaskView(situation, number)
    yield Condition(lambda options: options, view.says_length)
    yield Condition(view.each(view.in_window), view.says_window)
    yield Condition(view.each(view.after_lead), view.says_lead)
    yield Condition(view.each(view.is_master), view.says_certificate)
    yield Condition(view.each(view.off_blocked), view.says_blocked)
    yield Condition(view.each(view.own_limits), view.says_own_limits)
    yield Condition(view.each(view.pinned_start), view.says_pinned, view.pinned_people)
    yield Condition(view.each(view.after_others), view.says_after)
    yield Condition(view.each(view.paired), view.says_paired, view.same_people)
    yield Condition(view.affordable, view.says_budget)
    yield Condition(view.each(view.not_held), view.says_held)
    yield Condition(view.each(view.in_reach), view.says_travel)
    yield Condition(view.each(view.within_load), view.says_load)
    yield Condition(view.each(view.enough_a_day), view.says_enough_a_day)


@dataclass(frozen=True)
class _TaskView:
    situation: Situation
    number: int

    @property
    def task(self) -> Task:
        return self.situation.problem.tasks[self.number]

    def each(self, allows: Allows) -> Callable[[Options], Options]:
        """Narrow person by person."""

        def narrow(options: Options) -> Options:
            return tuple(
                {who: keep(ends, allows(line, who, ends)) for who, ends in people.items()}
                for line, people in enumerate(options)
            )

        return narrow

    # Wording ----------------------------------------------------------------------------------

    def moment(self, slot: int) -> str:
        return self.situation.problem.axis.moment(slot, self.task.zone)

    def need(self, line: int) -> str:
        """`2 people with sap level 3 for 16 h each`."""
        seat, problem = self.task.crew[line], self.situation.problem
        what = hours(problem, seat.work)
        length = what if self.task.splittable else f"one sitting of {what}"
        each = " each" if seat.people > 1 else ""
        skill = skill_at(problem, seat.skill, seat.level)
        return f"{counted(seat.people, 'person', 'people')} with {skill} for {length}{each}"

    def crew(self, failure: Failure) -> str:
        """What the failing seats need."""
        lines = range(len(self.task.crew)) if failure.line is None else [failure.line]
        return " and ".join(self.need(line) for line in lines)

    def who(self, failure: Failure) -> list[int]:
        """Everyone who could begin at some time before the condition came."""
        lines = range(len(self.task.crew)) if failure.line is None else [failure.line]
        return sorted({person for line in lines for person in able(failure.before, line)})

    def left(self, failure: Failure) -> str:
        """`nobody can`, `only ana can`, or that the people can but not together."""
        problem = self.situation.problem
        if failure.line is None:
            return "each seat could be filled, but never all of them from the same start"
        people = able(failure.after, failure.line)
        if not people:
            return "nobody can"
        if len(people) < self.task.crew[failure.line].people:
            return f"only {listed_people(problem, people)} can"
        return "never enough of them from the same start"

    # Working time -----------------------------------------------------------------------------

    def says_length(self, failure: Failure) -> str:
        end = self.situation.problem.horizon
        people = [who for line in failure.before for who in line]
        if failure.line is not None:
            people = list(failure.before[failure.line])
        duty = duty_list(self.situation.problem, sorted(set(people)), 0, end)
        return (
            f"it needs {self.crew(failure)}, and in the whole rollout {self.left(failure)} "
            f"(on duty: {duty})"
        )

    def opens(self) -> tuple[int, str]:
        """First slot by the document, and what says so."""
        found = [(self.situation.problem.as_of, "now"), (self.task.earliest, "earliest")]
        if self.task.change and self.task.department is not None:
            department = self.situation.problem.departments[self.task.department]
            light = department.green_light
            if light is not None:
                word = "expected" if light.status == "pending" else "granted"
                found.append((light.opens, f"green light of {department.id}, {word}"))
        return max(found, key=lambda pair: pair[0])

    def closes(self) -> tuple[int, str]:
        """Slot by which it must have ended, and what says so."""
        end = self.situation.problem.horizon
        deadline = self.task.deadline
        return (
            (end, "end of the rollout")
            if deadline is None or deadline > end
            else (
                deadline,
                "deadline",
            )
        )

    def in_window(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return between(ends, self.opens()[0], self.closes()[0])

    def says_window(self, failure: Failure) -> str:
        return self._too_little(failure, *self.opens())

    def _too_little(self, failure: Failure, opens: int, why: str) -> str:
        closes, until = self.closes()
        if opens >= closes:
            return (
                f"it may begin at {self.moment(opens)} ({why}) and must have ended by "
                f"{self.moment(closes)} ({until})"
            )
        duty = duty_list(self.situation.problem, self.who(failure), opens, closes)
        return (
            f"between {self.moment(opens)} ({why}) and {self.moment(closes)} ({until}) there is "
            f"too little working time for {self.crew(failure)}: {self.left(failure)} "
            f"(on duty: {duty})"
        )

    # Vendors and certificates -----------------------------------------------------------------

    def after_lead(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        vendor = self.situation.problem.people[person].vendor
        opens = 0 if vendor is None else self.situation.problem.vendors[vendor].available_from
        return between(ends, opens, len(ends))

    def says_lead(self, failure: Failure) -> str:
        problem = self.situation.problem
        vendors = sorted(
            {it for who in self.who(failure) if (it := problem.people[who].vendor) is not None}
        )
        leads = " and ".join(
            f"{problem.vendors[it].id} needs {counted(problem.vendors[it].lead_days, 'day')} of "
            f"notice (until {self.moment(problem.vendors[it].available_from)})"
            for it in vendors
        )
        closes, until = self.closes()
        return (
            f"{leads}, and of {self.crew(failure)} by {self.moment(closes)} ({until}) "
            f"{self.left(failure)}"
        )

    def is_master(self, line: int, person: int, ends: IntArray) -> BoolArray:
        return mastered(self.situation, person, self.task.crew[line], ends)

    def says_certificate(self, failure: Failure) -> str:
        lines = range(len(self.task.crew)) if failure.line is None else [failure.line]
        spans: list[str] = []
        for line in lines:
            for person in able(failure.before, line):
                spans += self._masters(line, person)
        return (
            f"it needs {self.crew(failure)} with the skill on every day of the work: "
            f"{self.left(failure)} ({', '.join(dict.fromkeys(spans))})"
        )

    def _masters(self, line: int, person: int) -> Iterator[str]:
        need, who = self.task.crew[line], self.situation.problem.people[person]
        untils = [
            mine.until
            for mine in who.skills
            if mine.skill == need.skill and mine.level >= need.level
        ]
        if None not in untils:
            certain = max((until for until in untils if until is not None), default=None)
            if certain is not None:
                yield f"{who.id} until {self.moment(certain)}"
            for level, begun in self.situation.by_class.get((person, need.skill), ()):
                if level >= need.level:
                    yield f"{who.id} from {self.moment(begun)}"

    # Closed days, limits, pins, pairing -------------------------------------------------------

    def off_blocked(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        if not self.task.change or self.task.department is None:
            return between(ends, 0, len(ends))
        return clear_of(ends, self.situation.problem.departments[self.task.department].blocked)

    def says_blocked(self, failure: Failure) -> str:
        department = self.situation.problem.departments[self.task.department or 0]
        opens, closes = self.opens()[0], self.closes()[0]
        return (
            f"closed and frozen days of {department.id} between {self.moment(opens)} and "
            f"{self.moment(closes)} leave no room for {self.crew(failure)}: {self.left(failure)}"
        )

    def own_limits(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return within_limits(self.situation, person, ends, trainer=False, loaded=False)

    def says_own_limits(self, failure: Failure) -> str:
        return (
            f"limits of hours a day and a week below the calendar's own make {self.crew(failure)} "
            f"impossible: {self.left(failure)} ({self._limits(failure)}); a shorter calendar helps"
        )

    def _limits(self, failure: Failure) -> str:
        problem = self.situation.problem
        shown = []
        for index in self.who(failure)[:3]:
            who = problem.people[index]
            limits = [(who.hours_per_day, "a day"), (who.hours_per_week, "a week")]
            parts = [f"{hours(problem, most)} {unit}" for most, unit in limits if most is not None]
            if parts:
                shown.append(f"{who.id} {' and '.join(parts)}")
        return ", ".join(shown)

    @property
    def pinned_people(self) -> frozenset[int]:
        return frozenset(self.task.pin_people)

    def pinned_start(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        start = self.task.pin_start
        allowed = between(ends, 0, len(ends))
        if start is not None:
            inside = 0 <= start < len(allowed) and bool(allowed[start])
            allowed[:] = False
            allowed[start : start + 1] = inside
        return allowed

    def says_pinned(self, failure: Failure) -> str:
        to = []
        if self.task.pin_start is not None:
            to.append(self.moment(self.task.pin_start))
        if self.task.pin_people:
            to.append(listed_people(self.situation.problem, self.task.pin_people))
        return (
            f"it is pinned to {' and '.join(to)}, and so no crew of {self.crew(failure)} can begin"
        )

    @property
    def same_people(self) -> frozenset[int]:
        found: set[int] = set()
        for other in self._partners("same_people_as"):
            found |= self._crew_of(other)
        return frozenset(found)

    def _partners(self, field: str) -> list[int]:
        """Planned tasks that this one is paired with, from either side."""
        tasks, mine = self.situation.problem.tasks, getattr(self.task, field)
        theirs = [it for it, task in enumerate(tasks) if getattr(task, field) == self.number]
        both = theirs if mine is None else [mine, *theirs]
        return [it for it in both if it in self.situation.planned]

    def _crew_of(self, task: int) -> frozenset[int]:
        return frozenset(seat.person for seat in self.situation.planned[task].crew)

    def paired(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        same, others = self._partners("same_people_as"), self._partners("different_people_from")
        fits = all(person in self._crew_of(it) for it in same) and not any(
            person in self._crew_of(it) for it in others
        )
        return between(ends, 0, len(ends) if fits else -1)

    def says_paired(self, failure: Failure) -> str:
        problem = self.situation.problem
        parts = [
            f"{word} {problem.tasks[it].id} ({listed_people(problem, sorted(self._crew_of(it)))})"
            for field, word in (
                ("same_people_as", "the same people as"),
                ("different_people_from", "other people than"),
            )
            for it in self._partners(field)
        ]
        return f"it takes {' and '.join(parts)}; of {self.crew(failure)} {self.left(failure)}"

    # What the plan holds ----------------------------------------------------------------------

    def bounds(self) -> list[tuple[int, bool, str]]:
        """(slot, whether of the start, what says so) of each link to a planned or finished task."""
        found = []
        for link in self.task.after:
            other = self.situation.problem.tasks[link.task]
            if other.finished is not None:
                start = end = other.finished
            else:
                booking = self.situation.planned[link.task]
                start, end = booking.start, booking.end
            moment = end if link.type in ("FS", "FF") else start
            verb = "ends" if link.type in ("FS", "FF") else "begins"
            lag = f" plus {hours(self.situation.problem, link.lag)}" if link.lag else ""
            said = f"{other.id} {verb} at {self.moment(moment)}{lag}"
            found.append((moment + link.lag, link.type in ("FS", "SS"), said))
        return found

    def after_others(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        begin = max((slot for slot, of_start, _ in self.bounds() if of_start), default=0)
        allowed = between(ends, begin, len(ends))
        if sum(seat.people for seat in self.task.crew) == 1:
            # With more people only the last of them must end that late.
            finish = max((slot for slot, of_start, _ in self.bounds() if not of_start), default=0)
            allowed &= ends >= finish
        return allowed

    def says_after(self, failure: Failure) -> str:
        slot, of_start, said = max(self.bounds(), key=lambda bound: bound[0])
        opens, _ = self.opens()
        if of_start:
            return self._too_little(failure, max(slot, opens), said)
        closes, until = self.closes()
        return (
            f"it may not end before {self.moment(slot)} ({said}) nor after "
            f"{self.moment(closes)} ({until}): {self.left(failure)}"
        )

    def affordable(self, options: Options) -> Options:
        left = self.situation.left(self.task.project)
        if left is None or self._cheapest(options) <= left:
            return options
        return self.each(lambda _line, _person, ends: between(ends, 0, -1))(options)

    def _cheapest(self, options: Options) -> Fraction:
        """Cents of the cheapest people on every line, were they free."""
        problem = self.situation.problem
        total = 0
        for line, seat in enumerate(self.task.crew):
            rates = sorted(problem.people[who].cents_per_hour for who in able(options, line))
            total += sum(rates[: seat.people]) * seat.work
        return Fraction(total, problem.axis.slots_per_hour)

    def says_budget(self, failure: Failure) -> str:
        problem = self.situation.problem
        project = problem.projects[self.task.project]
        left = self.situation.left(self.task.project)
        return (
            f"its crew costs at least {money(problem, self._cheapest(failure.before))}, and of the "
            f"budget of {project.id} ({money(problem, project.budget or 0)}) "
            f"{money(problem, left or 0)} are left"
        )

    def not_held(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return clear_of(ends, self.situation.held(person))

    def says_held(self, failure: Failure) -> str:
        lines = range(len(self.task.crew)) if failure.line is None else [failure.line]
        seats = tuple(self.task.crew[line] for line in lines)
        options = tuple(failure.before[line] for line in lines)
        example = clash(self.situation, options, seats, self.task.zone)
        return (
            f"other work holds too many of those who could do it "
            f"({listed_people(self.situation.problem, self.who(failure))}) at every start that "
            f"has {self.crew(failure)}; {example}"
        )

    def in_reach(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return clear_of(ends, self.situation.held_or_travelling(person, self.task.site))

    def says_travel(self, failure: Failure) -> str:
        problem = self.situation.problem
        site = problem.sites[self.task.site or 0].id
        return (
            f"between their other work there is no time for the way to {site} and "
            f"{self.crew(failure)} ({listed_people(problem, self.who(failure))})"
        )

    def within_load(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return within_limits(self.situation, person, ends, trainer=False, loaded=True)

    def says_load(self, failure: Failure) -> str:
        return (
            f"with what they are booked for already, limits of hours a day and a week "
            f"({self._limits(failure)}) leave no start with {self.crew(failure)}"
        )

    def enough_a_day(self, line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG002
        return vendor_minimum_met(self.situation, person, ends)

    def says_enough_a_day(self, failure: Failure) -> str:
        problem = self.situation.problem
        vendors = sorted(
            {it for who in self.who(failure) if (it := problem.people[who].vendor) is not None}
        )
        least = " and ".join(
            f"{problem.vendors[it].id} comes for at least "
            f"{hours(problem, problem.vendors[it].minimum_per_day)} a day"
            for it in vendors
        )
        return f"{least}, and no start with {self.crew(failure)} fills such a day"
