"""Which frozen bookings can still stand: less those that rules forbid whatever else is planned.

A day closed since, a certificate that has run out, a budget cut: what is published cannot
stay then, and is released so that there is still a plan. Released bookings count as change. Of
bookings that cannot stand together the latest goes first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from allocator.frozen import Frozen, FrozenSeat, FrozenSession, FrozenShift
from allocator.plan import Group, Kind, Plan, Seat, Session, Shift, TaskBooking
from allocator.problem import Link, Problem
from allocator.rules import RULES
from allocator.timeline import NEVER

Item = TaskBooking | Session | Shift


def standing(problem: Problem, kept: list[Frozen]) -> tuple[Frozen, ...]:
    """The frozen bookings that some plan may keep, as far as they alone can tell."""
    seats: defaultdict[int, list[FrozenSeat]] = defaultdict(list)
    for it in kept:
        if isinstance(it, FrozenSeat):
            seats[it.task].append(it)
    items: list[tuple[Item, tuple[Frozen, ...]]] = []
    for own in seats.values():
        booking = _booking(problem, own)
        if _startable(problem, booking, set(seats)):
            items.append((booking, tuple(own)))
    for it in kept:
        if isinstance(it, FrozenSession) and _staffed(problem, it.session):
            items.append((_coming(problem, it), (it,)))
        elif isinstance(it, FrozenShift):
            items.append((_alone(problem, it), (it,)))
    return tuple(it for _, own in _in_order(problem, items) for it in own)


def _in_order(
    problem: Problem, items: list[tuple[Item, tuple[Frozen, ...]]]
) -> list[tuple[Item, tuple[Frozen, ...]]]:
    while items:
        by_kind: dict[Kind, list[int]] = {"task": [], "session": [], "shift": []}
        for at, (item, _) in enumerate(items):
            by_kind[_kind(item)].append(at)
        plan = Plan(
            tasks=tuple(item for item, _ in items if isinstance(item, TaskBooking)),
            sessions=tuple(item for item, _ in items if isinstance(item, Session)),
            shifts=tuple(item for item, _ in items if isinstance(item, Shift)),
        )
        guilty = [
            {by_kind[kind][at] for kind, at in violation.work} or set(range(len(items)))
            for rule in RULES.values()
            if rule.of_parts
            for violation in rule.violations(problem, plan)
        ]
        if not guilty:
            break
        items.pop(max(guilty[0], key=lambda at: (items[at][0].start, at)))
    return items


def _kind(item: Item) -> Kind:
    if isinstance(item, TaskBooking):
        return "task"
    return "session" if isinstance(item, Session) else "shift"


def _booking(problem: Problem, own: list[FrozenSeat]) -> TaskBooking:
    """The seats of a task that are frozen, each until its person has worked the hours."""
    task = problem.tasks[own[0].task]
    crew = []
    for it in own:
        work = task.crew[it.seat].work
        working = problem.people[it.person].working
        end = working.split_end(it.start, work) if task.splittable else it.start + work
        crew.append(Seat(it.seat, it.person, it.start, end))
    return TaskBooking(own[0].task, own[0].start, max(seat.end for seat in crew), tuple(crew))


def _startable(problem: Problem, booking: TaskBooking, frozen_tasks: set[int]) -> bool:
    """Whether the task may begin then as far as its pin, its predecessors and its crew go."""
    task = problem.tasks[booking.task]
    if task.pin_start not in (None, booking.start):
        return False
    for link in task.after:
        done = problem.known(link)
        if link.type in ("FF", "SF"):
            continue
        if (
            done is None
            and link.task not in frozen_tasks
            and not _may_follow(problem, link, booking)
        ):
            return False
        if done is not None and problem.as_of <= booking.start < done + link.lag:
            return False
    return all(
        sum(seat.seat == number for seat in booking.crew) + _others(problem, booking, number)
        >= line.people
        for number, line in enumerate(task.crew)
    )


def _may_follow(problem: Problem, link: Link, booking: TaskBooking) -> bool:
    """Whether a lead leaves time for what comes before, which is not frozen, from now on."""
    work = max(line.work for line in problem.tasks[link.task].crew) if link.type == "FS" else 0
    return link.lag < 0 and problem.as_of + work + link.lag <= booking.start


def _others(problem: Problem, booking: TaskBooking, number: int) -> int:
    """People who are not frozen on the task and could fill a line of it from its start."""
    task = problem.tasks[booking.task]
    line = task.crew[number]
    published = {seat.person for seat in booking.crew}
    found = 0
    for person, who in enumerate(problem.people):
        lead = 0 if who.vendor is None else problem.vendors[who.vendor].available_from
        if person in published or booking.start < max(problem.as_of, lead, who.notice_until):
            continue
        end = NEVER
        if task.splittable:
            end = who.working.split_end(booking.start, line.work)
        elif who.working.can_sit(
            booking.start, booking.start + line.work, problem.axis.slots_per_hour
        ):
            end = booking.start + line.work
        found += end != NEVER and any(
            mastery.skill == line.skill
            and mastery.level >= line.level
            and (mastery.until is None or mastery.until >= end)
            for mastery in who.skills
        )
    return found


def _staffed(problem: Problem, session: Session) -> bool:
    """Whether the course still takes as long and needs as many trainers as the class has."""
    course = problem.courses[session.course]
    trainers = sum(line.people for line in course.trainers)
    return session.end - session.start == course.length and len(session.trainers) == trainers


def _coming(problem: Problem, kept: FrozenSession) -> Session:
    """The class as it may stay: with its groups, or with those of their heads that can come."""
    if kept.keep_groups:
        return kept.session
    groups = []
    for group in kept.session.groups:
        if group.audience < 0 or -1 in group.members:
            continue
        heads = min(group.heads, problem.untrained(group.audience, kept.session.course))
        if heads and not group.members:
            groups.append(Group(group.audience, heads))
        elif heads:
            groups.append(_members(problem, kept.session, group))
    return replace(kept.session, groups=tuple(group for group in groups if group.heads))


def _members(problem: Problem, session: Session, group: Group) -> Group:
    per_hour = problem.axis.slots_per_hour
    audience = problem.audiences[group.audience]
    trained = {p for r in audience.trained if r.course == session.course for p in r.members}
    able = tuple(
        person
        for person in group.members
        if person in audience.members
        and person not in trained
        and problem.people[person].working.can_sit(session.start, session.end, per_hour)
    )
    return Group(group.audience, len(able), able)


def _alone(problem: Problem, kept: FrozenShift) -> Shift:
    need = next(
        need
        for need in problem.shifts
        if (need.support, need.department, need.day) == (kept.support, kept.department, kept.day)
    )
    span = (need.start, need.end)
    return Shift(kept.support, kept.department, kept.day, *span, (kept.person,))
