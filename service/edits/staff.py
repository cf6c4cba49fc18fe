"""What if: people are there, can do more, or give more hours; vendors come by other terms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from service.edits.base import Day, Edit, Id, Place, Tree, entry, set_or_remove
from service.edits.ranges import without_days

Level = Annotated[int, Field(ge=1, le=5)]
Hours = Annotated[float, Field(ge=0, le=10**6)]


class Present(Edit):
    """Somebody is there on some days, both included, although they were to be away."""

    writes = "absences"
    edit: Literal["present"]
    person: Id
    from_: Day = Field(alias="from")
    to: Day

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """Absences that meet the days are cut around them."""
        found = entry(tree, self.place)
        found["absences"] = without_days(found.get("absences") or [], self.from_, self.to)


class Skilled(Edit):
    """Somebody has a skill at a level, or for longer than their certificate says."""

    writes = "skills"
    edit: Literal["skill"]
    person: Id
    skill: Id
    level: Level = 1

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """The skill for good; other skills stay."""
        found = entry(tree, self.place)
        others = [it for it in found.get("skills") or [] if it["skill"] != self.skill]
        found["skills"] = [*others, {"skill": self.skill, "level": self.level}]


class Limit(Edit):
    """Somebody gives more or fewer hours a day or a week, or rests longer or shorter after work."""

    writes = "limits"
    edit: Literal["limit"]
    person: Id
    limit: Literal[
        "hours_per_day",
        "hours_per_week",
        "class_hours_per_day",
        "rest_hours",
        "hours_per_7_days",
        "days_in_row",
        "nights_in_row",
        "weekends_off",
    ]
    hours: Hours | None

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """Another limit; the others stay."""
        found = entry(tree, self.place)
        found["limits"] = dict(found.get("limits") or {})
        set_or_remove(found["limits"], self.limit, self.hours)


class Speaks(Edit):
    """Somebody can teach in one language more."""

    writes = "languages"
    edit: Literal["speaks"]
    person: Id
    language: Id

    @property
    def place(self) -> Place:
        """The person."""
        return "people", self.person

    def apply(self, tree: Tree) -> None:
        """One language more."""
        found = entry(tree, self.place)
        known = found.get("languages") or []
        found["languages"] = [*known, *([] if self.language in known else [self.language])]


class VendorTerms(Edit):
    """A vendor comes with another notice, or for fewer hours a day."""

    writes = "lead_days"
    edit: Literal["vendor_terms"]
    vendor: Id
    lead_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    minimum_hours_per_day: Annotated[float, Field(ge=0, le=24)] | None = None

    @property
    def place(self) -> Place:
        """The vendor."""
        return "vendors", self.vendor

    def apply(self, tree: Tree) -> None:
        """Other terms; those that are left out stay."""
        found = entry(tree, self.place)
        for field in ("lead_days", "minimum_hours_per_day"):
            value = getattr(self, field)
            if value is not None:
                found[field] = value


Staff = Present | Skilled | Limit | Speaks | VendorTerms
