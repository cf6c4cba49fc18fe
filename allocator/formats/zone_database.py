"""When the clocks of a zone change, as the zone database tells it.

A file of the database (TZif, RFC 8536) lists changes one by one and ends in the rule that holds
after the last of them (a POSIX TZ string). Python's `zoneinfo` keeps both to itself, so they are
read here, from the same files.
"""

from __future__ import annotations

import calendar
import re
import struct
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

EPOCH = datetime(1970, 1, 1)

_HEAD = 44
_COUNTS = ">6L"
_NAME = r"(<[^>]+>|[A-Za-z]+)"
_TIME = r"([+-]?\d+(?::\d+){0,2})"
_DAY = rf"M(\d+)\.(\d)\.(\d)(?:/{_TIME})?"
_RULE = re.compile(f"{_NAME}{_TIME}(?:{_NAME}{_TIME}?,{_DAY},{_DAY})?")


@dataclass(frozen=True, slots=True)
class Observance:
    """What the clocks of a zone show for a while: how far from UTC, and under which name."""

    offset: timedelta
    summer: bool
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks go from one observance to another at a moment in UTC."""

    at: datetime
    before: Observance
    after: Observance

    @property
    def local(self) -> datetime:
        """The moment as the clocks showed it until then."""
        return self.at + self.before.offset


@dataclass(frozen=True, slots=True)
class Yearly:
    """The nth (5: the last) weekday (Sunday = 0) of a month, and a time after its midnight."""

    month: int
    week: int
    weekday: int
    time: timedelta

    def in_year(self, year: int) -> datetime:
        """The moment in a year, by the clocks as they are until then."""
        first = date(year, self.month, 1).isoweekday()
        day = 1 + (self.weekday - first) % 7 + 7 * (self.week - 1)
        if day > calendar.monthrange(year, self.month)[1]:
            day -= 7
        return datetime(year, self.month, day) + self.time


@dataclass(frozen=True, slots=True)
class Turn:
    """Half of a rule: every year the clocks go from one observance to another on a day."""

    on: Yearly
    before: Observance
    after: Observance

    def in_year(self, year: int) -> Change:
        """The change of a year."""
        return Change(self.on.in_year(year) - self.before.offset, self.before, self.after)


@dataclass(frozen=True, slots=True)
class Zone:
    """The changes of a zone that are listed, and the two turns of each year after them."""

    first: Observance
    listed: tuple[Change, ...]
    rule: tuple[Turn, ...]

    def changes(self, year: int) -> list[Change]:
        """The changes of a year (by UTC), in order."""
        last = self.listed[-1].at if self.listed else datetime.min
        found = [it for it in self.listed if it.at.year == year]
        found += [it for it in self.by_rule(year) if it.at > last]
        return found

    def by_rule(self, year: int) -> list[Change]:
        """What the rule alone says of a year."""
        return sorted((it.in_year(year) for it in self.rule), key=lambda it: it.at)


@cache
def zone(name: str) -> Zone:
    """What the database knows of a zone; ZoneInfoNotFoundError if there is none of that name."""
    ZoneInfo(name)
    content = _file(name)
    at = _HEAD + _sizes(content, 0, wide=4)
    first, listed = _listed(content, at)
    return Zone(first, listed, _rule(content[at + _HEAD + _sizes(content, at, wide=8) :]))


def _file(name: str) -> bytes:
    for root in TZPATH:
        path = Path(root, *name.split("/"))
        if path.is_file():
            return path.read_bytes()
    return resources.files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()


def _sizes(content: bytes, at: int, wide: int) -> int:
    """Bytes of a block after its head; moments are `wide` bytes in it."""
    utc, standard, leaps, times, types, letters = struct.unpack_from(_COUNTS, content, at + 20)
    return int(times * (wide + 1) + types * 6 + letters + leaps * (wide + 4) + standard + utc)


def _listed(content: bytes, at: int) -> tuple[Observance, tuple[Change, ...]]:
    _, _, _, times, types, letters = struct.unpack_from(_COUNTS, content, at + 20)
    at += _HEAD
    moments = struct.unpack_from(f">{times}q", content, at)
    kinds = content[at + times * 8 : at + times * 9]
    at += times * 9
    names = content[at + types * 6 : at + types * 6 + letters]
    observances = []
    for offset, summer, name in struct.iter_unpack(">lBB", content[at : at + types * 6]):
        text = names[name : names.index(b"\0", name)].decode()
        observances.append(Observance(timedelta(seconds=offset), bool(summer), text))
    states = [observances[0], *(observances[kind] for kind in kinds)]
    found = [
        Change(EPOCH + timedelta(seconds=moment), before, after)
        for moment, (before, after) in zip(moments, pairwise(states), strict=True)
        if before != after and moment > -(2**35)
    ]
    return observances[0], tuple(found)


def _rule(footer: bytes) -> tuple[Turn, ...]:
    found = _RULE.fullmatch(footer.decode().strip())
    if found is None or found[3] is None:
        return ()
    # POSIX counts offsets westwards, and summer time is an hour ahead where nothing is said.
    usual = Observance(-_span(found[2]), False, found[1].strip("<>"))
    ahead = usual.offset + timedelta(hours=1) if found[4] is None else -_span(found[4])
    summer = Observance(ahead, True, found[3].strip("<>"))
    begins, ends = (
        Yearly(int(month), int(week), int(weekday), _span(time or "2"))
        for month, week, weekday, time in (found.groups()[4:8], found.groups()[8:12])
    )
    return Turn(begins, usual, summer), Turn(ends, summer, usual)


def _span(text: str) -> timedelta:
    hours, minutes, seconds = ([int(it) for it in text.lstrip("+-").split(":")] + [0, 0])[:3]
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -span if text.startswith("-") else span
