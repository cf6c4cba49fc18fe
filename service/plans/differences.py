"""What differs between two plan documents: moved, with other people, new, gone, finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from allocator.formats.models.plan import PlanDocument, SessionEntry

What = Literal["moved", "other people", "other room", "other learners", "new", "gone", "finished"]


@dataclass(frozen=True, slots=True)
class Booked:
    """One piece of planned work, as far as it is asked to people."""

    kind: Literal["task", "class", "support"]
    id: str
    start: str
    end: str
    people: tuple[str, ...]
    room: str | None = None
    learners: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
    name: str = ""
    """What the booking itself is called in its plan: the id of a class, else as `id`."""
    department: str | None = None
    """Where support stands."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Work that two plans have at other times, with other people, or only one of them has."""

    what: tuple[What, ...]
    before: Booked | None
    after: Booked | None

    @property
    def booked(self) -> Booked:
        """The later of the two, else the earlier."""
        found = self.after or self.before
        assert found is not None  # a difference has at least one side
        return found


Over = Callable[[Booked], bool]


def never(_: Booked) -> bool:
    """Where it is not known what is over."""
    return False


def differences(before: PlanDocument, after: PlanDocument, over: Over = never) -> list[Difference]:
    """Every booking that differs, in order of kind and id.

    What only the earlier plan has is gone, unless it is `over`: then it is finished.
    """
    found = [*_tasks(before, after), *_sessions(before, after), *_support(before, after)]
    return [
        replace(it, what=("finished",)) if it.after is None and over(it.booked) else it
        for it in found
        if it.what
    ]


def _tasks(before: PlanDocument, after: PlanDocument) -> Iterator[Difference]:
    sides = [
        {
            task.task: Booked(
                "task",
                task.task,
                task.start.text,
                task.end.text,
                tuple(person for _, person in sorted((it.seat, it.person) for it in task.crew)),
            )
            for task in plan.tasks
        }
        for plan in (before, after)
    ]
    for id_ in sorted(sides[0].keys() | sides[1].keys()):
        yield _difference(sides[0].get(id_), sides[1].get(id_))


def _support(before: PlanDocument, after: PlanDocument) -> Iterator[Difference]:
    sides = [
        {
            (shift.support, shift.department, shift.day): Booked(
                "support",
                f"{shift.support} in {shift.department}",
                shift.start.text,
                shift.end.text,
                tuple(shift.people),
                department=shift.department,
            )
            for shift in plan.support
        }
        for plan in (before, after)
    ]
    for key in sorted(sides[0].keys() | sides[1].keys()):
        yield _difference(sides[0].get(key), sides[1].get(key))


def _sessions(before: PlanDocument, after: PlanDocument) -> Iterator[Difference]:
    """Classes have no name that lasts: those that have most in common are taken for the same."""
    left = [_class(session) for session in before.sessions]
    right = [_class(session) for session in after.sessions]
    pairs = sorted(
        (
            (-_likeness(old, new), first, second)
            for first, old in enumerate(left)
            for second, new in enumerate(right)
            if old.id == new.id and _likeness(old, new) > 0
        ),
    )
    taken: set[int] = set()
    matched: set[int] = set()
    found = []
    for _, first, second in pairs:
        if first not in taken and second not in matched:
            taken.add(first)
            matched.add(second)
            found.append(_difference(left[first], right[second]))
    found += [_difference(old, None) for at, old in enumerate(left) if at not in taken]
    found += [_difference(None, new) for at, new in enumerate(right) if at not in matched]
    yield from sorted(found, key=lambda it: (it.booked.id, it.booked.start))


def _class(session: SessionEntry) -> Booked:
    return Booked(
        "class",
        session.course,
        session.start.text,
        session.end.text,
        tuple(sorted(session.trainers)),
        session.room,
        tuple(
            sorted(
                (
                    group.audience,
                    len(group.members) if group.heads is None else group.heads,
                    tuple(sorted(group.members)),
                )
                for group in session.groups
            )
        ),
        session.id or "",
    )


def _likeness(old: Booked, new: Booked) -> int:
    """How much two classes have in common: learners first, then time, trainers, room."""
    audiences = {name for name, _, _ in old.learners} & {name for name, _, _ in new.learners}
    return (
        8 * (old.learners == new.learners)
        + 4 * (old.start == new.start)
        + 2 * (old.people == new.people)
        + (old.room == new.room)
        if audiences
        else 0
    )


def _difference(before: Booked | None, after: Booked | None) -> Difference:
    if before is None:
        return Difference(("new",), before, after)
    if after is None:
        return Difference(("gone",), before, after)
    what: list[What] = []
    if (before.start, before.end) != (after.start, after.end):
        what.append("moved")
    if before.people != after.people:
        what.append("other people")
    if before.room != after.room:
        what.append("other room")
    if before.learners != after.learners:
        what.append("other learners")
    return Difference(tuple(what), before, after)
