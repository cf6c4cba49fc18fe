"""Who could fill a seat, a class, a shift or a whole task: with the price and what it breaks.

The plan stays as it is but for the one person, or for the task that is open. So everything that is
said is checked by the same rules and measured by the same terms as any plan, and nothing is solved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.formats.plan.write import plan_from_tree, session_ids
from allocator.plan import Group, Plan, Seat, Session, Shift, TaskBooking, Violation
from allocator.problem import Problem, ShiftNeed
from allocator.reasons.common.crew import Crew, first_crew
from allocator.reasons.common.situation import Situation
from allocator.reasons.tasks.why import crew_conditions, in_the_way, people_by_line
from allocator.rules import qualified
from allocator.timeline import NEVER
from service.edits.base import Tree
from service.store.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could: the difference in the total, and the rules it breaks.

    Without anything broken the change can be made as it stands. `starts` and `ends` say when the
    work would be: working times differ.
    """

    person: str
    """Of a whole crew the one on its first seat."""
    crew: tuple[str, ...]
    """Who would come in: the one person, or everybody on a task that is open, seat by seat."""
    difference: float
    terms: dict[str, float]
    """The difference of each term's priced total, where there is one."""
    breaks: tuple[Violation, ...]
    starts: str
    ends: str
    plan: Plan
    """The plan with this one change."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A plan with other people in it."""

    crew: tuple[int, ...]
    starts: str
    ends: str
    plan: Plan


def for_task(rollout: Tree, plan: Mapping[str, Any], task: str, person: str) -> list[Candidate]:
    """Who could do somebody's part of a planned task, those who break nothing first, by price."""
    problem = problem_from_tree(rollout)
    booked = plan_from_tree(plan, problem)
    number = next(
        (at for at, it in enumerate(booked.tasks) if problem.tasks[it.task].id == task), None
    )
    if number is None:
        raise NotFound("booking of task", task)
    booking = booked.tasks[number]
    seat = next((it for it in booking.crew if problem.people[it.person].id == person), None)
    if seat is None:
        raise NotFound(f"booking on task {task!r} of", person)
    busy = {it.person for it in booking.crew}
    tried = []
    for other in range(len(problem.people)):
        end = _end(problem, booking, seat, other)
        if other in busy or end is None:
            continue
        crew = tuple(
            replace(it, person=other, end=end) if it is seat else it for it in booking.crew
        )
        swapped = replace(booking, crew=crew, end=max(it.end for it in crew))
        tasks = (*booked.tasks[:number], swapped, *booked.tasks[number + 1 :])
        zone = problem.tasks[booking.task].zone
        starts, ends = (problem.axis.moment(it, zone) for it in (swapped.start, swapped.end))
        tried.append(_Tried((other,), starts, ends, replace(booked, tasks=tasks)))
    return _ranked(problem, booked, tried)


def for_open_task(rollout: Tree, plan: Mapping[str, Any], task: str) -> list[Candidate]:
    """Who could do a task that is open, and from when: those who break nothing first, by price.

    For everybody who has a skill that it needs it is the earliest start with a whole crew that they
    are part of, as the rest of the plan stands. Where nobody could without breaking a rule, it is
    the crews that are left when this rule is passed over.
    """
    problem = problem_from_tree(rollout)
    booked = plan_from_tree(plan, problem)
    number = next((at for at, it in enumerate(problem.tasks) if it.id == task), None)
    if number is None:
        raise NotFound("task", task)
    situation = Situation(problem, booked)
    if not situation.is_open(number):
        raise Conflict(f"Task {task!r} is not open: say instead of whom.")
    said = in_the_way(situation, number)
    if said is not None:
        raise Conflict(f"Task {task!r} has to stay open: {said}.")
    tried = {}
    for crew in _crews(situation, number):
        seats = tuple(
            Seat(line, person, crew.start, end) for line, person, end in sorted(crew.seats)
        )
        booking = TaskBooking(number, crew.start, max(it.end for it in seats), seats)
        zone = problem.tasks[number].zone
        starts, ends = (problem.axis.moment(it, zone) for it in (booking.start, booking.end))
        people = tuple(it.person for it in seats)
        extended = replace(booked, tasks=(*booked.tasks, booking))
        tried[people] = _Tried(people, starts, ends, extended)
    return _ranked(problem, booked, list(tried.values()))


def _crews(situation: Situation, number: int) -> Iterator[Crew]:
    """For each person who could be on an open task, the earliest crew with them."""
    task = situation.problem.tasks[number]
    options, required = people_by_line(situation, task), frozenset[int]()
    for condition in crew_conditions(situation, number):
        narrowed, named = condition.narrow(options), required | condition.required
        if first_crew(narrowed, task.crew, named) is not None:
            options, required = narrowed, named
    for person in sorted({person for line in options for person in line}):
        crew = first_crew(options, task.crew, required | {person})
        if crew is not None:
            yield crew


def for_class(
    rollout: Tree, plan: Mapping[str, Any], session: str, trainer: str
) -> list[Candidate]:
    """Who could take a class instead of a trainer, those who break nothing first, by price."""
    problem = problem_from_tree(rollout)
    booked = plan_from_tree(plan, problem)
    names = session_ids(problem, booked)
    if session not in names:
        raise NotFound("class", session)
    number = names.index(session)
    found = booked.sessions[number]
    people = [problem.people[person].id for person in found.trainers]
    if trainer not in people:
        raise NotFound(f"trainer of class {session!r}", trainer)
    at = people.index(trainer)
    zone = 0 if found.room is None else problem.rooms[found.room].zone
    starts, ends = (problem.axis.moment(it, zone) for it in (found.start, found.end))
    tried = []
    for other in range(len(problem.people)):
        if other in found.trainers:
            continue
        trainers = (*found.trainers[:at], other, *found.trainers[at + 1 :])
        sessions = (
            *booked.sessions[:number],
            replace(found, trainers=trainers),
            *booked.sessions[number + 1 :],
        )
        tried.append(_Tried((other,), starts, ends, replace(booked, sessions=sessions)))
    return _ranked(problem, booked, tried)


