"""Results against what is known: gaps, new bests and proved optima of each set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.record import Record


@dataclass(frozen=True, slots=True)
class Row:
    """One set of instances under one engine. Shares are of the instances with a known value."""

    name: str
    runs: int
    planned: int
    checked: int
    proved: int
    known: int
    at_or_below: int
    below: int
    to_best: float | None
    """Mean of (objective - best known) / best known."""
    to_bound: float | None
    """Mean of (objective - own bound) / objective."""
    largest_to_bound: float | None


def rows(records: Sequence[Record]) -> list[Row]:
    """A row for each family, its subsets, status and engine."""
    sets: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        parts = (record.family, record.subset, record.known_status, record.engine)
        sets[" ".join(part for part in parts if part)].append(record)
    return [_row(name, found) for name, found in sorted(sets.items())]


def _row(name: str, records: Sequence[Record]) -> Row:
    planned = [record for record in records if record.objective is not None]
    to_best = [_over_best(record) for record in planned]
    known = [over for over in to_best if over is not None]
    gaps = [record.gap for record in planned if record.gap is not None]
    return Row(
        name=name,
        runs=len(records),
        planned=len(planned),
        checked=sum(record.check == "ok" for record in records),
        proved=sum(record.outcome == "optimal" for record in records),
        known=len(known),
        at_or_below=sum(over <= 0 for over in known),
        below=sum(over < 0 for over in known),
        to_best=mean(known) if known else None,
        to_bound=mean(gaps) if gaps else None,
        largest_to_bound=max(gaps, default=None),
    )


def lines(records: Sequence[Record]) -> Iterator[str]:
    """The rows as a Markdown table, then each new best, raised bound and contradiction."""
    yield (
        "| set | runs | plans | checked | proved | at or below best | below best "
        "| to best known | to bound | largest to bound |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for row in rows(records):
        yield (
            f"| {row.name} | {row.runs} | {row.planned} | {row.checked} | {row.proved} "
            f"| {row.at_or_below} of {row.known} | {row.below} | {_percent(row.to_best)} "
            f"| {_percent(row.to_bound)} | {_percent(row.largest_to_bound)} |"
        )
    yield from _listed("New best", records, _is_new_best)
    yield from _listed("Bound raised", records, _raises_bound)
    yield from _listed("Impossible, below a known bound", records, _is_impossible)
    for record in records:
        if record.outcome == "error" or record.check not in ("ok", ""):
            yield f"Failed: {record.instance} (seed {record.seed}): {record.error or record.check}"


def _listed(
    title: str, records: Sequence[Record], applies: Callable[[Record], bool]
) -> Iterator[str]:
    for record in records:
        if applies(record):
            yield (
                f"{title}: {record.instance} {record.objective} (bound {record.bound}; "
                f"known {record.known_bound} to {record.known_best})"
            )


def _is_new_best(record: Record) -> bool:
    over = _over_best(record)
    return over is not None and over < 0 and record.check == "ok"


def _raises_bound(record: Record) -> bool:
    known, bound = record.known_bound, record.bound
    return known is not None and bound is not None and bound > known


def _is_impossible(record: Record) -> bool:
    known, found = record.known_bound, record.objective
    return known is not None and found is not None and found < known


def _over_best(record: Record) -> float | None:
    if record.objective is None or not record.known_best:
        return None
    return (record.objective - record.known_best) / record.known_best


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.2%}"
