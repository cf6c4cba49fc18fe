"""What if: all that a scenario can change of a rollout."""

from __future__ import annotations

import copy
from typing import Annotated, Literal

from pydantic import Field

from allocator.terms import Preset
from service.edits.base import (
    Day,
    DayOrMoment,
    Edit,
    Id,
    Missing,
    Moment,
    Place,
    Tree,
    add_absence,
    entry,
    set_or_remove,
)
from service.edits.scope import Scope
from service.edits.staff import Staff
from service.edits.times import Times

Term = Literal["open_work", "lateness", "change", "cost", "wishes", "unfairness", "finish"]


class Leave(Edit):
    """Someone leaves: away from a day on, to the end of the rollout."""

    writes = "absences"
    edit: Literal["leave"]
    person: Id
    from_: Day = Field(alias="from")

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """One absence more."""
        add_absence(tree, self.person, self.from_, str(tree["end"]), "leaves")


class Absent(Edit):
    """Someone is away for some days, both included, or between two moments."""

    writes = "absences"
    edit: Literal["absent"]
    person: Id
    from_: DayOrMoment = Field(alias="from")
    to: DayOrMoment
    reason: Annotated[str, Field(min_length=1, max_length=200)] | None = None

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """One absence more."""
        add_absence(tree, self.person, self.from_, self.to, self.reason)


class OneMore(Edit):
    """One person more who can do all that somebody can, without absences and wishes."""

    writes = "id"
    edit: Literal["one_more"]
    like: Id
    id: Id
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None

    @property
    def place(self) -> Place:
        """The new person."""
        return "people", self.id

    def apply(self, tree: Tree) -> None:
        """A copy with an id of its own."""
        if any(person.get("id") == self.id for person in tree["people"]):
            raise Missing(f"people has an entry {self.id!r} already.", self.id)
        added = copy.deepcopy(entry(tree, ("people", self.like)))
        added.pop("absences", None)
        added.pop("wishes", None)
        added |= {"id": self.id, "name": self.name or self.id}
        tree["people"].append(added)


class MoveWave(Edit):
    """A wave goes live on another day."""

    writes = "go_live"
    edit: Literal["move_wave"]
    wave: Id
    go_live: Day

    @property
    def place(self) -> Place:
        """The wave."""
        return "waves", self.wave

    def apply(self, tree: Tree) -> None:
        """Another day."""
        entry(tree, self.place)["go_live"] = self.go_live


class Budget(Edit):
    """A project gets another budget, or none."""

    writes = "budget"
    edit: Literal["budget"]
    project: Id
    budget: float | None = Field(ge=0, le=10**12)

    @property
    def place(self) -> Place:
        """The project."""
        return "projects", self.project

    def apply(self, tree: Tree) -> None:
        """Another amount; without one there is no limit."""
        set_or_remove(entry(tree, self.place), "budget", self.budget)


class Goals(Edit):
    """Another preset of prices."""

    writes = "preset"
    edit: Literal["preset"]
    preset: Preset

    @property
    def place(self) -> Place:
        """The goals."""
        return "goals", ""

    def apply(self, tree: Tree) -> None:
        """The preset; single prices that override it stay."""
        tree["goals"] = {**(tree.get("goals") or {}), "preset": self.preset}


class PriceOf(Edit):
    """Another price of one term, or the term forbidden."""

    writes = "prices"
    edit: Literal["price"]
    term: Term
    price: Annotated[float, Field(ge=0, le=10**9)] | Literal["forbidden"]

    @property
    def place(self) -> Place:
        """The goals."""
        return "goals", ""

    def apply(self, tree: Tree) -> None:
        """The price of one unit."""
        goals = dict(tree.get("goals") or {})
        goals["prices"] = {**(goals.get("prices") or {}), self.term: self.price}
        tree["goals"] = goals


class Pin(Edit):
    """A task's start or people are pinned; with neither, nothing is pinned any more."""

    writes = "pin"
    edit: Literal["pin"]
    task: Id
    start: Moment | None = None
    people: list[Id] = Field([], max_length=100)

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """The pin of the task."""
        found = entry(tree, self.place)
        found.pop("pin", None)
        pinned: Tree = {}
        if self.start is not None:
            pinned["start"] = self.start
        if self.people:
            pinned["people"] = list(self.people)
        if pinned:
            found["pin"] = pinned


class Due(Edit):
    """A task is due on another day, or on none."""

    writes = "due"
    edit: Literal["due"]
    task: Id
    due: DayOrMoment | None

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """Another day."""
        set_or_remove(entry(tree, self.place), "due", self.due)


Change = Annotated[
    Leave
    | Absent
    | OneMore
    | MoveWave
    | Budget
    | Goals
    | PriceOf
    | Pin
    | Due
    | Times
    | Staff
    | Scope,
    Field(discriminator="edit"),
]
