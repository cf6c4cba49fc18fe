"""Who could fill a seat, a class or a shift: each with the price difference and what it breaks.

The plan stays as it is but for the one person. So everything that is said is checked by the same
rules and measured by the same terms as any plan, and nothing is solved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from allocator.check import check
from allocator.formats.document import problem_from_tree
from allocator.formats.plan_document import plan_from_tree, session_ids
from allocator.plan import Plan, Seat, Shift, TaskBooking, Violation
from allocator.problem import Problem, ShiftNeed
from allocator.rules import qualified
from allocator.timeline import NEVER
from service.edits.base import Tree
from service.store.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody instead of who is booked: the difference in the total, and the rules it breaks.

    Without anything broken the change can be made as it stands. `ends` is when the work would then
    end: working times differ.
    """

    person: str
    difference: float
    terms: dict[str, float]
    """The difference of each term's priced total, where there is one."""
    breaks: tuple[Violation, ...]
    ends: str


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
        ends = problem.axis.moment(swapped.end, zone)
        tried.append((other, ends, replace(booked, tasks=tasks)))
    return _ranked(problem, booked, tried)


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
    ends = problem.axis.moment(found.end, zone)
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
        tried.append((other, ends, replace(booked, sessions=sessions)))
    return _ranked(problem, booked, tried)


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
    need = next((it for it in problem.shifts if _told(problem, it) == named), None)
    if need is None:
        raise NotFound("support shift", named)
    there = [it for it in booked.shifts if _told(problem, it) == named]
    standing = tuple(one for it in there for one in it.people)
    stay = tuple(one for one in standing if problem.people[one].id != person)
    if person is None and len(standing) >= need.people:
        raise Conflict(f"Nobody is missing at {named}: say instead of whom.")
    if person is not None and len(stay) == len(standing):
        raise NotFound(f"supporter at {named}", person)
    rest = tuple(it for it in booked.shifts if it not in there)
    ends = problem.axis.moment(need.end, problem.departments[need.department].zone)
    place = (need.support, need.department, need.day, need.start, need.end)
    tried = [
        (other, ends, replace(booked, shifts=(*rest, Shift(*place, (*stay, other)))))
        for other in range(len(problem.people))
        if other not in standing
    ]
    return _ranked(problem, booked, tried)


def _told(problem: Problem, shift: Shift | ShiftNeed) -> str:
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


def _ranked(problem: Problem, booked: Plan, tried: list[tuple[int, str, Plan]]) -> list[Candidate]:
    present = check(problem, booked)
    if present.score.forbidden:
        raise Conflict("The plan has of what is forbidden: nobody can be compared by price.")
    known = Counter((it.rule, it.message) for it in present.violations)
    found = []
    for person, ends, plan in tried:
        if any((it.rule, it.message) not in known for it in qualified.violations(problem, plan)):
            continue  # not somebody who could, whatever the day
        checked = check(problem, plan)
        breaks = tuple(it for it in checked.violations if (it.rule, it.message) not in known)
        terms = {
            after.term: float(after.total - before.total)
            for before, after in zip(present.score.terms, checked.score.terms, strict=True)
            if after.total != before.total
        }
        difference = checked.score.total - present.score.total
        found.append((len(breaks) > 0, difference, person, terms, breaks, ends))
    found.sort(key=lambda it: (it[0], it[1], it[2]))
    return [
        Candidate(problem.people[person].id, _plain(difference), terms, breaks, ends)
        for _, difference, person, terms, breaks, ends in found
    ]


def _plain(amount: Fraction) -> float:
    return round(float(amount), 6)
