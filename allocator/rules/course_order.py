"""Rule course_order: learners take courses in order, and classes wait for their materials."""

from __future__ import annotations

from collections import defaultdict

from allocator.plan import Group, Plan, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import named, since

NAME = "course_order"

Attended = dict[tuple[int, int], list[tuple[int, Group]]]
"""(audience, course) -> (position of the session in the plan, its group)."""


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Whenever a class begins, its learners have ended the courses that it comes after.

    At every start of a session of a course, the heads of an audience that have begun it are at
    most those that have ended each course it comes `after`; trained heads count. Named learners:
    each one's own order. It binds audiences that take both. A class that starts when the other
    ends is in order. No session starts before its `materials` task has ended. Classes that began
    before now are not asked whether they were in order.
    """
    attended: defaultdict[tuple[int, int], list[tuple[int, Group]]] = defaultdict(list)
    for index, session in enumerate(plan.sessions):
        for group in session.groups:
            attended[group.audience, session.course].append((index, group))
    found = _materials(problem, plan)
    for (number, later), groups in sorted(attended.items(), key=lambda entry: entry[0]):
        audience = problem.audiences[number]
        for earlier in problem.courses[later].after:
            if earlier in audience.courses and later in audience.courses:
                pair = (number, later, earlier)
                if audience.members:
                    found += _own_order(problem, plan, attended, pair, groups)
                else:
                    found += _counted_order(problem, plan, attended, pair, groups)
    return found


RULE = Rule(NAME, violations)


def _own_order(
    problem: Problem,
    plan: Plan,
    attended: Attended,
    pair: tuple[int, int, int],
    groups: list[tuple[int, Group]],
) -> list[Violation]:
    number, _, earlier = pair
    ended: dict[int, int] = {}
    for record in problem.audiences[number].trained:
        if record.course == earlier:
            for person in record.members:
                ended[person] = min(record.at, ended.get(person, record.at))
    for index, group in attended.get((number, earlier), ()):
        end = plan.sessions[index].end
        for person in group.members:
            ended[person] = min(end, ended.get(person, end))
    found: list[Violation] = []
    for index, group in groups:
        start = plan.sessions[index].start
        for person in group.members if start >= problem.as_of else ():
            if person not in ended or start < ended[person]:
                message = (
                    f"{named(problem.people[person])} begins "
                    f"{since(problem, plan, 'session', index, start)}, but has not ended "
                    f"{problem.courses[earlier].id} by then."
                )
                found.append(Violation(NAME, message, (("session", index),)))
    return found


def _counted_order(
    problem: Problem,
    plan: Plan,
    attended: Attended,
    pair: tuple[int, int, int],
    groups: list[tuple[int, Group]],
) -> list[Violation]:
    number, later, earlier = pair
    audience = problem.audiences[number]
    begun = [(rec.at, rec.heads) for rec in audience.trained if rec.course == later]
    begun += [(plan.sessions[index].start, group.heads) for index, group in groups]
    ended = [(rec.at, rec.heads) for rec in audience.trained if rec.course == earlier]
    ended += [
        (plan.sessions[index].end, group.heads)
        for index, group in attended.get((number, earlier), ())
    ]
    found: list[Violation] = []
    for index, _ in groups:
        start = plan.sessions[index].start
        if start < problem.as_of:
            continue
        have_begun = sum(heads for moment, heads in begun if moment <= start)
        have_ended = sum(heads for moment, heads in ended if moment <= start)
        if have_begun > have_ended:
            message = (
                f"With {since(problem, plan, 'session', index, start)}, {have_begun} heads of "
                f"{audience.id} have begun it, but only {have_ended} have ended "
                f"{problem.courses[earlier].id}."
            )
            found.append(Violation(NAME, message, (("session", index),)))
    return found


def _materials(problem: Problem, plan: Plan) -> list[Violation]:
    ends = {booking.task: booking.end for booking in plan.tasks}
    for number, task in enumerate(problem.tasks):
        if task.finished is not None:
            ends[number] = task.finished
    found: list[Violation] = []
    for index, session in enumerate(plan.sessions):
        materials = problem.courses[session.course].materials
        if materials is None or ends.get(materials, session.start + 1) <= session.start:
            continue
        task = problem.tasks[materials]
        if task.finished is not None and session.start < problem.as_of:
            continue  # both have happened
        ready = (
            f"ready only at {problem.axis.moment(ends[materials], task.zone)}"
            if materials in ends
            else "left open"
        )
        begins = since(problem, plan, "session", index, session.start)
        message = f"{begins} starts, but its materials {task.id} are {ready}."
        found.append(Violation(NAME, message, (("session", index),)))
    return found
