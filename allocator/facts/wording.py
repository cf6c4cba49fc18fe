"""Facts in words: a sentence for each code, and what rules a piece of work out in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from allocator.plan import Conflict, Fact
from allocator.reasons.common.people import listed

Values = Mapping[str, Any]

LONGEST = 1900
"""Letters of a reason; of longer ones the end is left out."""

WORK = ("work", "in_time", "rival")
"""Codes of facts that are other work."""


def _skill(it: Values) -> str:
    what = f"{it['skill']} level {it['level']}"
    lower = listed(it.get("lower", ()))
    below = f" ({lower} at a lower level)" if lower else ""
    if not it["people"]:
        return f"nobody has {what}{below}"
    verb = "has" if len(it["people"]) == 1 else "have"
    return f"only {listed(it['people'])} {verb} {what}{below}"


def _rooms(it: Values) -> str:
    if not it["rooms"]:
        return f"there is no room at {it['site']}"
    verb = "is" if len(it["rooms"]) == 1 else "are"
    return f"only {listed(it['rooms'])} {verb} at {it['site']}"


def _rooms_seat(it: Values) -> str:
    return (
        f"{it['asked']} seats in {it['course']} are asked for at {it['site']}, and all rooms there "
        f"({it['number']}) can hold {it['classes']} classes of at most {it['heads']} in the time: "
        f"{it['seats']} seats, {it['planned']} of them planned; {it['needed']} such rooms would "
        f"do, or {it['weeks']} weeks"
    )


def _trainers_seat(it: Values) -> str:
    return (
        f"{it['asked']} seats in {it['course']} are asked for at {it['site']}, and all trainers "
        f"({it['number']}) can give {it['classes']} classes of at most {it['heads']} in the time: "
        f"{it['seats']} seats, {it['planned']} of them planned; {it['needed']} such trainers would "
        f"do, or {it['weeks']} weeks"
    )


def _green_light(it: Values) -> str:
    when = f" from {it['day']} on" if "day" in it else ""
    return f"the green light of {it['department']} is {it['status']}{when}"


def _work(it: Values) -> str:
    if it["kind"] == "course":
        return f"{it['id']} for {it['audience']}"
    if it["kind"] == "support":
        return f"{it['id']} in {it['department']} on {it['day']}"
    return str(it["id"])


SENTENCES: Mapping[str, Callable[[Values], str]] = {
    "absence": lambda it: f"{it['person']} is away from {it['from']} to {it['to']}",
    "after": lambda it: f"{it['task']} comes after {it['other']}",
    "budget": lambda it: f"the budget of {it['project']} is {it['amount']}",
    "certificate": lambda it: f"{it['person']} has {it['skill']} until {it['until']}",
    "change_budget": lambda it: f"the change budget is {it['most']}",
    "changeover": lambda it: f"{it['room']} needs {it['minutes']} minutes between two classes",
    "class_hours_per_day": lambda it: f"{it['person']} gives at most {it['hours']} h a day",
    "closed": lambda it: f"{it['department']} is closed from {it['from']} to {it['to']}",
    "course_after": lambda it: f"{it['course']} comes after {it['other']}",
    "days_in_row": lambda it: f"{it['person']} works on at most {it['hours']} days in a row",
    "deadline": lambda it: f"{it['task']} has to end by {it['day']}",
    "different_people": lambda it: f"{it['task']} has other people than {it['other']}",
    "due": lambda it: f"{it['task']} is due on {it['day']}",
    "earliest": lambda it: f"{it['task']} may not start before {it['day']}",
    "end": lambda it: f"the rollout ends on {it['day']}",
    "equipment": lambda it: f"{it['course']} needs a room with {listed(it['equipment'])}",
    "forbidden": lambda it: f"{it['term']} is forbidden",
    "freeze": lambda it: f"{it['from']} to {it['to']} is frozen",
    "frozen": lambda it: f"what starts before {it['until']} stays as published",
    "green_light": _green_light,
    "hours_per_7_days": lambda it: f"{it['person']} works at most {it['hours']} h on 7 days",
    "hours_per_day": lambda it: f"{it['person']} works at most {it['hours']} h a day",
    "hours_per_week": lambda it: f"{it['person']} works at most {it['hours']} h a week",
    "hours": lambda it: f"working hours leave no time for {it['id']}",
    "in_time": lambda it: f"{_work(it)} is in time",
    "lacks": lambda it: f"{it['person']} does not have {it['skill']} level {it['level']}",
    "language": lambda it: f"{it['audience']} learn in {it['language']}",
    "largest": lambda it: f"at most {it['heads']} heads are in a class of {it['course']}",
    "lead_days": lambda it: f"{it['vendor']} needs {it['number']} days of notice",
    "least_hours": lambda it: f"{it['vendor']} comes for at least {it['number']} h a day",
    "materials": lambda it: f"{it['course']} waits for its materials {it['other']}",
    "nights_in_row": lambda it: f"{it['person']} works in at most {it['hours']} nights in a row",
    "notice": lambda it: f"{it['person']} is notified of work {it['hours']} h ahead",
    "pin_people": lambda it: f"{it['task']} is pinned to {listed(it['people'])}",
    "pin_start": lambda it: f"{it['task']} is pinned to {it['start']}",
    "release_limit": lambda it: f"{it['department']} releases {it['share']} of its heads at once",
    "rest_hours": lambda it: f"{it['person']} has {it['hours']} h of rest after work",
    "rival": lambda it: f"{_work(it)} is open too and counts no less",
    "rooms": _rooms,
    "same_people": lambda it: f"{it['task']} has the same people as {it['other']}",
    "seats_rooms": _rooms_seat,
    "seats_trainers": _trainers_seat,
    "skill": _skill,
    "smallest": lambda it: f"a class of {it['course']} has at least {it['heads']} heads",
    "travel": lambda it: f"the way from {it['from']} to {it['to']} takes {it['minutes']} minutes",
    "weekends_off": lambda it: f"{it['person']} has {it['hours']} weekends of a month off",
    "window": lambda it: f"{it['course']} is {it['opens']} to {it['closes']} days before go-live",
    "work": lambda it: f"{_work(it)} is planned",
}
"""A sentence for each code of a fact; tests and docs/format.md go by it."""


def sentence(fact: Fact) -> str:
    """A fact in words."""
    return SENTENCES[fact.code](dict(fact.values))


def ruled_out(conflicts: Iterable[Conflict], *, in_time: bool = False) -> str:
    """What rules a piece of work out, or rules out that it is in time."""
    said = []
    for number, conflict in enumerate(conflicts):
        what = "be in time" if in_time else "be done"
        start = f"it cannot {what}" if number == 0 else f"Nor can it {what}"
        done, kept = _others(conflict)
        verb = "is" if len(done) == 1 else "are"
        parts = [f"{listed(done)} {verb} done"] if done else []
        verb = "is" if len(kept) == 1 else "are"
        parts += [f"{listed(kept)} {verb} in time"] if kept else []
        beside = f" as long as {' and '.join(parts)}" if parts else ""
        said.append(f"{start}{beside}: {_facts(conflict)}")
    return ". ".join(said)[:LONGEST]


def excluded(conflict: Conflict) -> str:
    """What of a rollout without a plan cannot be done, or not all of it, and why."""
    done, kept = _others(conflict)
    if not done and not kept:
        return f"there is no plan: {_facts(conflict)}"[:LONGEST]
    parts = [f"{listed(done)} done"] if done else []
    parts += [f"{listed(kept)} in time"] if kept else []
    together = " together" if len(done) + len(kept) > 1 else ""
    return f"no plan has {' and '.join(parts)}{together}: {_facts(conflict)}"[:LONGEST]


def _others(conflict: Conflict) -> tuple[list[str], list[str]]:
    """The work of a conflict: what is done, and what is in time."""
    work = [(it.code, _work(dict(it.values))) for it in conflict.facts if it.code in WORK]
    return (
        [name for code, name in work if code != "in_time"],
        [name for code, name in work if code == "in_time"],
    )


def _facts(conflict: Conflict) -> str:
    rivals = [it for it in conflict.facts if it.code == "rival"]
    facts = [sentence(it) for it in conflict.facts if it.code not in WORK]
    facts += [sentence(it) for it in rivals]
    counted = conflict.facts[0].code.startswith("seats_") if conflict.facts else False
    narrowed = "" if conflict.minimal or counted else " (whether all of it is needed is not known)"
    return f"{'; '.join(facts)}{narrowed}"


def possible(change: Fraction, *, in_time: bool = False) -> str:
    """What is said of work that can be done (in time) beside all that a plan does."""
    what = "be in time" if in_time else "be done"
    if change < 0:
        return (
            f"nothing rules it out: a plan with it was found whose total is "
            f"{-float(change):.2f} lower, so a longer run may find it"
        )
    return (
        f"it can {what} beside all that is planned if other bookings move; the total of the plan "
        f"found for that is {float(change):.2f} higher"
    )
