"""A group takes a course only after those before it, and no class starts without its materials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.model.model import Expression, Model


@dataclass(frozen=True, slots=True)
class Change:
    """Heads that begin the later course (+1) or have ended the earlier one (-1) at a slot."""

    slot: int
    sign: int
    heads: cp_model.IntVar | int
    planned: bool
    """It begins from now on: the order counts where such a class begins."""


def post(model: Model) -> None:
    """At every moment no more have begun a course than have ended each course before it."""
    _materials(model)
    free = {(audience, g.course) for g in model.classes for audience in g.heads}
    free |= model.part.needs  # those for which no class can be held any more, too
    for index, audience in enumerate(model.problem.audiences):
        for course in audience.courses:
            for before in model.problem.courses[course].after:
                taken = before in audience.courses
                if taken and ((index, course) in free or (index, before) in free):
                    _order(model, index, before, course)


def _order(model: Model, audience: int, before: int, course: int) -> None:
    members = model.problem.audiences[audience].members
    for person in members or (None,):
        begun = _seats(model, audience, course, person)
        ended = _seats(model, audience, before, person)
        changes = [Change(start, 1, heads, planned) for start, _, heads, planned in begun]
        changes += [Change(end, -1, heads, planned) for _, end, heads, planned in ended]
        _never_ahead(model, changes)


def _seats(
    model: Model, audience: int, course: int, person: int | None
) -> Iterator[tuple[int, int, cp_model.IntVar | int, bool]]:
    """(start, end, heads, planned) of all classes that seat the audience or one of its members."""
    group = model.problem.audiences[audience]
    for record in group.trained:
        if record.course == course and (person is None or person in record.members):
            yield record.at, record.at, record.heads if person is None else 1, False
    for session in model.held.sessions:
        for seated in session.groups if session.course == course else ():
            if seated.audience == audience and (person is None or person in seated.members):
                heads = seated.heads if person is None else 1
                yield session.start, session.end, heads, session.start >= model.problem.as_of
    for free in model.classes:
        if free.course == course and audience in free.heads:
            asked = free.start >= model.problem.as_of
            if person is None:
                yield free.start, free.end, free.heads[audience], asked
            elif (audience, person) in free.members:
                yield free.start, free.end, free.members[audience, person], asked


def _never_ahead(model: Model, changes: list[Change]) -> None:
    """Where a planned class begins, the balance of begun less ended is at most zero."""
    at: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        at[change.slot].append(change)
    lowest = -sum(_most(change.heads) for change in changes if change.sign < 0)
    highest = sum(_most(change.heads) for change in changes if change.sign > 0)
    # Heads trained out of order before now must not forbid what the plan does not begin.
    ahead = any(change.sign > 0 and not change.planned for change in changes)
    balance: Expression = 0
    for slot in sorted(at):
        balance = balance + sum(change.sign * change.heads for change in at[slot])
        beginning = [c.heads for c in at[slot] if c.sign > 0 and c.planned]
        if not beginning:
            continue
        running = model.cp.new_int_var(lowest, highest if ahead else 0, "")
        model.cp.add(running == balance)
        balance = running
        if ahead:
            some = model.cp.new_bool_var("")
            model.cp.add(sum(beginning) == 0).only_enforce_if(~some)
            model.cp.add(running <= 0).only_enforce_if(some)


def _most(heads: cp_model.IntVar | int) -> int:
    return heads if isinstance(heads, int) else heads.domain.max()


def _materials(model: Model) -> None:
    for group in model.classes:
        task = model.problem.courses[group.course].materials
        if task is None:
            continue
        if task in model.tasks:
            latest = model.grid.end_at_or_before(group.start)
            model.cp.add_implication(group.held, model.tasks[task].present)
            model.cp.add(model.tasks[task].end <= latest).only_enforce_if(group.held)
        else:
            end = model.held_end(task)
            over = model.problem.tasks[task].finished is not None
            if over and group.start < model.problem.as_of:
                continue
            if end is None or end > group.start:
                model.cp.add(group.held == 0)
    for session in model.held.sessions:
        task = model.problem.courses[session.course].materials
        if task is not None and task in model.tasks:
            model.cp.add(model.tasks[task].present == 1)
            model.cp.add(model.tasks[task].end <= model.grid.end_at_or_before(session.start))
