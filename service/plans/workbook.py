"""A plan as a workbook to sort and filter: by person, task, class, shift and department.

It says what the plan document and its report say, with names from the rollout. It is not read back.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook

from allocator.formats.models.fields import Moment
from allocator.formats.models.plan import PlanDocument, SessionEntry
from allocator.formats.workbook.cells import DATE_FORMAT, MOMENT_FORMAT
from allocator.formats.workbook.table import Heading, finish, write_head, write_text
from allocator.problem import Problem
from service.plans.agenda import Names, names_of

Value = str | float | date | None
Row = Sequence[Value]

_PERSON = ("person", "name", "from", "to", "what", "id", "work", "project", "hours", "where")
_TASK = (
    "task",
    "name",
    "project",
    "department",
    "from",
    "to",
    "crew",
    "hours",
    "due",
    "hours late",
    "working days late",
)
_CLASS = (
    "class",
    "course",
    "name",
    "project",
    "from",
    "to",
    "room",
    "trainers",
    "heads",
    "learners",
)
_LEARNER = ("class", "course", "from", "to", "room", "audience", "department", "heads", "person")
_SHIFT = ("support", "department", "day", "from", "to", "people", "number")
_DEPARTMENT = ("department", "name", "what", "id", "work", "from", "to", "heads", "people")
_OPEN = (
    "what",
    "kind",
    "id",
    "work",
    "for",
    "day",
    "hours",
    "heads",
    "people",
    "known",
    "reason",
)
_TERM = ("term", "amount", "price", "total")
_MONEY = ("project", "name", "spent", "planned", "forecast", "budget", "used")
_LOAD = ("skill", "people", "week from", "booked hours", "hours on duty", "used")


def plan_workbook(problem: Problem, plan: PlanDocument, report: Mapping[str, Any]) -> bytes:
    """The workbook of a plan; `report` is its report as plain values, empty without a plan."""
    view = _View(problem, plan, report)
    book = Workbook()
    book.remove(book.worksheets[0])
    tables: list[tuple[str, Sequence[str], Callable[[], Iterator[Row]]]] = [
        ("summary", ("what", "value"), view.summary),
        ("people", _PERSON, view.people),
        ("tasks", _TASK, view.tasks),
        ("classes", _CLASS, view.classes),
        ("learners", _LEARNER, view.learners),
        ("support", _SHIFT, view.support),
        ("departments", _DEPARTMENT, view.departments),
        ("open and late", _OPEN, view.open_and_late),
        ("terms", _TERM, view.terms),
        ("money", _MONEY, view.money),
        ("load", _LOAD, view.load),
    ]
    for name, headings, rows in tables:
        _write(book, name, headings, sorted(rows(), key=_order) if name in _SORTED else rows())
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


_SORTED = {"people", "departments"}


def _order(row: Row) -> tuple[str, str]:
    """By whose it is, then by time."""
    return str(row[0]), str(next((it for it in row if isinstance(it, date)), ""))


def _write(
    book: Workbook, name: str, headings: Sequence[str], rows: Iterator[Row] | list[Row]
) -> None:
    sheet = book.create_sheet(name)
    write_head(sheet, [Heading(it) for it in headings])
    number = 1
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at)
            if isinstance(value, str):
                write_text(cell, value)
            elif value is not None:
                cell.value = value
                if isinstance(value, date):
                    moment = isinstance(value, datetime)
                    cell.number_format = MOMENT_FORMAT if moment else DATE_FORMAT
                elif headings[at - 1] == "used":
                    cell.number_format = "0 %"
    finish(sheet, number, len(headings))


class _View:
    """A plan with the names and lists of its rollout at hand."""

    def __init__(self, problem: Problem, plan: PlanDocument, report: Mapping[str, Any]) -> None:
        self.problem, self.plan, self.report = problem, plan, report
        self.names: Names = names_of(problem)
        self.task = {it.id: it for it in problem.tasks}
        self.audience = {it.id: it for it in problem.audiences}
        self.late = {it["task"]: it for it in report.get("late", [])}

    def name(self, id_: str) -> str:
        return self.names.names.get(id_, "")

    def project(self, kind: str, id_: str) -> str:
        return self.names.projects.get((kind, id_), "")

    def department(self, index: int | None) -> str:
        return "" if index is None else self.problem.departments[index].id

    def summary(self) -> Iterator[Row]:
        plan, planned = self.plan, self.report.get("planned", {})
        yield "rollout", self.problem.name
        yield "planned at (UTC)", plan.created
        yield "outcome", plan.outcome
        yield "reason", plan.reason
        if plan.score is not None:
            yield "total", plan.score.total
            yield "no plan is below", plan.score.bound
            yield "gap", plan.score.gap
        for what in ("tasks", "heads", "supporters"):
            if what in planned:
                yield f"{what} planned", planned[what]["planned"]
                yield f"{what} asked for", planned[what]["asked"]
        yield "classes", planned.get("classes")
        for it in plan.assumptions:
            yield f"relies on the green light of {self.names.of(it.department)}", it.green_light

    def people(self) -> Iterator[Row]:
        for task in self.plan.tasks:
            known = self.task.get(task.task)
            at = None if known is None else known.site
            site = None if at is None else self.problem.sites[at].id
            for seat in task.crew:
                hours = None if seat.hours is None else float(seat.hours)
                yield self._of_person(
                    seat.person, seat.start, seat.end, "task", task.task, hours, site
                )
        for session in self.plan.sessions:
            hours = _hours(session.start, session.end)
            learners = [member for group in session.groups for member in group.members]
            for what, people in (("teaches", session.trainers), ("attends", learners)):
                for person in people:
                    yield self._of_person(
                        person, session.start, session.end, what, session.course, hours,
                        session.room or "virtual",
                    )  # fmt: skip
        for shift in self.plan.support:
            hours = _hours(shift.start, shift.end)
            for person in shift.people:
                yield self._of_person(
                    person, shift.start, shift.end, "support", shift.support, hours,
                    shift.department,
                )  # fmt: skip

    def _of_person(
        self, person: str, start: Moment, end: Moment, what: str, id_: str,
        hours: float | None, where: str | None,
    ) -> Row:  # fmt: skip
        kind = "class" if what in ("teaches", "attends") else what
        work = (what, id_, self.name(id_), self.project(kind, id_), hours, where)
        return (person, self.name(person), start.local, end.local, *work)

    def tasks(self) -> Iterator[Row]:
        for task in self.plan.tasks:
            known = self.task.get(task.task)
            department = self.department(known.department) if known else ""
            due = None
            if known is not None and known.due is not None:  # the slot at which the day ends
                due = date.fromisoformat(self.problem.axis.moment(known.due - 1, known.zone)[:10])
            hours = sum(float(seat.hours or 0) for seat in task.crew)
            late = self.late.get(task.task, {})
            crew = self._named(seat.person for seat in task.crew)
            yield (
                task.task, self.name(task.task), self.project("task", task.task), department,
                task.start.local, task.end.local, crew, hours, due,
                late.get("hours"), late.get("working_days"),
            )  # fmt: skip

    def classes(self) -> Iterator[Row]:
        for session in self.plan.sessions:
            learners = ", ".join(
                f"{_heads(group)} of {self.names.of(group.audience)}" for group in session.groups
            )
            heads = sum(_heads(group) for group in session.groups)
            yield (
                *self._session(session), self.name(session.course),
                self.project("class", session.course), session.start.local, session.end.local,
                session.room or "virtual", self._named(session.trainers), heads, learners,
            )  # fmt: skip

    def learners(self) -> Iterator[Row]:
        """A row for each audience in a class, and for each of its learners who have a name."""
        for session in self.plan.sessions:
            when = (session.start.local, session.end.local, session.room or "virtual")
            for group in session.groups:
                known = self.audience.get(group.audience)
                department = self.department(known.department) if known else ""
                whose = (*self._session(session), *when, group.audience, department)
                if not group.members:
                    yield (*whose, _heads(group), None)
                for member in group.members:
                    yield (*whose, 1, self.names.of(member))

    def support(self) -> Iterator[Row]:
        for it in self.plan.support:
            people = self._named(it.people)
            span = (it.day, it.start.local, it.end.local)
            yield (it.support, it.department, *span, people, len(it.people))

    def departments(self) -> Iterator[Row]:
        """What concerns each department: go-live, its people's classes, tasks, floor support."""
        for wave in self.problem.waves:
            day = self.problem.axis.date(wave.go_live)
            for index in wave.departments:
                yield self._of(self.department(index), "go-live", wave.id, day, None)
        for task in self.plan.tasks:
            known = self.task.get(task.task)
            if known is not None and known.department is not None:
                people = self._named(seat.person for seat in task.crew)
                yield self._of(
                    self.department(known.department), "change work" if known.change else "task",
                    task.task, task.start.local, task.end.local, None, people,
                )  # fmt: skip
        for session in self.plan.sessions:
            heads: dict[str, int] = {}
            for group in session.groups:
                audience = self.audience.get(group.audience)
                if audience is not None:
                    department = self.department(audience.department)
                    heads[department] = heads.get(department, 0) + _heads(group)
            for department, number in heads.items():
                span = (session.start.local, session.end.local)
                people = self._named(session.trainers)
                yield self._of(department, "class", session.course, *span, number, people)
        for shift in self.plan.support:
            span = (shift.start.local, shift.end.local)
            people = self._named(shift.people)
            yield self._of(shift.department, "support", shift.support, *span, None, people)

    def _of(
        self, department: str, what: str, id_: str, start: date, end: date | None,
        heads: int | None = None, people: str | None = None,
    ) -> Row:  # fmt: skip
        whose = (department, self.name(department))
        return (*whose, what, id_, self.name(id_), start, end, heads, people)

    def open_and_late(self) -> Iterator[Row]:
        for it in self.plan.open:
            hours = None if it.hours is None else float(it.hours)
            whom = it.audience or it.department or ""
            yield (
                "open", it.kind, it.id, self.name(it.id), whom, it.day, hours, it.heads, it.people,
                "cannot be done" if it.proved else "not planned here", it.reason,
            )  # fmt: skip
        for late in self.late.values():
            end = datetime.fromisoformat(late["end"]).replace(tzinfo=None)
            yield (
                "late", "task", late["task"], self.name(late["task"]), "", end, late["hours"],
                None, None, "cannot be in time" if late.get("proved") else "so in this plan",
                late["cause"],
            )  # fmt: skip

    def terms(self) -> Iterator[Row]:
        for it in self.plan.score.terms if self.plan.score else ():
            price = it.price if isinstance(it.price, str) else float(it.price)
            yield it.term, it.amount, price, it.total

    def money(self) -> Iterator[Row]:
        for it in self.report.get("costs", []):
            used = it["cost"] / it["budget"] if it["budget"] else None
            apart = it.get("spent"), it.get("planned")  # reports made before know only the whole
            yield it["project"], self.name(it["project"]), *apart, it["cost"], it["budget"], used

    def load(self) -> Iterator[Row]:
        for it in self.report.get("load", []):
            people = ", ".join(it["people"])
            for week in it["weeks"]:
                booked, available = week["booked_hours"], week["available_hours"]
                used = booked / available if available else None
                monday = date.fromisoformat(week["monday"])
                yield it["skill"], people, monday, booked, available, used

    def _session(self, session: SessionEntry) -> tuple[str, str]:
        return session.id or "", session.course

    def _named(self, people: Iterator[str] | Sequence[str]) -> str:
        return ", ".join(self.names.of(it) for it in people)


def _heads(group: Any) -> int:
    return len(group.members) if group.heads is None else int(group.heads)


def _hours(start: Moment, end: Moment) -> float:
    return (end.local - start.local).total_seconds() / 3600
