"""What the readers of the single lists share: the sheet, its ids, its clock, its calendars."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allocator.formats.clock import Clock
from allocator.formats.faults import Faults
from allocator.formats.models.people import DepartmentEntry, SiteEntry
from allocator.formats.models.training import AudienceEntry
from allocator.formats.models.work import WaveEntry
from allocator.formats.rollout.calendars import Calendars
from allocator.formats.rollout.references import Ids
from allocator.formats.shape import Sheet
from allocator.timeline import BoolArray


@dataclass(frozen=True)
class Source:
    """A document on its way to a `Problem`."""

    sheet: Sheet
    ids: Ids
    clock: Clock
    calendars: Calendars

    @property
    def faults(self) -> Faults:
        """Where whatever is wrong is reported."""
        return self.clock.faults

    @cached_property
    def as_of(self) -> int:
        """Now, as a slot."""
        now = self.sheet.document.as_of
        return 0 if now is None else self.clock.slot(now, 0, "as_of")

    @cached_property
    def sites(self) -> dict[str, SiteEntry]:
        """The sites by id."""
        return {site.id: site for site in self.sheet.document.sites}

    @cached_property
    def departments(self) -> dict[str, DepartmentEntry]:
        """The departments by id."""
        return {department.id: department for department in self.sheet.document.departments}

    @cached_property
    def waves(self) -> dict[str, WaveEntry]:
        """The waves by id."""
        return {wave.id: wave for wave in self.sheet.document.waves}

    @cached_property
    def audiences(self) -> dict[str, list[AudienceEntry]]:
        """The audiences of each department, by its id."""
        found: dict[str, list[AudienceEntry]] = {}
        for audience in self.sheet.document.audiences:
            found.setdefault(audience.department, []).append(audience)
        return found

    def calendar_of(self, audience: AudienceEntry) -> str:
        """The calendar of an audience: its own, else that of its department's site."""
        site = self.site_of(audience.department)
        return audience.calendar or (site.calendar if site else "")

    @cached_property
    def never(self) -> BoolArray:
        """No slot at all: of those to whom nothing of the kind applies, who share it."""
        return np.zeros(self.clock.axis.horizon, dtype=np.bool_)

    def site_of(self, department: str) -> SiteEntry | None:
        """The site of a department; None if either is unknown."""
        entry = self.departments.get(department)
        return self.sites.get(entry.site) if entry else None

    def zone(self, site: str | SiteEntry | None) -> int:
        """The zone of a site; the rollout's for none, or for one without a zone of its own."""
        entry = self.sites.get(site) if isinstance(site, str) else site
        return self.clock.zone(entry.timezone if entry else None)

    def skill(self, id_: str) -> int:
        """Position of a skill."""
        return self.ids.index("skill", id_)


def heads_of(audience: AudienceEntry) -> int:
    """How many heads an audience has: as said, else as many as it has members."""
    return len(audience.members) if audience.headcount is None else audience.headcount
