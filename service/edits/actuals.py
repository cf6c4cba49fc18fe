"""What has happened: progress, finished work, absence, attendance, a booking declined."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.edits.base import (
    Day,
    DayOrMoment,
    Edit,
    Id,
    Missing,
    Moment,
    Place,
    Tree,
    add_absence,
    entry,
)
from service.edits.changes import Absent


class Worked(BaseModel):
    """Hours that somebody has really worked on a task so far, all in all."""

    model_config = ConfigDict(extra="forbid")

    person: Id
    hours: float = Field(gt=0, le=100_000)


class Report(Edit):
    """What is reported of a task: how far it is, and who has really worked on it since when."""

    writes = "progress"
    task: Id
    started: Moment | None = None
    worked: list[Worked] = Field([], max_length=1_000)

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def report(self, tree: Tree, how_far: Tree) -> None:
        """Write it down; a start that is known already stays, hours worked are given all in all."""
        found = entry(tree, self.place)
        before = found.get("progress") or {}
        started = self.started or before.get("started")
        found["progress"] = (
            how_far
            | ({} if started is None else {"started": started})
            | ({"worked": [it.model_dump() for it in self.worked]} if self.worked else {})
        )


class Progress(Report):
    """Each person of a task's crew has done so many hours; 0 has it planned anew from now on."""

    edit: Literal["progress"]
    done_hours: float = Field(ge=0, le=100_000)

    def apply(self, tree: Tree) -> None:
        """The hours done so far, all in all."""
        self.report(tree, {"done_hours": self.done_hours})


class Finished(Report):
    """A task was finished on a day, or at a moment."""

    edit: Literal["finished"]
    on: DayOrMoment

    def apply(self, tree: Tree) -> None:
        """It needs no booking any more."""
        self.report(tree, {"finished": self.on})


class Attended(Edit):
    """So many heads of an audience, or these named learners, have taken a course."""

    writes = "trained"
    edit: Literal["attended"]
    audience: Id
    course: Id
    on: Day
    heads: int | None = Field(None, ge=1, le=100_000)
    members: list[Id] = Field([], max_length=10_000)
    trainers: list[Id] = Field([], max_length=1_000)

    @property
    def place(self) -> Place:
        """The audience."""
        return "audiences", self.audience

    def apply(self, tree: Tree) -> None:
        """They need no seat any more."""
        found = entry(tree, self.place)
        if self.course not in (found.get("courses") or []):
            message = f"audience {self.audience!r} does not take course {self.course!r}."
            raise Missing(message, self.course)
        held: dict[str, Any] = {"course": self.course, "on": self.on}
        if self.members:
            held["members"] = list(self.members)
        elif self.heads is not None:
            held["heads"] = self.heads
        else:
            raise Missing("attendance needs `heads` or `members`.")
        if self.trainers:
            held["trainers"] = list(self.trainers)
        found["trained"] = [*(found.get("trained") or []), held]


class NotHeld(Edit):
    """The classes of a course that were published for a day were not held."""

    writes = "published"
    edit: Literal["not_held"]
    course: Id
    on: Day

    @property
    def place(self) -> Place:
        """The course."""
        return "courses", self.course

    def apply(self, tree: Tree) -> None:
        """Take the classes of that day out of what is published; their heads need another one."""
        entry(tree, self.place)
        plan = (tree.get("published") or {}).get("plan") or {}
        reported = plan.get("sessions") or []
        left = [
            it
            for it in reported
            if it.get("course") != self.course or str(it.get("start"))[:10] != self.on
        ]
        if len(left) == len(reported):
            message = f"no class of {self.course!r} was published for {self.on}."
            raise Missing(message, self.on)
        plan["sessions"] = left


class Stood(Edit):
    """Others stood on a support shift than were published."""

    writes = "worked"
    edit: Literal["stood"]
    support: Id
    department: Id
    day: Day
    people: list[Id] = Field([], max_length=1_000)

    @property
    def place(self) -> Place:
        """The support."""
        return "support", self.support

    def apply(self, tree: Tree) -> None:
        """In place of what was said of this shift before."""
        found = entry(tree, self.place)
        stood = {"department": self.department, "day": self.day, "people": list(self.people)}
        others = [
            it
            for it in found.get("worked") or []
            if (it.get("department"), it.get("day")) != (self.department, self.day)
        ]
        found["worked"] = [*others, stood]


class Declined(Edit):
    """A trainer, or whoever is booked, declines: away between two moments."""

    writes = "absences"
    edit: Literal["declined"]
    person: Id
    from_: Moment = Field(alias="from")
    to: Moment

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """One absence more."""
        add_absence(tree, self.person, self.from_, self.to, "declined")


Actual = Annotated[
    Progress | Finished | Attended | NotHeld | Stood | Absent | Declined,
    Field(discriminator="edit"),
]
