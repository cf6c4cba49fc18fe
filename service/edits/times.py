"""What if: deadlines, windows, freezes, closed days and the end of the rollout move."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from allocator.formats.rollout.relative import absolute
from service.edits.base import (
    Day,
    DayOrMoment,
    Edit,
    Id,
    Missing,
    Place,
    Tree,
    entry,
    set_or_remove,
)
from service.edits.ranges import without_days

DaysBefore = Annotated[int, Field(ge=0, le=3650)]


class Deadline(Edit):
    """A task has to end by another day, or by none."""

    writes = "deadline"
    edit: Literal["deadline"]
    task: Id
    deadline: DayOrMoment | None

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """Another day."""
        set_or_remove(entry(tree, self.place), "deadline", self.deadline)


class Earliest(Edit):
    """A task may start from another day on, or at any time."""

    writes = "earliest"
    edit: Literal["earliest"]
    task: Id
    earliest: DayOrMoment | None

    @property
    def place(self) -> Place:
        """The task."""
        return "tasks", self.task

    def apply(self, tree: Tree) -> None:
        """Another day."""
        set_or_remove(entry(tree, self.place), "earliest", self.earliest)


class Window(Edit):
    """A course is held between other days before go-live."""

    writes = "window"
    edit: Literal["window"]
    course: Id
    open_days_before_go_live: DaysBefore
    close_days_before_go_live: DaysBefore

    @property
    def place(self) -> Place:
        """The course."""
        return "courses", self.course

    def apply(self, tree: Tree) -> None:
        """Other days."""
        entry(tree, self.place)["window"] = {
            "open_days_before_go_live": self.open_days_before_go_live,
            "close_days_before_go_live": self.close_days_before_go_live,
        }


class End(Edit):
    """The rollout ends on another day."""

    writes = "end"
    edit: Literal["end"]
    end: Day

    @property
    def place(self) -> Place:
        """The document."""
        return "", "end"

    def apply(self, tree: Tree) -> None:
        """Another day."""
        tree["end"] = self.end


class Unfreeze(Edit):
    """Some days, both included, are not frozen any more."""

    writes = "freezes"
    edit: Literal["unfreeze"]
    from_: Day = Field(alias="from")
    to: Day

    @property
    def place(self) -> Place:
        """The freezes."""
        return "", "freezes"

    def apply(self, tree: Tree) -> None:
        """Freezes that meet the days are cut around them."""
        freezes = tree.get("freezes") or []
        dated = absolute(tree).get("freezes") or []
        tree["freezes"] = without_days(freezes, self.from_, self.to, dated)


class Opened(Edit):
    """A department is not closed on some days, both included."""

    writes = "closed"
    edit: Literal["open"]
    department: Id
    from_: Day = Field(alias="from")
    to: Day

    @property
    def place(self) -> Place:
        """The department."""
        return "departments", self.department

    def apply(self, tree: Tree) -> None:
        """Closed days that meet them are cut around them."""
        found = entry(tree, self.place)
        dated = entry(absolute(tree), self.place).get("closed") or []
        found["closed"] = without_days(found.get("closed") or [], self.from_, self.to, dated)


class GreenLight(Edit):
    """A department grants its green light from a day on."""

    writes = "green_light"
    edit: Literal["green_light"]
    department: Id
    date: Day

    @property
    def place(self) -> Place:
        """The department."""
        return "departments", self.department

    def apply(self, tree: Tree) -> None:
        """Granted, from that day on."""
        entry(tree, self.place)["green_light"] = {"status": "granted", "date": self.date}


class FrozenUntil(Edit):
    """What is published stays only where it starts before another moment, or nowhere."""

    writes = "published"
    edit: Literal["frozen_until"]
    until: DayOrMoment | None

    @property
    def place(self) -> Place:
        """What is published."""
        return "", "published"

    def apply(self, tree: Tree) -> None:
        """Another moment."""
        if not tree.get("published"):
            raise Missing("Nothing is published yet.", self.until)
        set_or_remove(tree["published"], "frozen_until", self.until)


Times = Deadline | Earliest | Window | End | Unfreeze | Opened | GreenLight | FrozenUntil
