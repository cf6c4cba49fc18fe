"""What could be changed about a fact that is in the way, by how much at most, and whom to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from allocator.facts.joker import those_able
from allocator.facts.work import Tree, Work, by_id
from allocator.plan import Fact
from allocator.terms import preset_price
from service.edits.base import Edit
from service.edits.changes import Budget, Due, OneMore, Pin, PriceOf
from service.edits.scope import (
    Changeover,
    ClassSize,
    Crew,
    Equipped,
    LeaveOut,
    Loose,
    OneMoreRoom,
    ReleaseLimit,
    Seats,
)
from service.edits.staff import Limit, Present, Skilled, Speaks, VendorTerms
from service.edits.times import (
    Deadline,
    Earliest,
    End,
    FrozenUntil,
    GreenLight,
    Opened,
    Unfreeze,
    Window,
)

Kind = Literal["time", "people", "skill", "room", "money", "rule", "scope"]
"""What a way out asks for."""

Role = Literal["project", "person", "manager", "department", "vendor", "site", "planner"]
"""Who says whether it may be: the project's owner, the person, their manager, ..."""

Values = Mapping[str, Any]

MOST_DAYS = 60
"""So many days a day moves at the most."""

MOST_MONEY = 10_000_000
"""So much money comes to a budget at the most."""

SHORTER = 5
"""Minutes by which a changeover gets shorter."""

MOST_MORE = 4
"""So many people or rooms more at the most."""

MOST_LEARNERS = 3
"""So many people are tried as those who learn."""


@dataclass(frozen=True)
class Lever:
    """A fact that can be changed by 1 to `most` steps, each allowing all that fewer do."""

    kind: Kind
    code: str
    """Of the fact."""
    role: Role
    ask: str
    """The id of whom to ask, by the role; empty for the planner."""
    edits: Callable[[int], list[Edit]]
    most: int = 1
    path: str = ""
    """Where the fact stands in the document."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Levers that do the same to one fact are alike: less of one of them is enough."""
        return self.path, self.code, self.kind, self.ask


def levers(tree: Tree, fact: Fact) -> Iterator[Lever]:
    """What could be changed about a fact of a document; nothing for those that are as they are."""
    it: Values = dict(fact.values)
    for family in (_times, _people, _places, _rules):
        for lever in family(tree, fact.code, it):
            if lever.most > 0:
                yield replace(lever, path=fact.path)


def less_of(tree: Tree, target: Work) -> Iterator[Lever]:
    """Less of the work itself: fewer hours, fewer people on a line of its crew."""
    task = by_id(tree, "tasks").get(target.id) if target.kind == "task" else None
    for number, line in enumerate(task["crew"], 1) if task else ():
        hours = float(line["hours"])
        step = 0.5 if hours <= 8 else 1.0

        def shorter(k: int, at: int = number, h: float = hours, by: float = step) -> list[Edit]:
            return [Crew(edit="crew", task=target.id, line=at, hours=h - by * k)]

        def fewer(k: int, at: int = number, n: int = line.get("people") or 1) -> list[Edit]:
            return [Crew(edit="crew", task=target.id, line=at, people=n - k)]

        project = str(task["project"]) if task else ""
        most = int(hours / step) - 1
        if most > 0:
            yield Lever("scope", "hours", "project", project, shorter, most)
        if (line.get("people") or 1) > 1:
            yield Lever("scope", "crew", "project", project, fewer, line["people"] - 1)


def moved(day: str, days: int) -> str:
    """A day, or a moment, so many days later."""
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat() + day[10:]


def _span(first: str, last: str) -> int:
    """How many days there are from the first to the last, both included."""
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days + 1


def _project(tree: Tree, task: str) -> str:
    return str(by_id(tree, "tasks")[task]["project"])


# Time -----------------------------------------------------------------------------------------


