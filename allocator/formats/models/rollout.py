"""The rollout document as a whole, its freezes, its goals and what has been published."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from allocator.formats.models.fields import (
    Date,
    DateOrMoment,
    Entry,
    Id,
    MomentText,
    Price,
    Text,
)
from allocator.formats.models.people import (
    BreakEntry,
    CalendarEntry,
    DepartmentEntry,
    PersonEntry,
    RoomEntry,
    SiteEntry,
    SkillEntry,
    TravelEntry,
    VendorEntry,
)
from allocator.formats.models.plan import PlanDocument
from allocator.formats.models.training import AudienceEntry, CourseEntry, SupportEntry
from allocator.formats.models.work import ProjectEntry, TaskEntry, WaveEntry
from allocator.terms import Preset


class FreezeEntry(BreakEntry):
    """Days on which change work and classes of some or of all departments rest."""

    wave: Id | None = Field(default=None, description="Whose go-live the dates are counted from.")
    departments: Annotated[list[Id], Field(min_length=1)] | None = Field(
        default=None, description="Left out: those of the wave, else all departments."
    )


class PricesEntry(Entry):
    """Prices of single terms that override the preset's; `forbidden`: must be zero."""

    open_work: Price | None = None
    lateness: Price | None = None
    change: Price | None = None
    cost: Price | None = None
    wishes: Price | None = None
    unfairness: Price | None = None
    finish: Price | None = None


class GoalsEntry(Entry):
    """What a plan is measured by."""

    preset: Preset = "balanced"
    prices: PricesEntry = PricesEntry()


class PublishedEntry(Entry):
    """What is published already."""

    plan: PlanDocument
    frozen_until: DateOrMoment | None = Field(
        default=None, description="What starts before stays. Left out: nothing is frozen."
    )


class RolloutDocument(Entry):
    """A rollout: everything that the planning of people, classes and floor support needs."""

    version: Literal["rollout/1"] = Field(alias="schema")
    name: Text
    timezone: Text = Field(examples=["Europe/Ljubljana"])
    currency: Annotated[str, Field(min_length=1, max_length=10)] = "EUR"
    start: Date = Field(description="First planned day.")
    end: Date = Field(description="Last planned day.")
    as_of: MomentText | None = Field(
        default=None, description="Now: nothing new is planned before it. Default: the start."
    )
    slot_minutes: Literal[15, 30, 60] = 30
    calendars: list[CalendarEntry] = Field(default=[])
    skills: list[SkillEntry] = Field(default=[])
    sites: list[SiteEntry] = Field(default=[])
    travel: list[TravelEntry] = Field(default=[])
    departments: list[DepartmentEntry] = Field(default=[])
    vendors: list[VendorEntry] = Field(default=[])
    people: list[PersonEntry] = Field(default=[])
    rooms: list[RoomEntry] = Field(default=[])
    projects: list[ProjectEntry] = Field(default=[])
    waves: list[WaveEntry] = Field(default=[])
    tasks: list[TaskEntry] = Field(default=[])
    courses: list[CourseEntry] = Field(default=[])
    audiences: list[AudienceEntry] = Field(default=[])
    support: list[SupportEntry] = Field(default=[])
    freezes: list[FreezeEntry] = Field(default=[])
    goals: GoalsEntry = GoalsEntry()
    published: PublishedEntry | None = None
