"""The plan document: a plan with what it costs, what it assumes and what it leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from pydantic import ValidationError

from allocator.errors import InvalidDocument
from allocator.formats.faults import Faults, first_faults
from allocator.formats.models.plan import PlanDocument
from allocator.formats.plan.read import read_bookings
from allocator.formats.text import tree as text
from allocator.formats.text.lines import locate
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, Run, gap
from allocator.plan import (
    Conflict,
    Fact,
    OpenWork,
    Plan,
    Score,
    Session,
    Shift,
    TaskBooking,
    Violation,
)
from allocator.problem import History, Problem, Worked

Tree = dict[str, object]


def read_plan(content: bytes, problem: Problem) -> Plan:
    """The plan in a file, YAML or JSON; faults come with their lines."""
    return _located(content, problem, plan_from_tree)


def read_base(content: bytes, problem: Problem) -> Plan:
    """`base_from_tree` of a file, YAML or JSON; faults come with their lines."""
    return _located(content, problem, base_from_tree)


def _located(content: bytes, problem: Problem, read: Callable[[object, Problem], Plan]) -> Plan:
    tree = text.read_tree(content)
    try:
        return read(tree, problem)
    except InvalidDocument as error:
        raise InvalidDocument(locate(content, error.listed), error.more) from None


def plan_from_tree(tree: object, problem: Problem) -> Plan:
    """The bookings of a plan document; raises InvalidDocument with all faults.

    Whether the plan keeps the rules is not asked here.
    """
    return _bookings(tree, problem, other_rollout=False)


def base_from_tree(tree: object, problem: Problem) -> Plan:
    """The bookings of a plan of another version of the rollout; what is not there any more is -1.

    Raises InvalidDocument if it is no plan, or one on another grid of time.
    """
    return _bookings(tree, problem, other_rollout=True)


def _bookings(tree: object, problem: Problem, *, other_rollout: bool) -> Plan:
    faults = Faults()
    try:
        document = PlanDocument.model_validate(tree)
    except ValidationError as error:
        found, more = first_faults(error, PlanDocument, tree)
        raise InvalidDocument((fault for _, fault in found), more) from None
    plan = read_bookings(document, problem, faults, published=other_rollout)
    faults.stop()
    return plan


def plan_tree(problem: Problem, plan: Plan) -> Tree:
    """The bookings of a plan as a plan document, in the order of the plan."""
    tree: Tree = {
        "schema": "plan/1",
        "rollout": {"name": problem.name, "sha256": problem.sha256},
        "tasks": [_task_tree(problem, booking) for booking in plan.tasks],
        "sessions": [
            _session_tree(problem, session, id_)
            for session, id_ in zip(plan.sessions, session_ids(problem, plan), strict=True)
        ],
        "support": [_shift_tree(problem, shift) for shift in plan.shifts],
    }
    if problem.history != History():
        tree["history"] = _history_tree(problem, problem.history)
    return tree


def _history_tree(problem: Problem, history: History) -> Tree:
    held = Plan(sessions=history.held)
    return {
        "tasks": [_worked_tree(problem, worked) for worked in history.worked],
        "sessions": [
            _session_tree(problem, session, id_)
            for session, id_ in zip(held.sessions, session_ids(problem, held), strict=True)
        ],
    }


def _worked_tree(problem: Problem, worked: Worked) -> Tree:
    task, axis = problem.tasks[worked.task], problem.axis
    return {
        "task": task.id,
        "seat": worked.seat,
        "person": problem.people[worked.person].id,
        "start": axis.moment(worked.start, task.zone),
        "end": axis.moment(worked.end, task.zone),
        "hours": _plain(axis.hours(worked.slots)),
    }


def session_ids(problem: Problem, plan: Plan) -> list[str]:
    """The name of each session: its course and a number in order of start."""
    names = [""] * len(plan.sessions)
    numbers: Counter[int] = Counter()
    for index in sorted(range(len(names)), key=lambda index: plan.sessions[index].start):
        course = plan.sessions[index].course
        numbers[course] += 1
        names[index] = f"{problem.courses[course].id}/{numbers[course]}"
    return names


def _task_tree(problem: Problem, booking: TaskBooking) -> Tree:
    task, axis = problem.tasks[booking.task], problem.axis
    return {
        "task": task.id,
        "start": axis.moment(booking.start, task.zone),
        "end": axis.moment(booking.end, task.zone),
        "crew": [
            {
                "seat": seat.seat,
                "person": problem.people[seat.person].id,
                "start": axis.moment(seat.start, task.zone),
                "end": axis.moment(seat.end, task.zone),
                "hours": _plain(axis.hours(task.crew[seat.seat].work)),
            }
            for seat in booking.crew
        ],
    }


def _session_tree(problem: Problem, session: Session, id_: str) -> Tree:
    axis = problem.axis
    zone = 0 if session.room is None else problem.rooms[session.room].zone
    tree: Tree = {"id": id_, "course": problem.courses[session.course].id}
    if session.room is not None:
        tree["room"] = problem.rooms[session.room].id
    tree["start"] = axis.moment(session.start, zone)
    tree["end"] = axis.moment(session.end, zone)
    tree["trainers"] = [problem.people[person].id for person in session.trainers]
    groups: list[Tree] = []
    for group in session.groups:
        groups.append({"audience": problem.audiences[group.audience].id, "heads": group.heads})
        if group.members:
            groups[-1]["members"] = [problem.people[person].id for person in group.members]
    tree["groups"] = groups
    return tree


def _shift_tree(problem: Problem, shift: Shift) -> Tree:
    department, axis = problem.departments[shift.department], problem.axis
    return {
        "support": problem.supports[shift.support].id,
        "department": department.id,
        "day": axis.date(shift.day).isoformat(),
        "start": axis.moment(shift.start, department.zone),
        "end": axis.moment(shift.end, department.zone),
        "people": [problem.people[person].id for person in shift.people],
    }


def plan_document(
    problem: Problem,
    outcome: Outcome,
    open_work: Sequence[OpenWork],
    violations: Sequence[Violation],
    created: datetime | None = None,
) -> Tree:
    """The whole document of an outcome: bookings, score, assumptions, open work, violations.

    An outcome without a plan has the same fields, empty, and says why in `reason`.
    """
    plan = outcome.plan if isinstance(outcome, (Optimal, Feasible)) else Plan()
    bookings = plan_tree(problem, plan)
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    tree: Tree = {
        "schema": bookings["schema"],
        "rollout": bookings["rollout"],
        "created": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
        "solver": _solver_tree(outcome.run),
        "outcome": _name(outcome),
    }
    if isinstance(outcome, (Infeasible, NoPlan)):
        tree["reason"] = outcome.reason
    if isinstance(outcome, Infeasible) and outcome.conflict is not None:
        tree |= _conflict_tree(outcome.conflict)
    return tree | {
        "score": _score_tree(outcome),
        "tasks": bookings["tasks"],
        "sessions": bookings["sessions"],
        "support": bookings["support"],
        **({"history": bookings["history"]} if "history" in bookings else {}),
        "assumptions": _assumptions(problem, plan),
        "open": [open_tree(problem, entry) for entry in open_work],
        "violations": _violation_trees(problem, plan, violations),
    }


def _name(outcome: Outcome) -> str:
    match outcome:
        case Optimal():
            return "optimal"
        case Feasible():
            return "feasible"
        case Infeasible():
            return "infeasible"
        case NoPlan():
            return "no_plan"


def _solver_tree(run: Run) -> Tree:
    tree: Tree = {
        "version": version("allocator"),
        "seed": run.seed,
        "seconds": round(run.seconds, 3),
        "workers": run.workers,
    }
    if run.defects:
        tree["defects"] = len(run.defects)
    if run.out_of_memory:
        tree["out_of_memory"] = True
    return tree


def score_tree(score: Score, bound: Fraction) -> Tree:
    """What a plan is measured by, beside what is proved of all plans of its rollout."""
    return {
        "total": _plain(score.total),
        "bound": _plain(bound),
        "gap": _plain(gap(score.total, bound)),
        "terms": _term_trees(score),
    }


def _score_tree(outcome: Outcome) -> Tree:
    match outcome:
        case Optimal() | Feasible():
            return score_tree(outcome.score, outcome.bound)
        case NoPlan():
            return {"total": None, "bound": _plain(outcome.bound), "gap": None, "terms": []}
        case Infeasible():
            return {"total": None, "bound": None, "gap": None, "terms": []}


def _term_trees(score: Score) -> list[Tree]:
    return [
        {
            "term": term.term,
            "amount": _plain(term.amount),
            "price": "forbidden" if term.price is None else _plain(term.price),
            "total": _plain(term.total),
        }
        for term in score.terms
    ]


def _assumptions(problem: Problem, plan: Plan) -> list[Tree]:
    """Pending green lights of departments whose change tasks are planned."""
    planned = (problem.tasks[booking.task] for booking in plan.tasks)
    relied_on = {task.department for task in planned if task.change}
    found: list[Tree] = []
    for index, department in enumerate(problem.departments):
        light = department.green_light
        if index in relied_on and light and light.status == "pending" and light.day is not None:
            day = problem.axis.date(light.day).isoformat()
            found.append({"department": department.id, "green_light": day})
    return found


def open_tree(problem: Problem, entry: OpenWork) -> Tree:
    """An entry of open work as documents have it."""
    fields: Tree = {
        "kind": entry.kind,
        "id": entry.id,
        "seat": entry.seat,
        "audience": entry.audience,
        "department": entry.department,
        "day": None if entry.day is None else problem.axis.date(entry.day).isoformat(),
        "hours": None if entry.hours is None else _plain(entry.hours),
        "heads": entry.heads,
        "people": entry.people,
        "reason": entry.reason,
        "explained": None if entry.explained else False,
        **conflict_trees(entry.conflicts),
    }
    return {name: value for name, value in fields.items() if value is not None}


def conflict_trees(conflicts: Sequence[Conflict]) -> Tree:
    """`proved`, and the facts behind it: of the first conflict, and of what else rules it out."""
    if not conflicts:
        return {"proved": False}
    also = {"also": [_conflict_tree(it) for it in conflicts[1:]]} if len(conflicts) > 1 else {}
    return {"proved": True, **_conflict_tree(conflicts[0]), **also}


def _conflict_tree(conflict: Conflict) -> Tree:
    minimal = {} if conflict.minimal else {"minimal": False}
    return {"because": [_fact_tree(it) for it in conflict.facts], **minimal}


def _fact_tree(fact: Fact) -> Tree:
    return {
        "path": fact.path,
        "code": fact.code,
        "values": {
            name: _plain(value)
            if isinstance(value, Fraction)
            else list(value)
            if isinstance(value, tuple)
            else value
            for name, value in fact.values
        },
    }


def conflicts_of(tree: Mapping[str, Any]) -> tuple[Conflict, ...]:
    """The conflicts of an entry of open work, as they are written."""
    if not tree.get("proved"):
        return ()
    return tuple(
        Conflict(
            tuple(
                Fact(
                    fact["path"],
                    fact["code"],
                    tuple(
                        (name, tuple(value) if isinstance(value, list) else value)
                        for name, value in fact.get("values", {}).items()
                    ),
                )
                for fact in it.get("because", ())
            ),
            it.get("minimal", True),
        )
        for it in (tree, *tree.get("also", ()))
    )


def _violation_trees(problem: Problem, plan: Plan, violations: Iterable[Violation]) -> list[Tree]:
    names = session_ids(problem, plan)

    def concerned(kind: str, index: int) -> Tree:
        if kind == "task":
            return {"kind": "task", "id": problem.tasks[plan.tasks[index].task].id}
        if kind == "session":
            return {"kind": "session", "id": names[index]}
        shift = plan.shifts[index]
        return {
            "kind": "support",
            "id": problem.supports[shift.support].id,
            "department": problem.departments[shift.department].id,
            "day": problem.axis.date(shift.day).isoformat(),
        }

    return [
        {
            "rule": violation.rule,
            "message": violation.message,
            "work": [concerned(kind, index) for kind, index in violation.work],
        }
        for violation in violations
    ]


def _plain(number: Fraction) -> int | float:
    """A number as documents show it: whole where it is, else rounded to six decimals."""
    return int(number) if number.denominator == 1 else round(float(number), 6)
