"""Small rollouts drawn at random, with every feature of the document likely in some of them.

One slot is one hour. A rollout has a few days, one to three people and little work, so that the
whole model of it is solved in milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st

from allocator.formats.document import problem_from_tree
from allocator.problem import Problem
from allocator.terms import TERMS

Tree = dict[str, Any]
T = TypeVar("T")

RANDOM = st.randoms(use_true_random=True)
"""One seed a document: all documents are then equally far from each other, which finds more."""

STARTS = (date(2027, 1, 11), date(2027, 1, 11), date(2027, 1, 15), date(2027, 3, 26))
"""A Monday; a Friday, so that a weekend is inside; the Friday before clocks go forward."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
CALENDARS: list[Tree] = [
    {"id": "office", "weekly": {key: ["08:00-12:00", "13:00-15:00"] for key in WEEKDAYS}},
    {"id": "short", "weekly": {key: ["08:00-11:00"] for key in WEEKDAYS}},
    {"id": "long", "weekly": {key: ["09:00-14:00"] for key in (*WEEKDAYS, "sat", "sun")}},
    {
        "id": "late",
        "weekly": {"mon": ["08:00-10:00", "22:00-24:00"], "tue": ["00:00-03:00", "09:00-12:00"]}
        | {key: ["10:00-12:00", "21:00-24:00"] for key in ("thu", "fri", "sat")}
        | {"sun": ["00:00-05:00"]},
    },
    {"id": "wide", "weekly": {key: ["05:00-23:00"] for key in WEEKDAYS}},
    {"id": "night", "weekly": {key: ["20:00-03:00"] for key in (*WEEKDAYS, "sun")}},
    {
        "id": "turns",
        "rotation": {
            "from": "2027-01-07",
            "weeks": [
                {key: ["06:00-12:00"] for key in WEEKDAYS},
                {key: ["12:00-16:00", "21:00-02:00"] for key in (*WEEKDAYS, "sat")},
            ],
        },
        "roster": [
            {"date": "2027-01-12", "hours": ["22:00-06:00"]},
            {"date": "2027-01-16", "hours": ["08:00-10:00"]},
            {"date": "2027-03-27", "hours": ["23:00-04:00"]},
        ],
    },
]
SITES: list[Tree] = [
    {"id": "lj", "calendar": "office"},
    {"id": "mb", "calendar": "office"},
    {"id": "ld", "calendar": "long", "timezone": "Europe/London"},
]
SKILLS = ("sap", "teach", "super")

RARE = (
    *("absences", "wishes", "until", "languages", "as_of", "forbidden", "prices", "crews"),
    *("closed", "lights", "freezes", "windows", "pins", "progress", "due", "equipment"),
    *("trainers", "virtual", "go_live", "sizes", "changeover", "notice"),
)
COMMON = (
    *("limits", "vendors", "calendars", "sites", "travel", "release", "budget", "sittings"),
    *("lines", "links", "pairing", "long", "materials", "grants", "trained", "members"),
    *("courses", "audiences"),
)
"""What a document may have; each one has some of them, so that it is not bound everywhere."""


