"""What went wrong in a solve and is our fault, written down in a folder that can be sent to us."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from allocator.formats.plan.write import plan_tree
from allocator.formats.text.tree import dump_json
from allocator.outcome import Defect
from allocator.problem import Problem
from solver.settings import Settings

log = logging.getLogger(__name__)

VARIABLE = "ALLOCATOR_DEFECTS"
"""The environment variable with the folder of such folders."""


def folder() -> Path:
    """Where defects are written down: as the environment says, else with the user's state."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "allocator" / "defects"


def write_down(
    problem: Problem, document: bytes, settings: Settings, defects: Sequence[Defect]
) -> Path | None:
    """A folder with the rollout, what was proposed and which rules it breaks; None if it cannot be.

    `document` is the rollout as it was read. It may name people: whoever sends the folder looks
    into it first.
    """
    now = datetime.now(UTC)
    place = folder() / f"{now:%Y%m%dT%H%M%S}-{problem.sha256[:8]}-{uuid4().hex[:6]}"
    try:
        place.mkdir(mode=0o700, parents=True)
        _write(place / f"rollout{_ending(document)}", document)
        entries = [_entry(problem, place, number, it) for number, it in enumerate(defects, 1)]
        _write(place / "defects.json", dump_json(_about(problem, settings, now, entries)).encode())
    except OSError as error:
        log.error("%d defects could not be written down: %s", len(defects), error)
        return None
    log.error("%d defects of allocator are written down in %s", len(defects), place)
    return place


def _about(
    problem: Problem, settings: Settings, now: datetime, entries: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    packages = {name: version(name) for name in ("allocator", "ortools", "numpy")}
    goals = problem.goals
    return {
        "created": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "rollout": {"name": problem.name, "sha256": problem.sha256},
        "preset": goals.preset,
        "most_people": goals.most_people,
        "seed": settings.seed,
        "seconds": settings.seconds,
        "workers": settings.workers,
        "versions": packages,
        "defects": entries,
    }


def _entry(problem: Problem, place: Path, number: int, defect: Defect) -> dict[str, object]:
    entry: dict[str, object] = {
        "phase": defect.phase,
        "seconds": round(defect.seconds, 3),
        "message": defect.message,
        "rules": sorted({violation.rule for violation in defect.violations}),
        "violations": [
            {"rule": violation.rule, "message": violation.message}
            for violation in defect.violations
        ],
    }
    if defect.plan is not None:
        name = f"plan-{number}.json"
        _write(place / name, dump_json(plan_tree(problem, defect.plan)).encode())
        entry["plan"] = name
    return entry


def _ending(document: bytes) -> str:
    if document.startswith(b"PK"):
        return ".xlsx"
    return ".json" if document.lstrip()[:1] == b"{" else ".yaml"


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
