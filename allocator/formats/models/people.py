"""Who and where: calendars, skills, sites, departments, vendors, people and rooms."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from allocator.formats.models.fields import (
    Count,
    Date,
    DateOrMoment,
    Days,
    Entry,
    Id,
    Level,
    Number,
    StretchText,
    Text,
    Times,
    Weekends,
    When,
)


class WeeklyEntry(Entry):
    """Working hours of each weekday; a day that is left out is off."""

    mon: list[StretchText] = Field(default=[], examples=[["08:00-12:00", "12:30-16:30"]])
    tue: list[StretchText] = Field(default=[])
    wed: list[StretchText] = Field(default=[])
    thu: list[StretchText] = Field(default=[])
    fri: list[StretchText] = Field(default=[])
    sat: list[StretchText] = Field(default=[])
    sun: list[StretchText] = Field(default=[])


class RotationEntry(Entry):
    """Weeks that come round in turn, such as early, late and night shifts."""

    from_: Date = Field(alias="from", description="A day in the first of the weeks.")
    weeks: list[WeeklyEntry] = Field(min_length=1)


class RosterEntry(Entry):
    """The hours of one date, in place of those that the weekday has."""

    date: Date
    hours: list[StretchText] = Field(default=[], description="Left out: off.")


class CalendarEntry(Entry):
    """Working hours that people, rooms, sites or audiences share."""

    id: Id
    name: Text | None = None
    weekly: WeeklyEntry | None = Field(default=None, description="The same in every week.")
    rotation: RotationEntry | None = Field(default=None, description="In place of weekly.")
    roster: list[RosterEntry] = Field(default=[], description="Hours of single dates.")
    holidays: list[Date] = Field(default=[], description="Whole days off.")


class SkillEntry(Entry):
    """Something a person can do, at a level from 1 to 5."""

    id: Id
    name: Text | None = None


class SiteEntry(Entry):
    """A place with people and rooms."""

    id: Id
    name: Text | None = None
    calendar: Id = Field(description="Working hours of the site; they decide support shifts.")
    timezone: Text | None = Field(default=None, description="Default: the rollout's.")


class TravelEntry(Entry):
    """Time on the way between two sites, in both directions unless both are given."""

    from_: Id = Field(alias="from")
    to: Id
    minutes: Days


class BreakEntry(Entry):
    """Whole days with both ends included, or moments with the end left out."""

    from_: When = Field(alias="from")
    to: When
    reason: Text | None = None


class RangeEntry(Entry):
    """Whole days with both ends included, or moments with the end left out."""

    from_: DateOrMoment = Field(alias="from")
    to: DateOrMoment
    reason: Text | None = None


class GreenLightEntry(Entry):
    """The department head's word on change work in the live system."""

    status: Literal["granted", "pending", "refused"]
    date: Date | None = Field(
        default=None, description="From this day on; of a pending one the expected day."
    )


class DepartmentEntry(Entry):
    """A department that goes live: its people, its closed days, its green light."""

    id: Id
    name: Text | None = None
    site: Id
    headcount: Count
    closed: list[BreakEntry] = Field(
        default=[], description="No training and no change work on these days."
    )
    release_limit: Number | None = Field(
        default=None,
        description="At most this share of the headcount in class at once, from 0 to 1.",
        examples=[0.25],
    )
    green_light: GreenLightEntry | None = None


class VendorEntry(Entry):
    """A company whose people are booked at its terms."""

    id: Id
    name: Text | None = None
    lead_days: Days = Field(default=0, description="No booking before as_of plus these days.")
    minimum_hours_per_day: Number | None = Field(
        default=None, description="Least hours on each day with a booking of one of its people."
    )


class MasteryEntry(Entry):
    """A skill of a person."""

    skill: Id
    level: Level
    until: Date | None = Field(default=None, description="The certificate's last day.")


class LimitsEntry(Entry):
    """How much a person may be booked; what is left out has no limit."""

    hours_per_day: Number | None = None
    hours_per_week: Number | None = Field(default=None, description="Monday to Sunday.")
    class_hours_per_day: Number | None = Field(default=None, description="As a trainer.")
    hours_per_7_days: Number | None = Field(
        default=None, description="On any seven days that follow each other."
    )
    days_in_row: Times | None = Field(default=None, description="At most so many with work.")
    nights_in_row: Times | None = Field(default=None, description="At most so many with work.")
    weekends_off: Weekends | None = Field(
        default=None, description="At least so many weekends of a month without work."
    )
    rest_hours: Number | None = Field(
        default=None, description="Rest after each spell of work, 11 for instance."
    )


class WishEntry(Entry):
    """A time a person would rather not be booked in; it is priced, not forbidden."""

    avoid: RangeEntry
    weight: Count = 1


class PersonEntry(Entry):
    """Someone who can be booked, own staff or a vendor's, or who learns under their own name."""

    id: Id
    name: Text | None = None
    skills: list[MasteryEntry] = Field(default=[])
    languages: list[Id] = Field(default=[], examples=[["sl", "en"]])
    calendar: Id | None = Field(default=None, description="Default: the site's.")
    site: Id | None = None
    absences: list[RangeEntry] = Field(default=[])
    limits: LimitsEntry = LimitsEntry()
    notice_hours: Number | None = Field(
        default=None, description="New work starts no sooner after as_of. Left out: no notice."
    )
    cost_per_hour: Number | None = None
    vendor: Id | None = Field(default=None, description="Left out for own staff.")
    wishes: list[WishEntry] = Field(default=[])


class RoomEntry(Entry):
    """A room for classes."""

    id: Id
    name: Text | None = None
    site: Id
    seats: Count
    equipment: list[Id] = Field(default=[], examples=[["pc", "projector"]])
    calendar: Id | None = Field(default=None, description="Default: the site's.")
    cost_per_hour: Number | None = None
    changeover_minutes: Days = Field(
        default=0, description="Between two classes, to clear and set it up."
    )
