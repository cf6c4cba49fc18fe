"""What the parts of the generator hand on to one another."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from benchmarks.rollouts.names import Names
from benchmarks.rollouts.sizes import Programme, Size

Tree = dict[str, Any]

WEEKS_BEFORE = 9
"""From the start of the rollout to the first go-live."""

WEEKS_BETWEEN = 3
"""From one wave of a project to the next."""

WEEKS_AFTER = 4
"""From the last go-live to the end of the rollout."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department before it is written: what the other parts need of it."""

    id: str
    name: str
    site: int
    headcount: int
    module: str
    calendar: str
    superusers: int


@dataclass(frozen=True, slots=True)
class Wave:
    """Departments of a project that go live on the same Monday."""

    id: str
    programme: Programme
    number: int
    go_live: date
    departments: tuple[Department, ...]


@dataclass(frozen=True)
class Draft:
    """A rollout in the making."""

    size: Size
    rng: random.Random
    start: date
    names: Names
    sites: tuple[Tree, ...]
    waves: tuple[Wave, ...]
    superusers: dict[str, list[str]] = field(default_factory=dict)
    """Department -> ids of its superusers, once people have been drawn."""

    @property
    def end(self) -> date:
        """The last planned day, a Sunday."""
        last = max(wave.go_live for wave in self.waves)
        return last + timedelta(weeks=WEEKS_AFTER, days=-1)

    def language(self, site: int) -> str:
        """The language that most people speak at a site."""
        region = self.size.region
        abroad = site >= self.size.sites - region.places_elsewhere
        return region.second_language if abroad else region.main_language

    def other_language(self, site: int) -> str:
        """The language that a fifth of the people speak at a site."""
        region = self.size.region
        both = {region.main_language, region.second_language}
        return (both - {self.language(site)}).pop()


def shares(total: int, count: int, unit: int, rng: random.Random, spread: float) -> list[int]:
    """A total in so many uneven parts, each a multiple of a unit but for the last."""
    weights = [1 + spread * (2 * rng.random() - 1) for _ in range(count)]
    parts = [max(unit, round(total * w / sum(weights) / unit) * unit) for w in weights]
    while sum(parts) > total:
        parts[parts.index(max(parts))] -= unit
    while sum(parts) + unit <= total:
        parts[parts.index(min(parts))] += unit
    parts[-1] += total - sum(parts)
    return parts


def day(when: date) -> str:
    """A date as documents write it."""
    return when.isoformat()


def weekday_from(when: date, days: int) -> date:
    """The first weekday on or after so many days from a date."""
    found = when + timedelta(days=days)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)
