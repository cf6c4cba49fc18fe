"""Rule qualified: whoever fills a seat has the skill, and trainers speak the learners' language."""

from __future__ import annotations

from allocator.matching import on_lines
from allocator.plan import Plan, Session, Violation
from allocator.problem import Line, Problem
from allocator.rule import Rule
from allocator.views.mastery import Earned, earned, masters
from allocator.wording import named, span, work_zone

NAME = "qualified"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Everyone has the asked skill at the level or above on every day of the booking.

    A certificate ends with its last day (`until`); a skill that a class `grants` begins with the
    end of a session attended by name. The trainers of a session can each fill one of its seats,
    and each speaks the language of every audience in it.
    """
    by_class = earned(problem, plan)
    found: list[Violation] = []
    for index, booking in enumerate(plan.tasks):
        task = problem.tasks[booking.task]
        for seat in booking.crew:
            if not 0 <= seat.seat < len(task.crew):
                continue
            line = task.crew[seat.seat]
            who = (seat.person, line.skill, line.level, seat.start, seat.end)
            if not masters(problem, by_class, *who):
                message = _lacks(problem, *who, task.id, task.zone)
                found.append(Violation(NAME, message, (("task", index),)))
    for index in range(len(plan.sessions)):
        found += _trainers(problem, plan, index, by_class)
        found += _languages(problem, plan.sessions[index], index)
    for index, shift in enumerate(plan.shifts):
        support = problem.supports[shift.support]
        zone = problem.departments[shift.department].zone
        for person in shift.people:
            who = (person, support.skill, support.level, shift.start, shift.end)
            if not masters(problem, by_class, *who):
                message = _lacks(problem, *who, support.id, zone)
                found.append(Violation(NAME, message, (("shift", index),)))
    return found


RULE = Rule(NAME, violations)


def _lacks(
    problem: Problem,
    person: int,
    skill: int,
    level: int,
    start: int,
    end: int,
    work: str,
    zone: int,
) -> str:
    return (
        f"{named(problem.people[person])} does not have {problem.skills[skill]} at level {level} "
        f"throughout {work} from {span(problem, start, end, zone)}."
    )


def _trainers(problem: Problem, plan: Plan, index: int, by_class: Earned) -> list[Violation]:
    session = plan.sessions[index]
    course = problem.courses[session.course]
    lines = course.trainers
    fits = {
        person: [
            n for n, it in enumerate(lines) if _can_fill(problem, by_class, session, person, it)
        ]
        for person in session.trainers
    }
    seats = [line.people for line in lines]
    zone = work_zone(problem, plan, "session", index)
    when = f"{course.id} from {span(problem, session.start, session.end, zone)}"
    if lines and [] in fits.values():
        return [
            Violation(
                NAME,
                f"{named(problem.people[person])} has none of the skills asked of a trainer of "
                f"{when}.",
                (("session", index),),
            )
            for person in session.trainers
            if not fits[person]
        ]
    filled = on_lines(fits, seats, session.trainers)
    if len(filled) < min(sum(seats), len(session.trainers)):
        who = ", ".join(named(problem.people[person]) for person in session.trainers)
        message = f"{who} cannot fill the trainers' seats of {when} with one person in each."
        return [Violation(NAME, message, (("session", index),))]
    return []


def _can_fill(
    problem: Problem, by_class: Earned, session: Session, person: int, line: Line
) -> bool:
    who = (person, line.skill, line.level, session.start, session.end)
    return masters(problem, by_class, *who)


def _languages(problem: Problem, session: Session, index: int) -> list[Violation]:
    found: list[Violation] = []
    for group in session.groups:
        audience = problem.audiences[group.audience]
        for person in session.trainers:
            trainer = problem.people[person]
            if audience.language is not None and audience.language not in trainer.languages:
                message = (
                    f"{named(trainer)} does not speak {audience.language}, the language of "
                    f"{audience.id} in {problem.courses[session.course].id}."
                )
                found.append(Violation(NAME, message, (("session", index),)))
    return found
