"""Reads people: skills, working time, limits, cost and wishes."""

from __future__ import annotations

from allocator.formats.models.people import PersonEntry
from allocator.formats.rollout.source import Source
from allocator.problem import Mastery, Person, Wish
from allocator.timeline import WorkingTime

LEAST_REST, MOST_REST = 2, 20
"""Hours: longer than a pause, and shorter than a day less the work between two rests."""

Absence = tuple[int, int, str]


def read_people(source: Source) -> tuple[Person, ...]:
    """Everyone, in the zone of their own site."""
    return tuple(
        _person(path, entry, source)
        for path, entry in source.sheet.rows("people", source.sheet.document.people)
    )


def _person(path: str, entry: PersonEntry, source: Source) -> Person:
    zone = source.zone(entry.site)
    limits, clock = entry.limits, source.clock
    absences = tuple(
        (*clock.span(away.from_, away.to, zone, f"{path}.absences[{index}]"), away.reason or "")
        for index, away in enumerate(entry.absences)
    )
    most = {
        name: None if hours is None else clock.hours(hours, f"{path}.limits.{name}")
        for name, hours in (
            ("hours_per_day", limits.hours_per_day),
            ("hours_per_week", limits.hours_per_week),
            ("class_hours_per_day", limits.class_hours_per_day),
            ("hours_per_7_days", limits.hours_per_7_days),
            ("rest_hours", limits.rest_hours),
        )
    }
    if limits.rest_hours is not None and not LEAST_REST <= limits.rest_hours <= MOST_REST:
        message = f"A rest lasts from {LEAST_REST} to {MOST_REST} hours."
        source.faults.add(f"{path}.limits.rest_hours", "out_of_range", message)
    cost = entry.cost_per_hour
    return Person(
        id=entry.id,
        name=entry.name or entry.id,
        skills=_skills(entry, zone, source),
        languages=frozenset(entry.languages),
        site=source.ids.maybe("site", entry.site),
        zone=zone,
        working=_working(path, entry, zone, absences, source),
        hours_per_day=most["hours_per_day"],
        hours_per_week=most["hours_per_week"],
        class_hours_per_day=most["class_hours_per_day"],
        hours_per_7_days=most["hours_per_7_days"],
        rest=most["rest_hours"],
        days_in_row=limits.days_in_row,
        nights_in_row=limits.nights_in_row,
        weekends_off=limits.weekends_off,
        notice_until=0
        if not entry.notice_hours
        else source.as_of + clock.hours(entry.notice_hours, f"{path}.notice_hours"),
        cents_per_hour=0 if cost is None else clock.cents(cost, f"{path}.cost_per_hour"),
        vendor=source.ids.maybe("vendor", entry.vendor),
        wishes=_wishes(path, entry, zone, source),
        absences=absences,
    )


def _skills(entry: PersonEntry, zone: int, source: Source) -> tuple[Mastery, ...]:
    return tuple(
        Mastery(
            skill=source.skill(mastery.skill),
            level=mastery.level,
            until=None if mastery.until is None else source.clock.day_end(mastery.until, zone),
        )
        for mastery in entry.skills
    )


def _working(
    path: str, entry: PersonEntry, zone: int, absences: tuple[Absence, ...], source: Source
) -> WorkingTime:
    site = source.sites.get(entry.site) if entry.site is not None else None
    calendar = entry.calendar or (site.calendar if site else "")
    if entry.calendar is None and entry.site is None:
        message = f'"{entry.id}" has neither a calendar nor a site: nobody knows their hours.'
        source.faults.add(path, "missing_field", message)
    spans = tuple((start, end) for start, end, _ in absences)
    return source.calendars.less(calendar, zone, spans, path)


def _wishes(path: str, entry: PersonEntry, zone: int, source: Source) -> tuple[Wish, ...]:
    wishes = []
    for index, wish in enumerate(entry.wishes):
        place = f"{path}.wishes[{index}].avoid"
        start, end = source.clock.span(wish.avoid.from_, wish.avoid.to, zone, place)
        wishes.append(Wish(start, end, wish.weight))
    return tuple(wishes)
