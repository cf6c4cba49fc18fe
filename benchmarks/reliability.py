"""Many generated rollouts, planned for some seconds each as users do: is a plan handed out?

Each is planned in a process of its own, `allocator plan`, so that wall time is all that a user
waits for: starting, reading, solving, explaining and writing. What comes out is checked here.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from allocator.check import check
from allocator.formats.document import read_problem
from allocator.formats.plan.write import plan_from_tree
from allocator.formats.text.tree import dump_json
from allocator.terms import PRESETS
from benchmarks.generate import SIZES, rollout
from benchmarks.rollouts.around_the_clock import around_the_clock
from benchmarks.rollouts.tightness import tightened
from service.defects import VARIABLE

GRACE = 600.0
"""Seconds beyond its own after which a command is ended, and counts as without a plan."""

AROUND_THE_CLOCK = 0.3
"""So often a rollout works day and night."""

TIGHTNESS = (0.0, 0.15, 0.4, 0.7)


@dataclass(frozen=True, slots=True)
class Trial:
    """One rollout planned once."""

    name: str
    preset: str
    asked: float
    wall: float
    exit_code: int | None
    """None where the command had to be ended."""
    outcome: str
    gap: float | None
    defects: int
    violations: int
    unexplained: int
    """Open work whose reason was not worked out in time."""
    said: str

    @property
    def over(self) -> float:
        """Wall time over what was asked."""
        return self.wall / self.asked

    @property
    def in_time(self) -> bool:
        """Within 5 % or 2 s of what was asked."""
        return self.wall <= max(1.05 * self.asked, self.asked + 2)

    @property
    def planned(self) -> bool:
        """Whether a plan was handed out; what is infeasible by the document is one as well."""
        return self.exit_code == 0

    @property
    def good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.planned and not self.defects and not self.violations


def trials(
    numbers: Sequence[int],
    sizes: Sequence[str],
    seconds: Sequence[float],
    workers: int,
    keep: Path,
) -> Iterator[Trial]:
    """One trial a number: size, preset, tightness, shifts and seconds follow from it."""
    for number in numbers:
        rng = random.Random(f"reliability {number}")
        size, preset = sizes[number % len(sizes)], PRESETS[number % len(PRESETS)]
        tightness = rng.choice(TIGHTNESS)
        tree = tightened(rollout(SIZES[size], number), tightness, number)
        if random.Random(f"clock {number}").random() < AROUND_THE_CLOCK:
            tree = around_the_clock(tree, number)
        path = keep / f"{size.lower()}-{number}-{tightness}.json"
        path.write_text(dump_json(tree), encoding="utf-8")
        yield plan(path, preset, rng.uniform(*seconds), workers, number, keep)


def plan(path: Path, preset: str, seconds: float, workers: int, seed: int, keep: Path) -> Trial:
    """Plan one file with the command, and check what comes out."""
    out = keep / f"{path.name.split('.')[0]}-plan.json"
    out.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="defects-", dir=keep) as defects:
        code, wall, said = _command(path, preset, seconds, workers, seed, out, Path(defects))
        recorded = sorted(os.listdir(defects))
        for name in recorded:
            (Path(defects) / name).rename(keep / f"defect-{name}")
    outcome, gap, violations, unexplained = "none", None, 0, 0
    if out.exists():
        document = json.loads(out.read_text(encoding="utf-8"))
        outcome, gap = document["outcome"], (document["score"] or {}).get("gap")
        problem = read_problem(path.read_bytes(), preset)
        violations = len(check(problem, plan_from_tree(document, problem)).violations)
        unexplained = sum(not entry.get("explained", True) for entry in document["open"])
        recorded = recorded or [""] * document["solver"].get("defects", 0)
    return Trial(
        path.name.split(".")[0],
        preset,
        round(seconds, 2),
        round(wall, 2),
        code,
        outcome,
        gap,
        len(recorded),
        violations,
        unexplained,
        said[-2000:] if code else "",
    )


def _command(
    path: Path, preset: str, seconds: float, workers: int, seed: int, out: Path, defects: Path
) -> tuple[int | None, float, str]:
    words = ["plan", str(path), "--out", str(out), "--seconds", f"{seconds:.2f}"]
    words += ["--workers", str(workers), "--seed", str(seed), "--preset", preset]
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "service.cli", *words],
            capture_output=True,
            text=True,
            timeout=seconds + GRACE,
            check=False,
            env=os.environ | {VARIABLE: str(defects)},
        )
    except subprocess.TimeoutExpired:
        return None, time.monotonic() - begun, f"no end {GRACE:.0f} s after its time"
    return done.returncode, time.monotonic() - begun, done.stderr


def lines(found: Sequence[Trial]) -> Iterator[str]:
    """What came of all of them, in a few lines."""
    planned = [trial for trial in found if trial.planned]
    yield f"plans handed out: {len(planned)} of {len(found)}"
    yield f"defects recorded: {sum(trial.defects for trial in found)}"
    yield f"violations found by the check: {sum(trial.violations for trial in found)}"
    gaps = sorted(trial.gap for trial in planned if trial.gap is not None)
    if gaps:
        yield f"gaps: {_spread([100 * gap for gap in gaps], '%')}"
    if found:
        yield f"wall time over the seconds asked for: {_spread([it.over for it in found], '')}"
        late = [trial for trial in found if not trial.in_time]
        yield f"later than 5 % and 2 s: {len(late)} of {len(found)}"
    yield f"open work not explained in time: {sum(trial.unexplained for trial in found)} entries"


def _spread(values: Sequence[float], unit: str) -> str:
    ordered = sorted(values)
    ninth = ordered[min(len(ordered) - 1, 9 * len(ordered) // 10)]
    return (
        f"median {median(ordered):.2f}{unit}, 9 of 10 up to {ninth:.2f}{unit}, "
        f"at most {ordered[-1]:.2f}{unit}"
    )


def line(trial: Trial) -> str:
    """One trial as a line of JSON."""
    return json.dumps(asdict(trial), ensure_ascii=False)
