"""A plan from before: booked again as far as it still stands.

What people have been told is such a plan, and so is one that a solve is asked to begin with. What
names somebody or something that is gone, or does not fit the rollout as it is now, is left out.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import replace

from allocator.plan import Group, Plan, Session
from allocator.told import Told
from solver.insertion.inserter import Bench
from solver.insertion.matching import fill
from solver.insertion.policy import Taste
from solver.insertion.seating import named
from solver.ledger.diary import ANYWHERE

Seats = Collection[tuple[int, int]]
"""(person, start) of each seat of a task."""


def keep(bench: Bench, plan: Plan, taste: Taste, *, ahead: bool = False) -> None:
    """Book again what no rule forbids now of a plan: it stays where people expect it.

    Classes come first, as people may earn there what tasks and shifts ask for. What comes after
    something that could not stay is left out too, unless tasks may be booked `ahead` of what comes
    before them. The rest is for `settle` to take out again, and so are vendors' short days.
    """
    with ExitStack() as together:
        for diary in bench.ledger.diaries:
            if diary.minimum:
                together.enter_context(diary.short_for_now())
        keep_classes(bench, plan)
        seats = {
            booking.task: [(seat.person, seat.start) for seat in booking.crew]
            for booking in plan.tasks
        }
        for task in bench.candidates.task_order:
            if bench.ledger.tasks[task] is None:
                keep_task(bench, task, seats.get(task, ()), taste, ahead=ahead)
        keep_supporters(bench, plan)


def told_plan(bench: Bench) -> Plan:
    """What people have been told; empty if nothing has been published."""
    published = bench.problem.published
    return Plan() if published is None else published.plan


def keep_task(bench: Bench, task: int, seats: Seats, taste: Taste, *, ahead: bool = False) -> bool:
    """Book a task with the same people from the same start on; False if they cannot all stay."""
    offers = tuple(
        tuple(
            replace(offer, starts=offer.starts & 1 << start)
            for offer in line
            for person, start in seats
            if offer.person == person and start >= 0
        )
        for line in bench.offers.seats(task)
    )
    booking = bench.tasks.find(task, taste, ahead, offers)
    if booking is None:
        return False
    bench.ledger.add_task(booking)
    return True


def keep_classes(bench: Bench, plan: Plan) -> None:
    """Hold classes of a plan again, with those of their trainers and heads who can still come."""
    told, now = Told(bench.problem), bench.problem.as_of
    for before in sorted(plan.sessions, key=lambda session: session.start):
        session = None if bench.candidates.is_frozen(before) else _session(bench, before)
        if session is None or (session.start < now and not told.has_session(session)):
            continue
        if bench.classes.affordable(session):
            bench.ledger.add_session(session)


def _session(bench: Bench, before: Session) -> Session | None:
    """A class as it can be held now; None if its room or a trainer cannot be there."""
    problem, candidates = bench.problem, bench.candidates
    if before.course < 0 or -1 in (before.room, *before.trainers):
        return None
    what = problem.courses[before.course]
    end = before.start + what.length
    if what.virtual != (before.room is None) or not 0 <= before.start < end <= problem.horizon:
        return None
    groups = [group for group in before.groups if group.audience >= 0]
    sites = {candidates.site_of(group.audience) for group in groups}
    if len(sites) != 1 or not _room_free(bench, before, sites.pop(), what.length):
        return None
    if not _trainers_free(bench, before, end):
        return None
    seats = what.largest
    if before.room is not None:
        seats = min(seats, problem.rooms[before.room].seats)
    able: list[Group] = []
    spare: dict[int, int] = {}
    for group in groups:
        seated = {*before.trainers, *named(able)}
        coming = _coming(bench, before, group, seats, spare, seated)
        if coming is not None:
            able.append(coming)
            seats -= coming.heads
            spare[problem.audiences[group.audience].department] -= coming.heads
    return replace(before, end=end, groups=tuple(able)) if able else None


def _room_free(bench: Bench, before: Session, site: int, length: int) -> bool:
    if before.room is None:
        return True
    open_at = bench.offers.room(before.room, length) & ~bench.ledger.rooms[before.room].blocked(
        length
    )
    return before.room in bench.candidates.rooms(before.course, site) and bool(
        open_at >> before.start & 1
    )


def _trainers_free(bench: Bench, before: Session, end: int) -> bool:
    """Whether the same trainers can fill the seats of the class, each of them one."""
    ledger, what = bench.ledger, bench.problem.courses[before.course]
    site = ANYWHERE if before.room is None else bench.problem.rooms[before.room].site
    seats = []
    for line, need in enumerate(what.trainers):
        could = bench.candidates.trainers(before.course, line, before.room, before.start)
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
    bench: Bench,
    before: Session,
    group: Group,
    seats: int,
    spare: dict[int, int],
    seated: set[int],
) -> Group | None:
    """Those of a group who can still come to the class."""
    candidates, audience = bench.candidates, group.audience
    if (
        (audience, before.course) not in bench.ledger.classes.need
        or not all(candidates.speaks(person, audience) for person in before.trainers)
        or not candidates.meeting_starts(audience, before.course)[before.start]
    ):
        return None
    most = min(seats, group.heads)
    among = set(group.members) if group.members else None
    return bench.classes.seating.group(
        before.course, audience, before.start, most, spare, seated, among
    )


def keep_supporters(bench: Bench, plan: Plan) -> None:
    """Put the people of a plan on their shifts again, as many as are still needed."""
    numbers = {
        (need.support, need.department, need.day, need.start): index
        for index, need in enumerate(bench.problem.shifts)
    }
    found = {
        (person, number)
        for shift in plan.shifts
        for number in [numbers.get((shift.support, shift.department, shift.day, shift.start))]
        if number is not None
        for person in shift.people
    }
    for person, number in sorted(found):
        bench.shifts.keep(number, person)
