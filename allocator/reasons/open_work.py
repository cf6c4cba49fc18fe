"""What a plan leaves open, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.plan import OpenWork, Plan
from allocator.problem import Problem
from allocator.reasons import support
from allocator.reasons.classes import why as courses
from allocator.reasons.classes.learners import missing
from allocator.reasons.common.situation import Situation
from allocator.reasons.tasks import why as tasks


def open_work(problem: Problem, plan: Plan) -> tuple[OpenWork, ...]:
    """One entry per open task and seat line, per course and audience, per support shift.

    The reason is the first condition, from facts of the rollout to what the plan has booked, that
    nothing can meet; if all can be met, what the check says of the plan with the work in it.
    """
    situation = Situation(problem, plan)
    return (*_tasks(situation), *_courses(situation), *_shifts(situation))


def _tasks(situation: Situation) -> Iterator[OpenWork]:
    for number, task in enumerate(situation.problem.tasks):
        if situation.is_open(number):
            said = tasks.reasons(situation, number)
            for seat, (line, reason) in enumerate(zip(task.crew, said, strict=True)):
                hours = situation.problem.axis.hours(line.people * line.work)
                yield OpenWork("task", task.id, reason, seat=seat, hours=hours)


def _courses(situation: Situation) -> Iterator[OpenWork]:
    for number, audience in enumerate(situation.problem.audiences):
        for course in audience.courses:
            heads = missing(situation, number, course)
            if heads:
                name = situation.problem.courses[course].id
                reason = courses.reason(situation, number, course)
                yield OpenWork("course", name, reason, audience=audience.id, heads=heads)


def _shifts(situation: Situation) -> Iterator[OpenWork]:
    problem = situation.problem
    for need in problem.shifts:
        people = need.people - len(support.standing(situation.plan, need))
        if people > 0:
            yield OpenWork(
                "support",
                problem.supports[need.support].id,
                support.reason(situation, need),
                department=problem.departments[need.department].id,
                day=need.day,
                people=people,
            )
