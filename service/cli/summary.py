"""A plan in words and tables for the person who answers for it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rich.console import Console
from rich.table import Table

from allocator.facts.wording import sentence
from allocator.outcome import Feasible, Infeasible, NoPlan, Optimal, Outcome, gap
from allocator.plan import Conflict, OpenWork, Score
from allocator.problem import Problem
from allocator.reasons.common.people import listed
from allocator.report import Report
from allocator.terms import UNITS
from allocator.views.load import SkillLoad
from allocator.wording import day, named, working_days
from service.cli.output import number, percent, say, table
from service.planning import Planned

MOST_OPEN = 25
"""So much open work is listed; all of it is in the plan."""

MOST_SKILLS = 6


def print_summary(console: Console, planned: Planned) -> None:
    """What is planned, what is open and late and why, what it costs, who is busy, the score."""
    problem, outcome, report = planned.problem, planned.outcome, planned.report
    say(console, headline(problem, outcome), "bold")
    if isinstance(outcome, (Infeasible, NoPlan)):
        say(console, outcome.reason)
        return
    assert report is not None  # there is one wherever there is a plan
    _print_budget(console, problem, outcome.score)
    _print_coverage(console, problem, report)
    print_open(console, problem, report.open)
    print_late(console, problem, report)
    console.print()
    console.print(_costs(problem, report))
    console.print()
    console.print(_loads(problem, report.loads[:MOST_SKILLS]))
    console.print()
    console.print(score_table(problem, outcome.score, outcome.bound))


def headline(problem: Problem, outcome: Outcome) -> str:
    """`ERP rollout: feasible plan after 31 s, at most 2.5 % above the best there can be`."""
    seconds = f"{outcome.run.seconds:.1f} s"
    match outcome:
        case Optimal():
            return f"{problem.name}: optimal plan after {seconds}; no plan has a lower total"
        case Feasible():
            share = percent(gap(outcome.score.total, outcome.bound))
            return (
                f"{problem.name}: feasible plan after {seconds}; no plan is known to be better, "
                f"and none can be better by more than {share}"
            )
        case Infeasible():
            return f"{problem.name}: infeasible, proved after {seconds}"
        case NoPlan():
            return f"{problem.name}: no plan found in {seconds}"


def _print_budget(console: Console, problem: Problem, score: Score) -> None:
    most, reported = problem.goals.most_people, score.amount("change")
    if most is not None and reported > most:
        say(
            console,
            f"The change budget is {most}, but no plan was found that keeps within it: this one "
            f"has {number(reported)} people notified x weight.",
            "bold",
        )


def _print_coverage(console: Console, problem: Problem, report: Report) -> None:
    covered = report.coverage
    say(
        console,
        f"Planned: {covered.tasks} of {covered.tasks_asked} tasks; {covered.sessions} classes with "
        f"{covered.heads} of {covered.heads_asked} seats asked for; {covered.supporters} of "
        f"{covered.supporters_asked} supporters on shift.",
    )
    for assumption in report.assumptions:
        tasks = ", ".join(problem.tasks[task].id for task in assumption.tasks)
        say(
            console,
            f"Relies on the green light of {named(problem.departments[assumption.department])}, "
            f"which is still pending and expected on {day(problem, assumption.day)}: {tasks}.",
        )


def print_open(console: Console, problem: Problem, entries: tuple[OpenWork, ...]) -> None:
    """The open work, each piece with its reason."""
    console.print()
    if not entries:
        say(console, "Nothing is left open.", "bold")
        return
    say(console, f"Left open ({len(entries)})", "bold")
    lines = list(_open_lines(problem, entries))
    for line in lines[:MOST_OPEN]:
        say(console, f" - {line}")
    if len(lines) > MOST_OPEN:
        say(console, f"   and {len(lines) - MOST_OPEN} more, listed under `open` in the plan")


def _open_lines(problem: Problem, entries: tuple[OpenWork, ...]) -> Iterator[str]:
    """A line for each piece of work; one for all groups that are out for lack of the same seats."""
    explained: set[tuple[Conflict, ...]] = set()
    for entry in entries:
        said = what_is_known(entry.reason, entry.conflicts, explained=entry.explained)
        if not is_arithmetic(entry.conflicts):
            yield f"{what_is_open(problem, entry)}: {said}"
        elif entry.conflicts not in explained:
            explained.add(entry.conflicts)
            alike = [it for it in entries if it.conflicts == entry.conflicts]
            heads = sum(it.heads or 0 for it in alike)
            groups = listed(str(it.audience) for it in alike)
            yield f"course {entry.id} for {groups}, {heads} heads in all: {said}"


def is_arithmetic(conflicts: tuple[Conflict, ...]) -> bool:
    """Whether what is proved is the arithmetic of all seats of a course at a site."""
    return any(it.code.startswith("seats_") for conflict in conflicts for it in conflict.facts)


def what_is_known(reason: str, conflicts: tuple[Conflict, ...], *, explained: bool) -> str:
    """A reason that is proved as it is; any other one as what holds in this plan."""
    if conflicts or not explained:
        return reason
    return f"not planned here: {reason} (not proved; a longer run may plan it)"


def what_is_open(problem: Problem, entry: OpenWork) -> str:
    """`task t-config, seat 0, 16 h`, `course c-basic for clerks, 3 heads`."""
    if entry.kind == "task":
        return f"task {entry.id}, seat {entry.seat}, {number(entry.hours or 0)} h"
    if entry.kind == "course":
        heads = "head" if entry.heads == 1 else "heads"
        return f"course {entry.id} for {entry.audience}, {entry.heads} {heads}"
    people = "supporter" if entry.people == 1 else "supporters"
    when = day(problem, entry.day or 0)
    return f"{entry.id} in {entry.department} on {when}, {entry.people} {people} missing"


def print_conflicts(console: Console, problem: Problem, report: Report, work: str) -> None:
    """All that is known of why one work is open or late, each fact with its place."""
    for entry in report.open:
        if entry.id == work:
            say(console, what_is_open(problem, entry), "bold")
            _print_facts(console, entry.reason, entry.conflicts, "cannot be done")
    for late in report.late:
        if problem.tasks[late.task].id == work:
            say(console, f"task {work}, late", "bold")
            _print_facts(console, late.cause, late.conflicts, "cannot be in time")


def _print_facts(console: Console, reason: str, conflicts: tuple[Conflict, ...], what: str) -> None:
    if not conflicts:
        say(console, f" not planned here: {reason} (not proved; a longer run may plan it)")
    for at, conflict in enumerate(conflicts):
        known = "" if conflict.minimal else " (perhaps not all of it is needed)"
        say(console, f" proved: it {what}{' also' if at else ''}, because{known}")
        for fact in conflict.facts:
            say(console, f"  - {sentence(fact)}{f'  ({fact.path})' if fact.path else ''}")


def print_late(console: Console, problem: Problem, report: Report) -> None:
    """The late work, each piece with what held it up."""
    console.print()
    if not report.late:
        say(console, "Nothing ends after its due day.", "bold")
        return
    say(console, f"Late ({len(report.late)})", "bold")
    for late in report.late:
        task = problem.tasks[late.task]
        hours = number(problem.axis.hours(late.slots))
        end = problem.axis.moment(late.end, task.zone)
        days = working_days(late.working_days)
        cause = late.cause
        if late.explained and not late.conflicts:
            cause = f"in this plan, {cause} (not proved; a longer run may plan it sooner)"
        message = f" - {task.id} ends {end}, {hours} h ({days}) after its due day: {cause}"
        say(console, message)


def _costs(problem: Problem, report: Report) -> Table:
    amounts = (">spent", ">planned", ">forecast", ">budget", ">used")
    made = table(f"Cost in {problem.currency}", "project", *amounts)
    for it in report.costs:
        budget = "none" if it.budget is None else f"{it.budget / 100:,.2f}"
        used = percent(Fraction(it.forecast, it.budget)) if it.budget else ""
        name = named(problem.projects[it.project])
        costs = (f"{float(each) / 100:,.2f}" for each in (it.spent, it.planned, it.forecast))
        made.add_row(name, *costs, budget, used)
    return made


def _loads(problem: Problem, loads: tuple[SkillLoad, ...]) -> Table:
    """The scarcest skills: a bar a week, a full one where all hours are booked."""
    mondays = sorted({week.monday for load in loads for week in load.weeks})
    first = day(problem, mondays[0]) if mondays else ""
    made = table(
        f"Load of the scarcest skills, one bar a week from {first}",
        "skill",
        ">people",
        "weeks",
        ">booked h",
        ">on duty h",
        "fullest week",
    )
    for load in loads:
        weeks = {week.monday: week for week in load.weeks}
        bars = "".join(_bar(weeks[it].share) if it in weeks else " " for it in mondays)
        fullest = max(load.weeks, key=lambda week: week.share, default=None)
        made.add_row(
            problem.skills[load.skill],
            str(len(load.people)),
            bars,
            number(problem.axis.hours(sum(week.booked for week in load.weeks))),
            number(problem.axis.hours(sum(week.available for week in load.weeks))),
            "" if fullest is None else f"{day(problem, fullest.monday)}: {percent(fullest.share)}",
        )
    return made


def _bar(share: Fraction) -> str:
    if share == 0:
        return "·"
    return "▁▂▃▄▅▆▇█"[min(7, int(share * 8))]


def score_table(problem: Problem, score: Score, bound: Fraction | None = None) -> Table:
    """Each term's amount x price; with a bound also what no plan can go below."""
    made = table("Score", "term", ">amount", "unit", ">price", ">total")
    for term in score.terms:
        unit = problem.currency if term.term == "cost" else UNITS[term.term]
        price = "forbidden" if term.price is None else number(term.price)
        made.add_row(term.term, number(term.amount), unit, price, number(term.total))
    made.add_section()
    made.add_row("total", "", "", "", number(score.total), style="bold")
    if bound is not None:
        made.add_row("bound", "", "", "", number(bound))
        made.add_row("gap", "", "", "", percent(gap(score.total, bound)))
    return made
