"""Figures of the service over all tenants, as its operator watches them: counts, never contents.

Reading them is cheap however long the service has been running: what ended a while ago is counted
once by each process, and only what is new is looked at again.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Double, case, cast, func, select

from service.store import leases, tables
from service.store.clock import now
from service.store.database import Database

SECONDS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
"""The buckets of how long solves took, from the first attempt to the end."""

GAPS = (0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)
"""The buckets of how far plans may be from the best at most."""

SETTLED = 10 * 60_000
"""Milliseconds after which no run is written down as ended then: clocks differ by less."""


@dataclass
class Spread:
    """How many values are up to each edge of a histogram, and their sum."""

    edges: Sequence[float]
    counts: Counter[int] = field(default_factory=Counter)
    total: float = 0.0

    def add(self, bucket: int, number: int, total: float) -> None:
        """Count values that fall into a bucket, given their sum."""
        self.counts[bucket] += number
        self.total += total

    def up_to(self) -> list[tuple[str, int]]:
        """Each edge with the number of values up to it, the last one for all."""
        numbers = accumulate(self.counts[bucket] for bucket in range(len(self.edges) + 1))
        return list(zip([*(f"{edge:g}" for edge in self.edges), "+Inf"], numbers, strict=True))


@dataclass(frozen=True)
class Figures:
    """What holds at one moment, over all tenants."""

    unfinished: Mapping[tuple[str, str], int]
    """Runs that wait or run, by kind and state."""
    oldest: Mapping[str, float]
    """Seconds for which the run that waits longest has waited, by kind."""
    ended: Mapping[tuple[str, str], int]
    """Runs that have ended, by kind and state."""
    seconds: Mapping[str, Spread]
    gaps: Mapping[str, Spread]
    defects: int
    """Defects of allocator that solves had to set aside, or that left them without a plan."""
    nights: Mapping[str, int]
    """Nights by what came of them."""
    workers: int
    """Workers that are alive."""


class Operations:
    """Reads the figures, and remembers what cannot change any more."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._settled: dict[_Alike, _Tally] = {}
        self._settled_until = 0

    def read(self) -> Figures:
        """The figures of this moment."""
        moment = now()
        with self._lock, self._database.read() as connection:
            until = moment - SETTLED
            if until > self._settled_until:
                new = _ended(connection, self._settled_until, until)
                self._settled = _together(self._settled, new)
                self._settled_until = until
            ended = _together(self._settled, _ended(connection, self._settled_until, None))
            unfinished, oldest = _unfinished(connection, moment)
            return Figures(
                unfinished=unfinished,
                oldest=oldest,
                ended=_counted(ended),
                seconds=_spreads(
                    SECONDS, ((it.kind, it.took, n.number, n.seconds) for it, n in ended.items())
                ),
                gaps=_spreads(
                    GAPS, ((it.kind, it.far, n.number, n.gaps) for it, n in ended.items())
                ),
                defects=sum(tally.defects for tally in ended.values()),
                nights=_nights(connection),
                workers=leases.alive(connection),
            )


class _Alike(NamedTuple):
    """What runs that are counted together share: kind, state, and the buckets that they fall in."""

    kind: str
    state: str
    took: int | None
    far: int | None


class _Tally(NamedTuple):
    """How many runs, and the sums of their seconds, gaps and defects."""

    number: int = 0
    seconds: float = 0.0
    gaps: float = 0.0
    defects: int = 0


def _ended(connection: Connection, since: int, until: int | None) -> dict[_Alike, _Tally]:
    table = tables.runs
    seconds = cast(table.c.ended_at - table.c.started_at, Double) / 1000
    keyed = (
        select(
            table.c.kind,
            table.c.state,
            _bucket(seconds, SECONDS).label("took"),
            _bucket(table.c.gap, GAPS).label("far"),
            seconds.label("seconds"),
            table.c.gap,
            table.c.defects,
        )
        .where(table.c.ended_at >= since, *([] if until is None else [table.c.ended_at < until]))
        .subquery()
    )
    alike = (keyed.c.kind, keyed.c.state, keyed.c.took, keyed.c.far)
    sums = [func.coalesce(func.sum(it), 0.0) for it in (keyed.c.seconds, keyed.c.gap)]
    sums.append(func.coalesce(func.sum(keyed.c.defects), 0))
    found = connection.execute(select(*alike, func.count(), *sums).group_by(*alike))
    return {_Alike(*row[:4]): _Tally(*row[4:]) for row in found}


def _bucket(value: ColumnElement[Any], edges: Sequence[float]) -> ColumnElement[int | None]:
    """The number of the first edge that a value does not exceed; NULL for NULL."""
    return case(
        (value.is_(None), None),
        *((value <= edge, number) for number, edge in enumerate(edges)),
        else_=len(edges),
    )


def _together(one: Mapping[_Alike, _Tally], other: Mapping[_Alike, _Tally]) -> dict[_Alike, _Tally]:
    both = dict(one)
    for key, new in other.items():
        old = both.get(key, _Tally())
        both[key] = _Tally(
            old.number + new.number,
            old.seconds + new.seconds,
            old.gaps + new.gaps,
            old.defects + new.defects,
        )
    return both


def _counted(ended: Mapping[_Alike, _Tally]) -> dict[tuple[str, str], int]:
    counted: Counter[tuple[str, str]] = Counter()
    for alike, tally in ended.items():
        counted[alike.kind, alike.state] += tally.number
    return dict(counted)


def _spreads(
    edges: Sequence[float], tallied: Iterable[tuple[str, int | None, int, float]]
) -> dict[str, Spread]:
    """For each kind how its values are spread; values that there are not have no bucket."""
    spreads: dict[str, Spread] = {}
    for kind, bucket, number, total in tallied:
        spread = spreads.setdefault(kind, Spread(edges))
        if bucket is not None:
            spread.add(bucket, number, total)
    return spreads


def _unfinished(
    connection: Connection, moment: int
) -> tuple[dict[tuple[str, str], int], dict[str, float]]:
    table = tables.runs
    found = connection.execute(
        select(table.c.kind, table.c.state, func.count(), func.min(table.c.created_at))
        .where(table.c.state.in_(("queued", "running")))
        .group_by(table.c.kind, table.c.state)
    ).all()
    numbers = {(kind, state): number for kind, state, number, _ in found}
    oldest = {
        kind: max(0.0, (moment - first) / 1000)
        for kind, state, _, first in found
        if state == "queued"
    }
    return numbers, oldest


def _nights(connection: Connection) -> dict[str, int]:
    table = tables.digests
    found = connection.execute(
        select(table.c.outcome, func.count().label("number")).group_by(table.c.outcome)
    )
    return {row.outcome: row.number for row in found}
