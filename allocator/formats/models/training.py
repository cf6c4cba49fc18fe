"""Who must be trained in what, and who helps after go-live: courses, audiences, support."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from allocator.formats.models.fields import (
    Date,
    Days,
    DaysText,
    Entry,
    Heads,
    Id,
    Level,
    Number,
    People,
    StretchText,
    Text,
)

SupportDay = Literal["working", "every", "mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class TrainerEntry(Entry):
    """So many trainers with a skill."""

    skill: Id
    level: Level = 1
    people: People = 1


class ClassSizeEntry(Entry):
    """Fewest and most heads in a class."""

    min: Heads = 1
    max: Heads


class RoomNeedEntry(Entry):
    """What a room must have for the course."""

    equipment: list[Id] = Field(default=[])


class WindowEntry(Entry):
    """Days before go-live between which the course is held."""

    open_days_before_go_live: Days
    close_days_before_go_live: Days


class GrantEntry(Entry):
    """A skill that a named learner has from the session's end on."""

    skill: Id
    level: Level = 1


class CourseEntry(Entry):
    """A class of one sitting."""

    id: Id
    name: Text | None = None
    project: Id
    hours: Number
    trainers: list[TrainerEntry] = Field(default=[])
    class_size: ClassSizeEntry
    room: RoomNeedEntry | None = None
    virtual: bool = False
    after: list[Id] = Field(default=[], description="Courses that a learner takes before.")
    materials: Id | None = Field(
        default=None, description="A task that must have ended before the first session."
    )
    window: WindowEntry | None = None
    grants: GrantEntry | None = None


class TrainedEntry(Entry):
    """A course that some heads of the audience have held already."""

    course: Id
    heads: Heads | None = None
    members: list[Id] = Field(default=[])
    on: Date
    trainers: list[Id] = Field(
        default=[], description="Who has really given it. Left out: as published."
    )


class AudienceEntry(Entry):
    """People of one department who must be trained in the same courses."""

    id: Id
    name: Text | None = None
    department: Id
    headcount: Heads | None = Field(default=None, description="Default: the number of members.")
    language: Id | None = None
    calendar: Id | None = Field(default=None, description="Default: the department's site's.")
    courses: list[Id] = Field(default=[])
    members: list[Id] = Field(default=[], description="Named learners.")
    trained: list[TrainedEntry] = Field(default=[])


class CurveEntry(Entry):
    """How many users one supporter looks after on some of the support's days after go-live."""

    days: DaysText
    users_per_supporter: Number = Field(json_schema_extra={"exclusiveMinimum": 0})


class UsersEntry(Entry):
    """Who of a department counts as a user while a shift lasts."""

    audiences: list[Id] = Field(
        default=[], description="Only the heads of these. Left out: the whole department."
    )
    on_duty: bool = Field(
        default=False, description="Only audiences whose calendar has hours within the shift."
    )
    share: Number | None = Field(
        default=None, description="So much of them, from 0 to 1. Default: 1.", examples=[0.3]
    )


class StoodEntry(Entry):
    """Who has really stood on a shift of a department on a day."""

    department: Id
    day: Date
    people: list[Id] = Field(default=[])


class SupportEntry(Entry):
    """Help on the floor of a wave's departments after go-live."""

    id: Id
    name: Text | None = None
    wave: Id
    skill: Id
    level: Level = 1
    hours: StretchText
    days: list[SupportDay] = Field(
        default=["working"], description="Days with a shift. Left out: the site's working days."
    )
    users: UsersEntry = UsersEntry()
    curve: list[CurveEntry] = Field(min_length=1)
    worked: list[StoodEntry] = Field(
        default=[], description="Shifts on which others stood than published."
    )
