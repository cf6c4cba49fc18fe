"""What if: rooms, classes and crews have other sizes, and work or a tie of it is left out."""

from __future__ import annotations

import copy
from typing import Annotated, Literal

from pydantic import Field

from allocator.facts.work import link_id
from service.edits.base import Edit, Id, Missing, Place, Tree, entry, set_or_remove

Heads = Annotated[int, Field(ge=1, le=10**6)]


class Seats(Edit):
    """A room has more or fewer seats."""

    writes = "seats"
    edit: Literal["seats"]
    room: Id
    seats: Heads

    @property
    def place(self) -> Place:
        """The room."""
        return "rooms", self.room

    def apply(self, tree: Tree) -> None:
        """Another number."""
        entry(tree, self.place)["seats"] = self.seats


class Changeover(Edit):
    """A room needs more or less time between two classes."""

    writes = "changeover_minutes"
    edit: Literal["changeover"]
    room: Id
    minutes: Annotated[int, Field(ge=0, le=3660)]

    @property
    def place(self) -> Place:
        """The room."""
        return "rooms", self.room

    def apply(self, tree: Tree) -> None:
        """Another time."""
        entry(tree, self.place)["changeover_minutes"] = self.minutes


class OneMoreRoom(Edit):
    """One room more, as large and as well equipped as another one."""

    writes = "id"
    edit: Literal["one_more_room"]
    room: Id
    id: Id

    @property
    def place(self) -> Place:
        """The new room."""
        return "rooms", self.id

    def apply(self, tree: Tree) -> None:
        """A copy with an id of its own."""
        if any(room.get("id") == self.id for room in tree.get("rooms") or []):
            raise Missing(f"rooms has an entry {self.id!r} already.", self.id)
        added = copy.deepcopy(entry(tree, ("rooms", self.room)))
        tree["rooms"].append(added | {"id": self.id, "name": self.id})


class Equipped(Edit):
    """A room has some equipment more."""

    writes = "equipment"
    edit: Literal["equipment"]
    room: Id
    equipment: Id

    @property
    def place(self) -> Place:
        """The room."""
        return "rooms", self.room

    def apply(self, tree: Tree) -> None:
        """One thing more."""
        found = entry(tree, self.place)
        there = found.get("equipment") or []
        found["equipment"] = [*there, *([] if self.equipment in there else [self.equipment])]


class ClassSize(Edit):
    """A class has other fewest or most heads."""

    writes = "class_size"
    edit: Literal["class_size"]
    course: Id
    min: Heads | None = None
    max: Heads | None = None

    @property
    def place(self) -> Place:
        """The course."""
        return "courses", self.course

    def apply(self, tree: Tree) -> None:
        """Other numbers; one that is left out stays."""
        found = entry(tree, self.place)
        sizes = {"min": self.min, "max": self.max}
        given = {name: it for name, it in sizes.items() if it is not None}
        found["class_size"] = {**found["class_size"], **given}


class ReleaseLimit(Edit):
    """A department lets another share of its heads into class at once, or all of them."""

    writes = "release_limit"
    edit: Literal["release_limit"]
    department: Id
    share: Annotated[float, Field(ge=0, le=1)] | None

    @property
    def place(self) -> Place:
        """The department."""
        return "departments", self.department

    def apply(self, tree: Tree) -> None:
        """Another share."""
        set_or_remove(entry(tree, self.place), "release_limit", self.share)


class Crew(Edit):
    """A line of a task's crew has other people or hours; 1 is the first line."""

    writes = "crew"
    edit: Literal["crew"]
    task: Id
    line: Annotated[int, Field(ge=1, le=1000)] = 1
    people: Annotated[int, Field(ge=1, le=1000)] | None = None
    hours: Annotated[float, Field(gt=0, le=10**6)] | None = None

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """Other numbers; one that is left out stays."""
        crew = entry(tree, self.place)["crew"]
        if self.line > len(crew):
            raise Missing(f"The crew of {self.task!r} has no line {self.line}.")
        for field in ("people", "hours"):
            value = getattr(self, field)
            if value is not None:
                crew[self.line - 1][field] = value


class Loose(Edit):
    """A task does not come after another one, or need not have the same or other people."""

    writes = "after"
    edit: Literal["loose"]
    task: Id
    other: Id

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """Nothing ties the task to the other one."""
        found = entry(tree, self.place)
        found["after"] = [it for it in found.get("after") or [] if link_id(it) != self.other]
        for field in ("same_people_as", "different_people_from"):
            if found.get(field) == self.other:
                found.pop(field)


class LeaveOut(Edit):
    """A task is left out, and nothing waits for it any more."""

    writes = "id"
    edit: Literal["leave_out"]
    task: Id

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """The task goes, with all that names it."""
        entry(tree, self.place)
        tree["tasks"] = [it for it in tree["tasks"] if it["id"] != self.task]
        for task in tree["tasks"]:
            task["after"] = [it for it in task.get("after") or [] if link_id(it) != self.task]
            for field in ("same_people_as", "different_people_from"):
                if task.get(field) == self.task:
                    task.pop(field)
        for course in tree.get("courses") or []:
            if course.get("materials") == self.task:
                course.pop("materials")
        _forget(tree, self.task)


def _forget(tree: Tree, task: str) -> None:
    """What is published of it."""
    reported = (tree.get("published") or {}).get("plan") or {}
    for part in (reported, reported.get("history") or {}):
        if "tasks" in part:
            part["tasks"] = [it for it in part["tasks"] if it["task"] != task]


Scope = (
    Seats | Changeover | OneMoreRoom | Equipped | ClassSize | ReleaseLimit | Crew | Loose | LeaveOut
)
