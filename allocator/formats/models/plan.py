"""The plan document: bookings, score, what is open and why."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from allocator.formats.models.fields import (
    Date,
    Entry,
    Heads,
    Id,
    MomentText,
    Number,
    Price,
    Text,
)

Signed = Annotated[float, Field(allow_inf_nan=False)]
Place = Annotated[int, Field(ge=0, le=10**7)]

NO_CELLS: dict[str, JsonValue] = {"in_workbook": False}
"""Of fields that a published plan in a workbook goes without: nothing reads them there."""


class RolloutReference(Entry):
    """The rollout that a plan is for."""

    name: Text
    sha256: Text


class SolverEntry(Entry):
    """How the plan came about."""

    version: Text | None = None
    seed: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    seconds: Number | None = None
    workers: Place | None = None
    defects: Annotated[int, Field(ge=0)] = 0
    out_of_memory: bool = False


class TermEntry(Entry):
    """One priced term: amount x price = total."""

    term: Text
    amount: Signed
    price: Price
    total: Signed


class ScoreEntry(Entry):
    """What the plan costs in all, what no plan can go below, and the share between."""

    total: Signed | None = None
    bound: Signed | None = None
    gap: Signed | None = Field(default=None, description="(total - bound) / total")
    terms: list[TermEntry] = Field(default=[])


class SeatEntry(Entry):
    """One person on a task; `seat` is the index of the line in its crew."""

    seat: Place
    person: Id
    start: MomentText
    end: MomentText
    hours: Number | None = None


class TaskBookingEntry(Entry):
    """A planned task."""

    task: Id
    start: MomentText
    end: MomentText
    crew: list[SeatEntry]


class GroupEntry(Entry):
    """Heads of one audience in a session."""

    audience: Id
    heads: Heads | None = Field(default=None, description="Default: the number of members.")
    members: list[Id] = Field(default=[])


class SessionEntry(Entry):
    """A planned class; without a room it is virtual."""

    id: Id | None = None
    course: Id
    room: Id | None = None
    start: MomentText
    end: MomentText
    trainers: list[Id] = Field(default=[])
    groups: list[GroupEntry] = Field(default=[])


class ShiftEntry(Entry):
    """Supporters of a department on one day."""

    support: Id
    department: Id
    day: Date
    start: MomentText
    end: MomentText
    people: list[Id] = Field(default=[])


class WorkedEntry(Entry):
    """What one person had done on a task when the plan was made."""

    task: Id
    seat: Place
    person: Id
    start: MomentText
    end: MomentText
    hours: Number


class HistoryEntry(Entry):
    """What had happened when the plan was made: work on tasks, and classes that were held."""

    tasks: list[WorkedEntry] = Field(default=[])
    sessions: list[SessionEntry] = Field(default=[])


class AssumptionEntry(Entry):
    """A pending green light that the plan relies on."""

    department: Id
    green_light: Date


class FactEntry(Entry):
    """Something that the rollout document says, and that is in the way of work."""

    path: Annotated[str, Field(max_length=200)] = Field(examples=["tasks[3].deadline"])
    code: Text
    values: dict[str, Text | Number | list[Text]] = Field(default={})


class ConflictEntry(Entry):
    """Facts that together rule work out, proved by solving."""

    because: list[FactEntry]
    minimal: bool = True


class OpenEntry(Entry):
    """Work that is left open, and why."""

    kind: Literal["task", "course", "support"]
    id: Id
    seat: Place | None = None
    audience: Id | None = None
    department: Id | None = None
    day: Date | None = None
    hours: Number | None = None
    heads: Place | None = None
    people: Place | None = None
    reason: Text
    explained: bool = True
    proved: bool = Field(default=False, description="It cannot be done; else it is not planned.")
    because: list[FactEntry] = Field(default=[], json_schema_extra=NO_CELLS)
    minimal: bool = True
    also: list[ConflictEntry] = Field(
        default=[], description="What else rules it out.", json_schema_extra=NO_CELLS
    )


class ConcernedEntry(Entry):
    """A piece of planned work that a violation is about."""

    kind: Literal["task", "session", "support"]
    id: Id
    department: Id | None = None
    day: Date | None = None


class ViolationEntry(Entry):
    """One breach of one rule."""

    rule: Text
    message: Text
    work: list[ConcernedEntry] = Field(default=[])


class PlanDocument(Entry):
    """A plan: who does what when, what it costs, and what is left open."""

    version: Literal["plan/1"] = Field(alias="schema")
    rollout: RolloutReference | None = None
    created: Annotated[str, Field(max_length=40)] | None = Field(
        default=None, examples=["2027-01-04T02:13:00Z"]
    )
    solver: SolverEntry | None = None
    outcome: Literal["optimal", "feasible", "infeasible", "no_plan"] | None = None
    reason: Text | None = Field(default=None, description="Why there is no plan.")
    because: list[FactEntry] = Field(
        default=[], description="What rules a plan out.", json_schema_extra=NO_CELLS
    )
    minimal: bool = True
    score: ScoreEntry | None = None
    tasks: list[TaskBookingEntry] = Field(default=[])
    sessions: list[SessionEntry] = Field(default=[])
    support: list[ShiftEntry] = Field(default=[])
    history: HistoryEntry | None = Field(
        default=None, description="What had happened already; it is no part of the plan."
    )
    assumptions: list[AssumptionEntry] = Field(default=[])
    open: list[OpenEntry] = Field(default=[])
    violations: list[ViolationEntry] = Field(default=[])
