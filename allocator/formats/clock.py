"""Dates, moments, hours and money of a document in slots and cents.

What does not fit is a fault; it answers with 0, so that reading goes on, and nobody sees the 0:
the faults are raised before the problem is handed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from allocator.formats.faults import Faults
from allocator.formats.models.fields import GoLive, Moment
from allocator.formats.shape import Sheet
from allocator.timeline import Axis

MAX_ROLLOUT_DAYS = 1830
"""Five years: working time is kept slot by slot for everyone."""

MAX_ZONES = 100
"""Time zones of a rollout: the clocks of each are laid over all of its days."""

_zones = cache(available_timezones)


@dataclass(frozen=True, slots=True)
class Clock:
    """The axis of the rollout, and the faults of whatever does not lie on it."""

    axis: Axis
    faults: Faults

    def zone(self, name: str | None) -> int:
        """Number of a zone; the rollout's for none."""
        return self.axis.zones.index(name) if name in self.axis.zones else 0

    def midnight(self, day: date, zone: int) -> int:
        """Slot at which a local day begins."""
        return self.axis.days[zone].midnight(self.axis.day_number(day))

    def day_end(self, day: date, zone: int) -> int:
        """Slot at which a local day ends."""
        return self.axis.days[zone].midnight(self.axis.day_number(day) + 1)

    def slot(self, moment: Moment, zone: int, path: str) -> int:
        """Slot at which a local moment begins."""
        name = self.axis.zones[zone]
        local = _in_pass(moment, name)
        if local is None:
            message = f"{moment.text} has an offset that {name} does not have then."
            self.faults.add(path, "wrong_offset", message)
            return 0
        if not self.axis.exists(local, zone):
            message = f"{moment.text} does not exist in {name}: the clocks skip it."
            self.faults.add(path, "skipped_by_clocks", message)
            return 0
        return self._whole(self.axis.exact_slot(local, zone), moment.text, path)

    def begins(self, when: date | Moment | GoLive, zone: int, path: str) -> int:
        """Slot of a moment, or at which a date begins."""
        if isinstance(when, GoLive):
            return self._without_go_live(when, path)
        return self.place(when, zone, path)

    def ends(self, when: date | Moment | GoLive, zone: int, path: str) -> int:
        """Slot of a moment, or at which a date ends."""
        if isinstance(when, (Moment, GoLive)):
            return self.begins(when, zone, path)
        return self.day_end(when, zone)

    def _without_go_live(self, when: GoLive, path: str) -> int:
        message = f"{when.text} is counted from a go-live, and it is not known whose."
        self.faults.add(path, "without_go_live", message)
        return 0

    def place(self, when: date | Moment, zone: int, path: str) -> int:
        """Slot of a moment, or of the midnight at which a date begins."""
        if isinstance(when, Moment):
            return self.slot(when, zone, path)
        return self.midnight(when, zone)

    def days(self, first: date, last: date, zone: int, path: str) -> tuple[int, int]:
        """Whole days with both ends included, as a half-open interval of slots."""
        if last < first:
            self.faults.add(path, "end_before_start", f"The range ends on {last}, before {first}.")
            return 0, 0
        return self.midnight(first, zone), self.day_end(last, zone)

    def span(
        self, first: date | Moment | GoLive, last: date | Moment | GoLive, zone: int, path: str
    ) -> tuple[int, int]:
        """A range of dates (ends included) or of moments (half-open) as slots."""
        if isinstance(first, GoLive):
            return self._without_go_live(first, f"{path}.from"), 0
        if isinstance(last, GoLive):
            return self._without_go_live(last, f"{path}.to"), 0
        if isinstance(first, Moment) and isinstance(last, Moment):
            before = len(self.faults.found)
            start = self.slot(first, zone, f"{path}.from")
            end = self.slot(last, zone, f"{path}.to")
            if len(self.faults.found) == before and end <= start:
                message = f"The range ends at {last.text}, not after {first.text}."
                self.faults.add(path, "end_before_start", message)
            return start, max(start, end)
        if isinstance(first, Moment) or isinstance(last, Moment):
            message = "The range mixes a date and a moment; give two of a kind."
            self.faults.add(path, "mixed_range", message)
            return 0, 0
        return self.days(first, last, zone, path)

    def hours(self, hours: Fraction, path: str, least: int = 0) -> int:
        """Hours as slots; they must be whole slots, and at least `least` of them."""
        slots = self._whole(hours * self.axis.slots_per_hour, f"{number(hours)} hours", path)
        if slots < least and hours * self.axis.slots_per_hour < least:
            self.faults.add(path, "out_of_range", "The hours must be more than 0.")
        return slots

    def lag(self, hours: Fraction, path: str) -> int:
        """Hours between two tasks as slots; a lead is less than 0."""
        return self._whole(hours * self.axis.slots_per_hour, f"{number(hours)} hours", path)

    def cents(self, money: Fraction, path: str) -> int:
        """Money as cents; it has at most two decimals."""
        cents = money * 100
        if cents.denominator != 1:
            message = f"{number(money)} has more than two decimals."
            self.faults.add(path, "too_many_decimals", message)
            return 0
        return int(cents)

    def _whole(self, slots: Fraction, said: str, path: str) -> int:
        if slots.denominator != 1:
            message = f"{said} is not on the grid of {self.axis.slot_minutes} minutes."
            self.faults.add(path, "off_grid", message)
            return 0
        return int(slots)


