"""An open task as the conditions on its start see it, and the words that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from allocator.problem import Task
from allocator.reasons.common.crew import Options, able
from allocator.reasons.common.people import counted, duty_list, listed_people, skill_at
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import keep
from allocator.timeline import BoolArray, IntArray
from allocator.wording import hours, lag


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


def each(allows: Allows) -> Callable[[Options], Options]:
    """Narrow person by person."""

    def narrow(options: Options) -> Options:
        return tuple(
            {who: keep(ends, allows(line, who, ends)) for who, ends in people.items()}
            for line, people in enumerate(options)
        )

    return narrow


@dataclass(frozen=True)
class TaskView:
    """A task in its situation."""

    situation: Situation
    number: int

    @property
    def task(self) -> Task:
        """The task itself."""
        return self.situation.problem.tasks[self.number]

    def moment(self, slot: int) -> str:
        """A slot in the task's zone."""
        return self.situation.problem.axis.moment(slot, self.task.zone)

    def lines(self, failure: Failure) -> list[int]:
        """The lines that fail."""
        return list(range(len(self.task.crew))) if failure.line is None else [failure.line]

    def crew(self, failure: Failure) -> str:
        """`2 people with sap level 3 for 16 h each`, for all lines that fail."""
        return " and ".join(self._need(line) for line in self.lines(failure))

    def _need(self, line: int) -> str:
        seat, problem = self.task.crew[line], self.situation.problem
        what = hours(problem, seat.work)
        length = what if self.task.splittable else f"one sitting of {what}"
        each_one = " each" if seat.people > 1 else ""
        skill = skill_at(problem, seat.skill, seat.level)
        return f"{counted(seat.people, 'person', 'people')} with {skill} for {length}{each_one}"

    def who(self, failure: Failure) -> list[int]:
        """Everyone who could begin at some time before the condition came."""
        found = {who for line in self.lines(failure) for who in able(failure.before, line)}
        return sorted(found)

    def ids(self, failure: Failure) -> str:
        """`who` as a short list of ids."""
        return listed_people(self.situation.problem, self.who(failure))

    def vendors(self, failure: Failure) -> Iterator[int]:
        """The vendors of those who could begin before the condition came."""
        people = (self.situation.problem.people[who] for who in self.who(failure))
        yield from sorted({who.vendor for who in people if who.vendor is not None})

    def left(self, failure: Failure) -> str:
        """`nobody can`, `only ana can`, or that the people can but not together."""
        if failure.line is None:
            return "each seat could be filled, but never all of them from the same start"
        people = able(failure.after, failure.line)
        if not people:
            return "nobody can"
        if len(people) < self.task.crew[failure.line].people:
            return f"only {listed_people(self.situation.problem, people)} can"
        return "never enough of them from the same start"

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
        end, deadline = self.situation.problem.horizon, self.task.deadline
        if deadline is None or deadline > end:
            return end, "end of the rollout"
        return deadline, "deadline"

    def too_little_time(self, failure: Failure, opens: int, why: str) -> str:
        """The sentence that from a slot to the deadline nobody, or too few, have the hours."""
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

    def limits(self, failure: Failure) -> str:
        """`ana 8 h a day and 40 h a week`, of the first few people."""
        problem = self.situation.problem
        shown = []
        for index in self.who(failure)[:3]:
            who = problem.people[index]
            limits = [
                (who.hours_per_day, "a day"),
                (who.hours_per_week, "a week"),
                (who.rest, "of rest"),
            ]
            parts = [f"{hours(problem, most)} {unit}" for most, unit in limits if most is not None]
            if parts:
                shown.append(f"{who.id} {' and '.join(parts)}")
        return ", ".join(shown)

    def bounds(self) -> list[tuple[int, bool, str]]:
        """(slot, whether of the start, what says so) of each link to a planned or finished task."""
        found = []
        for link in self.task.after:
            other, of_end = self.situation.problem.tasks[link.task], link.type in ("FS", "FF")
            moment = self.situation.problem.known(link)
            if moment is None:
                booking = self.situation.planned[link.task]
                moment = booking.end if of_end else booking.start
            verb = "ends" if of_end else "begins"
            apart = lag(self.situation.problem, link.lag)
            said = f"{other.id} {verb} at {self.moment(moment)}{apart}"
            found.append((moment + link.lag, link.type in ("FS", "SS"), said))
        return found
