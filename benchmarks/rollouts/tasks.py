"""Tasks of a generated rollout: per wave, per department, and a few of the project as a whole."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.rollouts.draft import Department, Draft, Tree, Wave, day

LARGE = 100
"""From so many heads on, a department's settings, devices and data take two people."""


def tasks(draft: Draft, steady_process: str) -> list[Tree]:
    """All tasks; roles, then reports, of departments fill up to the number the size states."""
    found: list[Tree] = []
    for programme in draft.size.programmes:
        found.append(
            {
                "id": f"t-{programme.id}-kickoff",
                "name": f"Kick-off and project plan, {programme.name}",
                "project": programme.id,
                "crew": _crew(("process", 3, 1, 8)),
                "priority": 3,
                "progress": {"finished": day(draft.start)},
            }
        )
    for wave in draft.waves:
        found += _wave_tasks(draft, wave)
        for department in wave.departments:
            found += _department_tasks(draft, wave, department)
    found.append(_decision(draft, steady_process))
    missing = draft.size.tasks - len(found)
    everywhere = [(wave, each) for wave in draft.waves for each in wave.departments]
    # Spread over the waves rather than all in the first ones.
    order = sorted(range(len(everywhere)), key=lambda n: (n * 7) % len(everywhere))
    fillers = [make(draft, *everywhere[n]) for make in (_roles, _reports) for n in order]
    return found + fillers[: max(0, missing)]


def _crew(*lines: tuple[str, int, int, int]) -> list[Tree]:
    return [dict(zip(("skill", "level", "people", "hours"), line, strict=True)) for line in lines]


def _link(task: str, type_: str, lag: int) -> Tree:
    return {"task": task, "type": type_, "lag_hours": lag}


def _task(wave: Wave, id_: str, name: str, crew: list[Tree], **more: Any) -> Tree:
    return {
        "id": f"t-{id_}",
        "name": name,
        "project": wave.programme.id,
        "wave": wave.id,
        "crew": crew,
    } | more


def _times(
    go_live: date, earliest: int | None = None, due: int | None = None, deadline: int | None = None
) -> Tree:
    """Dates by days from go-live, before it below zero."""
    given = {"earliest": earliest, "due": due, "deadline": deadline}
    return {
        name: day(go_live + timedelta(days=days))
        for name, days in given.items()
        if days is not None
    }


