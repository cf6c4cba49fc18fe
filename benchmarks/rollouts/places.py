"""Calendars, sites, travel, rooms and departments of a generated rollout."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations

from benchmarks.rollouts.draft import (
    WEEKS_BEFORE,
    WEEKS_BETWEEN,
    Department,
    Draft,
    Tree,
    Wave,
    day,
    shares,
)
from benchmarks.rollouts.names import FUNCTIONS, slug
from benchmarks.rollouts.sizes import Programme, Size

WEEK = ("mon", "tue", "wed", "thu", "fri")

OFFICE_DAY = ("08:00-12:00", "12:30-16:30")

HOLIDAYS = (date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17))

USERS_PER_SUPPORTER = 15
"""In the first week after go-live; a department has as many superusers as that takes."""


def calendars() -> list[Tree]:
    """Office, shop floor, part time, mornings, and the opening hours of training rooms."""
    holidays = [day(each) for each in HOLIDAYS]
    weekly = {
        "office": _week(*OFFICE_DAY),
        "floor": _week("08:00-16:30") | {"sat": ["08:00-12:00"]},
        "part-time": {name: list(OFFICE_DAY) for name in WEEK[:3]},
        "mornings": _week("08:00-12:00"),
        "training-rooms": _week("07:00-18:00") | {"sat": ["07:00-18:00"]},
    }
    return [{"id": id_, "weekly": week, "holidays": holidays} for id_, week in weekly.items()]


def _week(*hours: str) -> Tree:
    return {name: list(hours) for name in WEEK}


def sites(size: Size) -> tuple[Tree, ...]:
    """The sites, the last of them in the other zone where the region has one."""
    region = size.region
    found: list[Tree] = []
    for number, place in enumerate((*region.places,)[: size.sites]):
        site: Tree = {"id": slug(place), "name": place, "calendar": "office"}
        if region.elsewhere and number >= size.sites - region.places_elsewhere:
            site["timezone"] = region.elsewhere
        found.append(site)
    return tuple(found)


def travel(draft: Draft) -> list[Tree]:
    """Minutes between each two sites, more from zone to zone."""
    found = []
    for one, other in combinations(draft.sites, 2):
        apart = one.get("timezone") != other.get("timezone")
        minutes = 30 * draft.rng.randint(2, 6) + (120 if apart else 0)
        found.append({"from": one["id"], "to": other["id"], "minutes": minutes})
    return found


def waves(size: Size, start: date, rng: random.Random) -> tuple[Wave, ...]:
    """Departments spread over sites and modules, gathered in waves three weeks apart.

    Of several projects each goes live a week after the one before.
    """
    found: list[Wave] = []
    used: dict[str, int] = {}
    drawn = [_departments(size, programme, used, rng) for programme in size.programmes]
    extra = size.superusers - sum(each.superusers for group in drawn for each in group)
    for offset, (programme, departments) in enumerate(zip(size.programmes, drawn, strict=True)):
        share = round(extra * len(departments) / sum(len(group) for group in drawn))
        departments = _with_superusers(departments, share)
        prefix = f"{programme.id}-" if len(size.programmes) > 1 else ""
        for number in range(programme.waves):
            weeks = WEEKS_BEFORE + offset + number * WEEKS_BETWEEN
            found.append(
                Wave(
                    f"{prefix}w{number + 1}",
                    programme,
                    number + 1,
                    start + timedelta(weeks=weeks),
                    tuple(departments[number :: programme.waves]),
                )
            )
    return tuple(found)


def _departments(
    size: Size, programme: Programme, used: dict[str, int], rng: random.Random
) -> list[Department]:
    heads = shares(programme.learners, programme.departments, USERS_PER_SUPPORTER, rng, 0.3)
    found = []
    for number, headcount in enumerate(heads):
        in_wave, wave = divmod(number, programme.waves)
        site = (in_wave + 3 * wave) % size.sites
        module = programme.modules[(in_wave + wave) % len(programme.modules)][0]
        place = size.region.places[site]
        name = f"{rng.choice(FUNCTIONS)} {place}"
        used[name] = used.get(name, 0) + 1
        name += f" {used[name]}" if used[name] > 1 else ""
        found.append(
            Department(
                id=slug(name),
                name=name,
                site=site,
                headcount=headcount,
                module=module,
                calendar=rng.choice(("office", "floor")),
                superusers=-(-headcount // USERS_PER_SUPPORTER),
            )
        )
    return found


def _with_superusers(departments: list[Department], extra: int) -> list[Department]:
    """One superuser more in so many of the departments, the largest first."""
    largest = sorted(departments, key=lambda each: -each.headcount)[: max(0, extra)]
    return [
        Department(
            each.id,
            each.name,
            each.site,
            each.headcount,
            each.module,
            each.calendar,
            each.superusers + (each in largest),
        )
        for each in departments
    ]


def departments(draft: Draft) -> list[Tree]:
    """The departments with their closed days, release limits and green lights."""
    found = []
    for wave in draft.waves:
        for department in wave.departments:
            entry: Tree = {
                "id": department.id,
                "name": department.name,
                "site": draft.sites[department.site]["id"],
                "headcount": department.headcount,
            }
            closed = _month_ends(draft, wave) if department.name.startswith("Accounts") else []
            if closed:
                entry["closed"] = closed
            entry["release_limit"] = draft.rng.choice((0.2, 0.25, 0.3))
            entry["green_light"] = _green_light(draft.rng, wave.go_live)
            found.append(entry)
    return found


def _green_light(rng: random.Random, go_live: date) -> Tree:
    if rng.random() < 0.6:
        granted = go_live - timedelta(days=rng.choice((25, 28, 32)))
        return {"status": "granted", "date": day(granted)}
    return {"status": "pending", "date": day(go_live - timedelta(days=20))}


def _month_ends(draft: Draft, wave: Wave) -> list[Tree]:
    """Three days around each end of a month, but not in the week of the department's cut-over."""
    cutover = wave.go_live - timedelta(days=6)
    found: list[Tree] = []
    last = draft.start.replace(day=1)
    while last < draft.end:
        last = (last + timedelta(days=32)).replace(day=1)
        first, until = last - timedelta(days=2), last
        if not (first < wave.go_live and until >= cutover) and until <= draft.end:
            found.append({"from": day(first), "to": day(until), "reason": "month-end"})
    return found


