"""Conditions on a task's start that the rollout alone decides, whatever a plan holds."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.reasons.common import notice
from allocator.reasons.common.crew import able
from allocator.reasons.common.people import duty_list, listed_people
from allocator.reasons.common.starts import between, clear_of, mastered, within_limits
from allocator.reasons.tasks.view import Allows, Condition, Failure, TaskView, each
from allocator.timeline import BoolArray, IntArray


def facts(view: TaskView) -> Iterator[Condition]:
    """Working time, window, vendors' notice, certificates, closed days, limits, pins."""
    yield Condition(lambda options: options, lambda failure: _says_length(view, failure))
    yield Condition(
        each(_in_window(view)),
        lambda failure: view.too_little_time(failure, *view.opens()),
    )
    yield Condition(each(after_notice(view)), lambda failure: _says_notice(view, failure))
    yield Condition(each(_is_master(view)), lambda failure: _says_mastery(view, failure))
    yield Condition(each(off_blocked(view)), lambda failure: _says_blocked(view, failure))
    yield Condition(each(_own_limits(view)), lambda failure: _says_limits(view, failure))
    yield Condition(
        each(at_pin(view)),
        lambda failure: _says_pinned(view, failure),
        frozenset(view.task.pin_people),
    )


def after_notice(view: TaskView) -> Allows:
    """Starts after the notice that a person, or their vendor, needs."""
    problem = view.situation.problem

    def allows(line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        return between(ends, notice.opens(problem, person), len(ends))

    return allows


def off_blocked(view: TaskView) -> Allows:
    """Starts from which change work meets no closed or frozen day of its department."""

    def allows(line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        if not view.task.change or view.task.department is None:
            return between(ends, 0, len(ends))
        return clear_of(ends, view.situation.problem.departments[view.task.department].blocked)

    return allows


def at_pin(view: TaskView) -> Allows:
    """The pinned start alone; every start of a task that has none."""

    def allows(line: int, person: int, ends: IntArray) -> BoolArray:  # noqa: ARG001
        start = view.task.pin_start
        allowed = between(ends, 0, len(ends))
        if start is not None:
            inside = 0 <= start < len(allowed) and bool(allowed[start])
            allowed[:] = False
            allowed[start : start + 1] = inside
        return allowed

    return allows


def _in_window(view: TaskView) -> Allows:
    opens, closes = view.opens()[0], view.closes()[0]
    return lambda _line, _person, ends: between(ends, opens, closes)


def _is_master(view: TaskView) -> Allows:
    return lambda line, person, ends: mastered(view.situation, person, view.task.crew[line], ends)


def _own_limits(view: TaskView) -> Allows:
    return lambda _line, person, ends: within_limits(
        view.situation, person, ends, trainer=False, loaded=False
    )


def _says_length(view: TaskView, failure: Failure) -> str:
    problem = view.situation.problem
    people = sorted({who for line in view.lines(failure) for who in failure.before[line]})
    duty = duty_list(problem, people, 0, problem.horizon)
    return (
        f"it needs {view.crew(failure)}, and in the whole rollout {view.left(failure)} "
        f"(on duty: {duty})"
    )


def _says_notice(view: TaskView, failure: Failure) -> str:
    needed = notice.said(view.situation.problem, view.who(failure), view.moment)
    closes, until = view.closes()
    return (
        f"{needed}, and of {view.crew(failure)} by {view.moment(closes)} ({until}) "
        f"{view.left(failure)}"
    )


def _says_mastery(view: TaskView, failure: Failure) -> str:
    spans = [
        span
        for line in view.lines(failure)
        for person in able(failure.before, line)
        for span in _mastery_spans(view, line, person)
    ]
    return (
        f"it needs {view.crew(failure)} who have the skill on every day of the work: "
        f"{view.left(failure)} ({', '.join(dict.fromkeys(spans))})"
    )


def _mastery_spans(view: TaskView, line: int, person: int) -> Iterator[str]:
    """`ana until ..`, `bor from ..`: when a certificate ends, when a class has been held."""
    need, who = view.task.crew[line], view.situation.problem.people[person]
    lasting = [
        mine.until for mine in who.skills if mine.skill == need.skill and mine.level >= need.level
    ]
    if None in lasting:
        return
    certain = max((until for until in lasting if until is not None), default=None)
    if certain is not None:
        yield f"{who.id} until {view.moment(certain)}"
    for level, begun in view.situation.by_class.get((person, need.skill), ()):
        if level >= need.level:
            yield f"{who.id} from {view.moment(begun)}"


def _says_blocked(view: TaskView, failure: Failure) -> str:
    department = view.situation.problem.departments[view.task.department or 0]
    return (
        f"closed and frozen days of {department.id} between {view.moment(view.opens()[0])} and "
        f"{view.moment(view.closes()[0])} leave no room for {view.crew(failure)}: "
        f"{view.left(failure)}"
    )


def _says_limits(view: TaskView, failure: Failure) -> str:
    return (
        f"limits of hours a day and a week below the calendar's own leave no start for "
        f"{view.crew(failure)}: {view.left(failure)} ({view.limits(failure)})"
    )


def _says_pinned(view: TaskView, failure: Failure) -> str:
    to = []
    if view.task.pin_start is not None:
        to.append(view.moment(view.task.pin_start))
    if view.task.pin_people:
        to.append(listed_people(view.situation.problem, view.task.pin_people))
    return f"it is pinned to {' and '.join(to)}, and so cannot have {view.crew(failure)}"