def _wave_tasks(draft: Draft, wave: Wave) -> list[Tree]:
    """What is done once per wave: the technical base, modules, interfaces, data, tests."""
    go, of, rng = wave.go_live, f", wave {wave.id}", draft.rng
    sites = sorted({department.site for department in wave.departments})
    own = wave.id
    many = len(draft.sites) > 1
    found = [
        _task(
            wave,
            f"infra-{draft.sites[site]['id']}-{own}",
            f"Prepare network and workplaces {draft.sites[site]['name']}{of}",
            _crew(("infrastructure", 3, 2 if many else 1, 28)),
            site=draft.sites[site]["id"],
            **_times(go, -63, -42, -21),
        )
        for site in sites
    ]
    found[0]["after"] = [f"t-{wave.programme.id}-kickoff"]
    first = found[0]["id"]
    install, payments, identity = (
        f"t-{name}-{own}" for name in ("install", "payments", "identity")
    )
    data_map, load = f"t-data-map-{own}", f"t-data-load-{own}"
    found.append(
        _task(
            wave,
            f"install-{own}",
            f"Install application servers{of}",
            _crew(("application", 3, 2, 36), ("infrastructure", 3, 1, 8)),
            after=[first],
            priority=5,
            **_times(go, None, -35, -21),
        )
    )
    interface = _crew(("integration", 3, 1, 56))
    found.append(
        _task(
            wave,
            f"payments-{own}",
            f"Build interface to payments{of}",
            interface,
            after=[_link(install, "SS", 24)],
            **_times(go, None, -21, -7),
        )
    )
    interfaces = [payments]
    if many:
        interfaces.append(identity)
        found.append(
            _task(
                wave,
                f"identity-{own}",
                f"Build interface to identities{of}",
                interface,
                after=[_link(install, "SS", 24)],
                same_people_as=payments,
                **_times(go, None, -21, -7),
            )
        )
    found.append(
        _task(
            wave,
            f"interface-test-{own}",
            f"Test interfaces{of}",
            _crew(("testing", 3, 1, 24), ("integration", 3, 1, 24)),
            after=interfaces,
            different_people_from=payments,
            **_times(go, None, -14, 0),
        )
    )
    mapping = _task(
        wave,
        f"data-map-{own}",
        f"Map and clean master data{of}",
        _crew(("data", 3, 2, 48)),
        **_times(go, -63, -42, -21),
    )
    if wave is draft.waves[0]:
        mapping["progress"] = {"done_hours": 4}
    found.append(mapping)
    configured = []
    for module, name in wave.programme.modules:
        found += _module_tasks(draft, wave, module, name)
        configured.append(f"t-config-{module}-{own}")
    lead = f"configure-{wave.programme.modules[0][0]}"
    found += [
        _task(
            wave,
            f"data-load-{own}",
            f"Trial data load{of}",
            _crew(("data", 4, 1, 40), ("application", 3, 1, 12)),
            after=[data_map, *configured],
            **_times(go, None, -13, -13),
        ),
        _task(
            wave,
            f"test-{own}",
            f"Integration test{of}",
            _crew(("testing", 3, 2, 36), (lead, 3, 1, 16)),
            after=[f"t-interface-test-{own}", _link(load, "FS", 8)],
            **_times(go, None, -12, -7),
        ),
        _task(
            wave,
            f"rehearsal-{own}",
            f"Cut-over rehearsal{of}",
            _crew(("application", 3, 1, 6), ("data", 3, 1, 6), ("integration", 3, 1, 6)),
            after=[_link(load, "FS", 0), payments],
            splittable=False,
            priority=5,
            **_times(go, -13, -7, -5),
        ),
        _task(
            wave,
            f"hypercare-{own}",
            f"Resolve opening defects{of}",
            _crew((lead, 3, 1, 24), ("integration", 3, 1, rng.choice((20, 28)))),
            after=[f"t-{wave.departments[0].id}-cutover", f"t-test-{own}"],
            **_times(go, 1, 10),
        ),
    ]
    return found


def _module_tasks(draft: Draft, wave: Wave, module: str, name: str) -> list[Tree]:
    of, config = f", wave {wave.id}", f"t-config-{module}-{wave.id}"
    people = draft.size.staff["configure"]
    return [
        _task(
            wave,
            f"config-{module}-{wave.id}",
            f"Configure {name.lower()}{of}",
            _crew((f"configure-{module}", 3, 2 if people > 2 else 1, 48)),
            after=[f"t-install-{wave.id}"],
            **_times(wave.go_live, None, -24, draft.rng.randint(-21, -18)),
        ),
        _task(
            wave,
            f"materials-{module}-{wave.id}",
            f"Write training materials, {name.lower()}{of}",
            _crew(("materials", 3, 1, 24)),
            after=[_link(config, "SS", 48)],
            priority=5,
            **_times(wave.go_live, -28, -21, -14),
        ),
    ]


