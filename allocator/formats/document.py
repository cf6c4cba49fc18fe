"""The rollout document: from a file to a `Problem`, or to all of its faults at once."""

from __future__ import annotations

from dataclasses import replace

from allocator.errors import InvalidDocument
from allocator.formats.clock import Clock, read_clock
from allocator.formats.detect import Opened, open_document
from allocator.formats.faults import Faults
from allocator.formats.models.rollout import PublishedEntry
from allocator.formats.plan.read import read_bookings, read_history
from allocator.formats.rollout.calendars import read_calendars
from allocator.formats.rollout.goals import read_goals
from allocator.formats.rollout.people import read_people
from allocator.formats.rollout.references import check_references
from allocator.formats.rollout.relative import absolute
from allocator.formats.rollout.sites import (
    check_freezes,
    read_departments,
    read_rooms,
    read_sites,
    read_travel,
    read_vendors,
)
from allocator.formats.rollout.source import Source
from allocator.formats.rollout.support import read_support
from allocator.formats.rollout.tasks import read_projects, read_tasks, read_waves
from allocator.formats.rollout.training import read_audiences, read_courses
from allocator.formats.rollout.warnings import warnings_of
from allocator.formats.shape import read_sheet
from allocator.formats.text import tree as text
from allocator.history import history_of, resumed
from allocator.plan import Plan
from allocator.problem import History, Problem, Published

__all__ = ["problem_from_tree", "problem_of", "read_problem", "warnings_of"]


def read_problem(content: bytes, preset: str | None = None) -> Problem:
    """The rollout in a file, YAML, JSON or workbook; faults come with their lines or cells."""
    return problem_of(open_document(content), preset)


def problem_of(opened: Opened, preset: str | None = None) -> Problem:
    """The rollout in a document that has been opened; with the faults of its file."""
    try:
        problem = problem_from_tree(opened.tree, preset)
    except InvalidDocument as error:
        more = error.more + opened.more
        raise InvalidDocument(opened.all_faults(error.listed), more) from None
    opened.checked()
    return problem


def problem_from_tree(tree: object, preset: str | None = None) -> Problem:
    """The rollout in a tree; `preset` takes the place of the document's own.

    Raises InvalidDocument with all faults. The fingerprint is that of the tree as it is.
    """
    faults = Faults()
    sheet = read_sheet(absolute(tree), faults)
    if sheet is None:
        raise faults.error()
    ids = check_references(sheet, faults)
    clock = read_clock(sheet, faults)
    if clock is None:
        raise faults.error()
    source = Source(sheet, ids, clock, read_calendars(sheet, clock))
    problem = _problem(source, "" if faults.found else text.sha256(tree), preset)
    return _with_past(problem, sheet.document.published, clock)


def _problem(source: Source, sha256: str, preset: str | None) -> Problem:
    document = source.sheet.document
    supports, shifts = read_support(source)
    check_freezes(source)
    return Problem(
        name=document.name,
        sha256=sha256,
        currency=document.currency,
        axis=source.clock.axis,
        as_of=source.as_of,
        skills=tuple(skill.id for skill in document.skills),
        sites=read_sites(source),
        travel=read_travel(source),
        departments=read_departments(source),
        vendors=read_vendors(source),
        people=read_people(source),
        rooms=read_rooms(source),
        projects=read_projects(source),
        waves=read_waves(source),
        tasks=read_tasks(source),
        courses=read_courses(source),
        audiences=read_audiences(source),
        supports=supports,
        shifts=shifts,
        goals=read_goals(document.goals, preset, source.faults),
        published=None,  # read last: it refers to the problem as a whole
    )


def _with_past(problem: Problem, entry: PublishedEntry | None, clock: Clock) -> Problem:
    """The problem with what is published, and with what has happened."""
    faults, path = clock.faults, "published.plan"
    as_published, earlier = Plan(), History()
    # Nothing is frozen: nothing begins before the first day that is counted at all.
    frozen_until = problem.days[0].midnight(problem.days[0].first)
    if entry is not None:
        as_published = read_bookings(entry.plan, problem, faults, path, published=True)
        earlier = read_history(entry.plan, problem, faults, path)
        if entry.frozen_until is not None:
            frozen_until = clock.place(entry.frozen_until, 0, "published.frozen_until")
    faults.stop()
    published = None if entry is None else Published(resumed(problem, as_published), frozen_until)
    return replace(problem, published=published, history=history_of(problem, as_published, earlier))
