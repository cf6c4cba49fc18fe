"""Rule rest: after a spell of work a person has so many hours of rest."""

from __future__ import annotations

from allocator.plan import Plan, Violation
from allocator.problem import Person, Problem
from allocator.rule import Rule
from allocator.views.bookings import Booking, all_bookings, in_plan
from allocator.views.spells import longest_spell, spells
from allocator.views.workload import adding
from allocator.wording import hours, named

NAME = "rest"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """Work with less rest than `rest_hours` in between is one spell; it lasts 24 h less the rest.

    Worked are the on-duty slots of bookings, classes attended by name and history included. Only
    a spell with a booking that ends after now breaks the rule.
    """
    found: list[Violation] = []
    for index, bookings in sorted(all_bookings(problem, plan).items()):
        person = problem.people[index]
        if person.rest is not None:
            found += _too_long(problem, person, bookings, person.rest)
    return found


RULE = Rule(NAME, violations)


def _too_long(
    problem: Problem, person: Person, bookings: list[Booking], rest: int
) -> list[Violation]:
    most, moment = longest_spell(rest, problem.axis.slots_per_hour), problem.axis.moment
    found: list[Violation] = []
    for spell in spells(person, bookings, rest):
        if spell.end - spell.start > most and adding(problem, spell.bookings):
            message = (
                f"{named(person)} works from {moment(spell.start, person.zone)} to "
                f"{moment(spell.end, person.zone)} without {hours(problem, rest)} of rest; at most "
                f"{hours(problem, most)} may lie between two rests."
            )
            work = in_plan(dict.fromkeys(spell.bookings))
            found.append(Violation(NAME, message, work))
    return found
