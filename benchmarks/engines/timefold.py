"""Timefold by a runner of its own (Java), on projects in which one person does each task.

The runner is a program `run_timefold.py` in the folder that ALLOCATOR_PEERS names; it reads an
imopse file and writes who does which task from when. Every kind of seat (a skill at a level) is a
skill of that file, which whoever can fill it has.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from allocator.outcome import Outcome, Run
from allocator.plan import Seat, TaskBooking
from allocator.problem import Problem
from benchmarks.engines import CannotExpress
from benchmarks.engines.single import checked_outcome, require_single
from solver.candidates.candidates import Candidates
from solver.settings import OnProgress, Settings

VARIABLE = "ALLOCATOR_PEERS"
"""Environment variable that names the folder of the runner."""

STARTING = 120.0
"""Seconds beyond the limit for compiling, starting and reading."""


def solve(problem: Problem, settings: Settings, on_progress: OnProgress) -> Outcome:  # noqa: ARG001 (it tells of no progress)
    """Minimise the makespan by Timefold; raises CannotExpress for crews and for other goals."""
    require_single(problem, "Timefold")
    program = _program()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        asked, reported = Path(folder) / "project.def", Path(folder) / "solution.json"
        asked.write_text(project_file(problem))
        limits = ["--seconds", str(settings.seconds), "--threads", str(settings.workers)]
        answer = subprocess.run(
            [
                sys.executable,
                program,
                asked,
                *limits,
                "--seed",
                str(settings.seed),
                "--out",
                reported,
            ],
            capture_output=True,
            text=True,
            timeout=2 * settings.seconds + STARTING,
            check=False,
        )
        rows = json.loads(reported.read_text())["assignments"] if reported.is_file() else []
    if answer.returncode:
        last = answer.stderr.strip().splitlines()[-1:] or ["no message"]
        raise CannotExpress(f"Timefold's runner ended with {answer.returncode}: {last[0]}")
    run = Run(settings.seed, settings.workers, time.monotonic() - begun, None, None, 0.0)
    return checked_outcome(
        problem, [_booking(problem, row) for row in rows], Fraction(0), run, "Timefold"
    )


def project_file(problem: Problem) -> str:
    """The project as an imopse file; people and tasks are numbered from 1."""
    candidates = Candidates(problem)
    seats = [(task.crew[0].skill, task.crew[0].level) for task in problem.tasks]
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(seats))}
    able = {kind: set(candidates.people_with(*kind)) for kind in kinds}
    lines = ["ResourceID\tSalary\tSkills"]
    for person in range(len(problem.people)):
        skills = "\t".join(
            f"Q{number}: 0" for kind, number in kinds.items() if person in able[kind]
        )
        lines.append(f"{person + 1}\t1.0\t{skills}")
    lines.append("TaskID\tDuration\tSkill\tPredecessor IDs")
    for index, task in enumerate(problem.tasks):
        before = " ".join(str(link.task + 1) for link in task.after)
        lines.append(f"{index + 1}\t{task.crew[0].work}\tQ{kinds[seats[index]]}: 0\t{before}")
    return "\n".join(lines) + "\n"


def _program() -> Path:
    program = Path(os.environ.get(VARIABLE, "")) / "run_timefold.py"
    if VARIABLE not in os.environ or not program.is_file():
        raise CannotExpress(f"Name the folder of run_timefold.py by {VARIABLE}.")
    if shutil.which("java") is None:
        raise CannotExpress("Timefold needs Java, and there is none.")
    return program


def _booking(problem: Problem, row: dict[str, str | int]) -> TaskBooking:
    task, person, start = int(row["task"]) - 1, int(row["resource"]) - 1, int(row["start"])
    end = start + problem.tasks[task].crew[0].work
    return TaskBooking(task, start, end, (Seat(0, person, start, end),))