def _times(tree: Tree, code: str, it: Values) -> Iterator[Lever]:
    match code:
        case "deadline":
            yield Lever(
                "time",
                code,
                "project",
                _project(tree, it["task"]),
                lambda k: [
                    Deadline(edit="deadline", task=it["task"], deadline=moved(it["day"], k))
                ],
                MOST_DAYS,
            )
        case "due":
            yield Lever(
                "time",
                code,
                "project",
                _project(tree, it["task"]),
                lambda k: [Due(edit="due", task=it["task"], due=moved(it["day"], k))],
                MOST_DAYS,
            )
        case "earliest":
            yield Lever(
                "time",
                code,
                "project",
                _project(tree, it["task"]),
                lambda k: [
                    Earliest(edit="earliest", task=it["task"], earliest=moved(it["day"], -k))
                ],
                min(MOST_DAYS, _span(str(tree["start"]), it["day"]) - 1),
            )
        case "end":
            yield Lever(
                "time",
                code,
                "planner",
                "",
                lambda k: [End(edit="end", end=moved(it["day"], k))],
                MOST_DAYS,
            )
        case "window":
            yield from _windows(tree, it)


def _windows(tree: Tree, it: Values) -> Iterator[Lever]:
    course = it["course"]
    project = str(by_id(tree, "courses")[course]["project"])

    def window(opens: int, closes: int) -> list[Edit]:
        return [
            Window(
                edit="window",
                course=course,
                open_days_before_go_live=opens,
                close_days_before_go_live=closes,
            )
        ]

    opens, closes = int(it["opens"]), int(it["closes"])
    yield Lever(
        "time", "window", "project", project, lambda k: window(opens + k, closes), MOST_DAYS
    )
    yield Lever("time", "window", "project", project, lambda k: window(opens, closes - k), closes)


# People ---------------------------------------------------------------------------------------


def _people(tree: Tree, code: str, it: Values) -> Iterator[Lever]:
    match code:
        case "absence":
            yield from _ends_of(
                it,
                lambda first, last: [
                    Present.model_validate(
                        {"edit": "present", "person": it["person"], "from": first, "to": last}
                    )
                ],
                ("people", code, "person", it["person"]),
            )
        case "hours_per_day" | "class_hours_per_day" | "hours_per_week" | "hours_per_7_days":
            step, most = (0.5, 48) if code.endswith("_day") else (1.0, 100)
            yield _limit(code, it, step, most)
        case "days_in_row" | "nights_in_row":
            yield _limit(code, it, 1.0, MOST_DAYS)
        case "rest_hours" | "weekends_off":
            yield _limit(code, it, -1.0, int(float(it["hours"]) + 0.99))
        case "certificate":
            level = max(
                (
                    mine["level"]
                    for mine in by_id(tree, "people")[it["person"]].get("skills") or ()
                    if mine["skill"] == it["skill"]
                ),
                default=1,
            )
            yield Lever(
                "skill",
                code,
                "person",
                it["person"],
                lambda _: [
                    Skilled(edit="skill", person=it["person"], skill=it["skill"], level=level)
                ],
            )
        case "skill":
            yield from _skills(tree, it)
        case "language":
            yield from _languages(tree, it)
        case "lead_days":
            yield Lever(
                "people",
                code,
                "vendor",
                it["vendor"],
                lambda k: [
                    VendorTerms(
                        edit="vendor_terms", vendor=it["vendor"], lead_days=int(it["number"]) - k
                    )
                ],
                int(it["number"]),
            )
        case "least_hours":
            yield Lever(
                "people",
                code,
                "vendor",
                it["vendor"],
                lambda k: [
                    VendorTerms(
                        edit="vendor_terms",
                        vendor=it["vendor"],
                        minimum_hours_per_day=max(0.0, float(it["number"]) - k),
                    )
                ],
                int(float(it["number"]) + 0.99),
            )


def _limit(code: str, it: Values, step: float, most: int) -> Lever:
    """A limit of a person that gives way by steps."""

    def edits(k: int) -> list[Edit]:
        hours = max(0.0, float(it["hours"]) + step * k)
        wanted = {"edit": "limit", "person": it["person"], "limit": code, "hours": hours}
        return [Limit.model_validate(wanted)]

    return Lever("people", code, "person", it["person"], edits, most)


