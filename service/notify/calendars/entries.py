"""What a plan has for each person, room, audience, department and vendor, in names.

It is made from the documents alone, without building the problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from allocator.formats.icalendar import Entry, Owner, Whose
from service.plans.work_days import WorkDays

Tree = Mapping[str, Any]

LISTS: dict[Whose, str] = {
    "person": "people",
    "room": "rooms",
    "audience": "audiences",
    "department": "departments",
    "vendor": "vendors",
}
"""Where in a rollout each kind is listed."""


def names_of(rollout: Tree, kind: Whose) -> dict[str, str]:
    """The names of all of a kind by id; the id where there is no name."""
    return _names(rollout.get(LISTS[kind]))


def entries_of(rollout: Tree, plan: Tree) -> dict[Owner, list[Entry]]:
    """Everybody who has something in a plan, each with all of it in order of time."""
    book = _Book(rollout)
    for task in plan.get("tasks") or []:
        book.task(task)
    for session in plan.get("sessions") or []:
        book.session(session)
    for shift in plan.get("support") or []:
        book.shift(shift)
    return {
        owner: sorted(entries, key=lambda it: (it.start, it.end, it.key))
        for owner, entries in book.found.items()
    }


class _Book:
    """The calendars so far, and the names and places of the rollout."""

    def __init__(self, rollout: Tree) -> None:
        self.found: defaultdict[Owner, list[Entry]] = defaultdict(list)
        self._zone = str(rollout["timezone"])
        self._zones = {it["id"]: it.get("timezone") for it in rollout.get("sites") or []}
        self._names = {name: _names(rollout.get(name)) for name in _NAMED}
        self._titles = {it["id"]: it.get("name") for it in rollout.get("support") or []}
        self._tasks = _by_id(rollout.get("tasks"))
        self._courses = _by_id(rollout.get("courses"))
        self._rooms = _by_id(rollout.get("rooms"))
        self._departments = _by_id(rollout.get("departments"))
        self._audiences = _by_id(rollout.get("audiences"))
        self._vendors = {
            it["id"]: it["vendor"] for it in rollout.get("people") or [] if it.get("vendor")
        }
        self._work = WorkDays(rollout)

    def task(self, booking: Tree) -> None:
        """A task for everyone of its crew, their vendors, and its department."""
        task = self._tasks[booking["task"]]
        department = task.get("department")
        common: dict[str, Any] = {
            "key": ("task", task["id"]),
            "kind": "task",
            "title": self._name("tasks", task["id"]),
            "zone": self._zone_at(task.get("site")),
            "place": self._site(task.get("site")),
        }
        crew = [seat["person"] for seat in booking["crew"]]
        if department is not None:
            self._put(
                "department",
                [department],
                Entry(
                    **common,
                    start=booking["start"],
                    end=booking["end"],
                    people=self._people(crew),
                    days=self._days(crew, booking),
                ),
            )
        for seat in booking["crew"]:
            entry = Entry(
                **common,
                start=seat["start"],
                end=seat["end"],
                people=self._people(it for it in crew if it != seat["person"]),
                department=self._name("departments", department),
                hours=seat.get("hours"),
                days=self._days([seat["person"]], seat),
            )
            self._put("person", [seat["person"]], entry)
        for vendor, theirs in self._of_vendors(crew).items():
            seats = [seat for seat in booking["crew"] if seat["person"] in theirs]
            entry = Entry(
                **common,
                start=min(it["start"] for it in seats),
                end=max(it["end"] for it in seats),
                people=self._people(theirs),
                department=self._name("departments", department),
                days=self._days(theirs, booking),
            )
            self._put("vendor", [vendor], entry)

    def session(self, session: Tree) -> None:
        """A class for trainers and their vendors, named learners, its room, and whom it teaches."""
        course, room = self._courses[session["course"]], session.get("room")
        site = None if room is None else self._rooms[room]["site"]
        trainers, materials = session.get("trainers") or [], course.get("materials")
        members = {it["audience"]: it.get("members") or [] for it in session["groups"]}
        groups = tuple(
            (int(it.get("heads") or len(members[it["audience"]])), it["audience"])
            for it in session["groups"]
        )
        common: dict[str, Any] = {
            "key": ("class", course["id"]),
            "kind": "class",
            "title": self._name("courses", course["id"]),
            "start": session["start"],
            "end": session["end"],
            "zone": self._zone_at(site),
            "materials": self._name("tasks", materials),
        }
        place = () if room is None else (self._name("rooms", room), *self._site(site))
        learners = tuple((heads, self._name("audiences", it)) for heads, it in groups)
        for person in trainers:
            others = self._people(it for it in trainers if it != person)
            entry = Entry(**common, part="teaches", place=place, people=others, groups=learners)
            self._put("person", [person], entry)
        for vendor, sent in self._of_vendors(trainers).items():
            entry = Entry(**common, place=place, people=self._people(sent), groups=learners)
            self._put("vendor", [vendor], entry)
        taught = Entry(**common, part="attends", place=place, people=self._people(trainers))
        self._put("person", (it for found in members.values() for it in found), taught)
        self._put(
            "room",
            [] if room is None else [room],
            Entry(**common, place=self._site(site), people=self._people(trainers), groups=learners),
        )
        self._put("audience", members, Entry(**common, place=place, people=taught.people))
        for department in {self._audiences[it]["department"] for it in members}:
            theirs = tuple(
                (heads, self._name("audiences", it))
                for heads, it in groups
                if self._audiences[it]["department"] == department
            )
            entry = Entry(**common, place=place, people=taught.people, groups=theirs)
            self._put("department", [department], entry)

    def shift(self, shift: Tree) -> None:
        """A support shift for everyone on it, their vendors, and the department."""
        department, people = shift["department"], shift.get("people") or []
        site = self._departments[department].get("site")
        common: dict[str, Any] = {
            "key": ("support", shift["support"], department),
            "kind": "support",
            "title": self._titles.get(shift["support"]) or "",
            "start": shift["start"],
            "end": shift["end"],
            "zone": self._zone_at(site),
            "place": self._site(site),
            "department": self._name("departments", department),
        }
        self._put("department", [department], Entry(**common, people=self._people(people)))
        for person in people:
            others = self._people(it for it in people if it != person)
            self._put("person", [person], Entry(**common, people=others))
        for vendor, theirs in self._of_vendors(people).items():
            self._put("vendor", [vendor], Entry(**common, people=self._people(theirs)))

    def _of_vendors(self, people: Iterable[str]) -> dict[str, list[str]]:
        """Those of these people whom a vendor sends, by vendor."""
        found: dict[str, list[str]] = {}
        for person in people:
            if person in self._vendors:
                found.setdefault(self._vendors[person], []).append(person)
        return found

    def _put(self, kind: Whose, ids: Iterable[str], entry: Entry) -> None:
        for id_ in ids:
            self.found[Owner(kind, id_)].append(entry)

    def _days(self, people: Iterable[str], span: Tree) -> tuple[str, ...]:
        found = self._work.of(people, span["start"], span["end"])
        return found if len(found) > 1 else ()

    def _name(self, list_: str, id_: str | None) -> str:
        return "" if id_ is None else self._names[list_].get(id_, id_)

    def _people(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._name("people", it) for it in ids)

    def _site(self, site: str | None) -> tuple[str, ...]:
        return () if site is None else (self._name("sites", site),)

    def _zone_at(self, site: str | None) -> str:
        return str((site and self._zones.get(site)) or self._zone)


_NAMED = (
    "sites",
    "departments",
    "people",
    "rooms",
    "tasks",
    "courses",
    "audiences",
    "vendors",
)


def _by_id(entries: Any) -> dict[str, Tree]:
    return {it["id"]: it for it in entries or []}


def _names(entries: Any) -> dict[str, str]:
    return {it["id"]: str(it.get("name") or it["id"]) for it in entries or []}
