"""Two results side by side: what got better and what got worse, as means over the same seeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.record import Record


@dataclass(frozen=True, slots=True)
class Change:
    """An instance in two results: means over the seeds that both have."""

    instance: str
    seeds: int
    objective: tuple[float | None, float | None]
    bound: tuple[float | None, float | None]
    proved: tuple[int, int]
    first_plan: tuple[float | None, float | None]

    @property
    def verdict(self) -> str:
        """Better, worse or same: by plan, then by proof, then by bound."""
        before, after = self.objective
        if before != after:
            if after is None or (before is not None and after > before):
                return "worse"
            return "better"
        old, new = (self.proved[0], self.bound[0] or 0.0), (self.proved[1], self.bound[1] or 0.0)
        return "same" if old == new else ("better" if new > old else "worse")


def changes(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """The instances, by content, that both results have with some seed in common."""
    old, new = _by_instance(before), _by_instance(after)
    found = []
    for key in old:
        seeds = sorted(set(old[key]) & set(new.get(key, {})))
        if seeds:
            pairs = [[side[key][seed] for seed in seeds] for side in (old, new)]
            found.append(
                Change(
                    key[0],
                    len(seeds),
                    _both(pairs, lambda record: record.objective),
                    _both(pairs, lambda record: record.bound),
                    (_proved(pairs[0]), _proved(pairs[1])),
                    _both(pairs, lambda record: record.first_plan_seconds),
                )
            )
    return found


def lines(found: Sequence[Change]) -> Iterator[str]:
    """The comparison in words: what differs, the worst first, and the counts."""
    counts: defaultdict[str, int] = defaultdict(int)
    order = {"worse": 0, "better": 1, "same": 2}
    for change in sorted(found, key=lambda each: (order[each.verdict], each.instance)):
        counts[change.verdict] += 1
        if change.verdict != "same":
            yield (
                f"{change.verdict:6}  {change.instance}  "
                f"objective {_arrow(change.objective)}  bound {_arrow(change.bound)}  "
                f"proved {change.proved[0]} -> {change.proved[1]} of {change.seeds}  "
                f"first plan {_arrow(change.first_plan)} s"
            )
    ratios = [
        change.objective[1] / change.objective[0]
        for change in found
        if change.objective[0] and change.objective[1] is not None
    ]
    yield f"{counts['better']} better, {counts['worse']} worse, {counts['same']} the same"
    if ratios:
        yield f"mean objective after / before: {mean(ratios):.4f} over {len(ratios)} instances"


def _by_instance(records: Sequence[Record]) -> dict[tuple[str, str], dict[int, Record]]:
    found: defaultdict[tuple[str, str], dict[int, Record]] = defaultdict(dict)
    for record in records:
        found[record.instance, record.sha256][record.seed] = record
    return found


def _both(
    pairs: Sequence[Sequence[Record]], value: Callable[[Record], float | None]
) -> tuple[float | None, float | None]:
    """The mean of a value on each side; None if any run of that side has none."""
    sides = [[value(record) for record in side] for side in pairs]
    means = [
        None if None in side else mean(each for each in side if each is not None) for side in sides
    ]
    return means[0], means[1]


def _proved(records: Sequence[Record]) -> int:
    return sum(record.outcome == "optimal" for record in records)


def _arrow(values: tuple[float | None, float | None]) -> str:
    first, second = ("none" if value is None else f"{value:g}" for value in values)
    return f"{first} -> {second}"
