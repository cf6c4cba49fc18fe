"""What a plan is: bookings of people and rooms, and what check and report say of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's booking on a task; `seat` is the index of the line in the task's crew."""

    seat: int
    person: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskBooking:
    """A planned task: all its seats start at its start, it ends when the last of them ends."""

    task: int
    start: int
    end: int
    crew: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Heads of one audience in a session; named learners are listed as `members`."""

    audience: int
    heads: int
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """One class: a course, its trainers and its groups at one time in one room (None = virtual)."""

    course: int
    room: int | None
    start: int
    end: int
    trainers: tuple[int, ...]
    groups: tuple[Group, ...]

    @property
    def heads(self) -> int:
        """All heads in the class."""
        return sum(group.heads for group in self.groups)


@dataclass(frozen=True, slots=True)
class Shift:
    """The supporters of a department on one day after go-live."""

    support: int
    department: int
    day: int
    start: int
    end: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All bookings. What is not in it is left open."""

    tasks: tuple[TaskBooking, ...] = ()
    sessions: tuple[Session, ...] = ()
    shifts: tuple[Shift, ...] = ()


Kind = Literal["task", "session", "shift"]

Booked = Literal["task", "session", "shift", "worked", "held"]
"""What a booking is of: work of the plan, or of the history."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of one rule: a sentence with ids and numbers, and the work it concerns.

    `work` lists (kind, position in the plan's tuple of that kind).
    """

    rule: str
    message: str
    work: tuple[tuple[Kind, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TermScore:
    """One priced term: amount x price = total; a forbidden term has no price."""

    term: str
    amount: Fraction
    price: Fraction | None

    @property
    def total(self) -> Fraction:
        """Amount x price; 0 for a forbidden term."""
        return self.amount * self.price if self.price is not None else Fraction(0)


@dataclass(frozen=True, slots=True)
class Score:
    """What a plan is measured by, recomputed from problem and plan."""

    terms: tuple[TermScore, ...]

    @property
    def total(self) -> Fraction:
        """What the plan costs in all, by its prices."""
        return sum((term.total for term in self.terms), Fraction(0))

    @property
    def forbidden(self) -> tuple[str, ...]:
        """Forbidden terms that are not zero: with any of them a plan does not count."""
        return tuple(it.term for it in self.terms if it.price is None and it.amount > 0)

    def amount(self, term: str) -> Fraction:
        """How much of a term the plan has, in the term's unit."""
        return next(score.amount for score in self.terms if score.term == term)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the rollout document says: where, of which kind, and what.

    `path` is its place in the document (`tasks[3].deadline`), `code` its kind, `values` what it
    says, ids and numbers as they are written.
    """

    path: str
    code: str
    values: tuple[tuple[str, str | int | float | Fraction | tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that together rule a piece of work out, proved by solving.

    `minimal` if it has been shown as well that the others allow the work without any one of them.
    """

    facts: tuple[Fact, ...]
    minimal: bool = True


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One piece of work that a plan leaves open, and why.

    Per task and seat (`hours` = people x hours left), per course and audience (`heads`), per
    support, department and day (`people`).
    """

    kind: Literal["task", "course", "support"]
    id: str
    reason: str
    seat: int | None = None
    audience: str | None = None
    department: str | None = None
    day: int | None = None
    hours: Fraction | None = None
    heads: int | None = None
    people: int | None = None
    explained: bool = True
    """Whether the reason has been worked out; it can be asked for later."""
    conflicts: tuple[Conflict, ...] = ()
    """Each of them alone rules the work out; none where that is not proved."""
