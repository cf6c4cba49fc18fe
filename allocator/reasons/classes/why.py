"""Why heads of an audience have no seat in a course: no seat is free, and no class can be added."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from allocator.plan import Group, Plan, Session
from allocator.reasons.classes.bookings import bookings
from allocator.reasons.classes.facts import facts
from allocator.reasons.classes.learners import (
    attends,
    courses_before,
    heads_at,
    missing_members,
    prepared,
)
from allocator.reasons.classes.view import ClassOptions, ClassView, first_class
from allocator.reasons.common.people import counted, listed_people, skill_at, those_with, too_few
from allocator.reasons.common.situation import Situation
from allocator.reasons.common.starts import working_ends
from allocator.reasons.common.trial import fits, verdict
from allocator.reasons.tasks.why import open_root
from allocator.wording import since

MOST_JOINS = 3
"""So many classes with a free seat are tried; each costs a check of the whole plan."""


def reason(situation: Situation, audience: int, course: int) -> str:
    """One sentence for the heads of an audience that have no seat in a course."""
    view = ClassView(situation, audience, course)
    return (
        _materials_open(view)
        or _earlier_open(view)
        or _trainers_lacking(view)
        or _language_lacking(view)
        or _alone_as_trainer(view)
        or _joins(view)
        or _no_start(view)
    )


def _materials_open(view: ClassView) -> str | None:
    tasks, materials = view.situation.problem.tasks, view.what.materials
    if materials is None or not view.situation.is_open(materials):
        return None
    root = open_root(view.situation, materials)
    because = "" if root == materials else f", because {tasks[root].id} is"
    return f"its materials {tasks[materials].id} are left open{because}"


def _earlier_open(view: ClassView) -> str | None:
    situation, problem = view.situation, view.situation.problem
    for earlier in courses_before(problem, view.audience, view.course):
        if not prepared(situation, view.audience, view.course, earlier).any():
            return (
                f"{problem.courses[earlier].id} comes first, and the {view.heads} still "
                f"missing here have no seat in it"
            )
    return None


def _trainers_lacking(view: ClassView) -> str | None:
    found = (too_few(view.situation, line) for line in view.what.trainers)
    return next((f"to teach it {sentence}" for sentence in found if sentence), None)


def _language_lacking(view: ClassView) -> str | None:
    problem = view.situation.problem
    for line in view.what.trainers:
        teachers = those_with(view.situation, line.skill, line.level)
        speakers = [person for person in teachers if view.speaks(person)]
        if len(speakers) < line.people:
            known = "none" if not speakers else f"only {listed_people(problem, speakers)}"
            of = counted(len(teachers), "person", "people")
            return (
                f"of the {of} with {skill_at(problem, line.skill, line.level)} "
                f"({listed_people(problem, teachers)}) {known} speaks {view.group.language}"
            )
    return None


def _alone_as_trainer(view: ClassView) -> str | None:
    """The one learner without a seat is needed to teach the class."""
    absent = missing_members(view.situation, view.audience, view.course)
    for line in view.what.trainers:
        teachers = those_with(view.situation, line.skill, line.level)
        others = [it for it in teachers if view.speaks(it) and [it] != absent]
        if len(others) < line.people:
            who = listed_people(view.situation.problem, absent)
            return f"{who} cannot sit in a class that nobody but {who} can teach"
    return None


def _joins(view: ClassView) -> str | None:
    """A free seat in a planned class that the check has nothing against."""
    situation, problem = view.situation, view.situation.problem
    heads = heads_at(situation, view.audience, view.course, booked=True, ordered=True)
    tried = 0
    for index, session in enumerate(situation.plan.sessions):
        if session.course != view.course or tried == MOST_JOINS:
            continue
        free = view.what.largest - session.heads
        if session.room is not None:
            free = min(free, problem.rooms[session.room].seats - session.heads)
        inside = 0 <= session.start < problem.horizon
        number = min(free, int(heads[session.start])) if inside else 0
        if number < 1 or not all(view.speaks(person) for person in session.trainers):
            continue
        tried += 1
        extended = _joined(view, index, number)
        if fits(situation, extended):
            begins = since(problem, situation.plan, "session", index, session.start)
            seats = counted(number, "seat is", "seats are")
            return verdict(situation, extended, f"where {seats} free in {begins}")
    return None


def _joined(view: ClassView, index: int, number: int) -> Plan:
    plan = view.situation.plan
    session = plan.sessions[index]
    joining = _group(view, number, session.start, session.trainers)
    groups = list(session.groups)
    for at, group in enumerate(groups):
        if group.audience == view.audience:
            groups[at] = Group(
                group.audience, group.heads + joining.heads, group.members + joining.members
            )
            break
    else:
        groups.append(joining)
    grown = replace(session, groups=tuple(groups))
    return replace(plan, sessions=(*plan.sessions[:index], grown, *plan.sessions[index + 1 :]))


def _group(view: ClassView, number: int, start: int, trainers: tuple[int, ...]) -> Group:
    """So many of the missing heads; of named learners those who can come at that start."""
    if not view.group.members:
        return Group(view.audience, number)
    situation, problem = view.situation, view.situation.problem
    coming = []
    for person in missing_members(situation, view.audience, view.course):
        working = problem.people[person].working
        ends = working_ends(problem, working, view.what.length, splittable=False)
        free = attends(situation, view.audience, view.course, person, ends)
        if free[start] and person not in trainers:
            coming.append(person)
    return Group(view.audience, len(coming[:number]), tuple(coming[:number]))


def _no_start(view: ClassView) -> str:
    options = view.everything()
    for condition in chain(facts(view), bookings(view)):
        before, options = options, condition.narrow(options)
        if first_class(options, view.what.trainers) is None:
            return condition.says(before)
    return _trial(view, options)


def _trial(view: ClassView, options: ClassOptions) -> str:
    """Put one class in the plan, with other audiences if it needs them to be large enough."""
    situation = view.situation
    start, trainers = first_class(options, view.what.trainers) or (0, ())
    room = view.free_room(start)
    most = view.what.largest
    if room is not None:
        most = min(most, situation.problem.rooms[room].seats)
    own = heads_at(situation, view.audience, view.course, booked=True, ordered=True)
    groups = [_group(view, min(most, int(own[start])), start, trainers)]
    for other in view.companions():
        here = sum(group.heads for group in groups)
        if here >= view.least_heads:
            break
        theirs = heads_at(situation, other, view.course, booked=True, ordered=True)
        number = min(int(theirs[start]), view.least_heads - here)
        if number > 0:
            companion = ClassView(situation, other, view.course)
            groups.append(_group(companion, number, start, trainers))
    session = Session(view.course, room, start, start + view.what.length, trainers, tuple(groups))
    plan = situation.plan
    extended = replace(plan, sessions=(*plan.sessions, session))
    begins = since(situation.problem, extended, "session", len(plan.sessions), start)
    people = listed_people(situation.problem, trainers)
    by = f" by {people}" if people else ""
    return verdict(situation, extended, f"as a class{by} on {begins}")
