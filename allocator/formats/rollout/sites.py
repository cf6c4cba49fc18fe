"""Reads sites, travel, departments with their blocked days, vendors and rooms."""

from __future__ import annotations

import math
from dataclasses import dataclass

from allocator.formats.clock import Clock
from allocator.formats.faults import Faults
from allocator.formats.models.people import DepartmentEntry, GreenLightEntry
from allocator.formats.models.rollout import FreezeEntry
from allocator.formats.rollout.source import Source
from allocator.problem import Department, GreenLight, Room, Site, Vendor
from allocator.timeline import BoolArray

PAIR = 8
"""Slots that the way between two sites counts as."""


def read_sites(source: Source) -> tuple[Site, ...]:
    """The sites with their own working time."""
    sites = []
    for entry in source.sheet.document.sites:
        zone = source.zone(entry)
        working = source.calendars.working(entry.calendar, zone)
        sites.append(Site(entry.id, entry.name or entry.id, zone, working))
    return tuple(sites)


def read_travel(source: Source) -> tuple[tuple[int, ...], ...]:
    """Slots on the way from each site to each other, minutes rounded up."""
    count = len(source.sheet.document.sites)
    source.calendars.allowance.take(count * count * PAIR, "sites")
    known: dict[tuple[int, int], int] = {}
    for path, way in source.sheet.rows("travel", source.sheet.document.travel):
        pair = source.ids.index("site", way.from_), source.ids.index("site", way.to)
        if -1 in pair:
            continue
        if pair[0] == pair[1]:
            message = f'The way leads from "{way.from_}" to itself.'
            source.faults.add(path, "refers_to_itself", message)
        if pair in known:
            message = f'The way from "{way.from_}" to "{way.to}" is given twice.'
            source.faults.add(path, "duplicate_pair", message)
        known[pair] = -(-way.minutes // source.clock.axis.slot_minutes)
    return tuple(
        tuple(known.get((a, b), known.get((b, a), 0)) for b in range(count)) for a in range(count)
    )


def read_departments(source: Source) -> tuple[Department, ...]:
    """The departments, each with the slots of its closed and frozen days."""
    departments = []
    freezes = _freezes(source)
    for path, entry in source.sheet.rows("departments", source.sheet.document.departments):
        zone = source.zone(entry.site)
        departments.append(
            Department(
                id=entry.id,
                name=entry.name or entry.id,
                site=source.ids.index("site", entry.site),
                zone=zone,
                headcount=entry.headcount,
                release_heads=_release_heads(entry, path, source),
                blocked=_blocked(entry, path, zone, freezes, source),
                green_light=_green_light(entry.green_light, f"{path}.green_light", zone, source),
            )
        )
    return tuple(departments)


def _release_heads(entry: DepartmentEntry, path: str, source: Source) -> int | None:
    if entry.release_limit is None:
        return None
    if entry.release_limit > 1:
        message = "release_limit is a share from 0 to 1."
        source.faults.add(f"{path}.release_limit", "out_of_range", message)
    return max(1, math.floor(entry.release_limit * entry.headcount))


@dataclass(frozen=True, slots=True)
class _Freezes:
    """The times in which change work rests, of everybody and of some departments."""

    all: list[FreezeEntry]
    of: dict[str, list[FreezeEntry]]


def _freezes(source: Source) -> _Freezes:
    found = _Freezes([], {})
    for freeze in source.sheet.document.freezes:
        if freeze.departments is None:
            found.all.append(freeze)
        for id_ in freeze.departments or ():
            found.of.setdefault(id_, []).append(freeze)
    return found


def _blocked(
    entry: DepartmentEntry, path: str, zone: int, freezes: _Freezes, source: Source
) -> BoolArray:
    quiet = Clock(source.clock.axis, Faults())  # reported once, by `check_freezes`
    spans = [
        source.clock.span(closed.from_, closed.to, zone, f"{path}.closed[{index}]")
        for index, closed in enumerate(entry.closed)
    ]
    for freeze in (*freezes.all, *freezes.of.get(entry.id, ())):
        spans.append(quiet.span(freeze.from_, freeze.to, zone, path))
    if not spans:
        return source.never
    source.calendars.allowance.take(source.clock.axis.horizon, path)
    blocked = source.never.copy()
    for start, end in spans:
        blocked[max(start, 0) : max(end, 0)] = True
    return blocked


def check_freezes(source: Source) -> None:
    """Reports freezes that end before they begin, or whose dates cannot be known."""
    for path, freeze in source.sheet.rows("freezes", source.sheet.document.freezes):
        source.clock.span(freeze.from_, freeze.to, 0, path)


def _green_light(
    entry: GreenLightEntry | None, path: str, zone: int, source: Source
) -> GreenLight | None:
    if entry is None:
        return None
    if entry.date is None and entry.status == "pending":
        message = "A pending green light needs the date on which it is expected."
        source.faults.add(path, "missing_field", message)
    day = None if entry.date is None else source.clock.axis.day_number(entry.date)
    if entry.status == "refused":
        opens = source.clock.axis.horizon
    else:
        opens = 0 if entry.date is None else max(0, source.clock.midnight(entry.date, zone))
    return GreenLight(entry.status, day, opens)


def read_vendors(source: Source) -> tuple[Vendor, ...]:
    """The vendors; their lead days run from midnight of the day of `as_of`."""
    document = source.sheet.document
    today = document.as_of.local.date() if document.as_of else document.start
    vendors = []
    for path, entry in source.sheet.rows("vendors", document.vendors):
        day = source.clock.axis.day_number(today) + entry.lead_days
        minimum = entry.minimum_hours_per_day
        vendors.append(
            Vendor(
                id=entry.id,
                name=entry.name or entry.id,
                available_from=source.clock.axis.days[0].midnight(day),
                lead_days=entry.lead_days,
                minimum_per_day=0
                if minimum is None
                else source.clock.hours(minimum, f"{path}.minimum_hours_per_day"),
            )
        )
    return tuple(vendors)


def read_rooms(source: Source) -> tuple[Room, ...]:
    """The rooms; one without a calendar follows its site's."""
    rooms = []
    for path, entry in source.sheet.rows("rooms", source.sheet.document.rooms):
        zone = source.zone(entry.site)
        site = source.sites.get(entry.site)
        calendar = entry.calendar or (site.calendar if site else "")
        cost = entry.cost_per_hour
        rooms.append(
            Room(
                id=entry.id,
                name=entry.name or entry.id,
                site=source.ids.index("site", entry.site),
                zone=zone,
                seats=entry.seats,
                equipment=frozenset(entry.equipment),
                working=source.calendars.working(calendar, zone),
                cents_per_hour=0
                if cost is None
                else source.clock.cents(cost, f"{path}.cost_per_hour"),
                changeover=-(-entry.changeover_minutes // source.clock.axis.slot_minutes),
            )
        )
    return tuple(rooms)