def _skills(tree: Tree, it: Values) -> Iterator[Lever]:
    """One more who can, and somebody who learns it: first those who know some of it."""
    everyone = [person["id"] for person in tree.get("people", ())]
    if not everyone:
        return
    able = list(it["people"])
    lower = [name for name in it.get("lower", ()) if name not in able]
    like = (able or lower or everyone)[0]

    def more(k: int) -> list[Edit]:
        made: list[Edit] = []
        for number in range(k):
            id_ = fresh(everyone, like, number)
            made.append(OneMore(edit="one_more", like=like, id=id_))
            if not able:
                made.append(Skilled(edit="skill", person=id_, skill=it["skill"], level=it["level"]))
        return made

    yield Lever("people", "skill", "manager", like, more, MOST_MORE)
    others = [name for name in everyone if name not in able and name not in lower]
    for name in (lower or others)[:MOST_LEARNERS]:

        def learns(_: int, name: str = name) -> list[Edit]:
            return [Skilled(edit="skill", person=name, skill=it["skill"], level=it["level"])]

        yield Lever("skill", "skill", "manager", name, learns)


def _languages(tree: Tree, it: Values) -> Iterator[Lever]:
    audience = by_id(tree, "audiences")[it["audience"]]
    courses = by_id(tree, "courses")
    lines = [
        line
        for course in audience.get("courses") or ()
        for line in courses[course].get("trainers") or ()
    ]
    able = [
        person
        for line in lines
        for person in those_able(tree, line["skill"], line.get("level") or 1)
        if it["language"] not in (person.get("languages") or ())
    ]
    for name in list(dict.fromkeys(person["id"] for person in able))[:MOST_LEARNERS]:

        def speaks(_: int, name: str = name) -> list[Edit]:
            return [Speaks(edit="speaks", person=name, language=it["language"])]

        yield Lever("skill", "language", "manager", name, speaks)


def fresh(taken: list[str], like: str, number: int) -> str:
    """An id like another one that nobody has."""
    free = (f"{like}-{at}" for at in range(2, len(taken) + number + 3))
    return [name for name in free if name not in taken][number]


# Places and money -----------------------------------------------------------------------------


