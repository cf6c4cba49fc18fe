"""Rule class_fit: the right heads in a fitting class, in a fitting room, at the right site."""

from __future__ import annotations

from collections import Counter

from allocator.plan import Group, Kind, Plan, Session, Violation
from allocator.problem import Problem
from allocator.rule import Rule
from allocator.wording import named, since

NAME = "class_fit"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Each class has the heads, the room and the site that its course and audiences ask for.

    Heads lie between `class_size` min and max (below min only if it is the course's only session
    at its site). The room has a seat for every head and the equipment, unless the course is
    virtual, and is at the site of the audiences' departments, which all of them share. Every head
    sits in at most one session of a course, named learners each for themselves.
    """
    at_site = Counter((session.course, _site(problem, session)) for session in plan.sessions)
    found: list[Violation] = []
    for index, session in enumerate(plan.sessions):
        only = at_site[session.course, _site(problem, session)] == 1
        faults = _size_faults(problem, session, only) + _room_faults(problem, session)
        for group in session.groups:
            faults += _group_faults(problem, session, group)
        for audience, times in Counter(group.audience for group in session.groups).items():
            if times > 1:
                faults.append(f"{problem.audiences[audience].id} is in it {times} times.")
        begins = since(problem, plan, "session", index, session.start)
        found += [Violation(NAME, f"{begins}: {it}", (("session", index),)) for it in faults]
    return found + _seated_twice(problem, plan)


RULE = Rule(NAME, violations)


def _site(problem: Problem, session: Session) -> int | None:
    """The site of a session: that of its (first) audience's department."""
    for group in session.groups:
        return problem.departments[problem.audiences[group.audience].department].site
    return None


def _size_faults(problem: Problem, session: Session, only: bool) -> list[str]:
    course = problem.courses[session.course]
    heads = session.heads
    if heads < 1:
        return ["nobody attends it."]
    if heads > course.largest:
        return [f"{heads} heads attend it, at most {course.largest} may."]
    if heads < course.smallest and not only:
        return [f"{heads} heads attend it, at least {course.smallest} must."]
    return []


def _room_faults(problem: Problem, session: Session) -> list[str]:
    course = problem.courses[session.course]
    departments = (problem.audiences[group.audience].department for group in session.groups)
    sites = sorted({problem.departments[department].site for department in departments})
    faults: list[str] = []
    if len(sites) > 1:
        names = ", ".join(problem.sites[site].id for site in sites)
        faults.append(f"its audiences are at different sites ({names}).")
    if session.room is None:
        return faults if course.virtual else [*faults, "it needs a room."]
    room = problem.rooms[session.room]
    if course.virtual:
        faults.append(f"it is virtual and needs no room, but has {room.id}.")
        return faults
    if sites and room.site not in sites:
        faults.append(
            f"room {room.id} is at {problem.sites[room.site].id}, its audiences are at "
            f"{problem.sites[sites[0]].id}."
        )
    if room.seats < session.heads:
        faults.append(f"room {room.id} has {room.seats} seats for {session.heads} heads.")
    missing = sorted(course.equipment - room.equipment)
    if missing:
        faults.append(f"room {room.id} has no {', '.join(missing)}.")
    return faults


def _group_faults(problem: Problem, session: Session, group: Group) -> list[str]:
    audience = problem.audiences[group.audience]
    faults: list[str] = []
    if session.course not in audience.courses:
        faults.append(f"{audience.id} does not take this course.")
    if group.heads < 1:
        faults.append(f"{audience.id} is in it with {group.heads} heads.")
    if not audience.members and group.members:
        faults.append(f"{audience.id} has no named learners, but some are listed.")
    if audience.members and len(group.members) != group.heads:
        faults.append(
            f"{audience.id} has {group.heads} heads in it, but {len(group.members)} are named."
        )
    if audience.members:
        strangers = sorted(set(group.members) - set(audience.members))
        faults += [
            f"{named(problem.people[person])} is not one of {audience.id}." for person in strangers
        ]
    return faults


def _seated_twice(problem: Problem, plan: Plan) -> list[Violation]:
    heads: Counter[tuple[int, int]] = Counter()
    learners: Counter[tuple[int, int, int]] = Counter()
    for session in plan.sessions:
        for group in session.groups:
            heads[group.audience, session.course] += group.heads
            for person in group.members:
                learners[group.audience, session.course, person] += 1
    for number, audience in enumerate(problem.audiences):
        for record in audience.trained:
            for person in record.members:
                if (number, record.course, person) in learners:
                    learners[number, record.course, person] += 1
    found: list[Violation] = []
    for (number, course), planned in sorted(heads.items()):
        need = problem.untrained(number, course)
        if planned > need:
            message = (
                f"{planned} heads of {problem.audiences[number].id} are seated in "
                f"{problem.courses[course].id}, but only {need} still need it."
            )
            work = _sessions_of(plan, number, course)
            found.append(Violation(NAME, message, work))
    for (number, course, person), times in sorted(learners.items()):
        if times > 1:
            message = (
                f"{named(problem.people[person])} attends {problem.courses[course].id} "
                f"{times} times, those held already included."
            )
            work = _sessions_of(plan, number, course)
            found.append(Violation(NAME, message, work))
    return found


def _sessions_of(plan: Plan, audience: int, course: int) -> tuple[tuple[Kind, int], ...]:
    return tuple(
        ("session", index)
        for index, session in enumerate(plan.sessions)
        if session.course == course and any(it.audience == audience for it in session.groups)
    )
