"""People of a generated rollout: superusers, trainers and project staff, own and of vendors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle, islice

from benchmarks.rollouts.draft import Draft, Tree, Wave, day, weekday_from

VENDOR_TRAINERS = "learnwell"
VENDOR_STAFF = "buildright"

QUIET_DAYS = 12
"""Nobody whom the first weeks depend on is away so soon after the start."""

SECOND = {
    "infrastructure": "application",
    "application": "infrastructure",
    "integration": "data",
    "testing": "process",
    "data": "testing",
    "materials": "process",
    "process": "materials",
}
"""What staff can do besides their main skill."""


def vendors(draft: Draft) -> list[Tree]:
    """Training and consulting firms; small rollouts make do with the former."""
    found: list[Tree] = [
        {
            "id": VENDOR_TRAINERS,
            "name": "Learnwell Training",
            "lead_days": 10,
            "minimum_hours_per_day": 4,
        }
    ]
    if len(draft.sites) > 1:
        found.append(
            {
                "id": VENDOR_STAFF,
                "name": "Buildright Consulting",
                "lead_days": 14,
                "minimum_hours_per_day": 4,
            }
        )
    return found


def superusers(draft: Draft) -> list[Tree]:
    """Named learners of each department, who help on the floor once they are trained."""
    found = []
    for wave in draft.waves:
        for department in wave.departments:
            ids = draft.superusers.setdefault(department.id, [])
            for _ in range(department.superusers):
                id_, name = draft.names.person()
                ids.append(id_)
                spoken = [draft.language(department.site)]
                if draft.rng.random() < 0.4:
                    spoken.append(draft.other_language(department.site))
                found.append(
                    {
                        "id": id_,
                        "name": name,
                        "languages": spoken,
                        "calendar": department.calendar,
                        "site": draft.sites[department.site]["id"],
                        "absences": _absences(draft, _needed(wave)),
                        "limits": {"hours_per_day": 8.5, "hours_per_week": 44},
                        "cost_per_hour": draft.rng.choice((34.0, 36.5, 38.0, 41.0)),
                    }
                )
    return found


def _needed(wave: Wave) -> list[tuple[date, date]]:
    """The first week after go-live takes every superuser of a wave."""
    return [(wave.go_live, wave.go_live + timedelta(days=5))]


def trainers(draft: Draft) -> list[Tree]:
    """Trainers of each module in turn; the first of each speak both languages at level 4 or 5."""
    modules = [module for programme in draft.size.programmes for module, _ in programme.modules]
    found = []
    for number, module in enumerate(islice(cycle(modules), draft.size.trainers)):
        leading = number < 2 * len(modules)
        level = draft.rng.choice((4, 5) if leading else (3, 4, 4, 4))
        skills: list[Tree] = [{"skill": f"teach-{module}", "level": level}]
        if draft.rng.random() < 0.45 and len(modules) > 1:
            other = draft.rng.choice([each for each in modules if each != module])
            skills.append({"skill": f"teach-{other}", "level": draft.rng.choice((3, 4))})
        vendor = draft.rng.random() < 0.2 and not leading
        if not vendor and draft.rng.random() < 0.25:
            skills.append({"skill": "superuser", "level": 2})
        site = number % draft.size.sites
        spoken = [draft.language(site)]
        if leading or draft.rng.random() < 0.75:
            spoken.append(draft.other_language(site))
        if not leading and draft.rng.random() < 0.06:
            skills[0]["until"] = day(draft.end - timedelta(weeks=draft.rng.randint(2, 6)))
        entry = _person(draft, skills, spoken, None if vendor else site)
        entry["calendar"] = "part-time" if not leading and draft.rng.random() < 0.1 else "office"
        entry["limits"] = {
            "hours_per_day": 8,
            "hours_per_week": 40,
            "class_hours_per_day": draft.rng.choice((4, 6, 6)),
        }
        entry["cost_per_hour"] = draft.rng.choice((48.0, 52.5, 55.0))
        if vendor:
            entry["vendor"], entry["cost_per_hour"] = VENDOR_TRAINERS, 85.0
        found.append(_wishing(draft, entry))
    return found


def staff(draft: Draft) -> list[Tree]:
    """Project staff by main skill, the first of each at level 5 and there all day."""
    modules = [module for programme in draft.size.programmes for module, _ in programme.modules]
    found = []
    for skill, count in draft.size.staff.items():
        kinds = [f"configure-{module}" for module in modules] if skill == "configure" else [skill]
        for kind in kinds:
            for number in range(count):
                found.append(_staff_member(draft, kind, number, modules))
    return found


def _staff_member(draft: Draft, kind: str, number: int, modules: Sequence[str]) -> Tree:
    rng = draft.rng
    steady = number < 2 * len(draft.sites) if kind == "infrastructure" else number < 2
    skills: list[Tree] = [{"skill": kind, "level": 5 if number == 0 else rng.choice((3, 4, 4))}]
    if kind in SECOND:
        skills.append({"skill": SECOND[kind], "level": 3 if number < 2 else rng.randint(2, 4)})
    else:
        skills.append({"skill": rng.choice(("testing", "data")), "level": 3})
        others = [f"configure-{module}" for module in modules if f"configure-{module}" != kind]
        if others and rng.random() < 0.5:
            skills.append({"skill": rng.choice(others), "level": 3})
    vendor = len(draft.sites) > 1 and not steady and rng.random() < 0.15
    if not vendor and kind.startswith(("configure", "process", "materials")):
        skills.append({"skill": "superuser", "level": 2})
    site = None if vendor else number % draft.size.sites
    entry = _person(draft, skills, [draft.size.region.main_language, "en"], site)
    entry["languages"] = list(dict.fromkeys(entry["languages"]))
    if not steady and rng.random() < 0.1:
        entry["calendar"] = rng.choice(("part-time", "mornings"))
    entry["limits"] = {"hours_per_day": 8, "hours_per_week": 40}
    entry["cost_per_hour"] = rng.choice((54.0, 58.5, 62.5, 66.0))
    if vendor:
        entry["vendor"], entry["cost_per_hour"] = VENDOR_STAFF, rng.choice((105.0, 112.5))
    return _wishing(draft, entry)


def _person(draft: Draft, skills: list[Tree], spoken: list[str], site: int | None) -> Tree:
    id_, name = draft.names.person()
    entry: Tree = {
        "id": id_,
        "name": name,
        "skills": skills,
        "languages": spoken,
        "calendar": "office",
    }
    if site is not None:
        entry["site"] = draft.sites[site]["id"]
    first = draft.waves[0].go_live
    decision = (first - timedelta(days=7), first)
    entry["absences"] = _absences(draft, [decision] if skills[0]["skill"] == "process" else [])
    return entry


def _wishing(draft: Draft, entry: Tree) -> Tree:
    """Every fifth person would rather keep some days free."""
    if draft.rng.random() < 0.2:
        weeks = (draft.end - draft.start).days // 7 - 5
        begins = draft.start + timedelta(weeks=3 + draft.rng.randrange(max(1, weeks)))
        avoid = {"from": day(begins), "to": day(begins + timedelta(days=draft.rng.choice((2, 4))))}
        entry["wishes"] = [{"avoid": avoid, "weight": draft.rng.choice((1, 2))}]
    return entry


def _absences(draft: Draft, needed: list[tuple[date, date]]) -> list[Tree]:
    """Leave, courses and appointments, apart from one another and from days on which needed."""
    rng = draft.rng
    taken = list(needed)
    found: list[tuple[date, Tree]] = []
    span = (draft.end - draft.start).days
    for _ in range(1 + span // 60 + (rng.random() < 0.3)):
        first = weekday_from(draft.start, rng.randrange(QUIET_DAYS, span - 7))
        length = rng.choice((0, 1, 1, 2, 4))
        last = first + timedelta(days=length)
        if any(first <= until and last >= begins for begins, until in taken):
            continue
        taken.append((first, last))
        if length == 0 and rng.random() < 0.5:
            hours = {"from": f"{day(first)}T13:30", "to": f"{day(first)}T16:30"}
            found.append((first, hours | {"reason": "appointment"}))
        else:
            reason = rng.choice(("leave", "leave", "course", "parental leave"))
            found.append((first, {"from": day(first), "to": day(last), "reason": reason}))
    return [entry for _, entry in sorted(found, key=lambda each: each[0])]