def _places(tree: Tree, code: str, it: Values) -> Iterator[Lever]:
    match code:
        case "rooms":
            yield from _rooms(tree, it)
        case "changeover":
            site = str(by_id(tree, "rooms")[it["room"]]["site"])
            minutes = int(it["minutes"])
            yield Lever(
                "room",
                code,
                "site",
                site,
                lambda k: [
                    Changeover(
                        edit="changeover", room=it["room"], minutes=max(0, minutes - SHORTER * k)
                    )
                ],
                -(-minutes // SHORTER),
            )
        case "largest":
            heads = sum(
                audience.get("headcount") or len(audience.get("members") or ())
                for audience in tree.get("audiences", ())
                if it["course"] in (audience.get("courses") or ())
            )
            project = str(by_id(tree, "courses")[it["course"]]["project"])
            yield Lever(
                "scope",
                code,
                "project",
                project,
                lambda k: [
                    ClassSize(edit="class_size", course=it["course"], max=int(it["heads"]) + k)
                ],
                heads - int(it["heads"]),
            )
        case "equipment":
            for room in tree.get("rooms", ()):
                lacking = [
                    thing for thing in it["equipment"] if thing not in (room.get("equipment") or ())
                ]
                if lacking:

                    def equip(_: int, id_: str = room["id"], things: Any = lacking) -> list[Edit]:
                        return [Equipped(edit="equipment", room=id_, equipment=x) for x in things]

                    yield Lever("room", code, "site", str(room["site"]), equip)
        case "budget":
            amount = float(it["amount"])
            yield Lever(
                "money",
                code,
                "project",
                it["project"],
                lambda k: [Budget(edit="budget", project=it["project"], budget=amount + k)],
                MOST_MONEY,
            )


def _rooms(tree: Tree, it: Values) -> Iterator[Lever]:
    rooms = [room for room in tree.get("rooms", ()) if room["id"] in it["rooms"]]
    taken = [room["id"] for room in tree.get("rooms", ())]
    if not rooms:
        return
    largest = max(rooms, key=lambda room: room["seats"])

    def more(k: int) -> list[Edit]:
        return [
            OneMoreRoom(
                edit="one_more_room", room=largest["id"], id=fresh(taken, largest["id"], number)
            )
            for number in range(k)
        ]

    yield Lever("room", "rooms", "site", it["site"], more, MOST_MORE)
    heads = sum(
        audience.get("headcount") or len(audience.get("members") or ())
        for audience in tree.get("audiences", ())
    )

    def larger(k: int) -> list[Edit]:
        return [Seats(edit="seats", room=largest["id"], seats=largest["seats"] + k)]

    yield Lever("room", "seats", "site", it["site"], larger, heads - largest["seats"])


# Rules ----------------------------------------------------------------------------------------


def _rules(tree: Tree, code: str, it: Values) -> Iterator[Lever]:
    match code:
        case "freeze":
            yield from _ends_of(
                it,
                lambda first, last: [
                    Unfreeze.model_validate({"edit": "unfreeze", "from": first, "to": last})
                ],
                ("rule", code, "planner", ""),
            )
        case "closed":
            yield from _ends_of(
                it,
                lambda first, last: [
                    Opened.model_validate(
                        {"edit": "open", "department": it["department"], "from": first, "to": last}
                    )
                ],
                ("rule", code, "department", it["department"]),
            )
        case "green_light":
            day = it.get("day") if it["status"] != "refused" else None
            begin = str(tree["start"])
            yield Lever(
                "rule",
                code,
                "department",
                it["department"],
                lambda k: [
                    GreenLight(
                        edit="green_light",
                        department=it["department"],
                        date=begin if day is None else moved(day, -k),
                    )
                ],
                1 if day is None else max(0, _span(begin, day) - 1),
            )
        case "frozen":
            until = str(it["until"])
            yield Lever(
                "rule",
                code,
                "planner",
                "",
                lambda k: [FrozenUntil(edit="frozen_until", until=moved(until, -k))],
                max(1, _span(str(tree["start"]), until)),
            )
        case "smallest":
            project = str(by_id(tree, "courses")[it["course"]]["project"])
            least = int(it["heads"])
            yield Lever(
                "rule",
                code,
                "project",
                project,
                lambda k: [ClassSize(edit="class_size", course=it["course"], min=least - k)],
                least - 1,
            )
        case "release_limit":
            share = float(it["share"])
            yield Lever(
                "rule",
                code,
                "department",
                it["department"],
                lambda k: [
                    ReleaseLimit(
                        edit="release_limit",
                        department=it["department"],
                        share=min(1.0, round(share + k / 100, 4)),
                    )
                ],
                int(100 - 100 * share + 0.99),
            )
        case "after" | "same_people" | "different_people":
            yield Lever(
                "rule",
                code,
                "planner",
                "",
                lambda _: [Loose(edit="loose", task=it["task"], other=it["other"])],
            )
        case "pin_people" | "pin_start":
            pin = by_id(tree, "tasks")[it["task"]].get("pin") or {}
            kept = {"start": pin.get("start")} if code == "pin_people" else {}
            kept |= {"people": list(pin.get("people") or ())} if code == "pin_start" else {}
            yield Lever(
                "rule",
                code,
                "planner",
                "",
                lambda _: [Pin.model_validate({"edit": "pin", "task": it["task"], **kept})],
            )
        case "forbidden":
            price = preset_price((tree.get("goals") or {}).get("preset", "balanced"), it["term"])
            yield Lever(
                "rule",
                code,
                "planner",
                "",
                lambda _: [PriceOf(edit="price", term=it["term"], price=price)],
            )
        case "work" | "rival" if it["kind"] == "task":
            project = _project(tree, it["id"])
            yield Lever(
                "scope",
                code,
                "project",
                project,
                lambda _: [LeaveOut(edit="leave_out", task=it["id"])],
            )


def _ends_of(
    it: Values, edits: Callable[[str, str], list[Edit]], of: tuple[Kind, str, Role, str]
) -> Iterator[Lever]:
    """A span of days made shorter from its end, or from its beginning."""
    first, last = str(it["from"])[:10], str(it["to"])[:10]
    most = _span(first, last)
    yield Lever(*of, lambda k: edits(moved(last, 1 - k), last), most)
    if most > 1:
        yield Lever(*of, lambda k: edits(first, moved(first, k - 1)), most - 1)
