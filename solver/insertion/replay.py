"""A plan from before: booked again as far as it still stands.

What is published is such a plan, and so is one that a solve is asked to begin with. What
names somebody or something that is gone, or does not fit the rollout as it is now, is left out.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace

from allocator.plan import Group, Plan, Session
from allocator.published import PublishedBookings
from solver.insertion.inserter import Inserter
from solver.insertion.matching import fill
from solver.insertion.policy import InsertionPolicy
from solver.insertion.seating import named
from solver.ledger.diary import ANYWHERE

Seats = Collection[tuple[int, int]]
"""(person, start) of each seat of a task."""


def replay(inserter: Inserter, plan: Plan, policy: InsertionPolicy, *, ahead: bool = False) -> None:
    """Book again what no rule forbids now of a plan: it stays where people expect it.

    Classes come first, as people may earn there what tasks and shifts ask for. What comes after
    something that could not stay is left out too, unless tasks may be booked `ahead` of what comes
    before them. The rest is for `repair` to take out again, and so are vendors' short days.
    """
    with ExitStack() as together:
        for diary in inserter.ledger.diaries:
            if diary.minimum:
                together.enter_context(diary.short_for_now())
        replay_classes(inserter, plan)
        seats = {
            booking.task: [(seat.person, seat.start) for seat in booking.crew]
            for booking in plan.tasks
        }
        for task in inserter.candidates.task_order:
            if inserter.ledger.tasks[task] is None:
                replay_task(inserter, task, seats.get(task, ()), policy, ahead=ahead)
        replay_supporters(inserter, plan)


def published_plan(inserter: Inserter) -> Plan:
    """What is published; empty if nothing has been published."""
    published = inserter.problem.published
    return Plan() if published is None else published.plan


def replay_task(
    inserter: Inserter, task: int, seats: Seats, policy: InsertionPolicy, *, ahead: bool = False
) -> bool:
    """Book a task with the same people from the same start on; False if they cannot all stay."""
    offers = tuple(
        tuple(
            replace(offer, starts=offer.starts & 1 << start)
            for offer in line
            for person, start in seats
            if offer.person == person and start >= 0
        )
        for line in inserter.offers.seats(task)
    )
    booking = inserter.tasks.find(task, policy, ahead, offers)
    if booking is None:
        return False
    inserter.ledger.add_task(booking)
    return True


def replay_classes(inserter: Inserter, plan: Plan) -> None:
    """Hold classes of a plan again, with those of their trainers and heads who can still come."""
    published, now = PublishedBookings(inserter.problem), inserter.problem.as_of
    for before in sorted(plan.sessions, key=lambda session: session.start):
        session = None if inserter.candidates.is_frozen(before) else _session(inserter, before)
        if session is None or (session.start < now and not published.has_session(session)):
            continue
        if inserter.classes.affordable(session):
            inserter.ledger.add_session(session)


def _session(inserter: Inserter, before: Session) -> Session | None:
    """A class as it can be held now; None if its room or a trainer cannot be there."""
    problem, candidates = inserter.problem, inserter.candidates
    if before.course < 0 or -1 in (before.room, *before.trainers):
        return None
    what = problem.courses[before.course]
    end = before.start + what.length
    if what.virtual != (before.room is None) or not 0 <= before.start < end <= problem.horizon:
        return None
    groups = [group for group in before.groups if group.audience >= 0]
    sites = {candidates.site_of(group.audience) for group in groups}
    if len(sites) != 1 or not _room_free(inserter, before, sites.pop(), what.length):
        return None
    if not _trainers_free(inserter, before, end):
        return None
    seats = what.largest
    if before.room is not None:
        seats = min(seats, problem.rooms[before.room].seats)
    able: list[Group] = []
    spare: dict[int, int] = {}
    for group in groups:
        seated = {*before.trainers, *named(able)}
        coming = _coming(inserter, before, group, seats, spare, seated)
        if coming is not None:
            able.append(coming)
            seats -= coming.heads
            spare[problem.audiences[group.audience].department] -= coming.heads
    return replace(before, end=end, groups=tuple(able)) if able else None


def _room_free(inserter: Inserter, before: Session, site: int, length: int) -> bool:
    if before.room is None:
        return True
    open_at = inserter.offers.room(before.room, length) & ~inserter.ledger.rooms[
        before.room
    ].blocked(length)
    return before.room in inserter.candidates.rooms(before.course, site) and bool(
        open_at >> before.start & 1
    )


def _trainers_free(inserter: Inserter, before: Session, end: int) -> bool:
    """Whether the same trainers can fill the seats of the class, each of them one."""
    ledger, what = inserter.ledger, inserter.problem.courses[before.course]
    site = ANYWHERE if before.room is None else inserter.problem.rooms[before.room].site
    seats = []
    for line, need in enumerate(what.trainers):
        could = inserter.candidates.trainers(before.course, line, before.room, before.start)
        able = [
            person
            for person in before.trainers
            if person in could
            and ledger.diaries[person].is_free(before.start, end, site)
            and ledger.diaries[person].fits(before.start, end, "trainer")
            and ledger.masters(person, need.skill, need.level, before.start, end)
        ]
        seats += [able] * need.people
    return len(seats) == len(before.trainers) and fill(seats) is not None


def _coming(
    inserter: Inserter,
    before: Session,
    group: Group,
    seats: int,
    spare: dict[int, int],
    seated: set[int],
) -> Group | None:
    """Those of a group who can still come to the class."""
    candidates, audience = inserter.candidates, group.audience
    if (
        (audience, before.course) not in inserter.ledger.classes.need
        or not all(candidates.speaks(person, audience) for person in before.trainers)
        or not candidates.meeting_starts(audience, before.course)[before.start]
    ):
        return None
    most = min(seats, group.heads)
    among = set(group.members) if group.members else None
    return inserter.classes.seating.group(
        before.course, audience, before.start, most, spare, seated, among
    )


def replay_supporters(inserter: Inserter, plan: Plan) -> None:
    """Put the people of a plan on their shifts again, as many as are still needed."""
    numbers = {
        (need.support, need.department, need.day, need.start): index
        for index, need in enumerate(inserter.problem.shifts)
    }
    found = {
        (person, number)
        for shift in plan.shifts
        for number in [numbers.get((shift.support, shift.department, shift.day, shift.start))]
        if number is not None
        for person in shift.people
    }
    for person, number in sorted(found):
        inserter.shifts.keep(number, person)
