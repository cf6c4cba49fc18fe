"""What a plan means for those who answer for it: open, late, costs, load, assumptions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocator.plan import OpenWork, Plan
from allocator.problem import Problem
from allocator.reasons.common.situation import Situation, never
from allocator.reasons.late import Late, late_tasks
from allocator.reasons.open_work import open_work
from allocator.views.load import SkillLoad, skill_loads
from allocator.views.money import cost_by_account, costs_by_project

__all__ = ["Assumption", "Coverage", "Late", "ProjectCost", "Report", "open_work", "report"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of what is asked for is planned."""

    tasks: int
    tasks_asked: int
    sessions: int
    heads: int
    heads_asked: int
    """Seats in courses for heads that are not trained yet."""
    supporters: int
    supporters_asked: int


@dataclass(frozen=True, slots=True)
class ProjectCost:
    """A project's cost, spent + planned = forecast, against its budget (None = it has none).

    All in cents.
    """

    project: int
    spent: Fraction
    planned: Fraction
    budget: int | None

    @property
    def forecast(self) -> Fraction:
        """What the project will have cost."""
        return self.spent + self.planned


@dataclass(frozen=True, slots=True)
class Assumption:
    """A pending green light that planned change work relies on; `day` is the expected day."""

    department: int
    day: int
    tasks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A plan explained, from problem and plan alone."""

    coverage: Coverage
    open: tuple[OpenWork, ...]
    late: tuple[Late, ...]
    costs: tuple[ProjectCost, ...]
    accounts: Mapping[int, Fraction]
    """The cost in cents of own staff, each vendor and rooms, as `money` has them."""
    loads: tuple[SkillLoad, ...]
    assumptions: tuple[Assumption, ...]


def report(
    problem: Problem,
    plan: Plan,
    left_open: tuple[OpenWork, ...] | None = None,
    until: Callable[[], bool] = never,
) -> Report:
    """Everything there is to say of a plan; `left_open` if its reasons are known already.

    Why work is open or late is worked out `until` the time is up, what is open first; the rest of
    it says so, and can be asked for later.
    """
    published = (
        costs(problem, plan),
        cost_by_account(problem, plan),
        skill_loads(problem, plan),
        assumptions(problem, plan),
    )
    left = open_work(problem, plan, until) if left_open is None else left_open
    late = late_tasks(Situation(problem, plan, until))
    return Report(coverage(problem, plan), left, late, *published)


def coverage(problem: Problem, plan: Plan) -> Coverage:
    """Tasks, seats in courses and supporters: planned, and asked for."""
    return Coverage(
        tasks=len(plan.tasks),
        tasks_asked=sum(task.finished is None for task in problem.tasks),
        sessions=len(plan.sessions),
        heads=sum(session.heads for session in plan.sessions),
        heads_asked=sum(
            problem.untrained(index, course)
            for index, audience in enumerate(problem.audiences)
            for course in audience.courses
        ),
        supporters=sum(len(shift.people) for shift in plan.shifts),
        supporters_asked=sum(need.people for need in problem.shifts),
    )


def costs(problem: Problem, plan: Plan) -> tuple[ProjectCost, ...]:
    """Each project's cost, spent and planned, against its budget."""
    return tuple(
        ProjectCost(index, cost.spent, cost.planned, problem.projects[index].budget)
        for index, cost in enumerate(costs_by_project(problem, plan))
    )


def assumptions(problem: Problem, plan: Plan) -> tuple[Assumption, ...]:
    """Pending green lights of departments whose change tasks are planned."""
    found = []
    for index, department in enumerate(problem.departments):
        light = department.green_light
        relying = tuple(
            booking.task
            for booking in plan.tasks
            if problem.tasks[booking.task].change
            and problem.tasks[booking.task].department == index
        )
        if relying and light is not None and light.status == "pending" and light.day is not None:
            found.append(Assumption(index, light.day, relying))
    return tuple(found)