def number(value: Fraction) -> str:
    """A decimal number as people write it."""
    return f"{float(value):.10g}"


def _in_pass(moment: Moment, zone: str) -> datetime | None:
    """The local moment in the pass of the hour that its offset tells; None if there is no such."""
    if moment.offset is None:
        return moment.local
    for fold in (0, 1):
        local = moment.local.replace(fold=fold)
        if local.replace(tzinfo=ZoneInfo(zone)).utcoffset() == moment.offset:
            return local
    return None


def read_clock(sheet: Sheet, faults: Faults) -> Clock | None:
    """The rollout's axis; None if its start, end or zone cannot be used."""
    document = sheet.document
    if not sheet.timed:
        return None
    usable = _check_zone(document.timezone, "timezone", faults)
    days = (document.end - document.start).days + 1
    if days < 1:
        message = f"The rollout ends on {document.end}, before it starts on {document.start}."
        faults.add("end", "end_before_start", message)
    elif days > MAX_ROLLOUT_DAYS:
        message = f"The rollout has {days} days; at most {MAX_ROLLOUT_DAYS} can be planned."
        faults.add("end", "too_long", message)
    if not usable or not 1 <= days <= MAX_ROLLOUT_DAYS:
        return None
    zones, known, real = [document.timezone], {document.timezone}, 1
    for path, site in sheet.rows("sites", document.sites):
        zone = site.timezone
        if zone is None or zone in known:
            continue
        known.add(zone)
        if not _check_zone(zone, f"{path}.timezone", faults):
            continue
        real += 1
        if real > MAX_ZONES:
            message = f"The rollout has clocks of more than {MAX_ZONES} time zones."
            faults.add(f"{path}.timezone", "too_large", message)
            break
        if _fits(document.start, days, document.slot_minutes, document.timezone, zone):
            zones.append(zone)
        else:
            message = (
                f"The clocks of {zone} differ from those of {document.timezone} by no whole number "
                f"of {document.slot_minutes} minutes; take shorter slots."
            )
            faults.add(f"{path}.timezone", "zone_off_grid", message)
    if not _fits(document.start, days, document.slot_minutes, document.timezone, zones[0]):
        message = (
            f"The clocks of {document.timezone} change by less than {document.slot_minutes} "
            "minutes during the rollout; take shorter slots."
        )
        faults.add("timezone", "zone_off_grid", message)
    axis = Axis(document.start, document.slot_minutes, tuple(zones), 0)
    after = datetime.combine(document.end, datetime.min.time()) + timedelta(days=1)
    return Clock(
        Axis(document.start, document.slot_minutes, tuple(zones), int(axis.exact_slot(after, 0))),
        faults,
    )


def _check_zone(name: str, path: str, faults: Faults) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = faults.hint(name, _zones())
        faults.add(path, "unknown_timezone", f'There is no time zone "{name:.80}".{hint}')
        return False
    return True


def _fits(start: date, days: int, slot_minutes: int, rollout: str, zone: str) -> bool:
    """Whether every midnight of a zone within the rollout falls on the grid."""
    axis = Axis(start, slot_minutes, (rollout, zone), 0)
    first = datetime.combine(start, datetime.min.time())
    midnights: Sequence[datetime] = [first + timedelta(days=day) for day in range(days + 1)]
    return all(axis.exact_slot(midnight, 1).denominator == 1 for midnight in midnights)
