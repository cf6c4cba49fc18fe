"""Objective and bound over time as an SVG picture, one colour a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import log10

from benchmarks.record import Record

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 860, 420, 70, 30, 20, 45

COLOURS = ("#1b6ca8", "#c8552b", "#3d8b4f", "#7b4fa3", "#8a6d1f", "#555555")

Point = tuple[float, float]


def svg(records: Sequence[Record]) -> str:
    """The traces of some runs: objective as a full line, bound dashed, time in logarithm."""
    drawn = [record for record in records if record.trace]
    latest = max((record.seconds for record in drawn), default=1.0)
    values = [v for record in drawn for _, *both in record.trace for v in both if v is not None]
    planned = [v for record in drawn for _, v, _ in record.trace if v is not None]
    # The bound starts at nothing; what is drawn begins a little below half the best plan.
    low = max(min(values, default=0.0), 0.45 * min(planned, default=0.0))
    high = max(planned or values, default=1.0)
    axes = _Axes(latest, low, high if high > low else low + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        *axes.ticks(),
    ]
    for number, record in enumerate(drawn):
        colour = COLOURS[number % len(COLOURS)]
        name = f"{record.instance}, {record.engine}, seed {record.seed}"
        objective = [(at, v) for at, v, _ in record.trace if v is not None]
        bound = [(at, max(low, v)) for at, _, v in record.trace]
        parts.append(axes.steps(objective, record.seconds, colour, ""))
        parts.append(axes.steps(bound, record.seconds, colour, ' stroke-dasharray="5 4"'))
        parts.append(
            f'<text x="{WIDTH - RIGHT - 6}" y="{TOP + 16 + 16 * number}" text-anchor="end" '
            f'fill="{colour}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


class _Axes:
    """From seconds and values to places in the picture."""

    def __init__(self, latest: float, low: float, high: float) -> None:
        self._first, self._last = log10(0.01), log10(max(latest, 0.1))
        margin = 0.05 * (high - low)
        self._low, self._high = low - margin, high + margin

    def x(self, seconds: float) -> float:
        share = (log10(max(seconds, 0.01)) - self._first) / (self._last - self._first)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def steps(self, points: Sequence[Point], until: float, colour: str, style: str) -> str:
        """A line that holds each value until the next."""
        path: list[str] = []
        for number, (at, value) in enumerate(points):
            later = points[number + 1][0] if number + 1 < len(points) else max(until, at)
            path += [f"{self.x(t):.1f},{self.y(value):.1f}" for t in (at, later)]
        return (
            f'<polyline points="{" ".join(path)}" fill="none" stroke="{colour}" '
            f'stroke-width="1.6"{style}/>'
        )

    def ticks(self) -> Iterator[str]:
        """Frame, decades of seconds, and five values."""
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        yield (
            f'<rect x="{LEFT}" y="{TOP}" width="{right - LEFT}" height="{bottom - TOP}" '
            'fill="none" stroke="#999"/>'
        )
        decade = -2
        while decade <= self._last:
            x = self.x(10.0**decade)
            yield f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>'
            label = f"{10.0**decade:g}"
            yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{label}</text>'
            decade += 1
        for step in range(5):
            value = self._low + (self._high - self._low) * (step + 0.5) / 5
            y = self.y(value)
            yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#eee"/>'
            yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.6g}</text>'
        middle = (LEFT + right) / 2
        yield f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">seconds</text>'
        yield f'<text x="{LEFT}" y="{TOP - 10}">objective (full) and bound (dashed)</text>'