def rooms(draft: Draft) -> list[Tree]:
    """Training rooms, more where a single wave has more people to train."""
    heads = [0] * draft.size.sites
    for wave in draft.waves:
        here = [0] * draft.size.sites
        for department in wave.departments:
            here[department.site] += department.headcount
        heads = [max(pair) for pair in zip(heads, here, strict=True)]
    counts = [1] * draft.size.sites
    for _ in range(draft.size.rooms - draft.size.sites):
        crowded = max(range(len(heads)), key=lambda site: heads[site] / counts[site])
        counts[crowded] += 1
    return [
        {
            "id": f"{site['id']}-{101 + number}",
            "name": f"Training room {101 + number}, {site['name']}",
            "site": site["id"],
            "seats": draft.rng.choice((10, 12, 12, 14)),
            "equipment": ["pc", "projector"],
            "calendar": "training-rooms",
            "cost_per_hour": draft.rng.choice((12.0, 15.0)),
        }
        for site, count in zip(draft.sites, counts, strict=True)
        for number in range(count)
    ]


def freezes(draft: Draft) -> list[Tree]:
    """An audit in one department, and a quiet time for all that no cut-over falls on."""
    audited = draft.waves[0].departments[0]
    audit = draft.start + timedelta(weeks=4)
    cutovers = [(w.go_live - timedelta(days=6), w.go_live) for w in draft.waves]
    quiet = draft.waves[0].go_live + timedelta(days=9)
    if any(first <= quiet <= last for first, last in cutovers):
        quiet -= timedelta(days=3)  # the Sunday and Monday before: nobody cuts over on these
    return [
        {
            "from": day(audit),
            "to": day(audit + timedelta(days=2)),
            "departments": [audited.id],
            "reason": "audit",
        },
        {
            "from": day(quiet),
            "to": day(quiet + timedelta(days=1)),
            "reason": "maintenance of the computing centre",
        },
    ]