def for_learner(
    rollout: Tree, plan: Mapping[str, Any], session: str, person: str
) -> list[Candidate]:
    """Which other class of the course somebody who learns by name could go to, by price."""
    problem = problem_from_tree(rollout)
    booked = plan_from_tree(plan, problem)
    names = session_ids(problem, booked)
    if session not in names:
        raise NotFound("class", session)
    number = names.index(session)
    left = booked.sessions[number]
    learner = next((at for at, it in enumerate(problem.people) if it.id == person), None)
    group = next((it for it in left.groups if learner is not None and learner in it.members), None)
    if learner is None or group is None:
        raise NotFound(f"learner in class {session!r}", person)
    tried = []
    for other, found in enumerate(booked.sessions):
        if other == number or found.course != left.course:
            continue
        sessions = [
            _without(it, learner) if at == number else it for at, it in enumerate(booked.sessions)
        ]
        sessions[other] = _with(found, group.audience, learner)
        zone = 0 if found.room is None else problem.rooms[found.room].zone
        starts, ends = (problem.axis.moment(it, zone) for it in (found.start, found.end))
        kept = tuple(it for it in sessions if it.groups)
        tried.append(_Tried((learner,), starts, ends, replace(booked, sessions=kept)))
    return _ranked(problem, booked, tried)


def _without(session: Session, learner: int) -> Session:
    """A class without somebody who was to learn there."""
    groups = []
    for it in session.groups:
        members = tuple(one for one in it.members if one != learner)
        heads = len(members) if it.members else it.heads
        if heads:
            groups.append(replace(it, members=members, heads=heads))
    return replace(session, groups=tuple(groups))


def _with(session: Session, audience: int, learner: int) -> Session:
    """A class with one more of an audience."""
    groups = [it for it in session.groups if it.audience != audience]
    there = next((it for it in session.groups if it.audience == audience), None)
    members = (*(() if there is None else there.members), learner)
    groups.append(Group(audience, len(members), members))
    return replace(session, groups=tuple(sorted(groups, key=lambda it: it.audience)))


def for_shift(
    rollout: Tree,
    plan: Mapping[str, Any],
    support: str,
    department: str,
    day: str,
    person: str | None = None,
) -> list[Candidate]:
    """Who could stand on a support shift instead of somebody, or where somebody is missing."""
    problem = problem_from_tree(rollout)
    booked = plan_from_tree(plan, problem)
    named = f"{support} in {department} on {day}"
    need = next((it for it in problem.shifts if _shift_name(problem, it) == named), None)
    if need is None:
        raise NotFound("support shift", named)
    there = [it for it in booked.shifts if _shift_name(problem, it) == named]
    standing = tuple(one for it in there for one in it.people)
    stay = tuple(one for one in standing if problem.people[one].id != person)
    if person is None and len(standing) >= need.people:
        raise Conflict(f"Nobody is missing at {named}: say instead of whom.")
    if person is not None and len(stay) == len(standing):
        raise NotFound(f"supporter at {named}", person)
    rest = tuple(it for it in booked.shifts if it not in there)
    zone = problem.departments[need.department].zone
    starts, ends = (problem.axis.moment(it, zone) for it in (need.start, need.end))
    place = (need.support, need.department, need.day, need.start, need.end)
    tried = [
        _Tried(
            (other,), starts, ends, replace(booked, shifts=(*rest, Shift(*place, (*stay, other))))
        )
        for other in range(len(problem.people))
        if other not in standing
    ]
    return _ranked(problem, booked, tried)


def _shift_name(problem: Problem, shift: Shift | ShiftNeed) -> str:
    """A support shift as people name it."""
    where = problem.departments[shift.department].id
    day = problem.axis.date(shift.day).isoformat()
    return f"{problem.supports[shift.support].id} in {where} on {day}"


def _end(problem: Problem, booking: TaskBooking, seat: Seat, person: int) -> int | None:
    """When somebody's part would end; None if they are never there for it."""
    task = problem.tasks[booking.task]
    if not task.splittable:
        return seat.end
    end = problem.people[person].working.split_end(booking.start, task.crew[seat.seat].work)
    return None if end == NEVER else end


def _ranked(problem: Problem, booked: Plan, tried: list[_Tried]) -> list[Candidate]:
    present = check(problem, booked)
    if present.score.forbidden:
        raise Conflict("The plan has of what is forbidden: nobody can be compared by price.")
    known = Counter((it.rule, it.message) for it in present.violations)
    found = []
    for each in tried:
        if any(
            (it.rule, it.message) not in known for it in qualified.violations(problem, each.plan)
        ):
            continue  # not somebody who could, whatever the day
        checked = check(problem, each.plan)
        breaks = tuple(it for it in checked.violations if (it.rule, it.message) not in known)
        terms = {
            after.term: float(after.total - before.total)
            for before, after in zip(present.score.terms, checked.score.terms, strict=True)
            if after.total != before.total
        }
        crew = tuple(problem.people[person].id for person in each.crew)
        difference = _plain(checked.score.total - present.score.total)
        candidate = Candidate(
            crew[0], crew, difference, terms, breaks, each.starts, each.ends, each.plan
        )
        found.append((len(breaks) > 0, difference, each.crew, candidate))
    found.sort(key=lambda it: it[:3])
    return [candidate for *_, candidate in found]


def _plain(amount: Fraction) -> float:
    return round(float(amount), 6)
