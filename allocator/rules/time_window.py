"""Rule time_window: earliest, deadline, now, and the rollout's first and last day."""

from __future__ import annotations

from allocator.plan import Kind, Plan, Violation
from allocator.problem import Problem
from allocator.published import PublishedBookings
from allocator.rule import Rule
from allocator.wording import since, until

NAME = "time_window"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Everything lies in the rollout, tasks also between `earliest` and the end of `deadline`.

    Nothing new is planned before `as_of`: what starts earlier was published for the same work with
    the same people and start (a session also with the same course and room, and with nobody new
    among its learners).
    """
    published = PublishedBookings(problem)
    found: list[Violation] = []

    def add(kind: Kind, index: int, message: str) -> None:
        found.append(Violation(NAME, message, ((kind, index),)))

    def inside(kind: Kind, index: int, start: int, end: int, is_published: bool) -> None:
        begins = since(problem, plan, kind, index, start)
        if start < 0:
            add(kind, index, f"{begins} starts before the rollout does.")
        if start < problem.as_of and not is_published:
            now = problem.axis.moment(problem.as_of, 0)
            add(kind, index, f"{begins} starts before now ({now}) and was not published so.")
        if end > problem.horizon:
            ends = until(problem, plan, kind, index, end)
            add(kind, index, f"{ends} ends after the rollout does.")

    for index, booking in enumerate(plan.tasks):
        task = problem.tasks[booking.task]
        known = all(
            published.has_seat(booking.task, seat.person, seat.start) for seat in booking.crew
        )
        last = max((seat.end for seat in booking.crew), default=booking.end)
        first = min((seat.start for seat in booking.crew), default=booking.start)
        inside("task", index, min(first, booking.start), max(last, booking.end), known)
        if booking.start < task.earliest:
            begins = since(problem, plan, "task", index, booking.start)
            moment = problem.axis.moment(task.earliest, task.zone)
            add("task", index, f"{begins} starts before its earliest start, {moment}.")
        if task.deadline is not None and booking.end > task.deadline:
            ends = until(problem, plan, "task", index, booking.end)
            moment = problem.axis.moment(task.deadline, task.zone)
            add("task", index, f"{ends} ends after its deadline, {moment}.")
    for index, session in enumerate(plan.sessions):
        inside("session", index, session.start, session.end, published.has_session(session))
    for index, shift in enumerate(plan.shifts):
        known = all(published.has_supporter(shift, person) for person in shift.people)
        inside("shift", index, shift.start, shift.end, known)
    return found


RULE = Rule(NAME, violations, alone=True)
