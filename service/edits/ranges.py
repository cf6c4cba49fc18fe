"""Ranges of a document less some whole days: absences, closed days, freezes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from service.edits.base import Tree


def without_days(
    ranges: Sequence[Tree], first: str, last: str, dated: Sequence[Tree] | None = None
) -> list[Tree]:
    """Ranges less the days from the first to the last, both included.

    The ends of a range are days included, or moments that are left out. `dated` are the same
    ranges on the calendar, where they may be counted from go-live; those that do not meet the days
    stay as they are.
    """
    begin, after = f"{first}T00:00", f"{_next(last)}T00:00"
    found: list[Tree] = []
    for span, it in zip(ranges, dated or ranges, strict=True):
        away, back = str(it["from"]), str(it["to"])
        starts = away if "T" in away else f"{away}T00:00"
        ends = back if "T" in back else f"{_next(back)}T00:00"
        if ends <= begin or starts >= after:
            found.append(span)
            continue
        if starts < begin:
            found.append(_alike({**it, "to": begin if "T" in back else _next(first, -1)}))
        if ends > after:
            found.append(_alike({**it, "from": after if "T" in back else _next(last)}))
    return found


def _alike(it: Tree) -> Tree:
    """Both ends as moments where one is."""
    away, back = str(it["from"]), str(it["to"])
    if ("T" in away) == ("T" in back):
        return it
    return {
        **it,
        "from": away if "T" in away else f"{away}T00:00",
        "to": back if "T" in back else f"{_next(back)}T00:00",
    }


def _next(day: str, days: int = 1) -> str:
    return (date.fromisoformat(day[:10]) + timedelta(days=days)).isoformat()
