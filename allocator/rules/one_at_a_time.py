"""Rule one_at_a_time: nobody and no room is in two places, no head sits in two classes at once."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from allocator.plan import Plan, Violation
from allocator.problem import Problem, Room
from allocator.rule import Rule
from allocator.views.bookings import Booking, in_plan, person_bookings, room_bookings
from allocator.views.presence import Attendance, excesses
from allocator.wording import hours, named, since, until, work_id

NAME = "one_at_a_time"


def violations(problem: Problem, plan: Plan) -> list[Violation]:
    """The bookings of a person, and of a room, do not overlap.

    Between two classes in a room there is time for its changeover, unless the later one starts
    before now. Classes that a person attends by name count. At every moment the heads of an
    audience in class are at most its headcount.
    """
    found: list[Violation] = []
    for person, bookings in sorted(person_bookings(problem, plan).items()):
        found += _overlaps(problem, plan, named(problem.people[person]), bookings)
    for room, bookings in sorted(room_bookings(problem, plan).items()):
        found += _overlaps(problem, plan, named(problem.rooms[room]), bookings)
        found += _changeovers(problem, plan, problem.rooms[room], bookings)
    return found + _crowds(problem, plan)


RULE = Rule(NAME, violations)


def _overlaps(problem: Problem, plan: Plan, who: str, bookings: list[Booking]) -> list[Violation]:
    found: list[Violation] = []
    latest: Booking | None = None
    for booking in bookings:
        if booking.end <= booking.start:
            continue
        if latest is not None and booking.start < latest.end:
            first = until(problem, plan, latest.kind, latest.index, latest.end)
            second = since(problem, plan, booking.kind, booking.index, booking.start)
            message = f"{who} is booked on {first} and on {second}."
            found.append(Violation(NAME, message, in_plan((latest, booking))))
        if latest is None or booking.end > latest.end:
            latest = booking
    return found


def _changeovers(
    problem: Problem, plan: Plan, room: Room, bookings: list[Booking]
) -> list[Violation]:
    """Classes that follow too soon on those before them; such as overlap are reported as that."""
    found: list[Violation] = []
    for earlier, later in pairwise(bookings) if room.changeover else ():
        gap = later.start - earlier.end
        if 0 <= gap < room.changeover and later.start >= problem.as_of:
            first = until(problem, plan, earlier.kind, earlier.index, earlier.end)
            second = since(problem, plan, later.kind, later.index, later.start)
            needed = hours(problem, room.changeover)
            message = f"{named(room)} needs {needed} from {first} to {second}."
            found.append(Violation(NAME, message, in_plan((earlier, later))))
    return found


def _crowds(problem: Problem, plan: Plan) -> list[Violation]:
    attendances: defaultdict[int, list[Attendance]] = defaultdict(list)
    for index, session in enumerate(plan.sessions):
        for group in session.groups:
            attendances[group.audience].append(
                Attendance(session.start, session.end, group.heads, index)
            )
    found: list[Violation] = []
    for number, present in sorted(attendances.items()):
        audience = problem.audiences[number]
        zone = problem.departments[audience.department].zone
        for excess in excesses(present, audience.headcount):
            courses = ", ".join(work_id(problem, plan, "session", at) for at in excess.sessions)
            message = (
                f"{audience.id} has {audience.headcount} heads, but {excess.heads} of them are in "
                f"class at once from {problem.axis.moment(excess.start, zone)} ({courses})."
            )
            found.append(Violation(NAME, message, excess.work))
    return found