class Drawing:
    """Draws the parts of one document."""

    def __init__(self, random: Random, *, tiny: bool, always: Sequence[str] = ()) -> None:
        self._random = random
        self.tiny = tiny
        self.features = {feature for feature in RARE if self.perhaps(12)}
        self.features |= {feature for feature in COMMON if self.perhaps(20 if tiny else 27)}
        self.features |= set(always)
        self.start = self.one_of(STARTS[:2] if tiny else STARTS)
        self.days = self.one_of((1, 2, 2)) if tiny else self.number(3, 4)

    def one_of(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def perhaps(self, percent: int) -> bool:
        return self._random.random() < percent / 100

    def has(self, feature: str, percent: int = 70) -> bool:
        """Whether something of the document has a feature that the document has."""
        return feature in self.features and self.perhaps(percent)

    def site(self) -> str:
        return self.one_of(("lj", "mb", "ld")) if self.has("sites") else "lj"

    def level(self) -> int:
        return self.one_of((1, 1, 2, 2, 3))

    def day(self, low: int = 0, high: int | None = None) -> str:
        """A date of the rollout, or some days off it."""
        return self.date(self.number(low, self.days - 1 if high is None else high))

    def date(self, number: int) -> str:
        return str(self.start + timedelta(days=number))

    def moment(self) -> str:
        return f"{self.day()}T{self.number(7, 15):02d}:00"

    def subset(self, values: Sequence[T], least: int = 0) -> list[T]:
        return self._random.sample(values, self.number(least, max(least, min(2, len(values)))))

    def days_range(self) -> Tree:
        first = self.number(0, self.days - 1)
        last = min(self.days - 1, first + self.one_of((0, 0, 1)))
        if self.perhaps(15):
            begins, ends = self.number(7, 12), self.number(13, 17)
            return {
                "from": f"{self.date(first)}T{begins:02d}:00",
                "to": f"{self.date(last)}T{ends:02d}:00",
            }
        return {
            "from": self.date(first),
            "to": self.date(last),
        }

    def when(self, low: int = 0) -> str:
        """A date, or a moment."""
        return self.moment() if self.perhaps(40) else self.day(low)


@st.composite
def trees(draw: st.DrawFn, *, tiny: bool = False, always: Sequence[str] = ()) -> Tree:
    """A whole document of a small (or of a tiny) rollout; some features it has in any case."""
    it = Drawing(draw(RANDOM), tiny=tiny, always=always)
    kinds = it.one_of(
        [["tasks"], ["tasks"], ["classes"], ["classes"], ["support"], ["tasks", "classes"]]
        if tiny
        else [["tasks"], ["classes"], ["tasks", "classes"], ["classes", "support"], ["support"]]
    )
    people = [
        _person(it, f"p{number}") for number in range(it.one_of((1, 2, 2) if tiny else (1, 2, 3)))
    ]
    departments = [_department(it, "fin")]
    if it.has("audiences") and not tiny:
        departments.append(_department(it, "ops"))
    names = [department["id"] for department in departments]
    go_live = it.number(0, it.days if "support" not in kinds else it.days - 1)
    tree: Tree = {
        "schema": "rollout/1",
        "name": "Drawn",
        "timezone": "Europe/Ljubljana",
        "currency": "EUR",
        "start": str(it.start),
        "end": str(it.start + timedelta(days=it.days - 1)),
        "slot_minutes": 60,
        "calendars": CALENDARS,
        "skills": [{"id": skill} for skill in SKILLS],
        "sites": SITES,
        "departments": departments,
        "vendors": [_vendor(it)],
        "people": people,
        "projects": [_project(it, "erp")],
        "waves": [
            {"id": "w1", "project": "erp", "departments": names, "go_live": it.date(go_live)}
        ],
        "goals": _goals(it),
    }
    if it.has("travel", 100):
        tree["travel"] = _travel(it)
    if it.has("as_of", 100):
        tree["as_of"] = it.moment()
    if it.has("freezes", 100):
        tree["freezes"] = [
            it.days_range() | ({"departments": [it.one_of(names)]} if it.perhaps(50) else {})
        ]
    if "tasks" in kinds:
        tree["tasks"] = _tasks(it, names, [person["id"] for person in people])
    if "classes" in kinds:
        tree["courses"] = _courses(it, [task["id"] for task in tree.get("tasks", ())])
        tree["rooms"] = [_room(it, f"r{number}") for number in range(it.number(1, 2))]
        tree["audiences"] = _audiences(it, tree, names)
    if "support" in kinds:
        tree["support"] = [_support(it)]
    return tree


@st.composite
def problems(draw: st.DrawFn, *, tiny: bool = False) -> Problem:
    """The problem of a drawn document."""
    return problem_from_tree(draw(trees(tiny=tiny)))


def _department(it: Drawing, name: str) -> Tree:
    found: Tree = {"id": name, "site": it.site(), "headcount": it.number(1, 4)}
    if it.has("closed"):
        found["closed"] = [it.days_range()]
    if it.has("release"):
        found["release_limit"] = it.one_of((0.25, 0.5, 0.75))
    if it.has("lights"):
        status = it.one_of(("granted", "granted", "pending", "refused"))
        found["green_light"] = {"status": status, "date": it.day()}
    return found


def _vendor(it: Drawing) -> Tree:
    return {
        "id": "acme",
        "lead_days": it.one_of((0, 0, 1, 2)),
        "minimum_hours_per_day": it.one_of((0, 2, 3, 4)),
    }


def _project(it: Drawing, name: str) -> Tree:
    found: Tree = {"id": name, "priority": it.number(1, 5)}
    if it.has("budget"):
        found["budget"] = it.one_of((0, 50, 100, 200, 400))
    return found


def _travel(it: Drawing) -> list[Tree]:
    ways = [{"from": "lj", "to": "mb", "minutes": it.one_of((60, 90, 180))}]
    if it.perhaps(30):
        ways.append({"from": "mb", "to": "lj", "minutes": 120})
    if it.perhaps(50):
        ways.append({"from": "lj", "to": "ld", "minutes": 240})
    return ways


def _person(it: Drawing, name: str) -> Tree:
    calendars = ("office", "short", "long", "late", "night", "turns", "wide", "wide")
    found: Tree = {
        "id": name,
        "site": it.site(),
        "calendar": it.one_of(calendars) if it.has("calendars") else "office",
        "skills": [_mastery(it, skill) for skill in SKILLS if it.perhaps(90)],
        "languages": it.one_of((["sl", "en"], ["sl"], ["en"])),
        "cost_per_hour": it.one_of((0, 10, 12.5, 30)),
    }
    if it.has("absences", 50):
        moment = it.moment()
        hours = {"from": moment, "to": moment[:10] + "T23:00"}
        found["absences"] = [it.days_range() if it.perhaps(30) else hours]
    if it.has("limits"):
        limits = {
            "hours_per_day": (2, 3, 4),
            "hours_per_week": (3, 6),
            "class_hours_per_day": (1, 2, 3),
            "hours_per_7_days": (3, 6, 10),
            "rest_hours": (4, 8, 11, 14, 18),
            "days_in_row": (1, 2),
            "nights_in_row": (1, 2),
            "weekends_off": (0, 4, 5),
        }
        found["limits"] = {
            limit: it.one_of(hours) for limit, hours in limits.items() if it.perhaps(50)
        }
    if it.has("vendors"):
        found["vendor"] = "acme"
    if it.has("notice"):
        found["notice_hours"] = it.one_of((2, 12, 26))
    if it.has("wishes"):
        found["wishes"] = [{"avoid": it.days_range(), "weight": it.number(1, 3)}]
    return found


def _mastery(it: Drawing, skill: str) -> Tree:
    found: Tree = {"skill": skill, "level": it.number(2, 4)}
    if it.has("until", 40):
        found["until"] = it.day(-1)
    return found


def _tasks(it: Drawing, departments: list[str], people: list[str]) -> list[Tree]:
    tasks: list[Tree] = []
    for number in range(it.one_of((1, 2, 2) if it.tiny else (1, 2, 3))):
        before = [task["id"] for task in tasks]
        tasks.append(_task(it, f"t{number}", departments, people, before))
    return tasks


def _task(
    it: Drawing, name: str, departments: list[str], people: list[str], before: list[str]
) -> Tree:
    hours = (1, 2, 3, 5, 6, 7) if it.has("long", 60) and not it.tiny else (1, 2, 3)
    crew = [
        {
            "skill": it.one_of(SKILLS[:2]),
            "level": it.level(),
            "people": 2 if it.has("crews", 50) else 1,
            "hours": it.one_of(hours),
        }
        for _ in range(2 if it.has("lines") else 1)
    ]
    found: Tree = {"id": name, "project": "erp", "crew": crew}
    if it.has("sittings"):
        found["splittable"] = False
    if it.perhaps(70):
        found["site"] = it.site()
    if it.features & {"closed", "freezes", "lights"}:
        found |= {"department": it.one_of(departments), "change": it.perhaps(80)}
    if it.has("windows", 30):
        found["earliest"] = it.when()
    if it.has("windows", 30):
        found["deadline"] = it.when()
    if it.has("due"):
        found["due"] = it.when(-1)
    if it.perhaps(20):
        found["priority"] = it.number(1, 5)
    for earlier in before:
        if it.has("links"):
            link = {"task": earlier, "type": it.one_of(("FS", "SS", "FF", "SF"))}
            found.setdefault("after", []).append(
                link | {"lag_hours": it.one_of((0, 1, 3, 20, -2, -18))}
            )
    if before and it.has("pairing"):
        found[it.one_of(("same_people_as", "different_people_from"))] = it.one_of(before)
    if it.has("pins", 40):
        pin: Tree = {"people": it.subset(people)}
        found["pin"] = pin | ({"start": it.moment()} if it.perhaps(60) else {})
    if it.has("progress", 50):
        least = min(line["hours"] for line in crew)
        done = {"done_hours": it.number(0, least - 1)}
        found["progress"] = {"finished": it.day(-1)} if it.perhaps(60) else done
    return found


def _courses(it: Drawing, tasks: list[str]) -> list[Tree]:
    courses: list[Tree] = []
    for number in range(2 if it.has("courses") else 1):
        courses.append(_course(it, f"c{number}", tasks, [course["id"] for course in courses]))
    return courses


def _course(it: Drawing, name: str, tasks: list[str], before: list[str]) -> Tree:
    largest = it.number(1, 3)
    found: Tree = {
        "id": name,
        "project": "erp",
        "hours": it.one_of((1, 2, 3, 5) if it.has("long") and not it.tiny else (1, 2, 3)),
        "class_size": {"min": it.number(1, largest) if it.has("sizes") else 1, "max": largest},
        "after": before,
    }
    if not it.has("trainers", 20):
        skills = SKILLS[1:] if it.has("trainers", 50) else SKILLS[1:2]
        people = 2 if it.has("trainers", 40) and not it.tiny else 1
        found["trainers"] = [
            {"skill": skill, "level": it.level(), "people": people} for skill in skills
        ]
    if it.has("virtual"):
        found["virtual"] = True
    elif it.has("equipment"):
        found["room"] = {"equipment": ["pc"]}
    if tasks and it.has("materials"):
        found["materials"] = it.one_of(tasks)
    if it.has("go_live"):
        closes = it.number(0, 2)
        found["window"] = {
            "open_days_before_go_live": closes + it.number(1, 3),
            "close_days_before_go_live": closes,
        }
    if it.has("grants"):
        found["grants"] = {"skill": it.one_of(SKILLS), "level": it.number(2, 4)}
    return found


def _room(it: Drawing, name: str) -> Tree:
    found: Tree = {"id": name, "site": it.site(), "seats": it.number(1, 3)}
    if it.perhaps(80):
        found["equipment"] = ["pc"]
    if it.has("calendars", 30):
        found["calendar"] = it.one_of(("short", "long"))
    if it.perhaps(50):
        found["cost_per_hour"] = 7
    if it.has("changeover"):
        found["changeover_minutes"] = it.one_of((60, 60, 90))
    return found


def _audiences(it: Drawing, tree: Tree, departments: list[str]) -> list[Tree]:
    people = [person["id"] for person in tree["people"]]
    courses = [course["id"] for course in tree["courses"]]
    audiences: list[Tree] = []
    for number in range(2 if it.has("audiences") else 1):
        found: Tree = {"id": f"a{number}", "department": it.one_of(departments), "courses": courses}
        if len(courses) > 1 and it.perhaps(20):
            found["courses"] = [it.one_of(courses)]
        if it.has("members") or it.has("grants"):
            found["members"] = it.subset(people, least=1)
        else:
            found["headcount"] = it.number(1, 2 if it.tiny else 4)
        if it.has("languages"):
            found["language"] = it.one_of(("sl", "en"))
        if it.has("calendars", 30):
            found["calendar"] = it.one_of(("short", "long"))
        if it.has("trained"):
            found["trained"] = [_trained(it, found, course) for course in it.subset(courses, 1)]
        audiences.append(found)
    return audiences


def _trained(it: Drawing, audience: Tree, course: str) -> Tree:
    record: Tree = {"course": course, "on": it.day(-1)}
    if "members" in audience:
        return record | {"members": audience["members"][: it.number(1, 2)]}
    return record | {"heads": it.number(1, audience["headcount"])}


def _support(it: Drawing) -> Tree:
    return {
        "id": "s1",
        "wave": "w1",
        "skill": it.one_of(SKILLS[:2]),
        "level": it.level(),
        "hours": it.one_of(("08:00-11:00", "09:00-14:00", "10:00-12:00", "22:00-02:00")),
        "days": it.one_of((["working"], ["working"], ["every"], ["sat", "mon"])),
        "curve": [{"days": it.one_of(("1", "1-2", "2")), "users_per_supporter": it.number(1, 3)}],
    } | ({"users": {"share": 0.5}} if it.perhaps(20) else {})


def _goals(it: Drawing) -> Tree:
    prices: Tree = {term: it.one_of((0, 1, 7, 0.5)) for term in TERMS if it.has("prices", 40)}
    if it.has("forbidden"):
        prices[it.one_of(TERMS)] = "forbidden"
    preset = it.one_of(("balanced", "on-time", "cheapest", "calm", "fair"))
    return {"preset": preset, "prices": prices}
