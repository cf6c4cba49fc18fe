"""How far a solve is: one line that is rewritten on a terminal, plain lines anywhere else."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.live import Live
from rich.text import Text

from service.cli.output import number, percent, problems
from solver.settings import OnProgress, Progress

SECONDS_BETWEEN_LINES = 1.0


@contextlib.contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """Show on stderr what is reported within."""
    console = problems()
    if console.is_terminal:
        with _rewritten(console) as on_progress:
            yield on_progress
    else:
        yield _Lines(console).report


@contextlib.contextmanager
def _rewritten(console: Console) -> Iterator[OnProgress]:
    begun = time.monotonic()
    latest: list[Progress] = []

    def line() -> Text:
        seconds = time.monotonic() - begun
        return Text(progress_line(latest[-1] if latest else None, seconds), overflow="ellipsis")

    with Live(get_renderable=line, console=console, refresh_per_second=4, transient=True):
        yield latest.append


class _Lines:
    """A line for each phase, and in between at most one a second if there is news."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last: Progress | None = None
        self._printed_at = float("-inf")

    def report(self, progress: Progress) -> None:
        """Print a line, unless it is too soon or nothing is new."""
        now = time.monotonic()
        new_phase = self._last is None or progress.phase != self._last.phase
        news = self._last is None or (progress.best, progress.bound) != (
            self._last.best,
            self._last.bound,
        )
        if new_phase or (news and now - self._printed_at >= SECONDS_BETWEEN_LINES):
            self._console.print(progress_line(progress, progress.seconds))
            self._last, self._printed_at = progress, now


def progress_line(progress: Progress | None, seconds: float) -> str:
    """`together   12 s   best 48,210   bound 47,000   gap 2.5 %`."""
    if progress is None:
        return f"{'reading':<12} {seconds:6.1f} s"
    best = "none yet" if progress.best is None else number(progress.best)
    gap = "" if progress.gap is None else f"   gap {percent(progress.gap)}"
    return (
        f"{progress.phase:<12} {seconds:6.1f} s   best {best}   bound {number(progress.bound)}{gap}"
    )
