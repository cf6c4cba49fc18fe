"""What is to be done: projects, waves and tasks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from allocator.formats.models.fields import (
    Date,
    DateOrMoment,
    Entry,
    Id,
    Lag,
    Level,
    MomentText,
    Number,
    People,
    Priority,
    Settled,
    Text,
    When,
)


class ProjectEntry(Entry):
    """A project with its priority and budget."""

    id: Id
    name: Text | None = None
    priority: Priority = Field(default=3, description="1 (low) to 5 (high).")
    budget: Number | None = Field(default=None, description="Money that may be booked.")


class WaveEntry(Entry):
    """Departments that go live on the same day."""

    id: Id
    name: Text | None = None
    project: Id
    departments: list[Id] = Field(min_length=1)
    go_live: Date


class CrewEntry(Entry):
    """One line of a crew: so many people with a skill, each for so many hours."""

    skill: Id
    level: Level = 1
    people: People = 1
    hours: Number


class LinkEntry(Entry):
    """What a task comes after, by which ends, and with how many hours on the clock between.

    Hours below 0 are a lead: the task may begin (or end) so long before.
    """

    task: Id
    type: Literal["FS", "SS", "FF", "SF"] = "FS"
    lag_hours: Lag | None = Field(
        default=None, description="Hours on the clock; below 0 a lead: so long before."
    )


def _spelling(value: object) -> str:
    return "<id>" if isinstance(value, str) else "<link>"


After = Annotated[
    Annotated[Id, Tag("<id>")] | Annotated[LinkEntry, Tag("<link>")],
    Discriminator(_spelling),
]


class PinEntry(Entry):
    """A start or people that are pinned; either part alone too."""

    start: Settled | None = None
    people: list[Id] = Field(default=[])


class WorkedEntry(Entry):
    """Hours that a person has really worked on a task so far, all in all."""

    person: Id
    hours: Number


class ProgressEntry(Entry):
    """How far a task is: hours done by each person, or the day on which it was finished."""

    done_hours: Number | None = None
    finished: DateOrMoment | None = None
    started: MomentText | None = Field(
        default=None, description="When it really began. Left out: as published."
    )
    worked: list[WorkedEntry] = Field(
        default=[], description="Who has really worked on it. Left out: as published."
    )


class TaskEntry(Entry):
    """A piece of work for a crew."""

    id: Id
    name: Text | None = None
    project: Id
    wave: Id | None = None
    department: Id | None = None
    site: Id | None = Field(default=None, description="Where it is done; left out: anywhere.")
    crew: list[CrewEntry] = Field(min_length=1)
    splittable: bool = Field(
        default=True, description="May pause when its people are off duty; false: one sitting."
    )
    after: list[After] = Field(default=[], description="Tasks by id, or with type and lag.")
    earliest: When | None = Field(default=None, description="A date or a moment.")
    due: When | None = Field(default=None, description="Soft: lateness is priced.")
    deadline: When | None = Field(default=None, description="Hard.")
    priority: Priority | None = Field(default=None, description="Default: the project's.")
    change: bool = Field(
        default=False,
        description="Alters the department's live system: needs its green light, respects its "
        "closed days and freezes.",
    )
    same_people_as: Id | None = None
    different_people_from: Id | None = None
    pin: PinEntry | None = None
    progress: ProgressEntry | None = None
