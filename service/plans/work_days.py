"""The dates of a booking that takes several days: those on which its people work.

Works from the rollout document alone, without building the problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from allocator.formats.models.people import CalendarEntry
from allocator.formats.rollout.hours import Hours, hours_of


def dates_between(start: str, end: str) -> list[date]:
    """The dates of a span of moments; one that ends at midnight does not reach the next day."""
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    if end[11:16] == "00:00" and last > first:
        last -= timedelta(days=1)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


class WorkDays:
    """Which dates people work by their calendars, holidays and absences of whole days."""

    def __init__(self, rollout: Mapping[str, Any]) -> None:
        self._hours = {
            it["id"]: hours_of(CalendarEntry.model_validate(it))
            for it in rollout.get("calendars") or []
        }
        self._sites = {it["id"]: it for it in rollout.get("sites") or []}
        self._people = {it["id"]: it for it in rollout.get("people") or []}

    def of(self, people: Iterable[str], start: str, end: str) -> tuple[str, ...]:
        """The dates of a span, its first and last in any case, on which anybody of them works."""
        dates, them = dates_between(start, end), list(people)
        return tuple(
            str(day)
            for day in dates
            if day in (dates[0], dates[-1]) or any(self._works(it, day) for it in them)
        )

    def _works(self, person: str, day: date) -> bool:
        entry = self._people.get(person, {})
        site = self._sites.get(entry.get("site"), {})
        hours = self._hours.get(entry.get("calendar") or site.get("calendar"), Hours())
        away = any(
            len(it["from"]) == 10 and it["from"] <= str(day) <= it["to"]
            for it in entry.get("absences") or []
        )
        return not away and bool(hours.on(day))