def _department_tasks(draft: Draft, wave: Wave, department: Department) -> list[Tree]:
    """What is done for each department, from analysis to the end of the old system."""
    go, of = wave.go_live, f", {department.name}"
    site = draft.sites[department.site]["id"]
    skill = f"configure-{department.module}"
    large = 2 if department.headcount > LARGE else 1
    team = large if draft.size.staff["configure"] > 2 else 1

    def hours(per_head: float, most: int) -> int:
        return min(most, max(8, 4 * round(per_head * department.headcount / large / 4)))

    def part(name: str, title: str, crew: list[Tree], **more: Any) -> Tree:
        return _task(
            wave,
            f"{department.id}-{name}",
            f"{title}{of}",
            crew,
            department=department.id,
            **more,
        )

    ids = {
        name: f"t-{department.id}-{name}"
        for name in ("analyse", "settings", "devices", "data", "acceptance", "cutover")
    }
    settings_after = [f"t-config-{department.module}-{wave.id}"]
    found = []
    if len(draft.sites) > 1:
        settings_after.append(ids["analyse"])
        found.append(
            part(
                "analyse",
                "Analyse processes",
                _crew(("process", 3, 1, hours(0.25 * large, 32))),
                site=site,
                **_times(go, -63, -35, -24),
            )
        )
    found += [
        part(
            "settings",
            "Department settings",
            _crew((skill, 3, team, hours(0.4, 40))),
            after=settings_after,
            **_times(go, None, -19, -13),
        ),
        part(
            "devices",
            "Roll out devices",
            _crew(("infrastructure", 2, large, hours(0.3, 24))),
            after=[_link(f"t-infra-{site}-{wave.id}", "FS", 16)],
            site=site,
            change=True,
            **_times(go, None, -12, -4),
        ),
        part(
            "data",
            "Migrate data",
            _crew(("data", 3, large, hours(0.5, 40))),
            after=[f"t-data-map-{wave.id}", ids["settings"]],
            **_times(go, None, -10, -6),
        ),
        part(
            "acceptance",
            "Acceptance test",
            _crew(("testing", 2, large, hours(0.3, 20)), (skill, 2, 1, 12)),
            after=[ids["settings"], _link(ids["data"], "SS", 16), _link(ids["data"], "FF", 0)],
            **_times(go, None, -9, -5),
        ),
        part(
            "cutover",
            "Cut-over",
            _crew(("application", 3, 1, 4), (skill, 3, 1, 4)),
            after=[
                ids["acceptance"],
                ids["data"],
                f"t-rehearsal-{wave.id}",
                _link(ids["devices"], "SF", 4),
            ],
            site=site,
            splittable=False,
            change=True,
            priority=5,
            **_times(go, -6, None, -3),
        ),
    ]
    if len(draft.sites) > 1:
        found.append(
            part(
                "archive",
                "Retire the old system",
                _crew(("application", 2, 1, 12), ("data", 2, 1, 8)),
                after=[_link(ids["cutover"], "FS", 96)],
                change=True,
                priority=2,
                **_times(go, 3, 16),
            )
        )
    return found


def _roles(draft: Draft, wave: Wave, department: Department) -> Tree:
    return _task(
        wave,
        f"{department.id}-roles",
        f"Roles and authorisations, {department.name}",
        _crew(("application", 2, 1, draft.rng.choice((12, 16, 20)))),
        department=department.id,
        after=[f"t-install-{wave.id}"],
        **_times(wave.go_live, None, -12, -6),
    )


def _reports(draft: Draft, wave: Wave, department: Department) -> Tree:
    return _task(
        wave,
        f"{department.id}-reports",
        f"Set up reports, {department.name}",
        _crew((f"configure-{department.module}", 2, 1, draft.rng.choice((8, 12)))),
        department=department.id,
        after=[f"t-config-{department.module}-{wave.id}"],
        **_times(wave.go_live, None, 4, 11),
    )


def _decision(draft: Draft, person: str) -> Tree:
    wave = draft.waves[0]
    meeting = wave.go_live - timedelta(days=5)
    return _task(
        wave,
        "go-decision",
        "Go or no-go meeting, first wave",
        _crew(("process", 4, 1, 2)),
        splittable=False,
        priority=5,
        pin={"start": f"{day(meeting)}T10:00", "people": [person]},
        **_times(wave.go_live, None, None, -3),
    )
