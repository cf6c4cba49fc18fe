"""The report of a plan as plain values, for machines and pages."""

from __future__ import annotations

from fractions import Fraction

from allocator.formats.plan.write import conflict_trees
from allocator.problem import Problem
from allocator.reasons.late import Late
from allocator.report import Report
from allocator.views.money import OWN_STAFF, ROOMS

Tree = dict[str, object]


def report_document(problem: Problem, report: Report) -> Tree:
    """Coverage, lateness, costs, load and assumptions; what is open is in the plan document."""
    covered = report.coverage
    return {
        "planned": {
            "tasks": {"planned": covered.tasks, "asked": covered.tasks_asked},
            "classes": covered.sessions,
            "heads": {"planned": covered.heads, "asked": covered.heads_asked},
            "supporters": {"planned": covered.supporters, "asked": covered.supporters_asked},
        },
        "late": [_late(problem, late) for late in report.late],
        "costs": [
            {
                "project": problem.projects[it.project].id,
                "spent": _money(it.spent),
                "planned": _money(it.planned),
                "cost": _money(it.forecast),
                "budget": None if it.budget is None else _money(it.budget),
            }
            for it in report.costs
        ],
        "accounts": [
            {**_account(problem, account), "cost": _money(cost)}
            for account, cost in report.accounts.items()
        ],
        "load": [
            {
                "skill": problem.skills[load.skill],
                "people": [problem.people[person].id for person in load.people],
                "weeks": [
                    {
                        "monday": problem.axis.date(week.monday).isoformat(),
                        "booked_hours": float(problem.axis.hours(week.booked)),
                        "available_hours": float(problem.axis.hours(week.available)),
                    }
                    for week in load.weeks
                ],
            }
            for load in report.loads
        ],
        "assumptions": [
            {
                "department": problem.departments[it.department].id,
                "green_light": problem.axis.date(it.day).isoformat(),
                "tasks": [problem.tasks[task].id for task in it.tasks],
            }
            for it in report.assumptions
        ],
    }


def _account(problem: Problem, account: int) -> Tree:
    """Whose work it pays for; a vendor by id."""
    if account in (OWN_STAFF, ROOMS):
        return {"account": "own staff" if account == OWN_STAFF else "rooms", "vendor": None}
    return {"account": "vendor", "vendor": problem.vendors[account].id}


def _late(problem: Problem, late: Late) -> Tree:
    task = problem.tasks[late.task]
    return {
        "task": task.id,
        "end": problem.axis.moment(late.end, task.zone),
        "hours": float(problem.axis.hours(late.slots)),
        "working_days": late.working_days,
        "cause": late.cause,
        "explained": late.explained,
        **conflict_trees(late.conflicts),
    }


def _money(cents: Fraction | int) -> float:
    return round(float(cents) / 100, 2)
