"""How much of each skill is asked for, planned by week and open, beside what there is of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from allocator.plan import Plan
from allocator.problem import Problem
from allocator.views.bookings import Booking, person_bookings
from allocator.views.workload import duty_by_day


@dataclass(slots=True)
class Demand:
    """What is asked of those who have a skill, in slots on duty; by the day number of Mondays."""

    weeks: Counter[int] = field(default_factory=Counter)
    """What the plan books for work that asks for this skill, whatever else its people can do."""
    open: int = 0
    """What nobody is booked for; of classes as many as would do, each as full as may be."""


def skill_demands(problem: Problem, plan: Plan) -> dict[int, Demand]:
    """The demand for each skill that some work asks for."""
    found: defaultdict[int, Demand] = defaultdict(Demand)
    for index, bookings in person_bookings(problem, plan).items():
        person = problem.people[index]
        days = problem.days[person.zone]
        for booking in bookings:
            if booking.learner:
                continue
            demand = found[_skill(problem, plan, index, booking)]
            for day, slots in duty_by_day(problem, person, [booking]).items():
                week = days.week(days.midnight(day))
                demand.weeks[week * 7 - problem.days[0].weekday] += slots
    for skill, slots in _open(problem, plan).items():
        found[skill].open = slots
    return dict(found)


def _skill(problem: Problem, plan: Plan, person: int, booking: Booking) -> int:
    """The skill that somebody is booked for; of a trainer the first one of the course they have."""
    if booking.kind == "task":
        booked = plan.tasks[booking.index]
        seat = next(it.seat for it in booked.crew if it.person == person)
        return problem.tasks[booked.task].crew[seat].skill
    if booking.kind == "shift":
        return problem.supports[plan.shifts[booking.index].support].skill
    asked = [it.skill for it in problem.courses[plan.sessions[booking.index].course].trainers]
    held = {it.skill for it in problem.people[person].skills}
    return next((it for it in asked if it in held), asked[0])


def _open(problem: Problem, plan: Plan) -> Counter[int]:
    found: Counter[int] = Counter()
    planned = {booking.task for booking in plan.tasks}
    for number, task in enumerate(problem.tasks):
        if number not in planned and task.finished is None:
            for line in task.crew:
                found[line.skill] += line.people * line.work
    for number, heads in _untrained(problem, plan).items():
        course = problem.courses[number]
        classes = -(-heads // course.largest)
        for line in course.trainers:
            found[line.skill] += classes * line.people * course.length
    standing: Counter[tuple[int, int, int]] = Counter()
    for shift in plan.shifts:
        standing[shift.support, shift.department, shift.day] += len(shift.people)
    for need in problem.shifts:
        missing = need.people - standing[need.support, need.department, need.day]
        found[problem.supports[need.support].skill] += max(0, missing) * (need.end - need.start)
    return found


def _untrained(problem: Problem, plan: Plan) -> Counter[int]:
    """Heads without a seat, by course."""
    seated: Counter[tuple[int, int]] = Counter()
    for session in plan.sessions:
        for group in session.groups:
            seated[group.audience, session.course] += group.heads
    missing: Counter[int] = Counter()
    for number, audience in enumerate(problem.audiences):
        for course in audience.courses:
            missing[course] += max(0, problem.untrained(number, course) - seated[number, course])
    return missing
