"""Courses, audiences and floor support of a generated rollout."""

from __future__ import annotations

from benchmarks.rollouts.draft import Department, Draft, Tree, Wave

WINDOW = {"open_days_before_go_live": 42, "close_days_before_go_live": 2}


def courses(draft: Draft) -> list[Tree]:
    """Five courses of each module in each wave, as the materials are written anew."""
    found = []
    for wave in draft.waves:
        for module, name in wave.programme.modules:
            found += _module_courses(wave, module, name)
    return found


def _module_courses(wave: Wave, module: str, name: str) -> list[Tree]:
    kinds: list[tuple[str, str, int, int, tuple[int, int], str | None, Tree]] = [
        ("intro", "introduction", 2, 2, (3, 20), None, {"virtual": True}),
        ("basic", "basics", 4, 3, (3, 12), "intro", {"room": {"equipment": ["pc"]}}),
        (
            "practice",
            "practice",
            4,
            3,
            (3, 10),
            "basic",
            {"room": {"equipment": ["pc", "projector"]}},
        ),
        ("advanced", "advanced", 4, 4, (3, 10), "basic", {"room": {"equipment": ["pc"]}}),
        (
            "superuser",
            "superusers",
            4,
            4,
            (2, 8),
            "basic",
            {"room": {"equipment": ["pc"]}, "grants": {"skill": "superuser", "level": 1}},
        ),
    ]
    found = []
    for kind, title, hours, level, (least, most), before, more in kinds:
        entry: Tree = {
            "id": f"c-{module}-{kind}-{wave.id}",
            "name": f"{name}: {title}, wave {wave.id}",
            "project": wave.programme.id,
            "hours": hours,
            "trainers": [{"skill": f"teach-{module}", "level": level, "people": 1}],
            "class_size": {"min": least, "max": most},
            **more,
        }
        if before is not None:
            entry["after"] = [f"c-{module}-{before}-{wave.id}"]
        entry["materials"] = f"t-materials-{module}-{wave.id}"
        entry["window"] = WINDOW
        found.append(entry)
    return found


def audiences(draft: Draft) -> list[Tree]:
    """Staff and key users by language, and the named superusers, of each department."""
    return [
        audience
        for wave in draft.waves
        for department in wave.departments
        for audience in _of_department(draft, wave, department)
    ]


def _of_department(draft: Draft, wave: Wave, department: Department) -> list[Tree]:
    rng = draft.rng
    plain = department.headcount - department.superusers
    key_users = round(plain * rng.uniform(0.35, 0.48))
    main, other = draft.language(department.site), draft.other_language(department.site)
    found = []
    for kind, title, heads, last in (
        ("staff", "staff", plain - key_users, "practice"),
        ("key-users", "key users", key_users, "advanced"),
    ):
        apart = round(heads * rng.uniform(0.14, 0.24))
        for language, count in ((main, heads - apart), (other, apart)):
            if count:
                suffix, mark = ("", "") if language == main else (f"-{language}", f" ({language})")
                found.append(
                    _audience(
                        department,
                        f"{department.id}-{kind}{suffix}",
                        f"{department.name}, {title}{mark}",
                        count,
                        language,
                        _courses(wave, department, last),
                    )
                )
    superusers = _audience(
        department,
        f"{department.id}-superusers",
        f"{department.name}, superusers",
        department.superusers,
        main,
        _courses(wave, department, "superuser"),
    )
    return [*found, superusers | {"members": draft.superusers[department.id]}]


def _courses(wave: Wave, department: Department, last: str) -> list[str]:
    return [f"c-{department.module}-{kind}-{wave.id}" for kind in ("intro", "basic", last)]


def _audience(
    department: Department, id_: str, name: str, heads: int, language: str, taken: list[str]
) -> Tree:
    return {
        "id": id_,
        "name": name,
        "department": department.id,
        "headcount": heads,
        "language": language,
        "calendar": department.calendar,
        "courses": taken,
    }


def support(draft: Draft) -> list[Tree]:
    """Two weeks of help on the floor after each go-live."""
    return [
        {
            "id": f"s-{wave.id}",
            "name": f"Floor support, wave {wave.id}",
            "wave": wave.id,
            "skill": "superuser",
            "level": 1,
            "hours": "08:00-16:00",
            "curve": [
                {"days": "1-5", "users_per_supporter": 15},
                {"days": "6-10", "users_per_supporter": 40},
            ],
        }
        for wave in draft.waves
    ]
