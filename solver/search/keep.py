"""What people have been told and nothing freezes: booked again as far as it still stands."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from allocator.plan import Group, Session
from solver.search.bench import Bench
from solver.search.diary import ANYWHERE
from solver.search.matching import fill
from solver.search.seating import named
from solver.search.taste import Taste


def keep_told(bench: Bench, taste: Taste) -> None:
    """Begin with the published plan: what no rule forbids now stays where people expect it.

    Classes come first, as people may earn there what tasks and shifts ask for. What comes after
    something that could not stay is for `settle` to take out again, and so are vendors' short days.
    """
    with ExitStack() as together:
        for diary in bench.ledger.diaries:
            if diary.minimum:
                together.enter_context(diary.short_for_now())
        keep_classes(bench)
        for task in bench.candidates.task_order:
            if bench.ledger.tasks[task] is None:
                bench.tasks.keep(task, taste)
        keep_supporters(bench)


def keep_classes(bench: Bench) -> None:
    """Hold published classes again, with those of their trainers and heads who can still come."""
    published = bench.problem.published
    sessions = () if published is None else published.plan.sessions
    for told in sorted(sessions, key=lambda session: session.start):
        session = None if bench.candidates.is_frozen(told) else _session(bench, told)
        if session is not None and bench.classes.affordable(session):
            bench.ledger.add_session(session)


def _session(bench: Bench, told: Session) -> Session | None:
    """A published class as it can be held now; None if its room or a trainer cannot be there."""
    problem, candidates = bench.problem, bench.candidates
    if told.course < 0 or -1 in (told.room, *told.trainers):
        return None
    what = problem.courses[told.course]
    end = told.start + what.length
    if what.virtual != (told.room is None) or not 0 <= told.start < end <= problem.horizon:
        return None
    groups = [group for group in told.groups if group.audience >= 0]
    sites = {candidates.site_of(group.audience) for group in groups}
    if len(sites) != 1 or not _room_free(bench, told, sites.pop(), what.length):
        return None
    if not _trainers_free(bench, told, end):
        return None
    seats = what.largest
    if told.room is not None:
        seats = min(seats, problem.rooms[told.room].seats)
    able: list[Group] = []
    spare: dict[int, int] = {}
    for group in groups:
        seated = {*told.trainers, *named(able)}
        coming = _coming(bench, told, group, seats, spare, seated)
        if coming is not None:
            able.append(coming)
            seats -= coming.heads
            spare[problem.audiences[group.audience].department] -= coming.heads
    return replace(told, end=end, groups=tuple(able)) if able else None


def _room_free(bench: Bench, told: Session, site: int, length: int) -> bool:
    if told.room is None:
        return True
    open_at = bench.offers.room(told.room, length) & ~bench.ledger.rooms[told.room].blocked(length)
    return told.room in bench.candidates.rooms(told.course, site) and bool(
        open_at >> told.start & 1
    )


def _trainers_free(bench: Bench, told: Session, end: int) -> bool:
    """Whether the same trainers can fill the seats of the class, each of them one."""
    ledger, what = bench.ledger, bench.problem.courses[told.course]
    site = ANYWHERE if told.room is None else bench.problem.rooms[told.room].site
    seats = []
    for line, need in enumerate(what.trainers):
        could = bench.candidates.trainers(told.course, line, told.room, told.start)
        able = [
            person
            for person in told.trainers
            if person in could
            and ledger.diaries[person].is_free(told.start, end, site)
            and ledger.diaries[person].fits(told.start, end, "trainer")
            and ledger.masters(person, need.skill, need.level, told.start, end)
        ]
        seats += [able] * need.people
    return len(seats) == len(told.trainers) and fill(seats) is not None


def _coming(
    bench: Bench,
    told: Session,
    group: Group,
    seats: int,
    spare: dict[int, int],
    seated: set[int],
) -> Group | None:
    """Those of a published group who can still come to the class."""
    candidates, audience = bench.candidates, group.audience
    if (
        (audience, told.course) not in bench.ledger.classes.need
        or not all(candidates.speaks(person, audience) for person in told.trainers)
        or not candidates.meeting_starts(audience, told.course)[told.start]
    ):
        return None
    most = min(seats, group.heads)
    among = set(group.members) if group.members else None
    return bench.classes.seating.group(
        told.course, audience, told.start, most, spare, seated, among
    )


def keep_supporters(bench: Bench) -> None:
    """Put people on published shifts again, as many as are still needed."""
    for person, shifts in sorted(bench.candidates.told_shifts.items()):
        for shift in sorted(shifts):
            bench.shifts.keep(shift, person)
