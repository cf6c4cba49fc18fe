"""Term open_work: what the plan leaves undone, weighed by priority."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from allocator.plan import Plan
from allocator.problem import Problem


def measure(problem: Problem, plan: Plan) -> Fraction:
    """Hours of work that nobody is booked for, in person-hours x priority.

    Tasks left open: people x hours left of each line x the task's priority. Untrained heads
    without a seat x course hours, and missing supporters x shift hours, each x the project's
    priority. Finished tasks count nothing.
    """
    return Fraction(
        _tasks(problem, plan) + _heads(problem, plan) + _supporters(problem, plan),
        problem.axis.slots_per_hour,
    )


def _tasks(problem: Problem, plan: Plan) -> int:
    planned = {booking.task for booking in plan.tasks}
    return sum(
        line.people * line.work * task.priority
        for number, task in enumerate(problem.tasks)
        if number not in planned and task.finished is None
        for line in task.crew
    )


def _heads(problem: Problem, plan: Plan) -> int:
    seated: Counter[tuple[int, int]] = Counter()
    for session in plan.sessions:
        for group in session.groups:
            seated[group.audience, session.course] += group.heads
    total = 0
    for number, audience in enumerate(problem.audiences):
        for index in audience.courses:
            course = problem.courses[index]
            missing = problem.untrained(number, index) - seated[number, index]
            total += max(0, missing) * course.length * problem.projects[course.project].priority
    return total


def _supporters(problem: Problem, plan: Plan) -> int:
    standing: Counter[tuple[int, int, int]] = Counter()
    for shift in plan.shifts:
        standing[shift.support, shift.department, shift.day] += len(shift.people)
    total = 0
    for need in problem.shifts:
        missing = need.people - standing[need.support, need.department, need.day]
        project = problem.supports[need.support].project
        total += max(0, missing) * (need.end - need.start) * problem.projects[project].priority
    return total
